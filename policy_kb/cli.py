"""The knowledge base in the terminal: who gets what, how much, until when, under which article."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from policy_kb.commands import judging, keeping, looking
from policy_kb.errors import PolicyError

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

    command("build", keeping.build, "由 data/ 生成知识库文件")
    command("check", keeping.check, "检查 data/ 的写法，并运行其中的算例")
    command("show", looking.show, "看一条条款；不带编号列出全部").add_argument("id", nargs="?")
    command("search", looking.look_for, "按关键词查条款").add_argument("words", nargs="+")
    command("facts", looking.list_facts, "列出全部事实和问法")
    command("evaluate", judging.judge_one, "判断一条条款", "facts", "provision")
    command("screen", judging.judge_all, "逐条判断全部条款", "facts").add_argument(
        "--audience", choices=["person", "enterprise", "institution"], help="只看面向谁的条款"
    )
    command("next", judging.next_asked, "下一个该问的问题", "facts").add_argument("--provision")
    command("why", judging.why_asked, "为什么问这项事实").add_argument("fact")
    command(
        "verify", keeping.verify_source, "拿方案原文核对 data/ 里的每个数字、日期、部门和名称"
    ).add_argument("--source", required=True)
    command("import-text", keeping.import_official, "导入方案原文，逐条存好供展示").add_argument(
        "file"
    )
    return parser
