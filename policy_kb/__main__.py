"""`python -m policy_kb …`"""

import sys

from policy_kb.cli import main

sys.exit(main())
