"""The knowledge base in the terminal: who gets what, how much, until when, under which article."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from policy_kb import wording as w
from policy_kb.clock import parse_day, today
from policy_kb.decide import bearing_facts, decide
from policy_kb.errors import FactError, PolicyError
from policy_kb.explain import explain, period_text
from policy_kb.facts import Fact, Value, plain
from policy_kb.interview import next_question, next_screening_question
from policy_kb.model import Knowledge, Provision
from policy_kb.screening import for_audience, screen
from policy_kb.search import search
from policy_kb.store import database, official_text
from policy_kb.store.atomic import read_only
from policy_kb.store.sources import load_sources
from policy_kb.store.yaml_lines import read_text
from policy_kb.verify import verify
from policy_kb.words import teach, terms_of

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; bad input is one Chinese line on stderr and exit code 2."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except PolicyError as error:
        print(error, file=sys.stderr)
    except FileNotFoundError as error:
        print(f"找不到文件“{error.filename}”，请检查路径。", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"打不开文件“{error.filename}”，请检查路径和权限。", file=sys.stderr)
    return BAD_INPUT


class _Parser(argparse.ArgumentParser):
    """argparse with its complaints in one Chinese line."""

    def error(self, message: str) -> Any:
        print(f"命令写得不对（{message}）；加 --help 看用法。", file=sys.stderr)
        raise SystemExit(BAD_INPUT)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m policy_kb", description="稳就业政策知识库")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    def command(
        name: str, run: Callable[[argparse.Namespace], int | None], help_text: str, *options: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_text)
        sub.set_defaults(run=run)
        sub.add_argument("--json", action="store_true", help="输出 JSON，供程序使用")
        if "facts" in options:
            sub.add_argument("--facts", default="{}", help="已知事实，如 '{\"age\": 23}'")
            sub.add_argument("--date", type=str, help="按哪一天判断，如 2025-06-15；默认今天")
        if "provision" in options:
            sub.add_argument("--provision", required=True, help="条款编号，如 15.2")
        return sub

    command("build", _build, "由 data/ 生成知识库文件")
    command("check", _check, "检查 data/ 的写法，并运行其中的算例")
    command("show", _show, "看一条条款；不带编号列出全部").add_argument("id", nargs="?")
    command("search", _search, "按关键词查条款").add_argument("words", nargs="+")
    command("facts", _facts, "列出全部事实和问法")
    command("evaluate", _evaluate, "判断一条条款", "facts", "provision")
    command("screen", _screen, "逐条判断全部条款", "facts").add_argument(
        "--audience", choices=["person", "enterprise", "institution"], help="只看面向谁的条款"
    )
    command("next", _next, "下一个该问的问题", "facts").add_argument("--provision")
    command("why", _why, "为什么问这项事实").add_argument("fact")
    command("verify", _verify, "拿方案原文核对 data/ 里的每个数字、日期、部门和名称").add_argument(
        "--source", required=True
    )
    command("import-text", _import_text, "导入方案原文，逐条存好供展示").add_argument("file")
    return parser


def _knowledge() -> Knowledge:
    database.build()
    return database.load()


def _stated(kb: Knowledge, text: str) -> dict[str, Value]:
    try:
        raw = json.loads(text)
    except json.JSONDecodeError:
        raise FactError(f"--facts 要写成 JSON，如 '{{\"age\": 23}}'；收到的是“{text}”。") from None
    if not isinstance(raw, dict):
        raise FactError("--facts 要写成 {…}，每项是“事实编号: 值”。")
    return kb.registry.parse(raw)


def _day(options: argparse.Namespace) -> date:
    return parse_day(options.date) if options.date else today()


def _print_json(body: object) -> None:
    print(json.dumps(body, ensure_ascii=False, indent=1))


def _build(options: argparse.Namespace) -> None:
    started = time.perf_counter()
    built = database.build()
    seconds = time.perf_counter() - started
    version = database.load().version
    if options.json:
        return _print_json({"built": built, "kb_version": version})
    state = f"已重新生成，用时{seconds:.1f}秒" if built else "没有变化，不用重新生成"
    print(f"知识库{state}；版本 {version}")


def _check(options: argparse.Namespace) -> int:
    kb = load_sources()
    wrong = [line for p in kb.provisions.values() for line in example_failures(kb, p)]
    count = sum(len(p.examples) for p in kb.provisions.values())
    if options.json:
        _print_json({"provisions": len(kb.provisions), "examples": count, "wrong": wrong})
    else:
        print(
            "\n".join([*wrong, f"{len(kb.provisions)}条条款、{count}个算例，{len(wrong)}处不符。"])
        )
    return 1 if wrong else 0


def example_failures(kb: Knowledge, provision: Provision) -> list[str]:
    """The worked examples of a provision that do not come out as written, each told in a line."""
    failures = []
    for example in provision.examples:
        result = decide(kb, provision.id, kb.registry.parse(example.facts), example.day)
        value = result.amount.value if result.amount else None
        found: dict[str, object] = {"verdict": result.verdict.value}
        wanted: dict[str, object] = {"verdict": example.verdict}
        if example.amount is not None:
            found["amount"] = None if value is None else plain(value)
            wanted["amount"] = example.amount
        if example.missing is not None:
            found["missing"], wanted["missing"] = sorted(result.missing), sorted(example.missing)
        if example.until is not None:
            found["until"], wanted["until"] = result.valid_until, example.until
        if found != wanted:
            failures.append(f"{provision.id} 第{example.line}行的算例：应为 {wanted}，算出 {found}")
    return failures


def _show(options: argparse.Namespace) -> None:
    kb = _knowledge()
    if not options.id:
        rows = [{"id": p.id, "name": p.name, "kind": p.kind} for p in kb.provisions.values()]
        if options.json:
            return _print_json(rows)
        print("\n".join(f"{row['id']:>5}  {row['name']}" for row in rows))
        return
    provision = kb[options.id]
    if options.json:
        return _print_json(_provision_json(provision))
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


def _search(options: argparse.Namespace) -> None:
    kb = _knowledge()
    teach(terms_of(kb))
    with closing(read_only(database.BUILT)) as connection:
        hits = search(connection, " ".join(options.words))
    if options.json:
        return _print_json(
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


def _facts(options: argparse.Namespace) -> None:
    kb = _knowledge()
    rows = [_fact_json(fact) for fact in kb.registry.facts.values()]
    if options.json:
        return _print_json(rows)
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


def _evaluate(options: argparse.Namespace) -> None:
    kb = _knowledge()
    stated = _stated(kb, options.facts)
    result = decide(kb, options.provision, stated, _day(options))
    if options.json:
        return _print_json(result.to_json())
    print("\n".join(explain(kb, result, stated)))
    if result.missing:
        print(f"还缺：{'、'.join(kb.fact(f).name for f in result.missing)}")
    print(w.DISCLAIMER)


def _screen(options: argparse.Namespace) -> None:
    kb = _knowledge()
    results = screen(kb, _stated(kb, options.facts), _day(options), options.audience)
    if options.json:
        return _print_json([result.to_json() for result in results])
    for result in results:
        missing = "、".join(kb.fact(f).name for f in result.missing)
        tail = f"（还缺：{missing}）" if missing else ""
        print(f"{result.verdict.label}{result.provision} {kb[result.provision].name}{tail}")


def _next(options: argparse.Namespace) -> None:
    kb = _knowledge()
    stated, day = _stated(kb, options.facts), _day(options)
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
        return _print_json(body)
    if question is None:
        print("不用再问了，已知的事实足够（或者剩下的只有经办部门才能认定）。")
        return
    fact = kb.fact(question.facts[0])
    print(question_text(fact))
    print(f"为什么问：{fact.why}")


def _why(options: argparse.Namespace) -> None:
    kb = _knowledge()
    fact = kb.fact(options.fact)
    used = [p.id for p in kb.deciding if fact.id in bearing_facts(kb, p.id)]
    if options.json:
        return _print_json({"fact": fact.id, "why": fact.why, "means": fact.means, "used": used})
    print(fact.why + fact.means)
    print(f"用在：{'、'.join(used) or '说明待遇，不影响判断和金额'}")


def _official(file: str) -> str:
    return read_text(Path(file), file)


def _verify(options: argparse.Namespace) -> int:
    report = verify(load_sources(), _official(options.source))
    if options.json:
        _print_json({"wrong": report.wrong, "missing": report.missing})
    else:
        print("\n".join([*report.wrong, *report.missing]))
        print(f"核对完毕：{len(report.wrong)}处与原文不符，原文有{len(report.missing)}处我们没有。")
    return 1 if report.wrong or report.missing else 0


def _import_text(options: argparse.Namespace) -> None:
    count = official_text.import_text(_official(options.file))
    if options.json:
        return _print_json({"parts": count})
    print(f"已导入方案原文，共{count}部分；show 和条款页会在我们的说明旁边显示原文。")
