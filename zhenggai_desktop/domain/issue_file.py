"""一题一档: for one issue everything promised, done, when, by whom, with which paper to prove it, as a document.

Also the lists of evidence (佐证材料目录), the application for closing and the list of what is closed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from zhenggai_desktop import texts
from zhenggai_desktop.domain.blocks import (
    Block,
    Cell,
    Document,
    Kind,
    Table,
    list_block,
    page_break,
    plain,
    table_block,
)
from zhenggai_desktop.domain.closing import named_in, running_round
from zhenggai_desktop.domain.deadlines import deadline_words
from zhenggai_desktop.domain.evidence_use import too_early
from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.milestone_papers import milestones_by_evidence
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import ClosingStep, Evidence, Issue, Measure, Outcome, Snapshot, Status
from zhenggai_desktop.domain.timeline import timeline
from zhenggai_desktop.domain.workflow import Duties, Workflow

_LEVELS = "一二三四五六七八九十"
_BEFORE_FEEDBACK, _NO_FILE = "早于反馈日期", "没有文件"
_SIGNED, _GAP, _DAY = "签字：", " " * 12, "年    月    日"  # of an opinion


class IssueFiles:
    """Issue files of one snapshot; what is the same for all issues is built once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.outline = Outline(snapshot)
        self.workflow = Workflow(self.outline)
        self._numbers = self.outline.numbers()
        self._evidence = {evidence.id: evidence for evidence in snapshot.evidence}
        self._early = too_early(self.outline)

    @property
    def term(self) -> str:
        """巡察 or 巡视."""
        return texts.INSPECTION_NAMES[self.snapshot.facts.kind]

    def name(self, issue: Issue) -> str:
        """“1-2 台账不全”: what the file and the folder of the issue are called; not yet safe for a file system."""
        return f"{self._numbers[issue.id]} {issue.title}".strip()

    def document(self, issue: Issue) -> Document:
        """The file of one issue with its sub-issues."""
        blocks = (plain(Kind.TITLE, f"{self.term}整改一题一档"), *self._blocks(issue))
        return Document(f"一题一档：{self.name(issue)}", blocks, author=self.snapshot.facts.organisation)

    def evidence_list(self, issue: Issue | None = None, places: Mapping[int, str] | None = None) -> Document:
        """The list of evidence of one issue, or of all with a heading for each; issues without any are named, and what
        proves no issue stands behind them.

        ``places`` are the names of the files where they are handed over, by the id of the evidence; what has none there
        has no file.
        """
        title = "佐证材料目录"
        blocks = [plain(Kind.TITLE, title)]
        if issue is not None:
            blocks.append(self._evidence_table(self.evidence_of(issue), places))
            return Document(f"{title}：{self.name(issue)}", tuple(blocks), author=self.snapshot.facts.organisation)
        bare: list[Issue] = []
        for top in self._tops():
            if proofs := self.evidence_of(top):
                blocks.append(plain(Kind.HEADING, self.name(top), level=3))
                blocks.append(self._evidence_table(proofs, places))
            else:
                bare.append(top)
        for caption, proofs in self.beyond_issues():
            if proofs:
                blocks.append(plain(Kind.HEADING, caption, level=3))
                blocks.append(self._evidence_table(proofs, places))
        if bare:
            blocks.append(plain(Kind.HEADING, f"没有佐证材料的问题（{len(bare)}个）", level=1))
            blocks += [plain(Kind.PARAGRAPH, self.name(found)) for found in bare]
        return Document(title, tuple(blocks), author=self.snapshot.facts.organisation)

    def beyond_issues(self) -> tuple[tuple[str, tuple[Evidence, ...]], ...]:
        """The evidence that proves no issue, in two groups with their captions: papers of milestones, and the rest."""
        used = {found.id for top in self._tops() for found in self.evidence_of(top)}
        rest = [found for found in self.snapshot.evidence if found.id not in used]
        hung = milestones_by_evidence(self.snapshot)
        return (
            ("流程节点", tuple(found for found in rest if found.id in hung)),
            ("未关联问题", tuple(found for found in rest if found.id not in hung)),
        )

    def evidence_of(self, issue: Issue) -> tuple[Evidence, ...]:
        """The evidence of the issue, of its sub-issues, of their measures and of what these produced; each once."""
        issues = {found.id for found in self.outline.walk_below(issue)}
        measures = {measure.id for measure in self.measures(issue)}
        outcomes = {outcome.id for outcome in self.outcomes_of(issue)}
        found = {
            link.evidence_id: None
            for link in self.snapshot.evidence_links
            if link.issue_id in issues or link.measure_id in measures or link.outcome_id in outcomes
        }
        return tuple(self._evidence[evidence_id] for evidence_id in found)

    def outcomes_of(self, issue: Issue) -> tuple[Outcome, ...]:
        """What the issue and its measures produced; each once."""
        issues = {found.id for found in self.outline.walk_below(issue)}
        measures = {measure.id for measure in self.measures(issue)}
        linked = {
            link.outcome_id
            for link in self.snapshot.outcome_links
            if link.issue_id in issues or link.measure_id in measures
        }
        return tuple(outcome for outcome in self.snapshot.outcomes if outcome.id in linked)

    def is_too_early(self, evidence: Evidence) -> bool:
        """True for a paper dated before the feedback that it is said to answer (domain.md §1)."""
        return evidence.id in self._early

    def is_closed(self, issue: Issue) -> bool:
        """True where the issue or one above it is closed."""
        return self.outline.is_closed(issue)

    def measures(self, issue: Issue) -> Iterator[Measure]:
        """The measures of the issue and of what is below it, those that serve it too among them; each once."""
        below = (
            measure
            for found in self.outline.walk_below(issue)
            for measure in (*self.outline.measures_of(found), *self.outline.linked_measures(found))
        )
        yield from {measure.id: measure for measure in below}.values()

    def _blocks(self, issue: Issue) -> Iterator[Block]:
        parts = (
            ("基本情况", self._facts(issue)),
            ("整改措施及进展", self._measures_blocks(issue)),
            ("取得成效", self._outcome_blocks(issue)),
            ("办理过程", self._timeline_blocks(issue)),
            ("佐证材料", (self._evidence_table(self.evidence_of(issue)),)),
        )
        for at, (caption, blocks) in enumerate(parts):
            yield plain(Kind.HEADING, f"{_LEVELS[at]}、{caption}", level=1)
            yield from blocks

    def _facts(self, issue: Issue) -> Iterator[Block]:
        duties, section = self.workflow.told_duties(issue), self.outline.section_of(issue)
        lines = [
            ("序号", self._numbers[issue.id]),
            ("反馈方面", "" if section is None else section.title),
            ("反馈问题", issue.title),
            ("反馈原文", issue.original_text),
            ("具体表现", "\n".join(found.title for found in self.outline.sub_issues(issue))),
            ("整改意见", "\n".join(issue.recommendations)),
            ("整改目标", issue.goal),
            ("涉及单位", texts.list_text(issue.units)),
            *_duty_lines(duties),
            ("整改类型", texts.track_text(duties.track, standing=duties.standing)),
            ("整改时限", self._deadline(issue, duties)),
            ("完成情况", texts.status_text(self.workflow.status(issue))),
            ("销号情况", "已销号" if self.is_closed(issue) else "未销号"),
            ("备注", issue.note),
        ]
        rows = [(Cell(caption, head=True, centred=True), Cell(text)) for caption, text in lines if text]
        yield table_block(Table((1.0, 4.2), tuple(rows), head_rows=0))

    def _deadline(self, issue: Issue, duties: Duties) -> str:
        old = [found for found in self.snapshot.extensions if found.issue_id == issue.id]
        if not old:
            return duties.deadline_words
        first = deadline_words(old[0].old_deadline, old[0].old_due_on)
        told = "，".join(filter(None, (first and f"原定{first}", f"延期{len(old)}次")))
        return f"{duties.deadline_words}（{told}）"

    def _measures_blocks(self, issue: Issue) -> Iterator[Block]:
        lines = [
            (
                str(at),
                measure.content,
                measure.progress,
                self.workflow.measure_duties(measure).deadline_words,
                texts.status_text(self.workflow.measure_status(measure)),
                texts.date_text(measure.completed_on),
            )
            for at, measure in enumerate(self.measures(issue), 1)
        ]
        captions = ("序号", "整改措施", "整改进展", "时限", "完成情况", "完成日期")
        yield _filled_or(lines, captions, (0.8, 3.4, 3.6, 1.6, 1.3, 1.6), "没有登记整改措施。")

    def _outcome_blocks(self, issue: Issue) -> Iterator[Block]:
        lines = [
            (
                str(at),
                outcome.kind,
                outcome.title or outcome.source_text,
                "" if outcome.number is None else f"{exact(outcome.number)}{outcome.unit}",
                outcome.document_number,
                texts.date_text(outcome.produced_on),
            )
            for at, outcome in enumerate(self.outcomes_of(issue), 1)
        ]
        captions = ("序号", "种类", "内容", "数量", "文号", "日期")
        yield _filled_or(lines, captions, (0.8, 1.6, 4, 1.2, 2, 1.8), "没有登记成果。")

    def _timeline_blocks(self, issue: Issue) -> Iterator[Block]:
        lines = [
            (texts.date_text(event.day), event.what, event.text, event.who)
            for event in timeline(self.snapshot, self.outline, issue)
        ]
        yield _filled_or(lines, ("日期", "事项", "内容", "经办"), (1.9, 1.3, 5, 1.4), "没有登记办理过程。")

    def _tops(self) -> Iterator[Issue]:
        return (found for section in self.outline.sections() for found in self.outline.issues_of(section))

    def _evidence_table(self, proofs: Sequence[Evidence], places: Mapping[int, str] | None = None) -> Block:
        lines = [
            (
                str(at),
                evidence.title or evidence.file_name,
                evidence.category,
                texts.date_text(evidence.dated_on) + (f"\n{_BEFORE_FEEDBACK}" if self.is_too_early(evidence) else ""),
                "公开" if evidence.public else "内部",
                evidence.file_name if places is None else places.get(evidence.id, _NO_FILE * bool(evidence.file_name)),
            )
            for at, evidence in enumerate(proofs, 1)
        ]
        captions = ("序号", "名称", "类别", "日期", "范围", "文件")
        return _table_or(lines, captions, (0.8, 3.4, 1.3, 1.9, 0.9, 3.4), "没有佐证材料。")


