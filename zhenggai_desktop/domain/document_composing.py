"""A document template and a snapshot become a document of blocks, in the vocabulary and the styles of the notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from zhenggai_desktop.domain.blocks import TEMPLATE_ITEM, Anchor, Block, Document, Kind, page_break, plain, table_block
from zhenggai_desktop.domain.document_tables import COUNTING, form_of, table_of
from zhenggai_desktop.domain.document_template import BlockSpec, DocumentTemplate
from zhenggai_desktop.domain.document_values import Filled, RecordTexts, Values, ledger_texts
from zhenggai_desktop.domain.editions import Edition, counted, edited, is_withheld
from zhenggai_desktop.domain.frame import GAP, notice_chapters
from zhenggai_desktop.domain.items import items_of
from zhenggai_desktop.domain.notice import compose, prose_block
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.placeholders import placeholders
from zhenggai_desktop.domain.public_names import with_roles
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock, ChapterRole, Issue, Snapshot, WithheldGround
from zhenggai_desktop.domain.schemes import Scheme

_KINDS: Mapping[str, Kind] = {
    "title": Kind.TITLE,
    "addressee": Kind.ADDRESSEE,
    "enclosure": Kind.ENCLOSURE,
    "label": Kind.LABEL,
    "note": Kind.NOTE,
    "signature": Kind.SIGNATURE,
    "date": Kind.DATE,
}
_PROSE: Mapping[str, BlockKind] = {"heading": BlockKind.HEADING, "paragraph": BlockKind.PARAGRAPH}
_NOT_BODY = (Kind.TITLE, Kind.SIGNATURE, Kind.DATE)


def compose_document(
    template: DocumentTemplate,
    snapshot: Snapshot,
    scheme: Scheme,
    *,
    today: dt.date,
    more: Mapping[str, str] | None = None,
    draft_id: str = "",
) -> Document:
    """The document that a template describes. ``more`` are values that this export knows and the ledger does not.

    One for the public holds nothing that is withheld and roles for persons, in its tables too. Its ``warnings`` say
    which placeholders stand for nothing and how many gaps are left to be filled in.
    """
    edition = Edition(template.edition)
    maker = _Maker(snapshot, edition, scheme, today)
    figures = placeholders(snapshot)
    values = Values(ledger_texts(snapshot, today, figures) | dict(more or {}), figures=figures)
    blocks = tuple(maker.blocks(template.blocks, values))
    facts = snapshot.facts
    title = next((block.text for block in blocks if block.kind is Kind.TITLE), template.caption)
    document = Document(
        title=title,
        blocks=blocks,
        author=facts.signature_organisation or facts.organisation,
        subject=template.caption,
        draft_id=draft_id,
        warnings=tuple(_warnings(values.filled, sum(block.text.count(GAP) for block in blocks))),
    )
    return with_roles(document, snapshot) if edition is Edition.PUBLIC else document


def _warnings(filled: Filled, gaps: int) -> Iterator[str]:
    for name in dict.fromkeys(filled.unknown):
        yield f"模板中的“{{{name}}}”不是台账里的内容，已原样保留"
    if gaps:
        yield f"有{gaps}处内容台账里没有，已写成〔待填写〕，请补齐后再报送"


class _Maker:
    def __init__(self, whole: Snapshot, edition: Edition, scheme: Scheme, today: dt.date) -> None:
        shown = edited(whole, edition)
        self._snapshot = _unmarked(shown) if edition is Edition.PUBLIC else shown
        self._whole = whole
        self._edition = edition
        self._scheme = scheme
        self._today = today

    @cached_property
    def _records(self) -> RecordTexts:
        return RecordTexts(self._snapshot, self._scheme, self._today)

    @cached_property
    def _body(self) -> Sequence[Block]:
        """The chapters of the notice between lead and closing."""
        ends = {
            chapter.uid
            for chapter in notice_chapters(self._snapshot, self._scheme)
            if chapter.role in (ChapterRole.LEAD, ChapterRole.CLOSING)
        }
        found = compose(self._whole, self._scheme, edition=self._edition).blocks
        return [b for b in found if b.kind not in _NOT_BODY and not (b.anchor and b.anchor.uid in ends)]

    def _with_gaps(self) -> Iterator[Block]:
        """The body, with a gap below each item that nobody has answered yet."""
        outline = Outline(self._snapshot)
        tops = (issue for section in outline.sections() for issue in outline.issues_of(section))
        items = {item.uid for issue in tops for item in items_of(outline, issue)}
        for block, after in zip(self._body, [*self._body[1:], None], strict=True):
            yield block
            bare = after is None or (after.kind is Kind.HEADING and after.level <= block.level)
            if bare and block.kind is Kind.HEADING and block.anchor and block.anchor.uid in items:
                yield plain(Kind.PARAGRAPH, GAP)

    def _told(self, spec: BlockSpec) -> Snapshot:
        """What a table may tell: the figures of everything, and the words of what the edition shows."""
        return counted(self._whole, self._snapshot) if spec.of in COUNTING else self._snapshot

    def blocks(self, specs: Sequence[BlockSpec], values: Values, issue: Issue | None = None) -> Iterator[Block]:
        for spec in specs:
            if all(map(values.holds, spec.when)) and not any(map(values.holds, spec.unless)):
                yield from self._of(spec, values, issue)

    def _of(self, spec: BlockSpec, values: Values, issue: Issue | None) -> Iterator[Block]:
        match spec.kind:
            case "page":
                yield page_break(landscape=spec.landscape)
            case "each":
                yield from self._repeated(spec, values, issue)
            case "table":
                yield table_block(table_of(spec, self._told(spec), values, self._today))
            case "form":
                yield table_block(form_of(spec, values))
            case "chapters":
                yield from self._with_gaps()
            case "prose":
                yield from self._prose(values.fill(spec.about)) or self.blocks(spec.blocks, values, issue)
            case _:
                anchor = Anchor(TEMPLATE_ITEM, issue.uid) if issue else None
                for text in values.fill(spec.text).split("\n"):
                    yield _text_block(spec, text, anchor)

    def _prose(self, about: str) -> Sequence[Block]:
        """What stands in the notice's prose below the first heading with these words, down to the next of its rank;
        nothing where that is a gap alone.

        Headings of the tree are not looked at: there the same words name what was found.
        """
        start = next((at for at, b in enumerate(self._body) if _heads_prose(b) and about in b.text), None)
        if start is None:
            return ()
        rank = self._body[start].level
        rest = self._body[start + 1 :]
        end = next((at for at, b in enumerate(rest) if b.kind is Kind.HEADING and b.level <= rank), len(rest))
        return () if all(block.text == GAP for block in rest[:end]) else rest[:end]

    def _repeated(self, spec: BlockSpec, values: Values, issue: Issue | None) -> Iterator[Block]:
        match spec.of:
            case "section":
                yield from self._sections(spec, values)
            case "part":
                for part, known in self._records.parts(issue) if issue else ():
                    yield from self.blocks(spec.blocks, values.within(known), part)
            case "emphasised":
                yield from self._numbered(self._records.emphasised(), spec, values)
            case "unfinished":
                yield from self._numbered(self._records.unfinished(), spec, values)
            case _:
                outline = self._records.outline
                issues = [issue for section in outline.sections() for issue in outline.issues_of(section)]
                yield from self._numbered(issues, spec, values)

    def _sections(self, spec: BlockSpec, values: Values) -> Iterator[Block]:
        outline = self._records.outline
        sections = [section for section in outline.sections() if outline.issues_of(section)]
        ordinal = 0
        for section in sections:
            ordinal += bool(section and section.title)  # what has no title is not headed either
            known = values.within(self._records.section(section, max(ordinal, 1)))
            for child in spec.blocks:
                if child.kind != "each" or child.of != "issue":
                    yield from self.blocks([child], known)
                    continue
                for number, issue in enumerate(outline.issues_of(section), 1):
                    own = self._records.issue(issue, number, whole=not _tells_parts(child))
                    yield from self.blocks(child.blocks, known.within(own), issue)

    def _numbered(self, issues: Sequence[Issue], spec: BlockSpec, values: Values) -> Iterator[Block]:
        for number, issue in enumerate(issues, 1):
            own = self._records.issue(issue, number, whole=not _tells_parts(spec))
            yield from self.blocks(spec.blocks, values.within(own), issue)


def _unmarked(snapshot: Snapshot) -> Snapshot:
    """What the public reads says nowhere that other words stand there, nor why."""
    issues = (replace(issue, withheld=WithheldGround.NONE, withheld_approval="") for issue in snapshot.issues)
    return replace(snapshot, issues=tuple(issues)) if any(map(is_withheld, snapshot.issues)) else snapshot


def _heads_prose(block: Block) -> bool:
    return block.kind is Kind.HEADING and block.anchor is not None and block.anchor.kind == "chapter"


def _tells_parts(spec: BlockSpec) -> bool:
    return any(block.kind == "each" and block.of == "part" for block in spec.blocks)


def _text_block(spec: BlockSpec, text: str, anchor: Anchor | None) -> Block:
    if spec.kind in _PROSE:
        return prose_block(ChapterBlock(_PROSE[spec.kind], spec.level, text), anchor)
    return plain(_KINDS[spec.kind], text, anchor=anchor)
