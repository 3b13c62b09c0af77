"""The packaged window: 整改台账."""

import sys

from zhenggai_desktop.__main__ import main

sys.exit(main())
