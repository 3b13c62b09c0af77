"""A notice written as a Word file, and what is in it: for the tests of everything that writes Word files."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
from lxml import etree

from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.layout import PROFILES
from zhenggai_desktop.formats.word_template import template_bytes
from zhenggai_desktop.formats.word_writer import write_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = dt.datetime(2025, 1, 8, 9, 30, tzinfo=dt.UTC)
UID = "0f8fad5b-d9cb-469f-a165-70867728950e"

NOTICE = Document(
    "关于巡察整改进展情况的通报",
    (
        plain(Kind.TITLE, "中共清河区柳林街道工作委员会关于区委第三巡察组反馈意见集中整改进展情况的通报"),
        plain(Kind.PARAGRAPH, "根据区委统一部署，区委第三巡察组对柳林街道党工委开展了巡察。"),
        plain(Kind.HEADING, "一、整改工作组织情况", level=1, anchor=Anchor("chapter", UID)),
        plain(Kind.HEADING, "（一）关于学习教育方面问题", level=2, anchor=Anchor("section", UID)),
        Block(
            Kind.PARAGRAPH,
            (
                Run("1. 针对“学用结合不够”的问题。", RunRole.HEADING, Anchor("issue", UID)),
                Run("一是补学——共12次，办结率98.71%。", RunRole.BODY, Anchor("measure", UID)),
            ),
            level=3,
            anchor=Anchor("issue", UID),
        ),
        plain(Kind.PARAGRAPH, "A < B & C\t> D\n第二行"),
        plain(Kind.SIGNATURE, "中共清河区柳林街道工作委员会"),
        plain(Kind.DATE, "2025年1月8日"),
    ),
    author="柳林街道党工委",
    subject="整改情况通报",
    draft_id="draft-7",
)


def written(folder: Path, document: Document = NOTICE, **options: object) -> Path:
    path = folder / "通报.docx"
    write_word(document, path, now=NOW, **options)  # type: ignore[arg-type]
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def body(path: Path) -> etree._Element:
    found = etree.fromstring(parts(path)["word/document.xml"]).find(f"{W}body")
    assert found is not None
    return found


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def document_of(*blocks: Block) -> Document:
    return Document("通报", blocks)


def template(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """The bundled template with texts of its parts replaced: (part, old, new)."""
    path = folder / "模板.docx"
    with zipfile.ZipFile(io.BytesIO(template_bytes(PROFILES[0]))) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            for part, old, new in changes:
                if part == name:
                    assert old in text
                    text = text.replace(old, new)
            target.writestr(name, text)
    return path
