"""For who looks something up: a provision, a word, the facts."""

from __future__ import annotations

import argparse
from contextlib import closing

from policy_kb.commands.options import knowledge, print_json
from policy_kb.explain import period_text
from policy_kb.facts import Fact, plain
from policy_kb.model import Provision
from policy_kb.search import search
from policy_kb.store import database, official_text
from policy_kb.store.atomic import read_only
from policy_kb.words import teach, terms_of


def show(options: argparse.Namespace) -> None:
    """One provision, or all of them by name."""
    kb = knowledge()
    if not options.id:
        rows = [{"id": p.id, "name": p.name, "kind": p.kind} for p in kb.provisions.values()]
        if options.json:
            return print_json(rows)
        print("\n".join(f"{row['id']:>5}  {row['name']}" for row in rows))
        return
    provision = kb[options.id]
    if options.json:
        return print_json(_provision_json(provision))
    print("\n".join(_provision_lines(provision)))
    official = official_text.cited_text(provision.citation)
    if official:
        print(f"原文（{provision.citation}）：{official}")


def _provision_json(p: Provision) -> dict[str, object]:
    return {
        "id": p.id,
        "name": p.name,
        "kind": p.kind,
        "articles": list(p.articles),
        "citation": p.citation,
        "summary": p.summary,
        "audience": list(p.audience),
        "aliases": list(p.aliases),
        "departments": list(p.departments),
        "funds": p.funds,
        "start": p.window.start and p.window.start.isoformat(),
        "end": p.window.end and p.window.end.isoformat(),
        "steps": list(p.steps),
        "not_given": [{"what": gap.what, "set_by": gap.set_by} for gap in p.gaps],
        "readings": list(p.readings),
    }


def _provision_lines(p: Provision) -> list[str]:
    lines = [f"{p.id} {p.name}（{p.citation}）", p.summary, period_text(p)]
    if p.lead:
        lines.append(f"部门：{'、'.join(p.departments)}")
    if p.funds:
        lines.append(f"资金：{p.funds}")
    lines += [f"{i}. {step}" for i, step in enumerate(p.steps, 1)]
    lines += [f"方案没有写：{gap.what}（由{gap.set_by}规定）" for gap in p.gaps]
    return lines + [f"我们的理解：{reading}" for reading in p.readings]


def look_for(options: argparse.Namespace) -> None:
    """Provisions that the words are about."""
    kb = knowledge()
    teach(terms_of(kb))
    with closing(read_only(database.BUILT)) as connection:
        hits = search(connection, " ".join(options.words))
    if options.json:
        return print_json(
            [
                {"provision": h.provision, "name": kb[h.provision].name, "score": round(h.score, 3)}
                for h in hits
            ]
        )
    if not hits:
        print("没有查到，换个说法试试；方案之外的事可拨打12333、12345。")
    for hit in hits:
        p = kb[hit.provision]
        print(f"{p.id:>5}  {p.name}（{p.citation}）  {p.summary[:40]}…")


def list_facts(options: argparse.Namespace) -> None:
    """Every fact with its question."""
    kb = knowledge()
    rows = [_fact_json(fact) for fact in kb.registry.facts.values()]
    if options.json:
        return print_json(rows)
    for row in rows:
        print(f"{row['name']:<34}{row['label']}：{row['question']}")


def _fact_json(fact: Fact) -> dict[str, object]:
    values: object = [o.id for o in fact.options] if fact.type == "choice" else None
    if fact.type == "bool":
        values = [True, False]
    return {
        "name": fact.id,
        "label": fact.name,
        "type": fact.type,
        "allowed": values,
        "options": {o.id: o.label for o in fact.options},
        "minimum": None if fact.minimum is None else plain(fact.minimum),
        "maximum": None if fact.maximum is None else plain(fact.maximum),
        "unit": fact.unit,
        "owner": fact.owner,
        "asked": fact.asked,
        "sensitive": fact.sensitive,
        "question": question_text(fact),
        "why": fact.why,
        "means": fact.means,
    }


def question_text(fact: Fact) -> str:
    """The question as put to the person concerned."""
    return fact.question.format(you="您", your_firm="您的单位")
