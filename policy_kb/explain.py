"""A result in a citizen's words: what decided, what is open, what the department checks.

Sentences stand in `wording.py`; this module only chooses and fills them.
"""

from __future__ import annotations

from decimal import Decimal

from policy_kb import wording as w
from policy_kb.amounts import Amount
from policy_kb.conditions import Check, Node, Some, evaluate
from policy_kb.dates import WindowState
from policy_kb.facts import Facts, day_label, plain
from policy_kb.model import Amendment, Knowledge, Provision
from policy_kb.reasons import describe, says
from policy_kb.result import Reason, Result, Verdict
from policy_kb.truth import Truth


def explain(kb: Knowledge, result: Result, stated: Facts) -> list[str]:
    """The answer line by line: verdict and reasons, amount, time, departments."""
    provision = kb[result.provision].amended(result.as_of)
    lines = [verdict_line(kb, provision, result, stated)]
    if result.verdict is Verdict.ELIGIBLE:
        lines += [*conditions_to_note(result), steps_line(provision)]
    if result.verdict in (Verdict.ELIGIBLE, Verdict.UNKNOWN) and result.amount:
        lines.append(amount_line(result.amount))
    if result.verdict is Verdict.NOT_STARTED and provision.amount and provision.amount.text:
        lines.append(w.AT_START.format(text=provision.amount.text))
    if result.verdict not in (Verdict.EXPIRED, Verdict.NOT_STARTED, Verdict.INELIGIBLE):
        lines += [window_line(provision, result)]
    lines += amendment_lines(provision, result)
    lines.append(department_line(provision))
    return [line for line in lines if line]


def verdict_line(kb: Knowledge, provision: Provision, result: Result, stated: Facts) -> str:
    """Label, what it means here, the article and the reasons, in one paragraph."""
    means = (provision.means or {}).get(result.verdict.value, "").rstrip("。")
    head = f"{result.verdict.label}{means or provision.name}（{provision.citation}）"
    joiner = "。" if result.verdict in (Verdict.ELIGIBLE, Verdict.INELIGIBLE) else "："
    return f"{head}{joiner}{because(kb, provision, result, stated)}"


def because(kb: Knowledge, provision: Provision, result: Result, stated: Facts) -> str:
    """The reasons alone, as a sentence of their own."""
    match result.verdict:
        case Verdict.ELIGIBLE:
            return _met(kb, provision, stated)
        case Verdict.INELIGIBLE:
            return f"{_not_met(provision, result)}。"
        case Verdict.UNKNOWN:
            return f"{_open(provision, result)}。"
        case Verdict.EXPIRED:
            return expired_text(provision)
        case Verdict.NOT_STARTED:
            assert provision.window.start
            return w.NOT_STARTED.format(start=day_label(provision.window.start))


def _met(kb: Knowledge, provision: Provision, stated: Facts) -> str:
    known = kb.registry.resolve(stated)
    parts = [
        _met_part(kb, part, known)
        for part in provision.conditions.parts
        if not (isinstance(part, Check) and part.named and part.fact not in known)
    ]
    return w.MET.format(parts="；".join(parts)) if parts else w.NO_CONDITIONS


def _met_part(kb: Knowledge, part: Node, known: Facts) -> str:
    if isinstance(part, Some):
        part = next((p for p in part.parts if evaluate(p, known) is Truth.YES), part)
    facts = [part.fact] if isinstance(part, Check) else []
    shown = [
        describe(kb, fact, known) for fact in facts if fact in known and kb.registry[fact].numeric
    ]
    return f"{says(part)}（{'，'.join(shown)}）" if shown else says(part)


def _not_met(provision: Provision, result: Result) -> str:
    if result.window is WindowState.BEFORE_WINDOW and not _failed(result):
        assert provision.window.start
        return w.BEFORE_WINDOW.format(start=day_label(provision.window.start))
    return "；".join(
        w.FAILED.format(says=r.says, because=f"（现在是：{r.because}）" if r.because else "")
        for r in _failed(result)
    )


def _failed(result: Result) -> list[Reason]:
    return [r for r in result.reasons if r.status == "not_met" and not r.says.startswith("window:")]


