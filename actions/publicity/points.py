"""The points of a provision for a post, a poster or a talk, from the same data as the answers."""

from __future__ import annotations

from datetime import date

from actions.reply import Reply, joined
from actions.texts import say, texts
from policy_kb.dates import WindowState
from policy_kb.explain import department_line, expired_text, period_text
from policy_kb.model import Knowledge


def points(kb: Knowledge, provision_id: str, as_of: date) -> Reply:
    """Headline, who, what, until when, which department, where to ask."""
    provision = kb[provision_id].amended(as_of)
    audience = "、".join(texts()["audiences"][who] for who in provision.audience)
    lines = [
        say("publicity_points", name=provision.name, citation=provision.citation),
        provision.summary,
        say("publicity_audience", audience=audience),
        period_text(provision),
        department_line(provision),
    ]
    if provision.window.state(as_of) is WindowState.EXPIRED:
        lines.append(say("expired_note", text=expired_text(provision)))
    lines.append(say("publicity_end"))
    return Reply(joined(lines), kind="publicity", provisions=(provision_id,))
