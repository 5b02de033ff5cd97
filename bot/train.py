"""Train the model: python -m bot.train [FOLDER]. Rasa skips what has not changed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot import without_tensorflow

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small sums: threads only wait for each other
without_tensorflow.install()

from policy_kb.store import database
from policy_kb.store.sources import DATA

ROOT = DATA.parent
MODEL = ROOT / "models" / "assistant.tar.gz"


def main(folder: Path = MODEL.parent) -> None:
    """Build the knowledge base and, into this folder, the model from data/."""
    from rasa.model_training import train  # not for those who only want to know MODEL
    from rasa.utils.log_utils import configure_structlog

    configure_structlog()
    database.build()
    sources = [str(DATA / name) for name in ("nlu", "rules", "stories") if (DATA / name).exists()]
    result = train(
        domain=str(ROOT / "bot" / "domain.yml"),
        config=str(ROOT / "bot" / "config.yml"),
        training_files=sources,
        output=str(folder),
        fixed_model_name=MODEL.name.removesuffix(".tar.gz"),
        force_training=False,
    )
    if not result.model:
        raise SystemExit("训练没有成功，请看上面的错误。")
    (folder / MODEL.name).touch()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
