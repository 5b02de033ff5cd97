"""Relatives named in passing: 孩子念大学花钱, 跟着儿子住, 老婆天天跟我吵 tell nothing of whom it is about."""

from __future__ import annotations

import re

WINDOW = 18
"""Characters after a relative in which something is said of them; speech has no commas."""

ALONG = re.compile(
    r"(?:跟着|陪着?|随着?|投奔|靠着?|指着|伺候着?|照顾着?|照看着?|带着?|养着?|供着?|拉扯着?|管着?)(?:我|俺|咱)?们?(?:这|那|家|的|个|[一两二三]个|俩)*$"
)
"""跟着儿子住, 照顾我妈, 供孩子: the relative is where or why, not who."""

TOGETHER = re.compile(r"(?:我|俺|咱)(?:跟|和|与|同)(?:我|俺|咱)?(?:们)?(?:家)?$")
"""我跟我媳妇: both, so the speaker's own."""

WITH = re.compile(r"(?:跟|和|与|同)(?:我|俺|咱)?$")
WITH_HOME = re.compile(
    r"^(?:家|他们|她们|一家|一块儿?|一起)*(?:住|过日子|生活|来的|过来|在(?:这|本区|咱|你们))"
)
TELLS = re.compile(
    r"^(?:他|她)?(?:就|也|还|又|老|总|都|刚|刚才|昨天|回来|跟我|跟俺|和我|给我)*(?:说|讲(?!师)|告诉|提醒|劝|催|叫我|叫俺|让我|让俺|要我|要俺|非要我|给(?:我|俺)(?:看|发|转|念))"
)
"""俺闺女说, 儿子让我来问: they only told of it."""

SCHOOL = re.compile(
    r"^(?:们|俩|两个|一个|也|都|还|正|今年|现在|又|要|得|马上|在|搁)*"
    r"(?:(?:上|念|读)(?:着|了)?(?:高[一二三中]|初[一二三中]|小学|中学|幼儿园|学(?!的|校|电|做|开|面|厨|美|理|修|技)|书)|太?小(?!微|店|本|生|买)|的学费)"
)
"""A child at school is nobody's case."""

COLLEGE = re.compile(
    r"^(?:们|俩|两个|一个|也|都|还|正|今年|现在|刚|又|要|得|马上|在|搁)*"
    r"(?:(?:上|念|读|考上?)(?:着|了|个)?(?:的)?(?:大学|大[一二三四]|本科|大专|专科|研)|在读|在校|大[一二三四](?:在读|了)?)"
)
"""A child at college is one where nobody else's case is told."""

BURDEN = re.compile(
    r"^(?:们|俩|两个|也|都|还|又|正|今年|现在|常年|长年|一直|天天|总|老|要|得|等着|身体|本来|去年|前年|这两年|跟我|跟俺|和我)*"
    r"(?:吵|闹|骂|埋怨|催|吃药|看病|住院|有病|生病|病着?|瘫|卧床|躺|有[^，。！？]{0,6}病|得了?[^，。！？]{0,4}病|患|身体(?:不|也不|差)|吃饭|要养|花钱|的?学费|的?药|张嘴|指望|结婚|娶|买房|彩礼|挣(?:得|的)?(?:少|不多)|带孩子)"
)
"""What makes a life hard and is no case of its own."""

FOR_WHOM = re.compile(
    r"(?:给|替|帮|让|送|为|叫|想让)(?:我|俺|咱)?(?:们)?(?:家|的|这|那|个|[一两二三]个|俩)*$"
)
"""替我妈问, 送他去: it is asked for them."""

CASE = re.compile(
    r"\d|[二三四五六七八九]?十[一二三四五六七八九]?(?=岁|了|，|也|刚)|岁|失业|下岗|待业|没(?:有)?(?:工作|活|班|单位|就业|找)|找不|在家|毕业|残疾|认定|就业困难|零就业|低保|退役|退伍|复员|当过?兵"
    r"|证|培训|学(?!费|校|习费|生)|见习|创业|开(?:了|个|店|的)|办(?:了|个)|个体|种|养(?!老)|缴|领|申请|失业金|被(?:裁|辞)|打工|农民|事业单位|事业编|能不能|能(?!干)|可以|够不够|想"
)
"""What the policies ask about a person."""

