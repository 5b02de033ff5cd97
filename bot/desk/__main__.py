"""Who may sit at the desk: python -m bot.desk add NAME --role operator | reset | disable | list.

There is no default password and none is taken from the command line, where others could see it.
"""

from __future__ import annotations

import argparse
import getpass
import sys

from actions.records import staff
from actions.records.store import Records, now, records

ROLES = {staff.OPERATOR: "坐席", staff.ADMINISTRATOR: "管理员"}


def main(arguments: list[str] | None = None) -> int:
    """Do one thing; 1 and a Chinese line on standard error where it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m bot.desk", description="坐席人员")
    does = parser.add_subparsers(dest="does", required=True, metavar="做什么")
    for name, told in (("add", "加一个人"), ("reset", "换密码，解除锁定"), ("disable", "停用")):
        command = does.add_parser(name, help=told)
        command.add_argument("name", metavar="名字")
        if name != "disable":
            command.add_argument("--password-stdin", action="store_true", help="从标准输入读密码")
        if name == "add":
            command.add_argument("--role", choices=staff.ROLES, required=True, help="角色")
    does.add_parser("list", help="全部人员")
    asked = parser.parse_args(arguments)
    try:
        print(_done(asked, records()))
    except staff.StaffError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _done(asked: argparse.Namespace, kept: Records) -> str:
    match asked.does:
        case "add":
            staff.add(kept, asked.name, asked.role, _password(asked.password_stdin))
            return f"已添加{ROLES[asked.role]}“{asked.name}”，可以在 /desk 登录。"
        case "reset":
            staff.reset(kept, asked.name, _password(asked.password_stdin))
            return f"“{asked.name}”的密码已换，原来的登录都已失效。"
        case "disable":
            staff.disable(kept, asked.name)
            return f"“{asked.name}”已停用，登录都已失效。"
    return "\n".join(_line(person) for person in staff.staff(kept)) or "还没有人；用 add 添加。"


def _line(person: staff.Operator) -> str:
    locked = person.locked_until is not None and person.locked_until > now()
    state = "停用" if person.disabled else "锁定中" if locked else "正常"
    return f"{person.name}\t{ROLES[person.role]}\t{state}"


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("密码（至少10个字符）：")
    if first != getpass.getpass("再输入一次："):
        raise staff.StaffError("两次输入的不一样，没有保存。")
    return first


if __name__ == "__main__":
    sys.exit(main())
