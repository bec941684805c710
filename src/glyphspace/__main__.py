"""`python -m glyphspace` is the command `glyphspace`."""

import sys

from .cli import main

sys.exit(main())
