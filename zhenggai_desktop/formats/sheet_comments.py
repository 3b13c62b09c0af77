"""The comments (批注) of a zipped workbook's sheet: they belong to no column, so whoever imports it is told of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.containers import Container

_KIND = "/comments"
_OF_NEW_EXCEL = re.compile(r"^\[[^\]]*\][\s\S]*?(?:Comment|注释|批注)[:：]\s*")  # what older programs see of a thread
_ROW = re.compile(r"\d+$")


def comments_of(container: Container, sheet: str) -> tuple[tuple[int, str], ...]:
    """Row (from 1) and words of each comment on the sheet in the part ``sheet``; none where their part is damaged, for
    the values of the sheet can be read all the same."""
    try:
        return tuple(_found(container, sheet))
    except SourceFormatError:
        return ()


def _found(container: Container, sheet: str) -> Iterator[tuple[int, str]]:
    folder, name = posixpath.split(sheet)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in container:
        return
    targets = (
        posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in container.parse(relations)
        if relation.get("Type", "").endswith(_KIND) and relation.get("TargetMode") != "External"
    )
    for part in targets:
        if part in container:
            yield from _comments(container, part)


def _comments(container: Container, part: str) -> Iterator[tuple[int, str]]:
    for element in container.parse(part).iter():
        row = _ROW.search(element.get("ref", "")) if element.tag.rpartition("}")[2] == "comment" else None
        if row is None:
            continue
        words = "".join(text.text or "" for text in element.iter() if text.tag.rpartition("}")[2] == "t")
        if text := " ".join(_OF_NEW_EXCEL.sub("", words).split()):
            yield int(row[0]), text
