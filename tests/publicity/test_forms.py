"""Every audience on three days: figures with their source and article, nothing over on offer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from actions.publicity.brief import Brief
from actions.publicity.document import Document, Items, Line, Para, Section
from actions.publicity.forms import FORMS, documents, settings_of
from actions.publicity.guard import MaterialError, checked
from actions.publicity.material import Material
from actions.publicity.render.text import text
from actions.publicity.speaking import SPEED, spoken_length
from actions.publicity.standing import Standing, standing
from actions.publicity.timing import shared_minutes
from actions.publicity.topics import AUDIENCES, audience_of, audiences, topics, topics_in
from actions.reply import amount_figures
from actions.sources import told_by
from policy_kb.decide import decide
from policy_kb.errors import PolicyError
from policy_kb.facts import day_label
from policy_kb.figures import figures_in
from policy_kb.model import Knowledge
from tests.publicity.conftest import DAYS, laid, material

CASES = [(audience, day) for audience in AUDIENCES for day in DAYS]
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:万元|元|%|倍|人以上|个月)")


@pytest.mark.parametrize(("audience", "day"), CASES)
def test_every_figure_is_the_knowledge_base_s(kb: Knowledge, audience: str, day: date) -> None:
    """From the files' text, apart from the guard: money, shares, durations and their article."""
    known = _known_figures(kb, day)
    for document in laid(audience, day):
        for line in text(document).splitlines():
            assert set(_told(line)) <= known, f"{document.form}: {line}"


@pytest.mark.parametrize(("audience", "day"), CASES)
def test_every_figure_carries_its_article(audience: str, day: date) -> None:
    for document in laid(audience, day):
        for line in document.lines():
            if line.provisions and FIGURE.search(line.whole):
                assert re.search(r"第\d+条|工作", line.whole), f"{document.form}: {line.whole}"


@pytest.mark.parametrize(("audience", "day"), CASES)
def test_nothing_over_is_offered(kb: Knowledge, audience: str, day: date) -> None:
    """By the windows of the YAML alone: what ended stands only where endings are told."""
    over = {p.id for p in kb.provisions.values() if p.window.end and p.window.end < day}
    coming = {p.id for p in kb.provisions.values() if p.window.start and p.window.start > day}
    for document in laid(audience, day):
        for section in document.sections:
            if Standing.ON in section.standings:
                told = {p for line in section.lines() for p in line.provisions}
                assert not told & (over | coming), f"{document.form}: {section.heading}"
    if day > date(2026, 1, 1):
        assert over & {e.id for e in material(audience, day).ended}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_ends_soon_is_marked(audience: str) -> None:
    day = date(2025, 12, 15)
    ending = [e for e in material(audience, day).entries if e.standing is Standing.ENDING]
    assert ending
    whole = "\n".join(text(document) for document in laid(audience, day))
    for entry in ending:
        told = [line for line in whole.splitlines() if entry.short in line or entry.name in line]
        assert told, entry.name
    assert "还有16天" in whole
    assert "已到期" not in whole.replace("或者已经到期", "")


@pytest.mark.parametrize(("audience", "day"), CASES)
def test_each_is_useful_and_says_where_to_ask(audience: str, day: date) -> None:
    for document in laid(audience, day):
        whole = text(document)
        assert "12333" in whole
        assert day_label(day) in whole
        assert len(material(audience, day).current) >= 5
        assert "None" not in whole
        assert "{" not in whole


def test_the_guard_refuses_a_figure_from_nowhere(kb: Knowledge) -> None:
    good = documents(material("media", DAYS[0]))[0]
    settings = settings_of(material("media", DAYS[0]))
    for wrong in ("最高20万元（第7条）", "补贴每月1200元（第7条）", "返还六成半，七百元（第7条）"):
        bad = _with(good, Line(wrong, ("7.2",)))
        with pytest.raises(MaterialError, match="没有出处"):
            checked(kb, bad, settings)
    with pytest.raises(MaterialError, match="第几条"):
        checked(kb, _with(good, Line("最高15万元", ("7.2",))), settings)
    with pytest.raises(MaterialError, match="没有出处"):
        checked(kb, replace(good, title="50%全返"), settings)


def test_the_guard_refuses_what_is_over(kb: Knowledge) -> None:
    today = DAYS[2]
    good = documents(material("media", today))[0]
    line = Line("就业见习补贴（第15条）", ("15.2",))
    section = Section("现在能办的", (Para(line),), (Standing.ON, Standing.ENDING))
    with pytest.raises(MaterialError, match="不是这个状态"):
        checked(kb, replace(good, sections=(section,)), settings_of(material("media", today)))
    assert standing(kb["15.2"], today) is Standing.ENDED


