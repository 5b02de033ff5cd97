"""For who keeps the plan as data: build, check, verify against the official text, import it."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from policy_kb.commands.options import print_json
from policy_kb.examples import example_failures
from policy_kb.store import database, official_text
from policy_kb.store.sources import load_sources
from policy_kb.store.yaml_lines import read_text
from policy_kb.verify import verify


def build(options: argparse.Namespace) -> None:
    """Build the store from data/ where it has changed."""
    started = time.perf_counter()
    built = database.build()
    seconds = time.perf_counter() - started
    version = database.load().version
    if options.json:
        return print_json({"built": built, "kb_version": version})
    state = f"已重新生成，用时{seconds:.1f}秒" if built else "没有变化，不用重新生成"
    print(f"知识库{state}；版本 {version}")


def check(options: argparse.Namespace) -> int:
    """The data read anew and its worked examples run; 1 where one does not come out."""
    kb = load_sources()
    wrong = [line for p in kb.provisions.values() for line in example_failures(kb, p)]
    count = sum(len(p.examples) for p in kb.provisions.values())
    if options.json:
        print_json({"provisions": len(kb.provisions), "examples": count, "wrong": wrong})
    else:
        print(
            "\n".join([*wrong, f"{len(kb.provisions)}条条款、{count}个算例，{len(wrong)}处不符。"])
        )
    return 1 if wrong else 0


def verify_source(options: argparse.Namespace) -> int:
    """Figures, dates, departments and names against the official text; 1 where they differ."""
    report = verify(load_sources(), _official(options.source))
    if options.json:
        print_json({"wrong": report.wrong, "missing": report.missing})
    else:
        print("\n".join([*report.wrong, *report.missing]))
        print(f"核对完毕：{len(report.wrong)}处与原文不符，原文有{len(report.missing)}处我们没有。")
    return 1 if report.wrong or report.missing else 0


def import_official(options: argparse.Namespace) -> None:
    """Keep the official text, so that it can be shown."""
    count = official_text.import_text(_official(options.file))
    if options.json:
        return print_json({"parts": count})
    print(f"已导入方案原文，共{count}部分；show 和条款页会在我们的说明旁边显示原文。")


def _official(file: str) -> str:
    return read_text(Path(file), file)
