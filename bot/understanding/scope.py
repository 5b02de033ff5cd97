"""Where words state something of somebody, and where they only ask, suppose or deny."""

from __future__ import annotations

import re

ENDS = "，。！？；"
STOPS = "。！？；"
PERSON = (
    r"我(?![区省市县国])|俺|咱|本人|来电|对方|咨询人|这人|这个人|闺女|女儿|儿子|孩子|娃|爸|妈|爹|娘|父亲|母亲|岳|公公|丈人|女婿|老伴|那口子|婆婆|爷|奶奶|姥"
    r"|老公|老婆|媳妇|丈夫|妻子|对象|爱人|哥|姐|弟|妹|侄|外甥|叔|舅|姨|姑|亲戚|邻居|朋友|同学|(?<!其)他|她"
)
FIRM = r"公司(?!里?的人)|厂|单位(?=(?:职工|员工|有|现|总|一共|共|面临|遇|裁|\d|⟦))|店里|小店"
DONE = (
    r"(?:招|停产|停工|缴|交|考|签|用|欠|亏|拿|办|裁|辞|毕业|读|上|满|辞职|参加|遇到|碰到|连续|连着)"
    r"(?:[^，。！？；⟦]{0,3}(?:了|过|的?是)|⟦)|已经|已|正在|一直在|(?:开|办|支)的(?=个|店|小|面|理|早|超|饭)|打算|准备|(?<![我俺])想(?!问|知道|了解|咨询|打听)|眼下|目前|现在|刚"
    r"|(?:岁半?|⟦A\d+⟧)(?!了?的?人?(?:还|就|也)?(?:能|可以|以|算|就|之))"
)
HAPPENED = re.compile(
    r"(?:招|停|缴|交|签|裁|雇|聘)[^，。！？；⟦]{0,2}(?:了|过)(?!才|以后|之后|的话)[^，。！？；]*(?:⟦|的)"
)
"""A number told of what was done, whatever is asked after it: 招了20个都签了两年合同能贴息吗."""

STATED_BY = re.compile(rf"{PERSON}|{DONE}")
ANCHOR = re.compile(rf"{PERSON}|{FIRM}")
STATED = re.compile(rf"{ANCHOR.pattern}|{DONE}")
ASKER = re.compile(
    r"(?:(?:来电的?|来电人|对方|咨询人|这人|(?:我|俺|咱)们?[爸妈哥姐弟妹爹娘]?|闺女|儿子|老公|老婆|媳妇|单位)?(?:就|还|也|是|只)?"
    r"(?:想|要|来|就是|说)*(?:请)?(?:问问?|咨询|打听|了解|知道)(?:一下|下|问|的是|个事)?"
    r"|帮(?:我|俺)(?:查|看|问)|给(?:我|俺)(?:说|讲|算)|跟(?:我|俺)说|告诉(?:我|俺)|听(?:说|人说|他们说|别人说)|你们|我就问|(?:我|俺)看(?:政策|文件|网上|通知))"
)
ASKING = re.compile(
    r"[吗么？]|怎么|咋|什么|啥|哪|几(?!十|百|年前)|多少|多大|谁(?![也都家])|能不能|能否|可否|可不可以|是不是|是否|有没有|算不算|要不要|用不用|行不行|中不中|报不报"
    r"|(?<![也都是])不(?=，?$|。$)|(?<=[了过戏份满])没有?(?=，?$|。$)|标准(?![是每⟦\d])|流程|才(?:能|行|可以|算)|([一-龥])不\1|归|对吧|是吧|吧$|定义|意思|最长|最短|最多|最少|至少|最高|最低(?!工资)|优惠"
)
HYPOTHESIS = re.compile(
    r"(?:要是|如果|假如|假设|万一|比如|比方|倘若|若是|假使|设想)(?!.{0,8}(?:按|以)[^，。！？；]{0,16}[算计])"
)
"""如果按2000元算 supposes only the basis of a sum, not the case it is worked out for."""
BASIS = re.compile(r"按|照|以|拿|算|假如|假设|要是|如果|的话")
"""A number to compute on: 最低工资按2010块算."""

COMPUTING = ("算", "来算", "计", "来计")