@pytest.mark.parametrize("minutes", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("day", DAYS)
def test_the_broadcast_lasts_as_long_as_asked(day: date, minutes: int) -> None:
    script = FORMS["village"]["broadcast"](material("village", day, minutes))
    said = sum(spoken_length(line.text) for line in script.sections[1].lines())
    assert 0.88 * minutes * SPEED <= said <= 1.02 * minutes * SPEED
    assert f"约{said}字" in script.sections[0].blocks[0].line.text  # type: ignore[union-attr]


def test_a_broadcast_longer_than_there_is_to_say_says_so() -> None:
    script = FORMS["village"]["broadcast"](material("village", DAYS[2], 60))
    assert "循环播放" in text(script)


@pytest.mark.parametrize("minutes", [5, 8, 20, 45, 90])
def test_the_plan_of_a_talk_fills_its_time(minutes: int) -> None:
    handout = FORMS["campus"]["handout"](material("campus", DAYS[2], minutes))
    table = handout.sections[0].blocks[0]
    told = [int(re.match(r"\d+", row[1].text)[0]) for row in table.rows]  # type: ignore
    assert sum(told) == minutes


def test_minutes_shared() -> None:
    assert shared_minutes(10, [1, 1]) == [5, 5]
    assert sum(shared_minutes(7, [3, 1, 1])) == 7
    assert min(shared_minutes(7, [9, 1, 1])) >= 1
    assert sum(shared_minutes(2, [1, 1, 1])) == 2


def test_the_checklist_has_amounts_conditions_deadlines_departments_and_examples() -> None:
    whole = text(FORMS["enterprise"]["checklist"](material("enterprise", DAYS[0])))
    for told in (
        "9000元/人/年",
        "66000元/年",
        "连续3个月以上",
        "2025年12月31日截止",
        "区税务局",
        "19÷190＝10%",
    ):
        assert told in whole
    for situation in ("招人用工", "经营有困难", "需要裁员", "学技能、培训", "创业贷款"):
        assert f"【{situation}】" in whole


def test_a_post_is_short() -> None:
    for day in DAYS:
        assert len(text(FORMS["media"]["post"](material("media", day)))) < 900


def test_the_topics_are_all_there_and_their_provisions_exist(kb: Knowledge) -> None:
    for topic in topics().values():
        for ids in topic.provisions.values():
            assert all(kb[provision] for provision in ids)
    for audience in audiences().values():
        assert all(audience.id in topics()[t].provisions for t in audience.defaults)


@pytest.mark.parametrize(
    ("text_", "audience"),
    [
        ("我是二中就业办的", "campus"),
        ("村委会大喇叭要念", "village"),
        ("给公众号写一篇企业政策", "media"),
        ("厂里要发给职工", "enterprise"),
        ("今天天气不错", None),
    ],
)
def test_audiences_by_words(text_: str, audience: str | None) -> None:
    assert audience_of(text_) == audience


def test_topics_by_words() -> None:
    assert topics_in("讲讲培训贷", "campus") == ("traps",)
    assert topics_in("实习和创业贷款", "campus") == ("internship", "loans")
    assert topics_in("都讲", "campus") == audiences()["campus"].defaults
    assert topics_in("裁员", "campus") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": "nobody"},
        {"topics": ("layoffs",)},
        {"minutes": 121},
        {"minutes": -5},
        {"event": "a b"},
        {"event": "x" * 41},
        {"district": "很" * 31},
    ],
)
def test_an_order_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(PolicyError):
        Brief(**{"audience": "campus", "day": DAYS[2], **wrong})  # type: ignore[arg-type]


def test_a_provision_taken_out_of_the_plan_is_left_out(kb: Knowledge) -> None:
    smaller = replace(kb, provisions={k: v for k, v in kb.provisions.items() if k != "7.2"})
    made = Material(smaller, Brief("campus", DAYS[2]))
    assert "7.2" not in {entry.id for entry in made.entries}
    assert documents(made)


def test_a_new_number_in_the_plan_is_told(kb: Knowledge) -> None:
    ceiling = replace(kb["7.2"].figures[0], value=kb["7.2"].figures[0].value * 2)
    richer = replace(kb["7.2"], figures=(ceiling, *kb["7.2"].figures[1:]))
    raised = replace(kb, provisions={**kb.provisions, "7.2": richer})
    told = FORMS["campus"]["slides"](Material(raised, Brief("campus", DAYS[2])))
    assert "最高30万元" in text(told)


def _with(document: Document, line: Line) -> Document:
    return replace(document, sections=(*document.sections, Section("", (Items((line,)),))))


def _told(line: str) -> list[str]:
    return [f for f in figures_in(line) if f.endswith(("元", "%", "倍", "个月"))]


def _known_figures(kb: Knowledge, day: date) -> set[str]:
    """Whatever the plan says, and what its own examples come to on the day."""
    known: set[str] = set()
    for provision in kb.provisions.values():
        for source in told_by(provision):
            known.update(figures_in(source))
        for figure in provision.figures:
            known.add(f"{figure.value.normalize():f}{figure.unit.partition('/')[0]}")
        known.add(f"{provision.window.run_on_years * 12}个月")
        for example in provision.examples:
            facts = kb.registry.parse(example.facts)
            result = decide(kb, provision.id, facts, day)
            numbers = amount_figures(result.amount)
            known.update(f"{n}{unit}" for n in numbers for unit in ("元", "%"))
            for fact, value in kb.registry.resolve(facts).items():
                known.update(figures_in(kb.fact(fact).label(value)))
                known.update(figures_in(f"{kb.fact(fact).name}{kb.fact(fact).label(value)}"))
    return {figure.replace("万元", "元") for figure in known}
