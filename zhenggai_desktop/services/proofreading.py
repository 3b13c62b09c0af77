"""Proofread a ledger's notice, or a file that has no ledger; mend what can be mended mechanically."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.blocks import Block, Document, Kind, Run, RunRole, SourceDocument
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.proofread.captions import place_of
from zhenggai_desktop.domain.proofread.checker import Proofreader, mended
from zhenggai_desktop.domain.proofread.findings import Finding, Severity
from zhenggai_desktop.domain.proofread.lexicon import Lexicon, lexicon_of, lexicon_of_lines
from zhenggai_desktop.domain.proofread.mending import corrections
from zhenggai_desktop.domain.proofread.readings import Text
from zhenggai_desktop.domain.proofread.subject import Subject, subject_of_ledger, subject_of_source
from zhenggai_desktop.domain.proofread.waivers import split_waived, waived_words
from zhenggai_desktop.domain.records import Snapshot, Waiver
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.exporting import write_document

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

_NAMED = 5  # errors that are named one by one at export


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read, what was found in it, and what of that was waived."""

    subject: Subject
    findings: tuple[Finding, ...]  # open ones
    waived: tuple[tuple[Finding, Waiver], ...] = ()

    @property
    def errors(self) -> int:
        """How many findings must be dealt with or waived."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    def by_severity(self) -> Mapping[Severity, tuple[Finding, ...]]:
        """Open findings grouped, the gravest first; a group may be empty."""
        return {
            severity: tuple(finding for finding in self.findings if finding.severity is severity)
            for severity in Severity
        }

    def by_record(self) -> Mapping[str, tuple[Finding, ...]]:
        """Open findings by the uid of the chapter, section or issue in which they stand; "" = in none."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.anchor.uid if finding.anchor else "", []).append(finding)
        return {uid: tuple(group) for uid, group in found.items()}

    def of_kind(self, finding: Finding) -> tuple[Finding, ...]:
        """The open findings of the same rule that have a mend: what “mend all of a kind” mends."""
        return tuple(each for each in self.findings if each.code == finding.code and each.mend is not None)


OWN_WORDS = "校对词表.txt"
"""In the user's folder: an office's own words, a line each."""
OWN_LEXICON = "proofreading.json"
"""In the user's folder: everything else that the bundled list has, in the same form."""
OWN_WORDS_HEAD = """# 本单位的校对词表，一行一条，保存后下一次校对就会用到。
# 错词=对词，例如：清河县城=清河县
# 不查=词，这个词里的内容不再提醒，例如：不查=台帐山村
"""


def load_lexicon(bundled: Path, folder: Path | None = None) -> Lexicon:
    """The bundled words, with those of the user's ``folder`` over them.

    Raises UsageError for a file that is no such list, naming the line where it is one of words.
    """
    lexicon = _lexicon(bundled)
    if folder is None:
        return lexicon
    own, words = folder / OWN_LEXICON, folder / OWN_WORDS
    if own.is_file():
        lexicon = lexicon.extended(_lexicon(own))
    return lexicon.extended(_words(words)) if words.is_file() else lexicon


def own_words_file(folder: Path) -> Path:
    """The office's own list of words in the user's ``folder``, made with its explanation where there is none."""
    path = folder / OWN_WORDS
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(OWN_WORDS_HEAD, "utf-8-sig", newline="\r\n")
    return path


def _lexicon(path: Path) -> Lexicon:
    try:
        return lexicon_of(json.loads(path.read_text("utf-8-sig")))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"校对词表“{path.name}”读不出来", "请改正或删除这个文件后再试") from error


def _words(path: Path) -> Lexicon:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig" if _is_utf8(data) else "gb18030")
        return lexicon_of_lines(text)
    except (OSError, ValueError) as error:
        where = f"：{error}" if str(error).startswith("第") else ""
        raise UsageError(f"校对词表“{path.name}”有写错的地方{where}", "每行写“错词=对词”或“不查=词”") from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# --- reading


def proofread_ledger(
    snapshot: Snapshot,
    lexicon: Lexicon,
    today: dt.date,
    scheme_name: str = "",
    reader: Proofreader | None = None,
    *,
    edition: Edition = Edition.PUBLIC,
    stopped: Callable[[], bool] = lambda: False,
) -> Proof:
    """Findings in the notice that the ledger gives, waived ones apart.

    ``reader`` is kept by a window from check to check: what has not changed is not read again. ``stopped`` is asked
    again and again; where it says yes, ProofreadingStopped is raised.
    """
    reader = reader or Proofreader(lexicon)
    scheme = scheme_for(snapshot.facts, scheme_name)
    document = compose(snapshot, scheme, edition=edition, last=reader.composition)
    public = edition.approved is Edition.PUBLIC
    subject = subject_of_ledger(document, snapshot, today, reader.texts, is_public=public)
    findings = reader.check(subject, stopped)
    return Proof(subject, *split_waived(findings, snapshot.waivers))


