"""`python -m extractor.cli`: the command where the console script is not on PATH."""

import sys

from extractor.cli import main

sys.exit(main())
