"""Page images of every form, to be looked at: python -m tests.publicity.pages [--out build/pages].

Each PDF page as a PNG and the long pictures beside them, for the three days of the tests.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pypdfium2

from actions.publicity.topics import AUDIENCES
from tests.publicity.conftest import DAYS, laid, rendered

SCALE = 1.5
"""108 dots an inch: large enough to read, small enough to look through."""


def main() -> None:
    """Write the images, one folder a day."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/pages"))
    out: Path = parser.parse_args().out
    for day in DAYS:
        folder = out / day.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        for audience in AUDIENCES:
            for document in laid(audience, day):
                name = f"{audience}-{document.form}"
                with pypdfium2.PdfDocument(rendered(document, "pdf")) as pages:
                    for number, page in enumerate(pages, 1):
                        page.render(scale=SCALE).to_pil().save(folder / f"{name}-{number:02d}.png")
                (folder / f"{name}-long.png").write_bytes(rendered(document, "png"))
                print(folder / name, flush=True)


if __name__ == "__main__":
    main()
