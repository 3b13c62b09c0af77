"""What the Word file costs against its floor: the same paragraphs made straight with lxml and zipped.

``python tests/bench/bench_word.py [paragraphs …]`` prints medians of interleaved runs and their ratios; ratios hold
from machine to machine, seconds do not.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.formats.word_template import template_bytes
from zhenggai_desktop.formats.word_writer import write_word

RUNS = 7
SIZES = (100, 1_000, 20_000, 60_000)
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
HEADING = "针对“学用结合不够紧密，以会议落实会议”的问题。"
ANSWER = (
    "一是完善学习制度，明确每季度第一个月集中学习，全年共开展12次。"
    "二是建立“周调度、月通报、季评估”机制，推动解决问题46个。"
)


def document(count: int) -> Document:
    """A notice of ``count`` paragraphs, most of them issues with their answers."""
    blocks = [
        Block(
            Kind.PARAGRAPH,
            (Run(f"{number}. {HEADING}", RunRole.HEADING), Run(ANSWER)),
            level=3,
            anchor=Anchor("issue", f"{number:032x}"),
        )
        for number in range(1, count)
    ]
    return Document("通报", (plain(Kind.TITLE, "关于巡察整改进展情况的通报"), *blocks))


def by_hand(content: Document, path: Path) -> None:
    """The floor: one lxml element after another, serialised and zipped with the parts of the template."""
    body = etree.Element(f"{W}body", nsmap={"w": NAMESPACE})
    for number, block in enumerate(content.blocks):
        paragraph = etree.SubElement(body, f"{W}p")
        properties = etree.SubElement(paragraph, f"{W}pPr")
        etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", "BodyText")
        if block.anchor:
            start = etree.SubElement(paragraph, f"{W}bookmarkStart")
            start.set(f"{W}id", str(number))
            start.set(f"{W}name", f"zgi_{block.anchor.uid}")
        for run in block.runs:
            element = etree.SubElement(paragraph, f"{W}r")
            face = etree.SubElement(element, f"{W}rPr")
            if run.role is RunRole.HEADING:
                etree.SubElement(face, f"{W}rStyle").set(f"{W}val", "Heading3Char")
            etree.SubElement(face, f"{W}rFonts").set(f"{W}hint", "eastAsia")
            etree.SubElement(element, f"{W}t").text = run.text
        if block.anchor:
            etree.SubElement(paragraph, f"{W}bookmarkEnd").set(f"{W}id", str(number))
    root = etree.Element(f"{W}document", nsmap={"w": NAMESPACE})
    root.append(body)
    with (
        zipfile.ZipFile(io.BytesIO(FRAME)) as frame,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in frame.namelist():
            target.writestr(name, frame.read(name))
        target.writestr("word/body.xml", etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


FRAME = template_bytes(GUOBIAO)


def interleaved(count: int, folder: Path) -> tuple[float, float]:
    """Medians in seconds of our way and of the floor, run in turns so that both see the same machine."""
    content = document(count)
    ways: Sequence[Callable[[Document, Path], None]] = (write_word, by_hand)
    times: list[list[float]] = [[], []]
    for _ in range(RUNS):
        for spent, way in zip(times, ways, strict=True):
            start = time.perf_counter()
            way(content, folder / "bench.docx")
            spent.append(time.perf_counter() - start)
    return median(times[0]), median(times[1])


def main(sizes: Sequence[int]) -> None:
    print(f"{'paragraphs':>10} {'ours ms':>9} {'floor ms':>9} {'ratio':>6} {'µs each':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for count in sizes:
            ours, floor = interleaved(count, Path(folder))
            print(f"{count:>10} {ours * 1e3:>9.1f} {floor * 1e3:>9.1f} {ours / floor:>6.2f} {ours / count * 1e6:>8.1f}")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or SIZES)
