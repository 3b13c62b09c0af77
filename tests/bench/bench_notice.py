"""``python -m tests.bench.bench_notice [NOTICE]``: the Word file of a notice against the same paragraphs by lxml alone.

Without a file the longest published notice at hand. Medians of runs taken in turn; the promise is a ratio of 2.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.measuring import Task, in_turn
from tests.bench.word_floor import by_lxml
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.formats.word_template import template_bytes
from zhenggai_desktop.formats.word_writer import write_word
from zhenggai_desktop.services.importing import apply, plan_source
from zhenggai_desktop.services.ledger import Ledger

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
_RUNS = 41


def longest() -> Path | None:
    """The longest published notice; None where there are none."""
    return max(SAMPLES.glob("notice*.txt"), key=lambda path: path.stat().st_size, default=None)


def task_of(source: Path, folder: Path) -> Task:
    """The notice as the program reads and writes it, and its floor."""
    with Ledger.create(folder / "台账.zgtz") as ledger:
        apply(ledger, plan_source(source))
        content = compose(ledger.snapshot, scheme_for(ledger.snapshot.facts))
    frame = template_bytes(GUOBIAO)
    return Task(
        lambda: write_word(content, folder / "ours.docx"),
        lambda: by_lxml(content, frame, folder / "theirs.docx"),
        len(content.blocks),
    )


def main() -> None:
    """Measure and print."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else longest()
    if source is None:
        sys.exit("没有可测的通报，请写出文件名")
    with tempfile.TemporaryDirectory() as folder:
        ours, floor = in_turn(task_of(source, Path(folder)), runs=_RUNS)
    assert floor is not None
    ratio = ours.median / floor.median
    print(f"{source.name}: {ours.median * 1000:.1f} ms, lxml {floor.median * 1000:.1f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
