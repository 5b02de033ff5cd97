"""Before any test imports Rasa: TensorFlow is answered for, no telemetry, records kept apart."""

from __future__ import annotations

import os
import tempfile

from bot import without_tensorflow

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="policy-assistant-")
"""What a test run keeps stays out of the service's own folder."""
without_tensorflow.install()
