"""The packaged command line: zhenggai."""

import sys

from zhenggai_desktop.cli import main

sys.exit(main())
