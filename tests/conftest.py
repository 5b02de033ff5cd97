"""Before any test imports Rasa: TensorFlow is answered for, nothing is kept, no telemetry."""

from __future__ import annotations

import os
import tempfile

from bot import without_tensorflow

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ["VAR_DIR"] = tempfile.mkdtemp()  # bookings and material of tests are no one's
without_tensorflow.install()
