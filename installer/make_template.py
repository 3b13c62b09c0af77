"""Make ``resources/templates/notice.docx``, the bundled template of the notice, from the standard layout profile.

Run after a change of ``domain/layout.py`` or ``formats/word_template.py``; a test compares the two.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from zhenggai_desktop.domain.layout import GUOBIAO  # noqa: PLC0415 - found only on the path set above
    from zhenggai_desktop.formats.word_template import template_bytes  # noqa: PLC0415

    target = ROOT / "resources" / "templates" / "notice.docx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(template_bytes(GUOBIAO))


if __name__ == "__main__":
    main()
