"""The reach as a page with simple charts, and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from actions.publicity.reach import ANSWER, CONVERSATION, VISIT, Count
from actions.publicity.render.fonts import family_css
from actions.publicity.topics import audiences, topics
from actions.publicity.words import read_words
from policy_kb.facts import day_label
from policy_kb.model import Knowledge

BAR, GAP, LABEL, WIDTH, ROOM = 22, 8, 210, 640, 60
"""Pixels: height and distance of bars, room for names, width in all, room for the number."""

MOST = 12
"""Bars in one chart; what is rarer is left to the CSV."""


def to_csv(kb: Knowledge, counts: Sequence[Count]) -> bytes:
    """Every count, UTF-8 with the mark that Excel needs. Tags cannot be taken for formulas."""
    words = read_words("reach")
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(words["header"])
    for one in counts:
        writer.writerow(
            (
                one.day.isoformat(),
                f"'{one.event}" if one.event.startswith("-") else one.event,
                words["channels"].get(one.channel, one.channel),
                words["kinds"][one.kind],
                topic_name(kb, one.topic),
                words["verdicts"].get(one.verdict, one.verdict) if one.kind == ANSWER else "",
                one.count,
            )
        )
    return buffer.getvalue().encode("utf-8-sig")


def to_html(kb: Knowledge, counts: Sequence[Count]) -> str:
    """One page, complete in itself: totals, a table by event, bar charts."""
    words = read_words("reach")
    body = _body(kb, counts) if counts else f"<p>{words['empty']}</p>"
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{words["title"]}</title>
<style>
body {{ font-family: {family_css()}; max-width: 46rem; margin: 0 auto; padding: 1.5rem; color: #1b1b1b; line-height: 1.6; }}
h1 {{ color: #0b3d6b; font-size: 1.7rem; margin: 0; }}
h2 {{ color: #0b3d6b; font-size: 1.15rem; margin: 1.6rem 0 .4rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #93a4b6; padding: .35rem .6rem; text-align: right; }}
th:first-child, td:first-child {{ text-align: left; overflow-wrap: anywhere; }}
th {{ background: #e6eef6; }}
svg {{ width: 100%; height: auto; display: block; }}
svg text {{ font-family: {family_css()}; font-size: 14px; fill: #1b1b1b; }}

</style></head><body>
<h1>{words["title"]}</h1>
{body}
</body></html>
"""


def _body(kb: Knowledge, counts: Sequence[Count]) -> str:
    words = read_words("reach")
    totals = _summed(counts, lambda one: one.kind)
    subtitle = words["subtitle"].format(
        first=day_label(min(one.day for one in counts)),
        last=day_label(max(one.day for one in counts)),
        visits=totals[VISIT],
        conversations=totals[CONVERSATION],
        answers=totals[ANSWER],
    )
    answers = [one for one in counts if one.kind == ANSWER]
    met = [one for one in counts if one.kind in (VISIT, CONVERSATION)]
    charts = (
        ("by_day", _summed(met, lambda one: day_label(one.day)), False),
        (
            "by_channel",
            _summed(met, lambda one: words["channels"].get(one.channel, one.channel)),
            True,
        ),
        (
            "by_topic",
            _summed((o for o in answers if o.topic), lambda one: topic_name(kb, one.topic)),
            True,
        ),
        (
            "by_verdict",
            _summed(answers, lambda one: words["verdicts"].get(one.verdict, one.verdict)),
            True,
        ),
    )
    parts = [f"<p>{escape(subtitle)}</p>", f"<h2>{words['by_event']}</h2>", _by_event(counts)]
    for key, bars, ranked in charts:
        if bars:
            parts.append(f"<h2>{words[key]}</h2>{chart(bars, words[key], ranked=ranked)}")
    return "\n".join(parts)


def _by_event(counts: Sequence[Count]) -> str:
    words = read_words("reach")
    head = "".join(f"<th scope='col'>{name}</th>" for name in words["event_header"])
    by = _summed(counts, lambda one: (one.event, one.kind))
    events = sorted({one.event for one in counts}, key=lambda event: (-by[(event, VISIT)], event))
    rows = "".join(
        f"<tr><td>{escape(event or '—')}</td>"
        + "".join(f"<td>{by[(event, kind)]}</td>" for kind in (VISIT, CONVERSATION, ANSWER))
        + "</tr>"
        for event in events
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _summed(counts: Iterable[Count], key: Callable[[Count], object]) -> Counter:
    totals: Counter = Counter()
    for one in counts:
        totals[key(one)] += one.count
    return totals


def chart(bars: Mapping[str, int], name: str, *, ranked: bool) -> str:
    """Horizontal bars as inline SVG with their numbers; told in words for those who do not see it."""
    pairs = sorted(bars.items(), key=lambda bar: -bar[1]) if ranked else list(bars.items())[-MOST:]
    pairs = pairs[:MOST]
    most = max(count for _, count in pairs)
    height = len(pairs) * (BAR + GAP)
    told = escape(
        f"{name}：" + "，".join(f"{label}{count}次" for label, count in pairs), quote=True
    )
    rows = []
    for place, (label, count) in enumerate(pairs):
        top = place * (BAR + GAP)
        width = max(2, round((WIDTH - LABEL - ROOM) * count / most))
        short = label if len(label) <= 14 else f"{label[:13]}…"
        rows.append(
            f'<text x="{LABEL - 8}" y="{top + 16}" text-anchor="end">{escape(short)}</text>'
            f'<rect x="{LABEL}" y="{top}" width="{width}" height="{BAR}" rx="3" fill="#0b5ea8"/>'
            f'<text x="{LABEL + width + 6}" y="{top + 16}">{count}</text>'
        )
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{told}">{"".join(rows)}</svg>'
    )


def topic_name(kb: Knowledge, topic: str) -> str:
    """A topic's, an audience's or a provision's name; the id itself if it is none of ours."""
    if topic in topics():
        return topics()[topic].name
    if topic in audiences():
        return audiences()[topic].name
    if topic in kb.provisions:
        return kb[topic].short or kb[topic].name
    return topic
