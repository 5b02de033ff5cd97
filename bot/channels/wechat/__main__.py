"""python -m bot.channels.wechat menu: print the menu definition for the platform's console."""

from __future__ import annotations

import json
import os
import sys

from bot.channels.wechat.menu import definition

USAGE = "用法：python -m bot.channels.wechat menu    打印公众号自定义菜单（JSON）"


def main(arguments: list[str]) -> int:
    """Run one command; 2 for one that there is not."""
    if arguments != ["menu"]:
        print(USAGE, file=sys.stderr)
        return 2
    base_url = os.environ.get("BASE_URL", "").rstrip("/")
    print(json.dumps(definition(base_url), ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
