"""Material in one command: python -m actions.publicity --audience campus --date 2026-12-02 …"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from actions.knowledge import knowledge
from actions.publicity.brief import BASE_URL, Brief
from actions.publicity.desk import bookings_command, reach_command
from actions.publicity.material import Material
from actions.publicity.pack import FORMATS, chosen_formats, listing, write_pack
from actions.publicity.topics import AUDIENCES, audience_of, audiences, offered_to, topics
from policy_kb.clock import parse_day, today
from policy_kb.errors import PolicyError

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the packs; bad input is one Chinese line on stderr and exit code 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["bookings"]:
            return bookings_command(given[1:])
        if given[:1] == ["reach"]:
            return reach_command(given[1:])
        options = _parser().parse_args(given)
        if options.list:
            print("\n".join(_offers()))
            return 0
        return _make(options)
    except PolicyError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"写不了“{error.filename}”，请检查路径和权限。", file=sys.stderr)
    return BAD_INPUT


class _Parser(argparse.ArgumentParser):
    """argparse with its complaints in one Chinese line."""

    def error(self, message: str) -> Any:
        print(f"命令写得不对（{message}）；加 --help 看用法。", file=sys.stderr)
        raise SystemExit(BAD_INPUT)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m actions.publicity",
        description="四送材料：村居、企业、校园、媒体，一条命令做好。"
        "另有 bookings（预约）和 reach（触达）两个子命令，加 --help 看用法。",
    )
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--audience", help="village 村居、enterprise 企业、campus 校园、media 媒体")
    who.add_argument("--all", action="store_true", help="四类材料一次做齐")
    who.add_argument("--list", action="store_true", help="列出各类受众可选的主题和格式")
    parser.add_argument("--date", help="使用材料的日期，如 2026-12-02；不写就是今天")
    parser.add_argument("--topics", default="", help="主题，用逗号隔开；不写就用这类受众常用的")
    parser.add_argument("--length", default="", help="宣讲或广播的分钟数")
    parser.add_argument(
        "--district", default="", help="写在材料上的区名；不写用 data/district.yaml 的"
    )
    parser.add_argument("--host", default="", help="宣讲的单位、学校、村名，写在副标题里")
    parser.add_argument("--event", default="", help="活动标记，统计用，汉字、字母、数字、-和_")
    parser.add_argument("--out", default="var/material/packs", help="放文件的文件夹")
    parser.add_argument("--formats", default="", help=f"格式，用逗号隔开：{','.join(FORMATS)}")
    return parser


def _make(options: argparse.Namespace) -> int:
    if not options.all and not options.audience:
        raise PolicyError(
            "还没有说给谁用：请加 --audience campus（或 village、enterprise、media），或者 --all。"
        )
    day = parse_day(options.date) if options.date else today()
    formats = chosen_formats(_names(options.formats))
    chosen = AUDIENCES if options.all else (_audience(options.audience),)
    wanted = _names(options.topics)
    if options.all and wanted:
        raise PolicyError("--all 一次做四类，主题各不相同；要指定主题请用 --audience 分开做。")
    briefs = [
        Brief(
            who,
            day,
            wanted,
            _minutes(options.length),
            options.district,
            options.host,
            _event(options, who),
        )
        for who in chosen
    ]
    if not os.environ.get("BASE_URL"):
        print(
            f"没有设 BASE_URL，二维码先指向本机（{BASE_URL}）；要发出去请设成助手的网址再做。",
            file=sys.stderr,
        )
    total, done = sum(len(listing(who, formats)) for who in chosen), 0
    for brief in briefs:
        folder = Path(options.out) / f"{brief.audience}-{day.isoformat()}"
        for path in write_pack(Material(knowledge(), brief), folder, formats):
            done += 1
            print(f"[{done}/{total}] {audiences()[brief.audience].name}：{path}", flush=True)
    return 0


def _minutes(text: str) -> int:
    if text and not text.isdigit():
        raise PolicyError(f"--length 要写分钟数，如 20；收到的是“{text}”。")
    return int(text or 0)


def _audience(name: str) -> str:
    return audience_of(name) or name


def _event(options: argparse.Namespace, audience: str) -> str:
    """With --all each pack has a tag of its own, so that visits are told apart."""
    return f"{options.event}-{audience}" if options.event and options.all else options.event


def _names(text: str) -> tuple[str, ...]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def _offers() -> Iterator[str]:
    for audience in audiences().values():
        yield f"{audience.id}（{audience.name}）"
        yield from (f"  {key}  {topics()[key].name}" for key in offered_to(audience.id))
    yield f"格式：{'、'.join(FORMATS)}"
