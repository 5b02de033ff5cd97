"""YAML read with its line numbers, so that every complaint can name file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from policy_kb.errors import SourceError

FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where it is built in: ten times as fast, the same marks."""


class Block(dict[str, Any]):
    """A YAML mapping that knows its file and where each of its keys stands."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: dict[str, int] = {}

    def fail(self, key: str, problem: str, fix: str) -> SourceError:
        """The error to raise about one of the keys (or the block itself)."""
        return SourceError(self.file, self.lines.get(key, self.line), problem, fix)


@dataclass
class _Reader:
    file: str
    scalars: yaml.SafeLoader = field(default_factory=lambda: yaml.SafeLoader(""))

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._block(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        try:
            return self.scalars.construct_object(node)
        except (ValueError, yaml.YAMLError):
            line = node.start_mark.line + 1
            raise SourceError(
                self.file, line, f"“{node.value}”读不懂", "日期写成 2025-12-31；文字加引号"
            ) from None

    def _block(self, node: yaml.MappingNode) -> Block:
        block = Block(self.file, node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in block:
                raise SourceError(self.file, line, f"“{key}”写了两次", "删掉其中一处")
            block[key] = self.value(value_node)
            block.lines[key] = line
        return block


def read_block(text: str, file: str) -> Block:
    """Parse one YAML document whose top is a mapping; SourceError names the line otherwise."""
    try:
        node = yaml.compose(text, FastLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(
            file, line, "YAML 写法有误（多半是缩进、冒号或引号）", "对照上一条的写法改"
        ) from None
    except yaml.YAMLError:
        raise SourceError(file, 1, "文件里有不能用的字符", "用 UTF-8 编码的纯文本另存") from None
    if not isinstance(node, yaml.MappingNode):
        raise SourceError(file, 1, "文件是空的或最外层不是“键: 值”", "参照其他条文件的写法")
    return _Reader(file)._block(node)


def read_text(path: Path, shown: str) -> str:
    """A source file's text; SourceError if it is not UTF-8 (as from an older Windows editor)."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SourceError(shown, line, "文件不是 UTF-8 编码", "用 UTF-8 编码另存") from None


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder, by name."""
    yield from sorted(folder.glob("*.yaml"))
