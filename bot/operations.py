"""For the operator: python -m bot.operations backup DIR | restore DIR | reload | health.

None of them loads Rasa or stops the service.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import urllib.error
import urllib.request
from pathlib import Path

from bot.backup import backup, restore
from bot.places import PROCESS, VAR
from policy_kb.errors import PolicyError


def _reload() -> str:
    try:
        number = int(PROCESS.read_text("utf-8"))
        if b"bot.run" not in Path(f"/proc/{number}/cmdline").read_bytes():
            raise ProcessLookupError  # the number is left over, and another process has it now
        os.kill(number, signal.SIGHUP)
    except (OSError, ValueError):
        raise PolicyError("服务没有在运行；下一次启动会自动读新的数据。") from None
    return "已通知服务重新载入 data/；结果见服务的日志，或运行 health 查看版本。"


def _health() -> str:
    where = f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '5005')}/health"
    try:
        with urllib.request.urlopen(where, timeout=10) as answer:
            return json.dumps(json.load(answer), ensure_ascii=False, indent=2)
    except urllib.error.HTTPError as ill:
        told = json.dumps(json.load(ill), ensure_ascii=False, indent=2)
        raise PolicyError(told) from None
    except OSError as error:
        raise PolicyError(f"{where} 没有回答：{error}") from None


def main(arguments: list[str] | None = None) -> int:
    """Do one thing; 1 and a Chinese line on standard error where it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m bot.operations", description="运维")
    does = parser.add_subparsers(dest="does", required=True, metavar="做什么")
    for name, told in (("backup", "备份到这个文件夹"), ("restore", "从这个文件夹恢复")):
        does.add_parser(name, help=told).add_argument("folder", type=Path, metavar="文件夹")
    does.add_parser("reload", help="改了 data/ 之后让服务重新载入，不断开对话")
    does.add_parser("health", help="服务是否正常，不正常时说明哪里不对")
    asked = parser.parse_args(arguments)
    try:
        match asked.does:
            case "backup":
                print("\n".join(f"已备份 {path}" for path in backup(VAR, asked.folder)))
            case "restore":
                print("\n".join(f"已恢复 {path}" for path in restore(VAR, asked.folder)))
            case "reload":
                print(_reload())
            case "health":
                print(_health())
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
