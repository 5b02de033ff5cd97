"""Facts stated in passing: who says what about whom, several in one message, each in its role.

A question states nothing: hypotheses are skipped, and a bare noun (失业青年) counts only where
the speaker claims it. A wrong fact is worse than a missed one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from actions.contracts import YEAR, Contracts, long_contracts
from actions.loose import Loose
from actions.slips import last_sentence, split_at_slip
from bot.understanding.ages import birth
from bot.understanding.contracts import contract_groups
from bot.understanding.days import Day
from bot.understanding.marks import mark
from bot.understanding.numbers import Quantity
from bot.understanding.opening import earliest_start
from bot.understanding.phrases import Phrase, load_phrases
from bot.understanding.scope import ENDS, Scope
from bot.understanding.since import since, taken_in_another_year
from bot.understanding.two_sides import FACT as BOTH_SIDES
from bot.understanding.two_sides import both_sides, sum_of
from policy_kb.errors import FactError
from policy_kb.facts import Fact, Registry, Value

OF_HIRED = {
    "age",
    "hard_to_employ",
    "self_employed_veteran",
    "zero_employment_family",
    "disabled",
    "schooling",
    "local_origin",
    "status",
    "has_employment_cert",
}
"""Facts of a person that are said of the people a firm hires, too."""

NOT_YET = re.compile(r"(?:过完?年|过了年|明年|下个?月|马上|快要|再过.{1,4}).{0,3}(?:就|要|满)*$")
"""过完年就25了: an age that is still to come."""

BELOW_COLLEGE = re.compile(r"中专|技校|职高|高中|初中|高[一二三]|初[一二三]")
"""A pupil who is 在校 is no student of a college."""

STILL_AT_COLLEGE = re.compile(
    r"(?:明年|后年|来年|大后年|还有[^，。]{1,5}|再过[^，。]{1,5}|还得[^，。]{1,5}|还要[^，。]{1,5}|快|马上|即将|下个?月|过完?年|年后)(?:才|就|要|能|该)*(?:大学|本科|大专)?(?:毕业|离校)(?!(?:快|马上|都|已经))"
    r"|(?:还|都)没(?:有)?(?:大学|本科)?毕业|没到毕业|未毕业"
)
"""后年才毕业: not graduated yet."""

FAMILY = re.compile(
    r"(?:(?:我|俺|咱)们?|全|一|我们)家(?:里|人|一共|总共|现在|就|也|有|共|上下|老小)*$"
)
"""我们家三口人 are no staff."""

HIRES = {"hired_veterans", "hired_unemployed", "hired_hard_to_employ", "new_hires", "hire_date"}
"""Facts of hiring: whom a firm only wants to hire is not hired."""

FOR_A_LOAN = re.compile(r"贷|贴息|符合|条件|够格|合同|小微|签了|25%|15%")
"""What makes people hired those who count for the subsidised loan, and not just anybody."""

COUPLE = re.compile(r"(?:两|小|老)口子|夫妻|夫妇|(?:我|俺|咱)俩|哥俩|姐俩")
"""我们两口子都有证: they are two, and nobody's staff."""

SOME_AND_SOME = re.compile(
    r"有的[^。！？；⟦]{0,6}⟦T\d+⟧[^。！？；]{0,6}有的[^。！？；⟦]{0,6}⟦T\d+⟧"
)

HOUSEHOLD = re.compile(r"家(?:里|一共|总共|现在|就|有|共)*⟦P")

AMONG_THEM = re.compile(
    r"⟦[PCN](?P<whole>\d+)⟧[^。！？；⟦]{0,14}(?:里头|里面|其中|当中|中间|中)(?:还|又)?(?:有|的)?⟦[PCN](?P<part>\d+)⟧"
)

MAY_BE_BOUND = {
    "insured_months",
    "wage_default_months",
    "stopped_months",
    "unpaid_wage_months",
    "contract_months",
}
"""Facts of which 一年以上 tells enough: the plan asks whether they reach a line."""

AT_A_FIRM = "enterprise_staff"
ENOUGH = re.compile(r"(?:以上)?的?(?:就|才|是不是就|是否)(?:能|可以|行|够|算)")
"""交满一年就能领吗 asks what is enough."""

