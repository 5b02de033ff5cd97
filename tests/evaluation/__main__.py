"""make evaluate: how well facts, acts and provisions are understood."""

from __future__ import annotations

import logging
import warnings

from bot import without_tensorflow

without_tensorflow.install()

from rasa.utils.log_utils import configure_structlog

from tests.evaluation import acts, facts

if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    configure_structlog(logging.ERROR)
    print(facts.report())
    print(acts.report())
