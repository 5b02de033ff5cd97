"""The open font of the material: the project's own Noto Sans SC, else the system's Noto CJK."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[3] / "bot" / "pages" / "static" / "fonts"
FAMILY = "Material Sans"
FALLBACKS = (
    '"Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", '
    '"PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'
)


def font_files() -> tuple[Path, ...]:
    """The font files to embed: MATERIAL_FONT, else what the project ships; () for the system's."""
    chosen = os.environ.get("MATERIAL_FONT")
    if chosen:
        return (Path(chosen),)
    if not SHIPPED.is_dir():
        return ()
    found = sorted(p for p in SHIPPED.iterdir() if p.suffix in (".otf", ".ttf", ".woff2"))
    return tuple(p for p in found if p.name.startswith("NotoSansSC"))


def face_css() -> str:
    """@font-face rules for the font files; a file named …Bold… or …-700… is the bold face."""
    rules = []
    for path in font_files():
        heavy = any(mark in path.stem for mark in ("Bold", "700"))
        variable = "wght" in path.stem or "Variable" in path.stem
        weight = "100 900" if variable else "700" if heavy else "400"
        rules.append(
            f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; '
            f'src: url("{path.resolve().as_uri()}"); }}'
        )
    return "\n".join(rules)


def family_css() -> str:
    """The font stack, the embedded face first."""
    return f'"{FAMILY}", {FALLBACKS}'


def has_chinese_font() -> bool:
    """Whether anything here can draw Chinese; without it a page would be all boxes."""
    return bool(font_files()) or system_has_chinese()


def undrawable(text: str) -> str:
    """The characters that would come out as boxes here, sorted; '' where there are none.

    The shipped font is a subset; a rare character of a name needs the system's fonts.
    """
    if system_has_chinese():
        return ""
    return "".join(sorted({c for c in text if not c.isspace()} - _drawn(font_files())))


@lru_cache(maxsize=4)
def _drawn(paths: tuple[Path, ...]) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    return frozenset(chr(code) for path in paths for code in TTFont(path).getBestCmap())


@lru_cache(maxsize=1)
def system_has_chinese() -> bool:
    """Whether the machine itself has a whole Chinese font."""
    if not shutil.which("fc-list"):
        folders = (Path("/usr/share/fonts"), Path.home() / ".fonts", Path("/Library/Fonts"))
        return any(next(folder.rglob("*CJK*"), None) for folder in folders if folder.is_dir())
    listed = subprocess.run(
        ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=20
    )
    return bool(listed.stdout.strip())
