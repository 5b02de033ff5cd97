"""Numbers as people write and say them, with what they count: 四十号人, 1.2万, 三成, 半年.

The numerals themselves are read in `numerals`; here they get their unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.understanding.numerals import NUMERAL, ONE, read_number

NOT_NUMERALS = re.compile(
    r"一(?:起|直|样|般|批|帮(?!人)|群|伙(?!人)|拨|茬|下|次性|些|点(?![零一二三四五六七八九])|定|块儿?(?!钱|五|六)|边|旦|律|切|回事|会儿?|共|家|方面|把|阵|听|来|看|办"
    r"|行|体|手|路|项|条|种|类|份|笔|口气|致|心|分钱|带|阶段|部分|本(?!地|区|科)|趟|回|次|半天|站|五八|概|并|线|时半会|等|级|期|流|个劲|个样|门心思|遍|圈|眼|番)"
    r"|(?<![一二两三四五六七八九十百千\d])万一|十分|十足|三星|千万(?=别|要|不)|第[一二三四五六七八九十百\d]+|[三四五六]险(?:[一二]金)?|[一二]金|四送|双随机|百分(?!之)|二十四节气|[二三]本(?=[，学院大毕线。]|$)"
    r"|老[二三四五六](?![十百])|两[项证种者边头会回次码样]|两个(?=标准|政策|办法|优惠|补贴|证|条件)|六一|五一|十一(?=假|长假|黄金周|期间)|二手|周[一二三四五六日]|星期[一二三四五六]|礼拜[一二三四五六]|[统唯专单逐]一|(?<![\d一二两三四五六七八九十百千])万能|百姓|千方百计"
    r"|零(?:就业|售|工|件|花|星|食|用|距离)|[大研硕博](?:[一二三四])(?![十百千万个人])|[初高][一二三](?![十百千万个人])|[二三四五]级|[二三]等功|三支一扶|三农|五一劳动|八成(?=是|要|不)|三方|四类|三期|二期|一二线|三天两头"
    r"|\d{11,}"
)
AFTER = re.compile(
    r"(?:的)?(?:以上|以下|以内|之内|及以上|往上|封顶|起步|之间|才能|才可以|才行|才算|就得|就要)"
)
BEFORE = re.compile(
    r"(?:超过|不超|超了?|至少|最少|最多|最长|最短|最低|最高|不足|不低于|低于|高于|少于|多于|大于|小于|不得少于|上限|达到|不满|不到)$"
)


@dataclass(frozen=True)
class Quantity:
    """A number found in a text, at [start, end) of it.

    `kind`: people | money | percent | age | months | days | count | plain.
    Money in 元, percent as percent, durations in months or days, ages in years.
    `bound`: a limit is meant (超过100人, 一年以上), not a number of somebody's own.
    """

    kind: str
    value: Decimal
    start: int
    end: int
    bound: bool = False


BLANK = "\0"
N = rf"(?P<n>{NUMERAL})"
M = rf"(?P<m>{NUMERAL})"
ABOUT = r"(?:来|多|几|余)?"
TO = r"(?:到|至|-|—|–|~)"
LESS = r"(?P<less>快到?|不到|还?没到|还?没满|未满|不满|将近)?"
PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "nothing",
        rf"{N}(?:周?岁|个月|个|人|名|%|年|天|月|万|元)?{TO}{M}(?=周?岁|个|人|名|%|年|天|万|元|倍|$)",
    ),
    ("percent", rf"百分之{N}"),
    ("percent", rf"{N}\s?(?:%|个百分点|个点)"),
    (
        "tenths",
        r"(?P<n>[一二两三四五六七八九]|\d(?:\.\d)?)成(?P<m>半|[一二三四五六七八九])?(?![本功立为交果绩长年]|员(?!工))",
    ),
    ("fraction", r"(?P<m>[二三四五六七八九十])分之(?P<n>[一二三四五六七八九])"),
    ("half", r"(?<![大小多])(?:一半|半数)(?![年个天月])"),
    (
        "short_of",
        rf"差(?:{NUMERAL}?(?:个|点儿?)?[月天]?|半年|几天|一点)(?:才|就|不到)*(?:满|到|够){N}(?:周?岁)?",
    ),
    ("age", rf"{LESS}(?:刚满|刚过|年满|满)?{N}{ABOUT}(?:周岁|岁|虚岁|睡(?!觉)|碎(?!了))半?"),
    (
        "age",
        r"(?<![工人数共有])(?P<less>快)(?P<n>[二三四五六七]十[一二三四五六七八九]?|[1-7]\d)(?=了|嘞|$|，|的人)",
    ),
    ("half_year", r"(?<![大小前后上下])半年"),
    ("year_and", rf"{N}年(?:零|又|多)?(?:{M}个{ABOUT}月|(?P<pair>[俩仨])月)"),
    ("year_half", rf"{N}年半"),
    ("month_half", rf"{N}个半月"),
    ("half_month", r"半个月"),
    ("months", rf"{N}{ABOUT}个{ABOUT}月"),
    ("months", r"(?P<n>[俩仨两])月"),
    ("months", rf"{N}{ABOUT}月(?=合同|的合同|见习|了没|多了|没(?!过))"),
    (
        "years",
        rf"{N}{ABOUT}年(?!级|代|前|后|生|的?毕业|[一二三四五六七八九十\d]+月|底|初|度|人|薪)",
    ),
    ("weeks", rf"{N}个?(?:星期|礼拜|周)(?!岁|年|[一二三四五六日])"),
    ("days", rf"{N}{ABOUT}天"),
    ("wan_qian", r"(?P<n>\d+)万(?P<m>\d)(?:千)?(?!\d|[百千万])(?:元|块)?"),
    ("money", rf"{N}{ABOUT}(?:元|块钱?|圆)"),
    (
        "people",
        rf"{N}{ABOUT}(?!(?<=万)人(?:也|都|没|一个|还|裁))(?:号子?人|口子人?|口人|个人|人|名|位|号)(?!民币|均|社|才|[一二三]?次|\d|家)",
    ),
    ("about_money", r"(?P<n>\d+|[一二两三四五六七八九十百]+)[来多几](?P<m>[万亿])"),
    ("money", r"(?P<n>\d+(?:\.\d+)?[wWkK])(?![A-Za-z])"),
    (
        "money",
        rf"(?P<n>\d+(?:\.\d+)?[百千]?(?:万|个?亿)|[{ONE}十百]+[千百十{ONE}]*[万亿](?:(?!一个?(?:人|个)?(?:都|也)?没)[{ONE}十百千万亿])*)"
        r"(?![人名户](?!也|都|没|一|还|裁|呢))",
    ),
    ("count", r"(?P<n>[俩仨])"),
    ("count", rf"{N}{ABOUT}个(?!体|月|税|点)"),
    ("plain", N),
)
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)


def quantities(text: str, taken: list[tuple[int, int]] | None = None) -> list[Quantity]:
    """All quantities of a normalised text, left to right, none inside `taken` (dates)."""
    busy = bytearray(len(text))
    for start, end in taken or ():
        busy[start:end] = b"\1" * (end - start)
    for match in NOT_NUMERALS.finditer(text):
        busy[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found: list[Quantity] = []
    apart = _without(text, taken or ())
    for kind, pattern in COMPILED:
        for match in pattern.finditer(apart):
            if any(busy[match.start() : match.end()]):
                continue
            quantity = _quantity(kind, match)
            if quantity:
                found.append(quantity)
            if quantity or kind == "nothing":
                busy[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(found, key=lambda quantity: quantity.start)


def _without(text: str, taken: Iterable[tuple[int, int]]) -> str:
    """The text with dates blanked, so that no number runs into one: 一百二十万|五月份."""
    for start, end in taken:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def _quantity(kind: str, match: re.Match[str]) -> Quantity | None:
    if kind == "nothing":
        return None
    groups = {name: text for name, text in match.groupdict().items() if text}
    number = read_number(groups["n"].replace("个亿", "亿")) if "n" in groups else Decimal(0)
    second = read_number(groups["m"]) if "m" in groups else Decimal(0)
    if number is None:
        return None
    unit, value = kind, number
    match kind:
        case "tenths":
            rest = Decimal(5) if groups.get("m") == "半" else second or Decimal(0)
            unit, value = "percent", number * 10 + rest
        case "fraction":
            unit, value = "percent", number * 100 / (second or 1)
        case "half":
            unit, value = "percent", Decimal(50)
        case "half_year":
            unit, value = "months", Decimal(6)
        case "half_month":
            unit, value = "days", Decimal(15)
        case "year_and":
            months = second if "m" in groups else read_number(groups["pair"])
            unit, value = "months", number * 12 + (months or 0)
        case "year_half":
            unit, value = "months", number * 12 + 6
        case "month_half":
            unit, value = "months", number + Decimal("0.5")
        case "years":
            if number >= 100:
                return None
            unit, value = "months", number * 12
        case "weeks":
            unit, value = "days", number * 7
        case "wan_qian":
            unit, value = "money", number * 10000 + (second or 0) * 1000
        case "about_money":
            unit, value = "money", number * (10**4 if groups["m"] == "万" else 10**8)
        case "short_of":
            unit, value = "age", number - 1
        case "age":
            value = number - (1 if "less" in groups else 0)
    bound = bool(AFTER.match(match.string, match.end())) or (
        unit != "age" and bool(BEFORE.search(match.string[: match.start()][-5:]))
    )
    return Quantity(unit, value, match.start(), match.end(), bound)
