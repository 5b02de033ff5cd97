"""python -m actions.publicity"""

from __future__ import annotations

import sys

from actions.publicity.cli import main

if __name__ == "__main__":
    sys.exit(main())
