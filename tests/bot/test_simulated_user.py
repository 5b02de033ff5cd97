"""A simulated citizen who answers every question truthfully: the verdict is always the engine's.

Random complete fact sets, seeded so that a failure can be repeated; boundary values on purpose.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import cn2an
import pytest

from policy_kb.decide import decide
from policy_kb.facts import Value, plain
from policy_kb.interview import next_question
from policy_kb.model import Knowledge
from policy_kb.result import Verdict
from tests.bot.conftest import Answer, Conversation

CASES_EACH = 9
DAYS = ("2025-06-15", "2025-12-31")
MOST_TURNS = 10
STYLES = ("digits", "bare", "words")
"""23岁, 23 or 二十三岁."""

OPENINGS = {
    "2.2": "我们公司想问招人抵税，我们能享受吗",
    "3.1": "我想问稳岗返还，我公司能申请吗",
    "3.2": "我想问困难企业稳岗返还，我们能申请吗",
    "4.2": "我想问裁员程序，我们公司要走吗",
    "7.3": "我们想问创业担保贷款贴息，我们单位能申请吗",
    "9.1": "我想问个体经营税费扣减，我能享受吗",
    "11.1": "我想问困难企业职工在岗培训补助，我们能申请吗",
    "11.3": "我想问技术技能提升补贴，我能享受吗",
    "12.3": "我想问培训期间生活费补贴，我能享受吗",
    "13.5": "我想问一次性临时生活补助，我能享受吗",
    "15.2": "我想问就业见习补贴，我能享受吗",
}
"""How the person opens: an eligibility question that names the provision and states nothing."""

NUMBERS = {
    "age": (15, 16, 19, 24, 25, 31, 52),
    "layoffs": (0, 1, 5, 12, 19, 20, 45),
    "staff": (8, 40, 60, 99, 100, 101, 190, 400),
    "new_hires": (0, 4, 10, 15, 25, 60),
    "contract_months": (6, 11, 12, 24),
    "hired_veterans": (0, 1, 3),
    "hired_unemployed": (0, 2, 5),
    "unpaid_wage_months": (0, 2, 3, 5),
    "idle_staff": (0, 3, 8, 20, 90),
    "insured_months": (3, 11, 12, 30, 48),
}
"""What a truthful person may say, around the limits that the plan draws."""

PART_OF = {"layoffs": "staff", "new_hires": "staff", "idle_staff": "staff"}
"""A part is never more than the whole."""

SPOKEN = {
    ("age", None): "{n}岁",
    ("layoffs", None): "裁员{n}人",
    ("staff", None): "职工一共{n}人",
    ("new_hires", None): "新招用{n}人",
    ("contract_months", None): "{n}个月",
    ("hired_veterans", None): "自主就业退役士兵{n}人",
    ("hired_unemployed", None): "登记失业人员{n}人",
    ("unpaid_wage_months", None): "{n}个月",
    ("idle_staff", None): "待岗{n}人",
    ("insured_months", None): "{n}个月",
    ("zero_employment_family", False): "不是零就业家庭",
    ("self_employed_veteran", False): "不是自主就业退役士兵",
    ("runs_training", True): "组织了职工在岗培训",
    ("runs_training", False): "没有组织培训",
    ("training_fund_short", True): "职工教育经费不够",
    ("training_fund_short", False): "职工教育经费够用",
    ("hard_to_employ", True): "已认定就业困难人员",
    ("hard_to_employ", False): "没有认定就业困难人员",
    ("recovery_expected", True): "恢复有望",
    ("recovery_expected", False): "恢复无望",
    ("temporary_difficulty", True): "有暂时性困难",
    ("temporary_difficulty", False): "没有困难",
}
"""Plain words where several facts are told at once; alone, a fact is told by its label."""


@dataclass
class Citizen:
    """One person or firm: everything true of them, and what they were asked."""

    kb: Knowledge
    truth: dict[str, Value]
    style: str = "digits"
    told: dict[str, Value] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def reply(self, asking: list[str]) -> str:
        """The truth about what is asked, in plain words."""
        self.asked.append(tuple(asking))
        self.told.update({fact: self.truth[fact] for fact in asking})
        return "，".join(self._words(fact, alone=len(asking) == 1) for fact in asking)

    def _words(self, fact_id: str, alone: bool) -> str:
        fact, value = self.kb.registry[fact_id], self.truth[fact_id]
        if isinstance(value, Decimal):
            number = plain(value) if self.style != "words" else cn2an.an2cn(plain(value))
            if alone and self.style == "bare":
                return number
            return SPOKEN[fact_id, None].format(n=number)
        spoken = SPOKEN.get((fact_id, value)) if isinstance(value, bool) and not alone else None
        return spoken or fact.label(value)


def true_facts(kb: Knowledge, provision_id: str, seed: int) -> dict[str, Value]:
    """A complete, consistent set of the facts that this provision can ask for."""
    random_ = random.Random(f"{provision_id}:{seed}")
    registry = kb.registry
    used = {check.fact for check in kb[provision_id].checks() if not check.named}
    bases = {b for f in used for b in registry[f].ratio or (f,) if registry[b].asked}
    bases |= {"status"} if provision_id == "12.3" else set()
    truth: dict[str, Value] = {}
    for fact_id in sorted(bases, key=list(registry.facts).index):
        fact = registry[fact_id]
        if fact.type == "bool":
            truth[fact_id] = random_.random() < 0.7
        elif fact.type == "choice":
            likely = [v for c in kb[provision_id].checks() if c.fact == fact_id for v in c.allowed]
            every = [option.id for option in fact.options]
            truth[fact_id] = random_.choice(likely * 2 + every)
        else:
            truth[fact_id] = Decimal(random_.choice(NUMBERS[fact_id]))
    for part, whole in PART_OF.items():
        if part in truth and whole in truth:
            truth[part] = min(truth[part], truth[whole])  # type: ignore[type-var]
    for when, value, then, implied in registry.implications:
        if truth.get(when) == value and then in truth:
            truth[then] = implied
    return truth


def engine_run(kb: Knowledge, provision_id: str, truth: dict[str, Value], day: date) -> int:
    """How many questions the engine itself needs on the same truth."""
    told: dict[str, Value] = {}
    count = 0
    while (question := next_question(kb, provision_id, told, day)) is not None:
        told |= {f: truth[f] for f in question.facts if not kb.registry[f].ratio}
        count += 1
        assert count <= MOST_TURNS
    return count


def cases() -> list[Any]:
    """Each provision with its seeds."""
    every = [(p, seed) for p in OPENINGS for seed in range(CASES_EACH)]
    return [pytest.param(p, seed, id=f"{p}-{seed}") for p, seed in every]


@pytest.mark.parametrize(("provision_id", "seed"), cases())
def test_truthful_citizen(
    provision_id: str, seed: int, begin: Callable[[str], Conversation], kb: Knowledge
) -> None:
    """Verdict and amount are the engine's on what was told, in the engine's number of questions."""
    day = DAYS[seed % len(DAYS)]
    truth = true_facts(kb, provision_id, seed)
    citizen = Citizen(kb, truth, STYLES[seed % len(STYLES)])
    conversation = begin(day)
    answer = conversation.say(OPENINGS[provision_id])
    transcript = [OPENINGS[provision_id], answer.text]
    while answer.kind == "question":
        assert provision_id in answer.provisions
        assert len(citizen.asked) < MOST_TURNS, transcript
        assert not set(answer.asking) & citizen.told.keys(), ("asked twice", transcript)
        words = citizen.reply(answer.asking)
        answer = conversation.say(words)
        transcript += [words, answer.text]
    told = "\n".join(transcript)
    agrees(answer, kb, provision_id, citizen, date.fromisoformat(day), told)


def agrees(
    answer: Answer, kb: Knowledge, provision_id: str, citizen: Citizen, day: date, told: str
) -> None:
    """The final answer against the engine, on the facts told and on the whole truth."""
    by_told = decide(kb, provision_id, citizen.told, day)
    by_truth = decide(kb, provision_id, citizen.truth, day)
    assert (answer.kind, answer.provisions) == ("answer", [provision_id]), told
    assert answer.verdict == by_told.verdict.value, told
    assert answer.amount == (by_told.amount.to_json() if by_told.amount else None), told
    if by_told.verdict is not Verdict.UNKNOWN:
        assert by_told.verdict is by_truth.verdict, told
    assert len(citizen.asked) == engine_run(kb, provision_id, citizen.truth, day), told
