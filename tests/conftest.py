"""Before any test imports Rasa: TensorFlow is answered for, patches stand, no telemetry."""

from __future__ import annotations

import os

from bot import without_tensorflow

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
without_tensorflow.install()
