"""What the proofreader found, on paper: a list as Word, text or Excel, or comments in the margin of a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from zhenggai_desktop.domain.blocks import Block, Document, Kind, plain
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.proofread.captions import FAMILY_NAMES, SEVERITY_NAMES, advice_of, place_of
from zhenggai_desktop.domain.proofread.findings import Finding
from zhenggai_desktop.domain.records import Waiver
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.exporting import export_notice, write_document
from zhenggai_desktop.services.proofreading import Proof

AUTHOR = "整改台账校对"
_TITLE = "校对意见清单"


def write_report(proof: Proof, target: Path) -> None:
    """Write all findings, waived ones with their reasons, as .xlsx, .docx, .txt or .html.

    Raises TargetError, and UsageError for another suffix.
    """
    if target.suffix.lower() == ".xlsx":
        from zhenggai_desktop.formats.proof_workbook import write_proof_workbook  # noqa: PLC0415 - openpyxl loads late

        write_proof_workbook(_title(proof), [*_rows(proof)], target)
        return
    write_document(Document(title=_title(proof), blocks=tuple(_blocks(proof))), target)


def _title(proof: Proof) -> str:
    name = proof.subject.facts.notice_title.replace("\n", "")
    return f"{name}{_TITLE}" if name else _TITLE


def _entries(proof: Proof) -> Iterator[tuple[Finding, Waiver | None]]:
    for group in proof.by_severity().values():
        yield from ((finding, None) for finding in group)
    yield from proof.waived


def _rows(proof: Proof) -> Iterator[tuple[str, ...]]:
    for number, (finding, waiver) in enumerate(_entries(proof), 1):
        yield (
            str(number),
            SEVERITY_NAMES[finding.severity],
            FAMILY_NAMES[finding.family],
            place_of(finding),
            finding.words,
            finding.message,
            advice_of(finding),
            f"保留：{waiver.reason}" if waiver else "",
        )


def _blocks(proof: Proof) -> Iterator[Block]:
    yield plain(Kind.TITLE, _title(proof))
    if not proof.findings and not proof.waived:
        yield plain(Kind.PARAGRAPH, "没有发现问题。")
    numerals = iter("一二三四")
    for severity, group in proof.by_severity().items():
        if group:
            yield plain(Kind.HEADING, f"{next(numerals)}、{SEVERITY_NAMES[severity]}（{len(group)}处）", level=1)
            for number, finding in enumerate(group, 1):
                yield plain(Kind.PARAGRAPH, f"{number}.{_sentence(finding)}")
    if proof.waived:
        yield plain(Kind.HEADING, f"{next(numerals)}、保留不改（{len(proof.waived)}处）", level=1)
        for number, (finding, waiver) in enumerate(proof.waived, 1):
            yield plain(Kind.PARAGRAPH, f"{number}.{_sentence(finding)}保留理由：{waiver.reason}。")


def _sentence(finding: Finding) -> str:
    advice = advice_of(finding)
    return f"{place_of(finding)}：{finding.message}{'，' + advice if advice else ''}。"


def write_comments(proof: Proof, source: Path | None, target: Path, scheme_name: str = "") -> int:
    """A copy of the Word file ``source`` with every open finding as a comment at its words; gives how many.

    Without ``source`` the ledger's own notice is written, in the edition that was read, and commented. Raises
    UsageError for anything but .docx, TargetError, and the errors of reading.
    """
    if target.suffix.lower() != ".docx":
        raise UsageError(f"批注不能写进“{target.name}”", "请把文件名写成以 .docx 结尾")
    if source is not None and source.suffix.lower() != ".docx":
        raise UsageError(f"“{source.name}”不是Word文件，加不了批注", "请改用 --report 导出校对意见清单")
    if source is not None and source.exists() and target.exists() and source.samefile(target):
        raise UsageError("批注要写进另一个文件，不能覆盖原稿", "请换一个文件名")
    from zhenggai_desktop.formats.word_comments import WordComment, comment_word  # noqa: PLC0415 - docx loads late

    comments = [
        WordComment(_words_of(proof, finding), finding.start, finding.end, _remark(finding), finding.line)
        for finding in proof.findings
    ]
    if source is not None:
        comment_word(source, target, comments, AUTHOR)
        return len(comments)
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "通报.docx"
        edition = Edition.PUBLIC if proof.subject.is_public else Edition.INTERNAL
        export_notice(proof.subject.snapshot, draft, scheme_name, edition)
        comment_word(draft, target, comments, AUTHOR)
    return len(comments)


def _words_of(proof: Proof, finding: Finding) -> str:
    """The paragraph in which the finding counts its characters."""
    if finding.paragraph < 0:
        return ""
    text = proof.subject.texts[finding.paragraph]
    return (
        text.text
        if text.text[finding.start : finding.end] == finding.words and finding.code not in _IN_RAW
        else text.raw
    )


_IN_RAW = ("half-width", "spaced-date")  # these count in the words as the source has them


def _remark(finding: Finding) -> str:
    advice = advice_of(finding)
    return f"【{SEVERITY_NAMES[finding.severity]}】{finding.message}{'。' + advice if advice else ''}"