def closing_application(files: IssueFiles, issue: Issue, chain: Sequence[str]) -> Document:
    """销号申请审批表: one issue on one sheet, with a place for the opinion of each step of the chain.

    Only what was taken in the round that runs is filled in: no opinion of before a 退回 or a 重新整改 stands there.
    """
    duties = files.workflow.told_duties(issue)
    done = _numbered([measure.progress or measure.content for measure in files.measures(issue)])
    proofs = _numbered([found.title or found.file_name for found in files.evidence_of(issue)])
    own = [step for step in files.snapshot.closing_steps if step.issue_id == issue.id]
    taken = {named_in(chain, step.step): step for step in running_round(own)}
    rows: list[tuple[Cell | None, ...]] = [
        (_caption("序号"), Cell(files.name(issue).split(" ")[0]), _caption("整改时限"), Cell(duties.deadline_words)),
        (_caption("反馈问题"), Cell(issue.title, columns=3), None, None),
        (
            _caption("责任领导"),
            Cell(texts.list_text(duties.leaders)),
            _caption("牵头部门"),
            Cell(duties.lead_department),
        ),
        (_caption("整改措施\n及成效"), Cell(issue.public_text or done, columns=3), None, None),
        (_caption("佐证材料"), Cell(proofs, columns=3), None, None),
    ]
    heights = [0.0, 0.0, 0.0, 40.0, 15.0]
    for name in chain:
        rows.append((_caption(name), Cell(_step_words(taken.get(name)), columns=3), None, None))
        heights.append(15.0)
    table = Table((1.2, 2.6, 1.2, 2.2), tuple(rows), head_rows=0, heights=tuple(heights), roomy=True)
    title = f"{files.term}整改问题销号申请审批表"
    facts = files.snapshot.facts
    note = plain(Kind.NOTE, f"填报单位：{facts.organisation}")
    return Document(title, (plain(Kind.TITLE, title), note, table_block(table)), author=facts.organisation)


