"""Run the command line with ``python -m taper.cli``."""

import sys

from taper.cli import main

sys.exit(main())