def proofread_source(
    source: SourceDocument,
    lexicon: Lexicon,
    today: dt.date,
    reference: Snapshot | None = None,
    *,
    reader: Proofreader | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Proof:
    """Findings in a file or pasted text. With ``reference``, also where it departs from that ledger's issues."""
    subject = subject_of_source(source, understand(source), today, reference)
    return Proof(subject, (reader or Proofreader(lexicon)).check(subject, stopped))


def proofread_text(
    text: str, reader: Proofreader, today: dt.date, stopped: Callable[[], bool] = lambda: False
) -> Proof:
    """Findings in lines that are typed or pasted; ``line`` of a finding counts them from 1. Raises SourceLimitError."""
    from zhenggai_desktop.formats.text_reader import paragraphs_of  # noqa: PLC0415 - as every reader

    return proofread_source(paragraphs_of(text, "文稿"), reader.lexicon, today, reader=reader, stopped=stopped)


# --- waiving


def waive(ledger: Ledger, finding: Finding, reason: str, *, today: dt.date, who: str = "") -> None:
    """Keep in the ledger that a finding is left as it is, until its words change. UsageError without a reason."""
    if not reason.strip():
        raise UsageError("没有写保留的理由", "请写明为什么不改，再点“保留不改”")
    waiver = Waiver(
        finding_code=finding.code,
        record_uid=finding.anchor.uid if finding.anchor else "",
        words=waived_words(finding),
        reason=reason.strip(),
        waived_on=today,
        waived_by=who,
    )
    with ledger.step("保留校对意见不改") as writer:
        writer.add(waiver)


def withdraw_waiver(ledger: Ledger, waiver_id: int) -> None:
    """Show a waived finding again."""
    with ledger.step("取消保留不改") as writer:
        writer.remove(Waiver, waiver_id)


def forget_waivers(ledger: Ledger, proof: Proof) -> int:
    """Remove the waivers that cover nothing any more because their words have changed; gives how many."""
    holding = {waiver.id for _, waiver in proof.waived}
    gone = [waiver.id for waiver in ledger.snapshot.waivers if waiver.id not in holding]
    if gone:
        with ledger.step("清理失效的保留意见") as writer:
            for waiver_id in gone:
                writer.remove(Waiver, waiver_id)
    return len(gone)


# --- mending


def mend_in_ledger(ledger: Ledger, proof: Proof, findings: Sequence[Finding]) -> int:
    """Put the mends of ``findings`` into the ledger as one step; gives how many were made.

    ``proof`` must be of the ledger's present snapshot: a mend whose words are gone is left out. A finding on words
    that the ledger does not hold as text (a number that the scheme makes) cannot be mended there.
    """
    found = corrections(proof.subject, [place for each in findings for place in each.everywhere()])
    done = [finding for correction in found for finding in correction.findings]
    if not done:
        return 0
    with ledger.step(_mend_label(done)) as writer:
        for correction in found:
            if correction.field in ("notice_title", "signature_organisation"):
                writer.set_facts(**{correction.field: correction.value})
            else:
                writer.update(correction.record_type, correction.record_id, **{correction.field: correction.value})
    return len(done)


def _mend_label(done: Sequence[Finding]) -> str:
    if len(done) == 1 and len(done[0].words) <= 12:
        return f"校对：“{done[0].words}”改为“{done[0].mend}”" if done[0].mend else f"校对：删去“{done[0].words}”"
    return f"校对：改正{len(done)}处"


def fix(proof: Proof, target: Path) -> int:
    """Write the text with all mechanical mends to ``target`` (.docx, .txt or .html); gives how many were made.

    Raises TargetError, and UsageError for another suffix.
    """
    by_paragraph: dict[int, list[Finding]] = {}
    for finding in (place for each in proof.findings for place in each.everywhere()):
        if finding.mend is not None and finding.paragraph >= 0:
            by_paragraph.setdefault(finding.paragraph, []).append(finding)
    lines = [mended(text.text, tuple(by_paragraph.get(i, ()))) for i, text in enumerate(proof.subject.texts)]
    write_document(_document(proof.subject, lines), target)
    return sum(map(len, by_paragraph.values()))


def write_text(proof: Proof, target: Path) -> None:
    """Write the text as it was read to ``target`` (.docx, .txt or .html). Raises as ``fix`` does."""
    lines = [text.text for text in proof.subject.texts]
    write_document(_document(proof.subject, lines), target)


def _document(subject: Subject, lines: Sequence[str]) -> Document:
    """The mended lines as a document, each of the kind that it had."""
    blocks = tuple(_block(text, line) for text, line in zip(subject.texts, lines, strict=True) if line)
    return Document(title=subject.facts.notice_title, blocks=blocks, author=subject.facts.organisation)


def _block(text: Text, line: str) -> Block:
    if text.kind is Kind.HEADING:
        return Block(Kind.HEADING, (Run(line, RunRole.HEADING),), text.level)
    end = sentence_end(line) if text.level else 0
    runs = (Run(line[:end], RunRole.HEADING), Run(line[end:]))
    return Block(text.kind, tuple(run for run in runs if run.text), text.level)


# --- telling


def unresolved_errors(proof: Proof) -> tuple[str, ...]:
    """What to say before an export: errors neither mended nor waived, the first few by name; () for none."""
    errors = [finding for finding in proof.findings if finding.severity is Severity.ERROR]
    if not errors:
        return ()
    named = [f"{place_of(finding)}：{finding.message}" for finding in errors[:_NAMED]]
    more = (f"……另有{len(errors) - _NAMED}处",) if len(errors) > _NAMED else ()
    return (f"校对发现{len(errors)}处错误还没有处理，也没有注明保留理由：", *named, *more)


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding for a program; ``record`` is the uid of the section, issue or chapter that it came from."""
    return {
        "code": finding.code,
        "family": finding.family.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "words": finding.words,
        "line": finding.line,
        "start": finding.start,
        "end": finding.end,
        "mend": finding.mend,
        "record": finding.anchor.uid if finding.anchor else None,
    }


def waived_values(waived: Iterable[tuple[Finding, Waiver]]) -> list[dict[str, Any]]:
    """Waived findings for a program, each with its reason."""
    return [{**finding_values(finding), "reason": waiver.reason} for finding, waiver in waived]