SUPPOSED = re.compile(r"的话(?:$|，|呢|能|会|可|还|贴|补|要|该|怎)")
DENIAL = re.compile(
    r"(?:不是|不算|不属于|不为|并非|谈不上|没有?|未|无|不|别|非|从没|没再)(?:被|有|给|什么|个|啥|在|再)?$"
)
DENIED_LIST = re.compile(
    r"(?:不是|不属于|不算|没有|也不)[^，。！？；是⟦]{1,14}(?:或者?|、|和|跟|以及|还是)$"
)
WONDER = re.compile(
    r"(?:是不是|是否|有没有|算不算|能不能|能否|会不会|可不可以|怎么|怎样|如何|咋|才能|才算|多大才|几岁才|多少才|哪些|什么|去哪|哪里|怎么才)[^，。！？；⟦]{0,4}$"
)
WHETHER = re.compile(r"是不是|有没有|能不能|算不算|会不会|够不够")
UNSURE = re.compile(
    r"不清楚|不知道|不晓得|记不(?:得|清|住)|不记得|不确定|说不(?:好|准|上)|忘了|真记不"
)
ASKED_RIGHT_AFTER = re.compile(
    r"(?:的|了|人员|家庭|户|企业|公司|士兵|生|证|者)*(?:吗|么|嘛(?=$|？)|对吧|对不对|还是(?=⟦)|不(?=$|，|。|？|啊|呀)|没(?=$|。|？)|没有(?=$|？)|是指|是什么|是啥|包括|怎么|算(?!不算|困难))"
)
GENERIC = re.compile(
    r"(?:的|嘞)?(?:人|人员|家庭|企业|单位|职工|毕业生|青年|户)?(?:都|还|也)?(?:能不能|能|可以|可不可以|是不是|算不算|一年(?:能|给|抵|扣)|一个月|有没有|有啥|有什么|怎么|该|咋|给)"
)
GENERIC_NOUN = re.compile(
    r"(?:的|嘞)?(?:人|人员|家庭|企业|单位|职工|青年|户)|的(?=能|可|算|是|有|给|怎|一)"
)
REQUIREMENT = re.compile(
    r"必须|需要|要求|至少|最少|最短|最长|最多|得满|要满|满多少|规定|上限|封顶|以上才|才能|才行|才算|才可以|算困难企业才|才要|对吧|是指"
)
SIGNED = re.compile(r"合同[^，。！？；]{0,6}签(?:了|到|的)")
"""合同最短的签了两年 tells what was signed, not what is required."""

AT_SOMEONES = re.compile(
    r"(?:在|搁|去|到|给|系|从|上)(?:了|一|某|这|那|个|家)*[^，。！？；开办干做搞是]{0,3}$"
)
WORKER = re.compile(r"上班|打工|兼职|拖欠|(?<!签合同)(?<!员)入职|辞退我|派遣到|我(?:想|要)?辞职")
LITTLE = re.compile(r"(?:一[个名枚]|也|都|还|就|是|属于|个|的|人|了|嘛|呢|啊|来电)*")
TRADER = re.compile(r"个体(?!店)|自由职业|当过?兵|退役|退伍|农民|村里|创业证|失业登记证")
STAFFED = re.compile(r"招|雇|用了个?|公司|企业|员工|职工|个体(?:小)?(?:超市|店)|我们")
FORMERLY = re.compile(
    r"(?:原来|以前|之前|过去|曾经|原先|从前|那会儿)(?!.*(?:现在|目前|如今|眼下|后来|被))"
)
HEARSAY = re.compile(
    r"听说|听闻|听人说|听[^，。！？；我俺]{1,4}[说讲]|规定|写着|(?:政策|文件|网上|通知|新闻|方案)(?:上|里)?(?:说|写|讲|要求)"
)
PLAN = re.compile(r"(?:想|打算|准备|计划|要|明年|拟)[^，。！？；⟦了]{0,4}(?:招|用|聘|雇)")
LOOKUP = re.compile(
    r"归(?:谁|哪)|哪个(?:局|部门|科|单位)|哪几(?:个|家)|谁管|牵头|什么意思|啥意思|叫什么|什么(?:是|叫)"
)
HIRED = re.compile(
    r"(?:招|雇|聘|吸纳|安置|用[了的个])[^，。！？；]{0,12}$"
    r"|(?:招|雇|聘|用[了的个])[^。！？；]{0,16}，[^，。！？；]{0,3}(?:都|全)是?$"
    r"|新(?:来|进|招)的[^，。！？；]{0,10}$"
    r"|⟦[PC]\d+⟧(?<!口子⟧)个?(?:，?(?:都|全)是?|是)?(?:认定过?的|办了?登记的)?$"
)


def clause(text: str, start: int, end: int, ends: str = ENDS) -> tuple[int, int]:
    """The borders of the clause (or with STOPS, sentence) around a stretch."""
    left = max(text.rfind(mark, 0, start) for mark in ends) + 1
    right = min((p for p in (text.find(m, end) for m in ends) if p >= 0), default=len(text))
    return left, min(right + 1, len(text))


