"""The Word notice as lxml makes it: one element after another, zipped with the parts of the template."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

from zhenggai_desktop.domain.blocks import Block, Document, RunRole

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"


def by_lxml(content: Document, frame: bytes, path: Path) -> None:
    """The same paragraphs, runs and bookmarks; ``frame`` is the template they are put into."""
    root = etree.Element(f"{W}document", nsmap={"w": NAMESPACE})
    body = etree.SubElement(root, f"{W}body")
    for number, block in enumerate(content.blocks):
        _paragraph(body, number, block)
    with zipfile.ZipFile(io.BytesIO(frame)) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            if name != "word/document.xml":
                target.writestr(name, parts.read(name))
        target.writestr("word/document.xml", etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _paragraph(body: etree._Element, number: int, block: Block) -> None:
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