NOT_QUITE = re.compile(
    r"(?:了|都|也)?，?(?:还|就|只)?(?:差|缺|少)(?:着|个|了)?(?!几|多|不|啥|什么)|(?:还|都|也)?(?:没到|不到|未满|不满|没满)"
)
"""一年还差俩月 is not a year."""

WORKING_AGES = range(12, 100)
LIKELY_AGES = range(16, 66)
STORY = 10
"""Characters from which a message is no bare answer."""

ALONE = re.compile(
    r"(?:^|(?<=[，。；]))(?:我|俺|本人|今年)?⟦N(?P<place>\d+)⟧(?:了|整|嘞|啦)?(?=[，。；])"
)
NUMBERS_OF_A_FIRM = re.compile(
    r"裁|招(?!工|聘)|职工|员工|人数|在岗|待岗|花名册|总数|新增|小微|基数|万|元|(?:我们|俺们|咱们?)(?:公司|厂|企业|单位)|%"
)
COUNTED_SMALL = {"hired_veterans", "hired_unemployed", "hired_hard_to_employ", "layoffs"}
MANY = 1000
"""A bare number from here up beside people hired or laid off is rather money."""


@dataclass
class Said:
    """What one message says: facts by id, and the numbers and dates given no role in it."""

    facts: dict[str, Value] = field(default_factory=dict)
    quantities: list[Quantity] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # indexes of `quantities` with a role
    used_days: set[int] = field(default_factory=set)
    contracts: list[Contracts] = field(default_factory=list)  # where their lengths differ

    @property
    def loose(self) -> list[Loose]:
        """The numbers and dates without a role, in the order said."""
        return [item for item in self.numbers if not item.told]

    @property
    def numbers(self) -> list[Loose]:
        """All numbers and dates, in the order said; those with a role are told of as such."""
        numbers = [
            (q.start, Loose(q.kind, q.value, i in self.used)) for i, q in enumerate(self.quantities)
        ]
        dates = [
            (d.start, Loose("date", d.span, i in self.used_days)) for i, d in enumerate(self.days)
        ]
        return [item for _, item in sorted(numbers + dates, key=lambda pair: pair[0])]


def extract(text: str, registry: Registry, as_of: date) -> Said:
    """The facts a normalised message states; relative dates count from `as_of`."""
    text, born = birth(text, as_of)
    text, marked, numbers, dates = mark(text, as_of)
    if slip := split_at_slip(text):
        return _corrected(*slip, registry, as_of)
    reader = _Reader(registry, Said({}, numbers, dates), Scope(text), Scope(marked), as_of)
    if born is not None:
        reader.said.facts["age"] = Decimal(born)
    return reader.read()


def _corrected(before: str, after: str, registry: Registry, as_of: date) -> Said:
    """What is said after a slip, and of what was said before it all that still stands.

    Where the correction names none of the facts it takes back, they are open again.
    """
    said, earlier = extract(after, registry, as_of), extract(before, registry, as_of)
    doubtful = extract(last_sentence(before), registry, as_of).facts.keys()
    standing = earlier.facts
    if not doubtful & said.facts.keys():
        standing = {fact: value for fact, value in standing.items() if fact not in doubtful}
    said.facts = {**standing, **said.facts}
    return said