def _step_words(step: ClosingStep | None) -> str:
    """The opinion with the paper it stands in, and below it, on one line as on an empty form, who signed and when."""
    if step is None:
        return f"\n{_SIGNED}{_GAP}{_DAY}"
    paper = f"（{step.document_number}）" if step.document_number else ""
    day = _DAY if step.taken_on is None else texts.date_text(step.taken_on)
    signed = f"{_SIGNED}{step.taken_by}{_GAP}" if step.taken_by else ""
    return f"{step.opinion or step.result}{paper}\n{signed}{day}"


def _numbered(lines: Sequence[str]) -> str:
    """One thing as it stands, several each on a line with its number."""
    return lines[0] if len(lines) == 1 else "\n".join(f"{at}.{line}" for at, line in enumerate(lines, 1))


def closing_ledger(files: IssueFiles, today: dt.date) -> Document:
    """销号台账: what is closed with its steps, and what is not with the days that are left.

    Its rows are the items of the feedback, which the figures count, and then what is to be settled beyond it.
    """
    closed: list[tuple[str, ...]] = []
    still_open: list[tuple[str, ...]] = []
    steps: dict[int, list[str]] = {}
    for step in files.snapshot.closing_steps:
        words = f"{texts.date_text(step.taken_on)}{step.step}{step.result}"
        steps.setdefault(step.issue_id, []).append(words)
    overview = Overview(files.snapshot, today)
    beyond = Counter(files.is_closed(item.issue) for item in overview.beyond)
    listed = {item.id for item in (*overview.items, *overview.beyond)}
    for item in (*overview.items, *overview.beyond):
        issue, duties = item.issue, overview.told(item)
        number = files.name(issue).split(" ")[0]
        if files.is_closed(issue):
            closed.append((number, issue.title, duties.lead_department, _closing_words(files, issue, steps, listed)))
        else:
            words = "" if item.status is Status.DONE else _countdown(duties.due_on, today)
            status = texts.status_text(item.status)
            still_open.append((number, issue.title, duties.lead_department, duties.deadline_words, status, words))
    blocks = (
        plain(Kind.TITLE, f"{files.term}整改问题销号台账"),
        plain(Kind.HEADING, f"一、已销号（{_count(len(closed), beyond[True])}）", level=1),
        _table_or(closed, ("序号", "问题", "牵头部门", "销号过程"), (1, 4, 2, 4), "还没有销号的问题。"),
        plain(Kind.HEADING, f"二、未销号（{_count(len(still_open), beyond[False])}）", level=1),
        _table_or(
            still_open, ("序号", "问题", "牵头部门", "整改时限", "完成情况", "倒计时"), (1, 3.6, 1.8, 2, 1.4, 1.7),
            "全部问题都已销号。",
        ),
    )  # fmt: skip
    return Document("销号台账", (page_break(landscape=True), *blocks), author=files.snapshot.facts.organisation)