def _open(provision: Provision, result: Result) -> str:
    window = provision.window
    if result.window is WindowState.TO_CONFIRM:
        return w.TO_CONFIRM.format(end=window.end and day_label(window.end))
    parts = []
    if result.window is WindowState.EVENT_NEEDED and window.end:
        parts.append(w.EVENT_NEEDED.format(end=day_label(window.end), years=window.run_on_years))
    parts += [
        w.OPEN.format(says=r.says, because=f"（已知：{r.because}）" if r.because else "")
        for r in result.reasons
        if r.status == "open" and not r.says.startswith("window:")
    ]
    parts += [
        w.DEPARTMENT_ONLY.format(says=r.says) for r in result.reasons if r.status == "department"
    ]
    return "；".join(parts)


def expired_text(provision: Provision) -> str:
    """Ended when, run-on or not, and who decides on a continuation."""
    window = provision.window
    assert window.end
    text = w.EXPIRED.format(end=day_label(window.end))
    if window.run_on_years:
        text += w.EXPIRED_RUN_ON.format(years=window.run_on_years)
    text += window.after
    return text + w.CONTINUATION.format(lead=provision.lead)


def conditions_to_note(result: Result) -> list[str]:
    """What was presumed and what the plan leaves to others, named in one line."""
    notes = [
        r.says
        for r in result.reasons
        if r.status in ("presumed", "outside") and not r.says.startswith("window:")
    ]
    notes = [note.rstrip("。") for note in notes]
    return [w.NOTE.format(notes="；".join(notes))] if notes else []


def steps_line(provision: Provision) -> str:
    """What has to be done, one after the other; empty where the plan names no steps."""
    steps = "；".join(f"{number}）{step}" for number, step in enumerate(provision.steps, 1))
    return w.STEPS.format(steps=steps) if steps else ""


def amount_line(amount: Amount) -> str:
    """How much, with its working; a ceiling is called one."""
    if amount.value is None:
        return w.AMOUNT_TEXT.format(text=amount.text)
    value = money(amount.value, amount.unit)
    steps = "＋".join(amount.working)
    shown = f"（{steps}）" if any(sign in steps for sign in "×÷＋－") else ""
    total = ""
    if amount.total is not None:
        unit = amount.unit.partition("/")[0]
        total = w.TOTAL.format(years=amount.years, total=money(amount.total, unit))
    label = f"{amount.label}：" if amount.label else ""
    if amount.note:
        total += w.ALSO.format(note=amount.note)
    return w.AMOUNT.format(
        label=label, cap=w.CAP if amount.is_cap else "", value=value, shown=shown, total=total
    )


def money(value: Decimal, unit: str) -> str:
    """66000元/年; from 10000 up in whole hundreds also as 万元: 150000元（15万元）."""
    rounded = value.quantize(Decimal("0.01"))
    head, slash, period = unit.partition("/")
    text = f"{plain(rounded)}{head}{slash}{period}"
    if head == "元" and rounded >= 10000 and rounded % 100 == 0:
        return f"{text}（{plain(rounded / 10000)}万元）"
    return text


def window_line(provision: Provision, result: Result) -> str:
    """From when to when, and how long those who have begun go on."""
    window = provision.window
    if result.window is WindowState.RUNNING_ON and window.end:
        until = w.UNTIL.format(day=day_label(result.valid_until)) if result.valid_until else ""
        return w.RUNNING_ON.format(
            end=day_label(window.end), years=window.run_on_years, until=until
        )
    text = period_text(provision)
    if window.run_on_years and result.window is WindowState.IN_FORCE:
        text += w.RUN_ON.format(years=window.run_on_years)
    return text


def period_text(provision: Provision) -> str:
    """The window in words, whatever the day."""
    window = provision.window
    if window.start and window.end:
        return w.PERIOD.format(start=day_label(window.start), end=day_label(window.end))
    if window.end:
        return w.PERIOD_END.format(end=day_label(window.end))
    if window.start:
        return w.PERIOD_START.format(start=day_label(window.start))
    return w.PERIOD_NONE


def amendment_lines(provision: Provision, result: Result) -> list[str]:
    """The notices relied on, cited beside the article."""
    return [amendment_text(a) for a in provision.in_force_amendments(result.as_of)]


def amendment_text(amendment: Amendment) -> str:
    """《document》 of its date, and what it changes."""
    return w.AMENDED.format(
        document=amendment.document.strip("《》"),
        issued=day_label(amendment.issued),
        note=amendment.note,
    )


def department_line(provision: Provision) -> str:
    """Who leads, who leads with them, and where the money comes from."""
    if not provision.lead:
        return ""
    joint = w.JOINT.format(names="、".join(provision.joint)) if provision.joint else ""
    funds = w.FUNDS.format(funds=provision.funds) if provision.funds else ""
    return w.DEPARTMENTS.format(lead=provision.lead, joint=joint, funds=funds)
