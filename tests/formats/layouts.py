"""A composed notice in every layout in which such documents arrive, for tests that read them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from word_files import word_bytes

from zhenggai_desktop.domain.answers import compose_answer
from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.numbering import MarkKind, NumberStyle, leading_mark
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import ChapterRole, Issue, Snapshot
from zhenggai_desktop.domain.schemes import Scheme
from zhenggai_desktop.formats.html_writer import write_html
from zhenggai_desktop.formats.text_writer import write_text
from zhenggai_desktop.formats.word_writer import write_word

_FORMATS = {NumberStyle.CHINESE: "chineseCounting", NumberStyle.DECIMAL: "decimal",
            NumberStyle.CIRCLED: "decimalEnclosedCircle"}  # fmt: skip
HEADER = ("序号", "反馈方面", "反馈问题", "具体表现", "整改意见", "整改情况")


def write_automatic_numbers(document: Document, path: Path) -> None:
    """The notice as a .docx in which Word counts: every number of a list is automatic, none is typed."""
    numbers = _AutomaticNumbers()
    body = "".join(numbers.paragraph(block.text) for block in document.blocks)
    path.write_bytes(word_bytes(body, numbering=numbers.definitions()))


class _AutomaticNumbers:
    """One list per form of number; where a number does not follow the one before, the list is restarted there."""

    def __init__(self) -> None:
        self._abstract: dict[tuple[str, NumberStyle], int] = {}
        self._instances: list[tuple[int, int]] = []
        self._last: dict[tuple[str, NumberStyle], tuple[int, int]] = {}

    def paragraph(self, text: str) -> str:
        mark = leading_mark(text)
        if mark is None or mark.kind is MarkKind.SAY:
            return _paragraph(text)
        key = (mark.pattern, mark.style)
        abstract = self._abstract.setdefault(key, len(self._abstract))
        instance, last = self._last.get(key, (0, 0))
        if not instance or mark.number != last + 1:
            self._instances.append((abstract, mark.number))
            instance = len(self._instances)
        self._last[key] = (instance, mark.number)
        number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{instance}"/></w:numPr>'
        return _paragraph(text.removeprefix(mark.text), number)

    def definitions(self) -> str:
        """The content of w:numbering."""
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{_FORMATS[style]}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{pattern.replace("{n}", "%1")}"/></w:lvl></w:abstractNum>'
            for (pattern, style), at in self._abstract.items()
        )
        instances = "".join(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="{abstract_id}"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for at, (abstract_id, start) in enumerate(self._instances, 1)
        )
        return abstract + instances


def _paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


WRITERS: Mapping[str, tuple[str, Callable[[Document, Path], None]]] = {
    "text": (".txt", write_text),
    "typed numbers": (".docx", write_word),
    "automatic numbers": (".docx", write_automatic_numbers),
    "html": (".html", write_html),
}


# --- the notice with its issues in a table


def write_table(document: Document, snapshot: Snapshot, scheme: Scheme, path: Path) -> None:
    """The notice as a .docx whose issues stand in a table of merged cells; the other chapters are text."""
    issues = {issue.uid for issue in snapshot.issues} | {section.uid for section in snapshot.sections}
    chapters = {chapter.uid: chapter for chapter in snapshot.chapters}
    body: list[str] = []
    placed = False
    for block in document.blocks:
        uid = block.anchor.uid if block.anchor else ""
        if uid not in issues:
            body.append(_paragraph(block.text))
        elif not placed:
            body.append(table_xml(table_rows(snapshot, scheme)))
            placed = True
    assert any(chapter.role is ChapterRole.ISSUES for chapter in chapters.values())
    path.write_bytes(word_bytes("".join(body)))


def table_rows(snapshot: Snapshot, scheme: Scheme) -> list[list[str]]:
    """The rows of the table, "^" for a cell that is merged with the one above."""
    return [list(HEADER), *_rows(Outline(snapshot), scheme)]


def _rows(outline: Outline, scheme: Scheme) -> Iterator[list[str]]:
    for section in outline.sections():
        named = section.title if section else ""
        for number, issue in enumerate(outline.issues_of(section), 1):
            quoted = [child.title for child in outline.sub_issues(issue) if child.printed_level == 0]
            title = _numbered(quoted) or issue.title
            head = [str(number), named, title]
            children = () if quoted else outline.sub_issues(issue)
            if not children:
                yield [*head, "", _numbered(issue.recommendations), _answer(outline, issue, scheme)]
            for at, child in enumerate(children, 1):
                yield [*head, f"（{at}）{child.title}", "" if at == 1 else "^", _answer(outline, child, scheme)]
                head = ["^", "^", "^"]
            named = "^" if section else ""


def _numbered(texts: Sequence[str]) -> str:
    return "\n".join(f"{at}.{text}" for at, text in enumerate(texts, 1)) if len(texts) > 1 else "".join(texts)


def _answer(outline: Outline, issue: Issue, scheme: Scheme) -> str:
    pattern = replace(scheme.answer, label="")
    return "\n".join(compose_answer(issue, outline.measures_of(issue), pattern))


def table_xml(rows: Sequence[Sequence[str]]) -> str:
    """The rows as w:tbl."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(_row(rows, at) for at in range(len(rows)))}</w:tbl>"


def _row(rows: Sequence[Sequence[str]], at: int) -> str:
    cells: list[str] = []
    for column, text in enumerate(rows[at]):
        goes_on = at + 1 < len(rows) and rows[at + 1][column] == "^"
        merge = "<w:vMerge/>" if text == "^" else '<w:vMerge w:val="restart"/>' if goes_on else ""
        paragraphs = "".join(_paragraph(line) for line in ("" if text == "^" else text).split("\n"))
        cells.append(f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraphs}</w:tc>")
    return f"<w:tr>{''.join(cells)}</w:tr>"
