"""Rasa without what it imports but nobody here uses: TensorFlow, and the kits of other services.

`install()` answers imports of tensorflow and its kin with empty modules, for no configured
component computes with it: that saves seconds of start and 250 MB. So it does for Slack,
Telegram, AWS and the like, which Rasa's channels and stores bring along: another second and 40 MB.
Whatever really needs one of them fails loudly, saying what to do.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

ABSENT = frozenset(
    (
        "tensorflow",
        "tensorflow_addons",
        "tensorflow_hub",
        "tensorflow_text",
        "tensorflow_probability",
        "keras",
    )
)
SERVICES = frozenset(
    (
        "aio_pika",
        "aiogram",
        "boto3",
        "botocore",
        "fbmessenger",
        "mattermostwrapper",
        "matplotlib",
        "prompt_toolkit",
        "pymongo",
        "questionary",
        "rocketchat_API",
        "slack_sdk",
        "twilio",
        "webexteamssdk",
    )
)
SPACY_COMMANDS = ("spacy.cli", "spacy.cli.info")
"""spaCy's command line, imported with it: half a second for nothing."""

NEEDED = (
    "这项功能需要 TensorFlow 或别家服务的软件包，本程序没有加载："
    "先运行 uv sync --group tensorflow，再设置 WITH_TENSORFLOW=1。"
)


class _Named(type):
    """The type of every name of TensorFlow: names below it exist as well."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _named(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Decorators give back what they decorate; anything else is a real use."""
        if len(args) == 1 and not kwargs and isinstance(args[0], Callable | type):
            return args[0]
        if cls.__dict__.get("_stands_for_nothing"):
            return lambda decorated: decorated  # a decorator with options
        raise RuntimeError(NEEDED)


def _named(name: str) -> type:
    return _Named(name, (), {"_stands_for_nothing": True})


class _Module(types.ModuleType):
    """A module in which every name exists."""

    __path__: ClassVar[list[str]] = []
    __version__ = "0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _named(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every absent package and each of its submodules."""

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None,  # noqa: ARG002 the protocol of import
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in ABSENT | SERVICES:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def _installed() -> bool:
    return any(isinstance(finder, _Finder) for finder in sys.meta_path)


def install() -> None:
    """Answer imports of TensorFlow with nothing from here on; spaCy is told there is none."""
    if os.environ.get("WITH_TENSORFLOW") or "rasa" in sys.modules or _installed():
        return
    sys.modules["tensorflow"] = None  # type: ignore[assignment]
    for name in SPACY_COMMANDS:
        sys.modules[name] = _Module(name)
    importlib.import_module("spacy")
    for name in ("tensorflow", *SPACY_COMMANDS):
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder())
