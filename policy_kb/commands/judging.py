"""For who wants to know whether and how much: one provision, all, the next question, why it is asked."""

from __future__ import annotations

import argparse

from policy_kb import wording as w
from policy_kb.commands.looking import question_text
from policy_kb.commands.options import day_of, knowledge, print_json, stated_facts
from policy_kb.decide import bearing_facts, decide
from policy_kb.explain import explain
from policy_kb.interview import next_question, next_screening_question
from policy_kb.screening import for_audience, screen


def judge_one(options: argparse.Namespace) -> None:
    """The verdict on one provision."""
    kb = knowledge()
    stated = stated_facts(kb, options.facts)
    result = decide(kb, options.provision, stated, day_of(options))
    if options.json:
        return print_json(result.to_json())
    print("\n".join(explain(kb, result, stated)))
    if result.missing:
        print(f"还缺：{'、'.join(kb.fact(f).name for f in result.missing)}")
    print(w.DISCLAIMER)


def judge_all(options: argparse.Namespace) -> None:
    """The verdicts on all provisions."""
    kb = knowledge()
    results = screen(kb, stated_facts(kb, options.facts), day_of(options), options.audience)
    if options.json:
        return print_json([result.to_json() for result in results])
    for result in results:
        missing = "、".join(kb.fact(f).name for f in result.missing)
        tail = f"（还缺：{missing}）" if missing else ""
        print(f"{result.verdict.label}{result.provision} {kb[result.provision].name}{tail}")


def next_asked(options: argparse.Namespace) -> None:
    """The question that decides most."""
    kb = knowledge()
    stated, day = stated_facts(kb, options.facts), day_of(options)
    if options.provision:
        question = next_question(kb, options.provision, stated, day)
    else:
        ids = [p.id for p in for_audience(kb.deciding, None)]
        question = next_screening_question(kb, ids, stated, day)
    if options.json:
        body = question and {
            "facts": list(question.facts),
            "question": question_text(kb.fact(question.facts[0])),
            "decides": list(question.decides),
        }
        return print_json(body)
    if question is None:
        print("不用再问了，已知的事实足够（或者剩下的只有经办部门才能认定）。")
        return
    fact = kb.fact(question.facts[0])
    print(question_text(fact))
    print(f"为什么问：{fact.why}")


def why_asked(options: argparse.Namespace) -> None:
    """Why a fact is asked for, and where it counts."""
    kb = knowledge()
    fact = kb.fact(options.fact)
    used = [p.id for p in kb.deciding if fact.id in bearing_facts(kb, p.id)]
    if options.json:
        return print_json({"fact": fact.id, "why": fact.why, "means": fact.means, "used": used})
    print(fact.why + fact.means)
    print(f"用在：{'、'.join(used) or '说明待遇，不影响判断和金额'}")