class Scope:
    """One message; tells of a stretch of it whether it is claimed, asked, supposed or denied."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.told = ASKER.sub(lambda m: "　" * len(m.group()), text)
        self.anchored = bool(ANCHOR.search(self.told))
        self.asks = bool(ASKING.search(text))
        self.lookup = bool(LOOKUP.search(text)) and not STATED_BY.search(self.told)

    def claims(
        self, start: int, end: int, number: bool, parameter: bool = False, money: bool = False
    ) -> bool:
        """Whether the stretch states something, of whoever the message is about.

        A `parameter` may be supposed (要是失业金一个月1800): it is there to compute on. A sum of
        `money` is somebody's own, whatever is asked after it (基数100万交多少).
        """
        text = self.text
        left, right = clause(text, start, end)
        around = self.told[left:right]
        supposed = not parameter and self._supposed(left, right, start)
        if supposed or UNSURE.search(text[left:right]):
            return False
        heard = HEARSAY.search(text[left:start])
        if not parameter and heard and not ANCHOR.search(text[left + heard.end() : start]):
            return False
        if any(m.start() < start < m.end() for m in WHETHER.finditer(text)):
            return False
        computed_on = number and text.startswith(COMPUTING, end) and BASIS.search(text[left:end])
        if not computed_on and ASKED_RIGHT_AFTER.match(text, end):
            return False
        if WONDER.search(text[left:start]):
            return False
        own = ANCHOR.search(around) or SIGNED.search(around)
        if number and REQUIREMENT.search(around) and not own:
            return False
        if not self.anchored and text[left:right].startswith(("用人单位", "企业有", "一般")):
            return False
        if parameter or money or not ASKING.search(around):
            return True
        if number and HAPPENED.search(around):
            return True
        if GENERIC.match(text, end) and not ANCHOR.search(around):
            return self.anchored and not GENERIC_NOUN.match(text, end)
        return bool(self.anchored or STATED.search(around))

    def _supposed(self, left: int, right: int, start: int) -> bool:
        sentence, _ = clause(self.text, start, start, STOPS)
        if HYPOTHESIS.search(self.text[sentence:start]) or HYPOTHESIS.search(self.text[left:right]):
            return True
        return bool(SUPPOSED.search(self.text[left:right]))

    def denied(self, start: int, end: int) -> bool:
        """Whether the stretch is denied by the words right before it."""
        left, _ = clause(self.text, start, end)
        before = self.text[left:start]
        return bool(DENIAL.search(before[-5:]) or DENIED_LIST.search(before))

    def alone(self, start: int, end: int) -> bool:
        """Whether the stretch is a clause of its own, or said to be what somebody is."""
        left, right = clause(self.text, start, end)
        if re.search(r"(?:是个?|属于|作为|我|俺|本人|咱)$", self.told[left:start]):
            return True
        rest = self.text[left:start] + self.text[end:right].rstrip(ENDS)
        several = len(self.text.strip(ENDS)) > end - start + len(rest)
        return several and bool(LITTLE.fullmatch(rest))

    def of_employee(self, start: int, end: int) -> bool:
        """Whether a firm is only where somebody works, not whose business this is."""
        left, right = clause(self.text, start, end)
        return bool(
            AT_SOMEONES.search(self.text[left:start]) or WORKER.search(self.text[left:right])
        )

    def of_firm(self, start: int) -> bool:
        """Whether a firm is what the clause is about up to here (厂里二月就没活了)."""
        left, _ = clause(self.text, start, start)
        return bool(
            re.search(r"(?:厂子?|公司|车间|企业|店)里?[^，。]{0,8}$", self.text[left:start])
        )

    def of_past(self, start: int, end: int) -> bool:
        """Whether it tells how things used to be."""
        left, _ = clause(self.text, start, end)
        return bool(FORMERLY.search(self.text[left:end]))

    def of_plan(self, end: int) -> bool:
        """Whether somebody is still to be hired."""
        left, _ = clause(self.text, end, end)
        return bool(PLAN.search(self.text[left:end]))

    def disowned(self, start: int) -> bool:
        """Whether a number is said not to be it (不是裁6个)."""
        return self.text[max(0, start - 2) : start] in ("不是", "并非")

    def of_trader(self) -> bool:
        """Whether a person trading on their own account speaks, not a firm that hires."""
        return bool(TRADER.search(self.text)) and not STAFFED.search(self.text)

    def of_hired(self, start: int) -> bool:
        """Whether it is said of people that a firm hires, not of the speaker."""
        left, _ = clause(self.text, start, start)
        return bool(HIRED.search(self.text[max(0, left - 24) : start]))
