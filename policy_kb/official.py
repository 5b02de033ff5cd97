"""The official text of the plan, cut into its parts: targets, articles, requirements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_kb.errors import PolicyError

ARTICLE = re.compile(r"^(\d{1,2})\.(.+)$")
REQUIREMENT = re.compile(r"^（([一二三])）")


@dataclass(frozen=True)
class Part:
    """One citable part: `cited` is 第15条, 工作目标 or 工作要求（二）."""

    cited: str
    text: str


def split_text(text: str) -> list[Part]:
    """The parts of the official text; lines broken inside a sentence are joined.

    The text's first line may be an excerpt of its beginning, and is not taken as a part.
    Raises PolicyError if this is not the plan.
    """
    gathered: dict[str, list[str]] = {}
    section, current = "", ""
    for line in (raw.strip() for raw in text.splitlines()):
        if line.startswith(("一、工作目标", "二、工作任务", "三、工作要求")):
            section = line[0]
            current = "工作目标" if section == "一" else ""
        elif section == "二" and (match := ARTICLE.match(line)):
            current = f"第{int(match[1])}条"
            gathered.setdefault(current, []).append(match[2])
        elif section == "三" and (match := REQUIREMENT.match(line)):
            current = f"工作要求（{match[1]}）"
            gathered.setdefault(current, []).append(line[3:])
        elif section == "二" and REQUIREMENT.match(line):
            current = ""
        elif current and line:
            gathered.setdefault(current, []).append(line)
    parts = [Part(cited, "".join(lines)) for cited, lines in gathered.items()]
    if len(parts) < 2:
        raise PolicyError("这份文件不像方案原文：没有找到“一、工作目标”和以“1.”开头的各条。")
    return parts