@dataclass
class _Reader:
    """Reads one message, pattern by pattern."""

    registry: Registry
    said: Said
    plain: Scope
    marked: Scope
    as_of: date

    def read(self) -> Said:
        loaded = load_phrases(self.registry)
        facts = self.said.facts
        if self.plain.lookup:
            return self.said
        likely = loaded.likely(self.plain.text, self.marked.text)
        for phrase in sorted(likely, key=lambda p: p.weak):  # nouns after sentences
            fact = self.registry[phrase.fact]
            if phrase.fact in facts and phrase.value != "no":
                continue  # a denial says more than the words it denies
            if phrase.fact == "new_hires" and not FOR_A_LOAN.search(self.plain.text):
                continue
            if phrase.weak and self.plain.asks and not self._told_of(fact.owner):
                continue
            value = self._first_value(phrase, fact)
            if value is not None:
                facts[phrase.fact] = value
        facts.update(self._of_long_contracts())
        self._sum_both_sides()
        self._loan_of_a_firm()
        self._count_each_once()
        if facts.get("status") in ("unemployed", "laid_off") and facts.get("post") == AT_A_FIRM:
            del facts["post"]  # 在厂里干了十年被裁了
        if facts.get("status") in ("unemployed", "laid_off") and not HIRES & facts.keys():
            facts.pop("enterprise_kind", None)  # 饭店关门没了活: it is nobody's business any more
        for fact_id, months in since(
            self.marked.text, self.plain.text, self.said.days, self.as_of
        ).items():
            facts.setdefault(fact_id, self.registry[fact_id].parse(months))
        if taken_in_another_year(self.marked.text, self.said.days, self.as_of):
            facts.setdefault("allowance_this_year", False)
        opened = earliest_start(self.plain.text, self.marked.text, self.said.days, self.as_of)
        if opened:
            facts.setdefault("benefit_start", opened)
        self._bare_age()
        for fact_id, sources in loaded.given.items():
            if any(source in facts for source in sources):
                facts.setdefault(fact_id, True)
        return self.said

    def _bare_age(self) -> None:
        """23，学历认证没下来: a number alone in a clause, where a person tells of themselves."""
        told = self.said.facts
        if (
            "age" in told
            or len(self.plain.text) < STORY
            or NUMBERS_OF_A_FIRM.search(self.plain.text)
        ):
            return
        for match in ALONE.finditer(self.marked.text):
            place = int(match["place"])
            value = self.said.quantities[place].value
            if place not in self.said.used and value in LIKELY_AGES:
                told["age"] = self.registry["age"].parse(value)
                self.said.used.add(place)
                return

    def _sum_both_sides(self) -> None:
        """单位28.6万+个人11万: the refund counts what both paid, unless the total is told too."""
        numbers = self.said.quantities
        places = both_sides(self.marked.text, numbers)
        if places is None:
            return
        known = self.said.facts.get(BOTH_SIDES)
        if known is None or known in {numbers[place].value for place in places}:
            self.said.facts[BOTH_SIDES] = self.registry[BOTH_SIDES].parse(sum_of(places, numbers))
            self.said.used.update(places)

    def _loan_of_a_firm(self) -> None:
        """银行放了180万 told by a firm that borrows is its loan, not what a bank lent in all."""
        facts = self.said.facts
        borrows = facts.get("small_micro") or facts.get("new_hires") or facts.get("benchmark_rate")
        if borrows and "new_loans_total" in facts and not facts.get("loan_operator"):
            facts.setdefault("loan_amount", facts.pop("new_loans_total"))

    def _count_each_once(self) -> None:
        """5个登记失业的，里头1个是退役士兵: whoever is both is counted in one class only (第2条)."""
        facts = self.said.facts
        match = AMONG_THEM.search(self.marked.text)
        if not match or not {"hired_veterans", "hired_unemployed"} <= facts.keys():
            return
        whole, part = (self.said.quantities[int(match[name])].value for name in ("whole", "part"))
        both = {facts["hired_veterans"], facts["hired_unemployed"]}
        if both == {whole, part} and part < whole:
            larger = max(("hired_veterans", "hired_unemployed"), key=lambda f: facts[f] == whole)
            facts[larger] = self.registry[larger].parse(whole - part)

    def _of_long_contracts(self) -> dict[str, Value]:
        """Of hires with contracts of different length only the long ones count (第7条)."""
        if SOME_AND_SOME.search(self.marked.text):
            self.said.facts.pop("contract_months", None)  # how many of each is open
            return {}
        groups = contract_groups(self.marked.text, self.said.quantities)
        contracts = [group.contracts for group in groups]
        if len({contract.months for contract in contracts}) < 2:
            self._of_some_contracts(contracts)
            return {}
        total = self.said.facts.pop("new_hires", None)
        self.said.facts.pop("contract_months", None)
        self.said.used.update(place for group in groups for place in group.places)
        self.said.contracts = contracts
        counted = long_contracts(contracts, total if isinstance(total, Decimal) else None)
        return {fact: self.registry[fact].parse(value) for fact, value in counted.items()}

    def _of_some_contracts(self, contracts: list[Contracts]) -> None:
        """9个里有3个只签了半年: the rest is left, and how long theirs are is open."""
        facts = self.said.facts
        total = facts.get("new_hires")
        if len(contracts) != 1 or not isinstance(total, Decimal) or not contracts[0].people:
            return
        some = contracts[0]
        if some.people < total and some.months < YEAR:
            facts["new_hires"] = self.registry["new_hires"].parse(total - some.people)
            facts.pop("contract_months", None)

    def _told_of(self, owner: str) -> bool:
        return self.plain.anchored or any(self.registry[f].owner == owner for f in self.said.facts)

    def _first_value(self, phrase: Phrase, fact: Fact) -> Value | None:
        scope = self.marked if phrase.marked else self.plain
        for match in phrase.pattern.finditer(scope.text):
            start, end = match.start(), match.start() + len(match.group().rstrip(ENDS))
            parameter, money = fact.owner == "district", fact.type == "money"
            if not scope.claims(start, end, phrase.marked, parameter, money):
                continue
            if phrase.weak and not scope.alone(start, end):
                continue
            if fact.id == "age" and NOT_YET.search(scope.text[max(0, start - 8) : start]):
                continue
            if fact.id in MAY_BE_BOUND and ENOUGH.match(scope.text, end):
                continue
            if fact.id in MAY_BE_BOUND and NOT_QUITE.match(scope.text, end):
                continue
            if phrase.value == "enrolled" and BELOW_COLLEGE.search(self.plain.text):
                continue
            if phrase.value == "graduated" and STILL_AT_COLLEGE.search(self.plain.text):
                continue
            if fact.id in OF_HIRED and self._of_hired(phrase, match):
                continue
            if fact.id in ("enterprise_kind", "entity") and scope.of_employee(start, end):
                continue
            if fact.id == "enterprise_kind" and scope.of_trader():
                continue
            if fact.id in HIRES and scope.of_plan(end):
                continue
            if fact.id == "staff" and FAMILY.search(scope.text[: scope.text.find("⟦", start)]):
                continue
            if fact.id in ("status", "post") and scope.of_past(start, end):
                continue
            if fact.id == "status" and match.group().startswith("没活") and scope.of_firm(start):
                continue
            try:
                value = self._value(phrase, fact, match, scope)
            except (FactError, IndexError):
                continue
            if value is not None:
                return value
        return None

    def _of_hired(self, phrase: Phrase, match: re.Match[str]) -> bool:
        """Whether what matched is said of people hired."""
        if COUPLE.search(self.plain.text) or HOUSEHOLD.search(self.marked.text):
            return False
        if phrase.marked:
            return self.marked.of_hired(match.start())
        found = self.marked.text.find(match.group())
        return self.plain.of_hired(match.start()) or (found >= 0 and self.marked.of_hired(found))

    def _value(
        self, phrase: Phrase, fact: Fact, match: re.Match[str], scope: Scope
    ) -> Value | None:
        found = [int(index) for index in match.groupdict().values() if index is not None]
        if phrase.value.isdigit():
            return fact.parse(phrase.value)
        denied = scope.denied(*match.span())
        if fact.type == "bool":
            return phrase.value == "yes" and not denied
        if fact.type == "choice":
            return None if denied else fact.parse(phrase.value)
        if fact.type == "date":
            self.said.used_days.add(found[0])
            return self.said.days[found[0]].span
        return None if scope.disowned(match.start()) else self._number(phrase, fact, found)

    def _number(self, phrase: Phrase, fact: Fact, found: list[int]) -> Value | None:
        """The number found, if it has no other role and is no limit of the policy's."""
        numbers = [self.said.quantities[index] for index in found]
        if self.said.used & set(found):
            return None
        if any(q.bound for q in numbers) and fact.id not in MAY_BE_BOUND:
            return None
        if fact.id == "age" and numbers[0].value not in WORKING_AGES:
            return None
        couple = numbers[0].value == 2 and COUPLE.search(self.plain.text)
        if fact.id == "staff" and (numbers[0].value == 1 or couple):
            return None  # 工人一人发八百, 我们两口子
        if fact.id in COUNTED_SMALL and numbers[0].kind == "plain" and numbers[0].value >= MANY:
            return None
        if phrase.value == "sum":
            value = fact.parse(sum((q.value for q in numbers), Decimal(0)))
        else:
            value = fact.parse(Loose(numbers[0].kind, numbers[0].value).in_unit(fact.unit))
        self.said.used.update(found)
        return value
