"""The bureau's desk: bookings listed, exported and cancelled; the report of whom four-send reached."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from actions.knowledge import knowledge
from actions.publicity import booking, booking_files, contacts, reach, reach_report
from actions.records.store import records
from policy_kb.clock import parse_day, today
from policy_kb.errors import PolicyError


def bookings_command(arguments: Sequence[str]) -> int:
    """python -m actions.publicity bookings [--from DAY] [--csv FILE] [--ics FILE] [--cancel NO]"""
    parser = _parser("bookings", "预约：列出、导出、取消。")
    parser.add_argument("--csv", help="导出表格（含联系方式）到这个文件")
    parser.add_argument("--ics", help="导出日历到这个文件")
    parser.add_argument("--cancel", help="取消这个编号的预约")
    parser.add_argument("--all", action="store_true", help="连同已取消的")
    options = parser.parse_args(arguments)
    if options.cancel:
        return _cancel(options.cancel)
    first, last = _days(options)
    found = booking.listed(records(), first, last, all_states=options.all)
    if options.csv:
        _write(options.csv, booking_files.to_csv(found))
    if options.ics:
        _write(options.ics, booking_files.to_ics(found))
    if not options.csv and not options.ics:
        for visit in found:
            people = f"约{visit.people}人" if visit.people else "人数没说"
            told = (
                visit.number,
                visit.when,
                visit.place,
                people,
                visit.topics,
                contacts.shown(visit.contact),
            )
            state = "已取消" if visit.state == booking.CANCELLED else ""
            print("  ".join(part for part in (*told, state) if part))
        print(f"共{len(found)}场。")
    return 0


def reach_command(arguments: Sequence[str]) -> int:
    """python -m actions.publicity reach [--from DAY] [--to DAY] [--event TAG] [--html F] [--csv F]"""
    parser = _parser("reach", "触达：网页报告和表格。")
    parser.add_argument("--event", default="", help="只看这个活动标记")
    parser.add_argument("--html", default="var/reach.html", help="报告写到这个文件")
    parser.add_argument("--csv", help="表格写到这个文件")
    options = parser.parse_args(arguments)
    first, last = _days(options)
    counts = reach.counts(records(), first, last, options.event)
    _write(options.html, reach_report.to_html(knowledge(), counts).encode())
    if options.csv:
        _write(options.csv, reach_report.to_csv(knowledge(), counts))
    return 0


def _cancel(number: str) -> int:
    visit_id = number.rpartition("-")[2]
    gone = booking.cancel(records(), int(visit_id)) if visit_id.isdigit() else None
    if gone is None:
        raise PolicyError(f"没有编号为“{number}”、还没取消的预约；不带参数运行可以看全部。")
    print(f"已取消：{gone.number}  {gone.when}  {gone.place}")
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        print(f"命令写得不对（{message}）；加 --help 看用法。", file=sys.stderr)
        raise SystemExit(2)


def _parser(name: str, about: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=f"python -m actions.publicity {name}", description=about)
    parser.add_argument("--from", dest="first", help="从哪一天，如 2026-12-01；预约默认从今天")
    parser.add_argument("--to", dest="last", help="到哪一天")
    return parser


def _days(options: argparse.Namespace) -> tuple[date | None, date | None]:
    first = parse_day(options.first) if options.first else None
    if first is None and hasattr(options, "cancel") and not options.all:
        first = today()
    return first, parse_day(options.last) if options.last else None


def _write(name: str, data: bytes) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"已写到 {path}")
