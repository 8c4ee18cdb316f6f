"""`python -m lumbago`."""

import sys

from lumbago.cli import main

sys.exit(main())
