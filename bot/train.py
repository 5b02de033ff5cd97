"""Train the model: python -m bot.train. Rasa skips what has not changed."""

from __future__ import annotations

import os

from bot import without_tensorflow

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
without_tensorflow.install()

from rasa.model_training import train
from rasa.utils.log_utils import configure_structlog

from policy_kb.store import database
from policy_kb.store.sources import DATA

ROOT = DATA.parent
MODEL = ROOT / "models" / "assistant.tar.gz"


def main() -> None:
    """Build the knowledge base and the model from data/."""
    configure_structlog()
    database.build()
    folders = [str(DATA / name) for name in ("nlu", "rules", "stories") if (DATA / name).exists()]
    result = train(
        domain=str(ROOT / "bot" / "domain.yml"),
        config=str(ROOT / "bot" / "config.yml"),
        training_files=folders,
        output=str(MODEL.parent),
        fixed_model_name=MODEL.name.removesuffix(".tar.gz"),
        force_training=False,
    )
    if not result.model:
        raise SystemExit("训练没有成功，请看上面的错误。")
    MODEL.touch()


if __name__ == "__main__":
    main()