def _closing_words(files: IssueFiles, issue: Issue, steps: Mapping[int, Sequence[str]], listed: Collection[int]) -> str:
    """The steps by which the issue was closed; of one that was closed with the issue above it that it was, and the
    steps of that where it has no row (``listed``) to tell them."""
    above = next((one for one in reversed(files.outline.path(issue)) if one.closed), issue)
    words = steps.get(above.id, ())
    if above is issue:
        return "\n".join(words)
    head = f"随上级问题{files.name(above)}销号"
    return head if above.id in listed else "\n".join((head, *words))


def _count(whole: int, beyond: int) -> str:
    """“25个，其中反馈问题23个”: the figures count those of the feedback alone."""
    return f"{whole}个，其中反馈问题{whole - beyond}个" if beyond else f"{whole}个"


def _countdown(due_on: dt.date | None, today: dt.date) -> str:
    if due_on is None:
        return ""
    left = (due_on - today).days
    return f"剩{left}天" if left > 0 else "今天到期" if left == 0 else f"逾期{-left}天"


def _caption(text: str) -> Cell:
    return Cell(text, head=True, centred=True)


def _duty_lines(duties: Duties) -> tuple[tuple[str, str], ...]:
    return (
        ("责任领导", texts.list_text(duties.leaders)),
        ("牵头部门", duties.lead_department),
        ("配合部门", texts.list_text(duties.supporting_departments)),
        ("责任人", duties.owner),
    )


def _filled_or(
    lines: Sequence[Sequence[str]], captions: Sequence[str], widths: Sequence[float], otherwise: str
) -> Block:
    """As ``_table_or`` without the columns in which no line says anything."""
    kept = [at for at in range(len(captions)) if any(line[at] for line in lines)]
    return _table_or(
        [[line[at] for at in kept] for line in lines],
        [captions[at] for at in kept],
        [widths[at] for at in kept],
        otherwise,
    )


def _table_or(
    lines: Sequence[Sequence[str]], captions: Sequence[str], widths: Sequence[float], otherwise: str
) -> Block:
    """A table, or a paragraph that says there is nothing for it."""
    return list_block(captions, lines, widths) if lines else plain(Kind.PARAGRAPH, otherwise)
