"""What a sentence says about a visit or a talk: day, half-day, hour, place, people, minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from actions.loose import Loose
from policy_kb.dates import Span

WEEKDAY = re.compile(
    r"(?<![每一二两三四五六几\d上下这本个])(?:周|星期|礼拜)([一二三四五六日天])(?![天个\d])"
)
YEAR_SAID = re.compile(r"20\d\d|[今明后去前]年")
HALVES = (
    ("am", re.compile(r"上午|早上|早晨|一早")),
    ("evening", re.compile(r"晚上|晚间|傍晚|夜里|今晚|明晚")),
    ("pm", re.compile(r"下午|中午|午后")),
)
HOUR = re.compile(
    r"(?<!\d)(\d{1,2}|[一二两三四五六七八九十]{1,2})(?:点|时(?!间)|[:：](?=\d\d))(半|[0-5]\d)?"
)
NOON, EVENING = 12, 18
LATEST_MORNING = 6
"""An hour said without 上午 or 下午 and below this is meant in the afternoon."""

MINUTES = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})(?:来|多)?分钟")
NAMED_MINUTES = (
    ("(?:一|1)个半小时", 90),
    ("半个?小时", 30),
    ("一节课", 45),
    ("[一1]个?小时", 60),
    ("[两二2]个?小时", 120),
)
ANYTHING = ("就业", "就业创业", "稳就业", "促就业", "惠民", "新")
"""讲讲就业政策 names no topic: all that we have is about it."""

ROOM = re.compile(r"(\d+)号(?!人)")
PEOPLE = re.compile(r"(\d{1,5})(?:来|多|几)?(?:个|名|位)?(?:人|学生|职工|村民|老师|同学)")

SPOT = re.compile(
    r"村委会|居委会|社区|服务中心|会议室|礼堂|报告厅|广场|大院|教室|操场|体育馆|食堂|车间|厂区|产业园|园区|"
    r"大厦|酒店|学校|学院|大学|中学|[一二三四五六]中|职专|公司|工厂|厂里|厂子|路\d+号|\d+楼|村(?:里|部)?$|镇(?:政府|上)?$|街道(?:办)?"
)
NO_SPOT = re.compile(r"[？?吗呢]|怎么|想|请|预约|宣讲|政策|补贴|能不能|可以|人参加|我是|我们是")
SAID_SPOT = re.compile(r"(?:地点|地址|在哪)(?:是|在|就在|定在)?[:：]?([^，。；、\s]{2,30})")
LONGEST_SPOT = 24

HOST = re.compile(
    r"(?:我|我们|俺|俺们)是([^，。、？\s]{1,14}?(?:就业办|办|学校|学院|大学|中学|[一二三四五六]中|局|村|社区|居委会|公司|厂|中心|街道|镇|报|台|网))(?:的|，|。|$)"
)

PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7})(?!\d)")
MASKED = "〔手机号〕"
NAME = re.compile(
    r"[\u4e00-\u9fff]{1,3}(?:主任|书记|老师|经理|校长|院长|厂长|老板|会计|村长|委员|同志|先生|女士|科长|主席|部长|处长)"
    r"|(?:我叫|我姓|联系人(?:是|叫)?[:：]?|找)([\u4e00-\u9fff]{1,4})"
)
DIGITS = "零一二三四五六七八九"


def day_of(text: str, loose: Iterable[Loose], today: date) -> date | None:
    """The one day that is meant, in the future where the year was not said; None if none is."""
    for item in loose:
        if item.kind == "date" and isinstance(item.value, Span) and item.value.exact:
            return _ahead(item.value.first, text, today)
    weekday = WEEKDAY.search(text)
    if weekday:
        number = "一二三四五六日".index(weekday[1].replace("天", "日"))
        return today + timedelta(days=(number - today.weekday()) % 7 or 7)
    return None


def _ahead(day: date, text: str, today: date) -> date:
    """12月5号 said in November means the one to come; 昨天 and whole dates stay what they are."""
    month_said = re.search(r"(?<!\d)(?:\d{1,2}|[一二三四五六七八九十]{1,3})月", text)
    if day >= today or not month_said or YEAR_SAID.search(text) or (today - day).days < 60:
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day + timedelta(days=365)


def half_of(text: str) -> str:
    """am | pm | evening, from its word or from the hour; '' if neither is said."""
    for half, words in HALVES:
        if words.search(text):
            return half
    hour = _hour(text)
    if hour is None:
        return ""
    return "am" if hour[0] < NOON else "pm" if hour[0] < EVENING else "evening"


def clock_of(text: str) -> str:
    """The hour as 15:30; '' if none is said."""
    hour = _hour(text)
    return f"{hour[0]:02d}:{hour[1]:02d}" if hour else ""


def _hour(text: str) -> tuple[int, int] | None:
    match = HOUR.search(text)
    if not match:
        return None
    hour = numeral(match[1])
    later = re.search(r"下午|晚上|傍晚|中午|晚间", text)
    if hour is None or hour > 23:
        return None
    if (
        hour < NOON
        and (later or hour < LATEST_MORNING)
        and not (later and "中午" in text and hour > 9)
    ):
        hour += NOON
    return hour, 30 if match[2] == "半" else int(match[2] or 0)


def minutes_of(text: str) -> int:
    """How long a talk is meant to be, in minutes; 0 if not said."""
    match = MINUTES.search(text)
    if match:
        return numeral(match[1]) or 0
    return next((n for words, n in NAMED_MINUTES if re.search(words, text)), 0)


def numeral(text: str) -> int | None:
    """20, 二十, 十五, 三 as a number; None for anything else. Up to 99."""
    if text.isdigit():
        return int(text)
    text = text.replace("两", "二")
    tens, ten, ones = text.partition("十")
    if not ten:
        return DIGITS.index(text) if len(text) == 1 and text in DIGITS else None
    if any(part and part not in DIGITS for part in (tens, ones)):
        return None
    return 10 * (DIGITS.index(tens) if tens else 1) + (DIGITS.index(ones) if ones else 0)


def people_of(text: str, loose: Iterable[Loose]) -> int | None:
    """How many are expected. 8号会议室 is a room, 80号人 are people."""
    rooms = set(ROOM.findall(text))
    for item in loose:
        if item.kind == "people" and isinstance(item.value, Decimal) and item.value > 0:
            if str(item.value) in rooms:
                continue
            return int(item.value)
    match = PEOPLE.search(text)
    return int(match[1]) if match else None


def place_of(text: str) -> str:
    """Where it is to be: what follows 地点, else the clause that names a spot; '' if none does."""
    said = SAID_SPOT.search(text)
    if said:
        return said[1]
    for clause in re.split(r"[，。；、\s,;]", text):
        clause = re.sub(r"^(?:就|都|安排|放|定|地点)?在", "", clause).strip()
        if 1 < len(clause) <= LONGEST_SPOT and SPOT.search(clause) and not NO_SPOT.search(clause):
            return _without_time(clause)
    return ""


def _without_time(clause: str) -> str:
    """下周三上午村委会: the spot alone."""
    clause = (
        re.sub(r"^.*?(?:上午|下午|晚上|早上|中午)(?:\d+点半?)?(?:就|都)?(?:在|到|来)?", "", clause)
        or clause
    )
    return re.sub(r"^(?:下|这|本)个?(?:周|星期|礼拜)[一二三四五六日天]?(?:在|到|来)?", "", clause)


def host_of(text: str) -> str:
    """我是二中就业办的: who gives the talk; '' where nobody says."""
    said = HOST.search(text)
    return said[1] if said else ""


def topic_said(text: str) -> str:
    """主题: what follows 想听, 主题是, 讲讲; '' if none does."""
    match = re.search(
        r"(?:讲一?(?:场|次|堂|节)(?:关于|有关)?|想听|要听|主题(?:是|为)?|主要(?:讲|听)|讲一?讲|说一?说|(?<!宣)讲(?!座|课|稿|义|完|解|师|一))[:：]?([^，。；？\s]{2,30})",
        text,
    )
    wish = re.sub(r"(?:方面)?的?(?:政策|事|内容)$", "", match[1]) if match else ""
    return "" if wish in ANYTHING else wish


def contact_of(text: str, held: str = "") -> str:
    """王主任 0631-5220000: who and which number; `held` is the number that was masked in `text`."""
    phone = PHONE.search(text)
    number = phone[0] if phone else held if MASKED in text else ""
    name = NAME.search(text)
    who = re.sub(r"^(?:找|联系|叫|我是|是)", "", name[1] or name[0]) if name else ""
    return " ".join(part for part in (who, number) if part)
