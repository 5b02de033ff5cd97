"""Our data against the official text: nothing missing, nothing wrong, every slip caught."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_kb.model import Knowledge
from policy_kb.store.sources import assemble, read_sources
from policy_kb.verify import verify

FIGURE = re.compile(r"\d+(?:\.\d+)?(?=万?元|%|个月|年(?!\d)|岁|人|天|项|倍|月\d+日)")


def test_nothing_missing_and_nothing_wrong(kb: Knowledge, official: str) -> None:
    report = verify(kb, official)
    assert report.wrong == []
    assert report.missing == []


def test_every_broken_figure_is_caught(kb: Knowledge, official: str) -> None:
    """Each figure of each summary, each rule's bound and each window, off by a little."""
    survivors = []
    for provision in kb.provisions.values():
        for match in FIGURE.finditer(provision.summary):
            off = f"{float(match.group()) + 7:g}"
            text = provision.summary[: match.start()] + off + provision.summary[match.end() :]
            if not _caught(kb, official, provision.id, summary=text):
                survivors.append(f"{provision.id} summary {match.group()}→{off}")
        for figure in provision.figures:
            if "（" in figure.name:  # a convention of ours, not of the plan
                continue
            broken = tuple(
                replace(f, value=f.value + 7) if f is figure else f for f in provision.figures
            )
            if not _caught(kb, official, provision.id, figures=broken):
                survivors.append(f"{provision.id} figure {figure.id}")
        for edge in ("start", "end"):
            day = getattr(provision.window, edge)
            if day:
                window = replace(provision.window, **{edge: day.replace(day=9)})
                if not _caught(kb, official, provision.id, window=window):
                    survivors.append(f"{provision.id} window {edge}")
    assert survivors == []


def _caught(kb: Knowledge, official: str, provision_id: str, **broken: object) -> bool:
    changed = replace(kb[provision_id], **broken)  # type: ignore[arg-type]
    other = replace(kb, provisions={**kb.provisions, provision_id: changed})
    return any(line.startswith(provision_id) for line in verify(other, official).wrong)


def test_broken_bounds_are_caught(official: str) -> None:
    """Thresholds inside the conditions of the YAML (0 and 1 are no figures of the plan)."""
    survivors = []
    for name, text in read_sources().items():
        for match in re.finditer(r"(?<=min: )\d{2,}|(?<=max: )\d{2,}|(?<=over: )\d{2,}", text):
            if name == "data/facts.yaml":
                continue
            broken = text[: match.start()] + str(int(match.group()) + 7) + text[match.end() :]
            if not verify(assemble({**read_sources(), name: broken}), official).wrong:
                survivors.append(f"{name} {text[match.start() - 30 : match.end()]!r}")
    assert survivors == []


def test_wrong_department_name_and_copied_sentence_are_caught(kb: Knowledge, official: str) -> None:
    assert _caught(kb, official, "15.2", lead="区气象局")
    assert _caught(kb, official, "15.2", terms=("青年腾飞计划",))
    copied = "组织失业青年参加3-12个月的就业见习，按规定给予就业见习补贴"
    assert _caught(kb, official, "15.2", summary=kb["15.2"].summary + copied)
