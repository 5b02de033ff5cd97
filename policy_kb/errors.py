"""What can be wrong with what people hand in; every message is Chinese and says what to do."""

from __future__ import annotations


class PolicyError(ValueError):
    """Bad input of any kind. `str()` is one Chinese line for the user or operator."""


class SourceError(PolicyError):
    """A mistake in the YAML sources, told with file, line and fix."""

    def __init__(self, file: str, line: int, problem: str, fix: str) -> None:
        super().__init__(f"{file} 第{line}行：{problem}。怎么改：{fix}。")
        self.file, self.line, self.problem, self.fix = file, line, problem, fix


class UnknownProvisionError(PolicyError):
    """No provision has this id."""

    def __init__(self, provision_id: str) -> None:
        super().__init__(
            f"没有编号为“{provision_id}”的条款；用 search 按关键词查，或用 show 不带编号列出全部。"
        )


class FactError(PolicyError):
    """A fact that does not exist, or a value it cannot take."""