OUT_OF_WORK = re.compile(
    r"(?:失业|下岗|待业|没(?:有)?(?:正式|固定)?(?:工作|活干?|班上?|单位|上班|收入)|在家(?:闲着|待着|歇着)?|被(?:裁|辞)了?)"
)

AT_WORK = re.compile(
    r"^(?:们|他|她|现在|目前|倒|倒是|还|就|都|也|一直|每天|一个人|自己|是|的|有)*"
    r"(?:(?:在|搁)[^，。！？；不没未被]{0,10}(?:上着?班|打工|干活|工作)|上着?班|工作|活干|班上|打工|公务员|老师|(?:开|跑|送)(?:出租|滴滴|货车|大车|外卖|快递)|挣钱)"
)
"""我失业，老婆在超市上班: the relative's work is told for the family's sake."""

SELF_TELLS = re.compile(
    r"(?<![跟和与给帮替让叫问对诉劝催靠养])(?:我|俺|咱|本人)(?!们|家(?!里?有)|屋|那口|男人|嫂|厂|公司|单位|国|区|市|这儿?边|这里|[爸妈爹娘哥姐弟妹儿女闺孩娃侄外媳老朋亲邻对爱丈岳公婆兄舅姨姑叔伯嫂婶姥爷奶表堂]|大[姨舅姑伯哥姐]|小[姨舅姑妹弟]|同[学事]|战友|工友)"
    r"(?:现在|今天|就|也|还|都|今年|是|这次|最近|一直|打算|准备|想|要|来|先|能不能|能|可以)*"
    r"(?!现在|今天|就|也|还|都|今年|是|这次|最近|一直|打算|准备|想|要|来|先|能|可以"
    r"|听|看(?!病|大门|门)|问|说|咨询|打听|了解|知道|替|帮|给|让|送|带|叫|不(?:懂|知|清楚|明白|晓得)|查|的|，|。|$)"
)
"""我/俺 as the one something is told of, not as the one who asks."""


def in_passing(text: str, start: int, end: int) -> bool:
    """Whether the relative named at [start, end) is only mentioned."""
    before, after = text[max(0, start - 8) : start], text[end : end + WINDOW]
    if SCHOOL.match(after):
        return True
    if FOR_WHOM.search(before):
        return False
    if ALONG.search(before) or TELLS.match(after):
        return True
    if TOGETHER.search(before) or (WITH.search(before) and WITH_HOME.match(after)):
        return True
    return bool(BURDEN.match(after))


def at_school(text: str, end: int) -> re.Match[str] | None:
    """That a child named up to `end` is at school or college."""
    after = text[end : end + WINDOW]
    return SCHOOL.match(after) or COLLEGE.match(after)


def at_college(text: str, end: int) -> bool:
    """Whether nothing but being at college is told of the child named up to `end`."""
    found = COLLEGE.match(text[end : end + WINDOW])
    return bool(found) and not has_a_case(text, end + found.end())


def has_a_case(text: str, end: int, until: int | None = None) -> bool:
    """Whether what policies ask about is told right after `end` (or from there to `until`)."""
    if until is not None:
        return bool(CASE.search(text, end, until))
    after = re.split(r"[，。！？；]|(?:我|俺)(?!们)", text[end : end + WINDOW])[0]
    return bool(CASE.search(after))


def out_of_work(text: str, end: int, alone: bool = False) -> bool:
    """Whether somebody named up to `end` is told to be without work, and (`alone`) no more."""
    after = re.split(r"[，。！？；]|(?:我|俺)(?!们)", text[end : end + WINDOW])[0]
    rest, found = OUT_OF_WORK.subn("", after)
    return bool(found) and not (alone and CASE.search(rest))


def at_work(text: str, end: int) -> bool:
    """Whether nothing but having work is told first of somebody named up to `end`."""
    return bool(AT_WORK.match(text[end : end + WINDOW]))


def tells_of_self(text: str) -> re.Match[str] | None:
    """Where the speaker first tells of themselves."""
    return SELF_TELLS.search(text)
