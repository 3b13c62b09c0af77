"""What the commands print for people: trees, summaries and lists as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhenggai_desktop.domain.changes import HistoryEntry
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedIssue
from zhenggai_desktop.domain.proofread.findings import Finding
from zhenggai_desktop.domain.records import InspectionKind, SectionCategory, Status, Track, WithheldGround
from zhenggai_desktop.services.import_report import ImportReport, ReportLine
from zhenggai_desktop.services.proofreading import Proof
from zhenggai_desktop.services.showing import facts_values
from zhenggai_desktop.texts import (
    CATEGORY_NAMES,
    DOCUMENT_NAMES,
    INSPECTION_NAMES,
    STATUS_NAMES,
    WITHHELD_NAMES,
    in_terms,
    track_text,
)

_STEP = "  "
_LONGEST = 60  # characters of a measure or a block in a tree
_LISTED = 20  # lines of one kind in a summary; the rest is counted

_FACT_CAPTIONS: tuple[tuple[str, str], ...] = (
    ("team", "巡察组"),
    ("inspection_start", "巡察开始"),
    ("inspection_end", "巡察结束"),
    ("feedback_date", "反馈日期"),
    ("plan_due", "方案报送期限"),
    ("concentrated_end", "集中整改截止"),
    ("report_due", "报告报送期限"),
    ("publication_date", "公开日期"),
    ("scheme", "标题方案"),
)

_CONTACT_CAPTIONS: tuple[tuple[str, str], ...] = (
    ("phone", "联系电话"),
    ("address", "邮寄地址"),
    ("postcode", "邮编"),
    ("email", "电子邮箱"),
)


def ledger_tree(values: Mapping[str, Any]) -> list[str]:
    """The whole ledger as a tree, from the values of ``show --json``."""
    lines = _facts(values)
    for section in values["sections"]:
        lines += ["", *_section(section)]
    lines += listed("章节", [chapter["heading"] or "（无标题）" for chapter in values["chapters"]])
    lines += listed("成果", map(_outcome, values["outcomes"]))
    lines += listed("文中数字", [figure["text"] for figure in values["declared"]])
    lines += listed("存疑", map(_note, values["doubts"]))
    lines += listed("未归入", values["leftovers"])
    lines += listed("规范化", map(_note, values["normalisations"]))
    return lines


def plan_tree(plan: ImportPlan) -> list[str]:
    """What an import proposes, every line with the source's line number."""
    lines = [f"{plan.source_name}（{DOCUMENT_NAMES[plan.document]}）"]
    lines += _facts({**facts_values(plan.facts), "inspected_units": plan.inspected_units})
    for section in plan.sections:
        heading = "（未分方面）" if section.record is None else section.record.printed_heading or section.record.title
        lines += ["", f"{heading}{_at(section.line)}"]
        for issue in section.issues:
            lines += _proposed_issue(issue, 1)
    lines += listed("章节", [chapter.printed_heading or chapter.title or "（无标题）" for chapter in plan.chapters])
    lines += listed("成果", [f"{outcome.record.source_text}{_at(outcome.line)}" for outcome in plan.outcomes])
    lines += listed("文中数字", [figure.text for figure in plan.declared])
    return lines


def import_summary(path: Path, plan: ImportPlan, report: ImportReport, *, created: bool, dry_run: bool) -> list[str]:
    """What was (or would be) written, what was there, what differs, and every doubt."""
    state = "新台账" if created else "台账"
    counts = "，".join(f"{kind} {number}" for kind, number in report.counts().items())
    filled = [line for line in report.added if line.detail]
    if dry_run:
        head = f"试导入“{plan.source_name}”到{state} {path}，没有写任何文件"
    elif report.writes:
        head = f"已把“{plan.source_name}”（{DOCUMENT_NAMES[plan.document]}）导入{state} {path}"
    else:
        head = f"“{plan.source_name}”在台账 {path} 中都已有，没有新内容"
    lines = [head + "。"]
    if counts:
        lines.append(("将新增：" if dry_run else "新增：") + counts)
    if report.backup is not None:
        lines.append(f"导入前的备份：{report.backup}")
    if created:
        lines += [f"读出{line.kind}：{line.detail}" for line in filled]
    else:
        lines += listed("补充空缺", map(_report_line, filled))
        lines += listed("新增内容", [_report_line(line) for line in report.added if not line.detail])
    taken = "，按来源修改" if report.taking.changes else "，保留台账的内容"
    lines += listed("与台账不同" + taken, map(_report_line, report.different))
    lines += listed("位置与台账不同" + taken, map(_report_line, report.moved))
    removed = "，从台账删除" if report.taking.removals else "，没有删除"
    lines += listed("台账有而来源没有" + removed, map(_report_line, report.gone))
    lines += listed("台账中已有，没有改动", map(_report_line, report.already_there))
    lines += listed("存疑，请核对", map(_plan_note, plan.doubts))
    lines += listed("未归入台账的文字", map(_plan_note, plan.leftovers))
    return lines + _grouped("规范化", plan.normalisations)


def history_lines(entries: Sequence[HistoryEntry]) -> list[str]:
    """Steps, the newest first, in local time."""
    if not entries:
        return ["还没有修改记录。"]
    return [
        f"{entry.at.astimezone():%Y-%m-%d %H:%M}  {entry.who or '—'}  {entry.label}"
        + ("（已撤销）" if entry.undone else "")
        for entry in entries
    ]


def figure_lines(figures: Sequence[Mapping[str, Any]]) -> list[str]:
    """“完成率：98.71%  ［688 ÷ 697 = 98.71%］”."""
    return [_figure(figure) for figure in figures]


# --- parts of the ledger's tree


def _facts(values: Mapping[str, Any]) -> list[str]:
    kind = InspectionKind(values["kind"])
    lines = [f"{values['unit'] or '（责任单位未填）'}（{INSPECTION_NAMES[kind]}）"]
    if values["inspected_units"]:
        lines.append(f"{in_terms('被巡察单位', kind)}：{'、'.join(values['inspected_units'])}")
    lines += [f"{in_terms(caption, kind)}：{values[name]}" for name, caption in _FACT_CAPTIONS if values[name]]
    lines += [
        f"{caption}：{values['contacts'][name]}" for name, caption in _CONTACT_CAPTIONS if values["contacts"][name]
    ]
    signature = "  ".join(part for part in values["signature"].values() if part)
    if signature:
        lines.append(f"落款：{signature}")
    lines += listed("意见建议", values["recommendations"])
    return lines


def _section(section: Mapping[str, Any]) -> Iterator[str]:
    title = "（未分方面）" if section["title"] is None else section["printed_heading"] or section["title"]
    category = SectionCategory(section["category"])
    yield title if category is SectionCategory.FEEDBACK else f"{title}〔{CATEGORY_NAMES[category]}〕"
    for issue in section["issues"]:
        yield from _issue(issue, 1)


def _issue(issue: Mapping[str, Any], depth: int) -> Iterator[str]:
    yield f"{_STEP * depth}{issue['number']}  {issue['title']}{_marks(issue)}"
    for recommendation in issue["recommendations"]:
        yield f"{_STEP * (depth + 2)}整改意见：{_short(recommendation)}"
    for measure in issue["measures"]:
        text = measure["content"] or measure["progress"]
        yield f"{_STEP * (depth + 2)}· {_short(text)}〔{STATUS_NAMES[Status(measure['status'])]}〕"
    for child in issue["issues"]:
        yield from _issue(child, depth + 1)


def _marks(issue: Mapping[str, Any]) -> str:
    track = track_text(None if issue["track"] is None else Track(issue["track"]), standing=issue["standing"])
    withheld = f"不公开：{WITHHELD_NAMES[WithheldGround(issue['withheld'])]}" if issue["withheld"] else ""
    told = track if track not in issue["deadline"] else ""  # “立行立改，长期坚持” is a deadline's text as well
    parts = [STATUS_NAMES[Status(issue["status"])], told, issue["deadline"], withheld]
    return "〔" + "，".join(part for part in parts if part) + "〕"


def _outcome(outcome: Mapping[str, Any]) -> str:
    where = f"（问题 {'、'.join(outcome['issues'])}）" if outcome["issues"] else ""
    number = "" if outcome["number"] is None else outcome["number"]
    return f"{outcome['kind']} {number}{outcome['unit']}{where}"


def _figure(figure: Mapping[str, Any]) -> str:
    formula = figure["formula"].replace("−", "-")  # GBK has no minus sign
    return f"{figure['caption']}：{figure['text']}" + (f"  ［{formula}］" if formula else "")


def _note(note: Mapping[str, Any]) -> str:
    return f"{_line_head(note['line'])}{note['text']}"


# --- parts of an import


def _proposed_issue(proposed: ProposedIssue, depth: int) -> Iterator[str]:
    yield f"{_STEP * depth}{proposed.number}{proposed.record.title}{_at(proposed.line)}"
    for measure in proposed.measures:
        yield f"{_STEP * (depth + 1)}· {_short(measure.record.content or measure.record.progress)}{_at(measure.line)}"
    for child in proposed.issues:
        yield from _proposed_issue(child, depth + 1)


def _report_line(line: ReportLine) -> str:
    words = " ".join(part for part in (line.kind, _short(line.text)) if part)
    return f"{_line_head(line.line)}{words}{'：' if line.detail else ''}{line.detail}"


def _plan_note(note: PlanNote) -> str:
    return f"{_line_head(note.line)}{note.text}"


def _grouped(caption: str, notes: Sequence[PlanNote]) -> list[str]:
    """What was done to many lines is said once, with the lines."""
    by_text: dict[str, list[int]] = {}
    for note in notes:
        by_text.setdefault(note.text, []).append(note.line)
    return listed(caption, [f"{text}（{_lines(numbers)}）" for text, numbers in by_text.items()])


def _lines(numbers: Sequence[int]) -> str:
    shown = "、".join(str(number) for number in dict.fromkeys(numbers[:_LISTED]))
    return f"第{shown}行" if len(numbers) <= _LISTED else f"第{shown}……行，共{len(numbers)}处"


# --- pieces


def listed(caption: str, items: Iterable[str]) -> list[str]:
    """A caption with the count, the first twenty items and how many more there are; nothing for no items."""
    found = list(items)
    if not found:
        return []
    lines = ["", f"{caption}（{len(found)}）：", *(f"{_STEP}{item}" for item in found[:_LISTED])]
    return lines if len(found) <= _LISTED else [*lines, f"{_STEP}……另有 {len(found) - _LISTED} 条"]


def _line_head(line: int) -> str:
    return f"第{line}行  " if line else ""


def _at(line: int) -> str:
    return f"  ［第{line}行］" if line else ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


_SEVERITIES: Mapping[str, str] = {"error": "错误", "warning": "提醒", "note": "参考"}


def proof_lines(proof: Proof) -> list[str]:
    """Findings grouped by severity, each with its line, its words and, where there is one, the mend."""
    if not proof.findings:
        return ["没有发现问题。"]
    lines: list[str] = []
    for severity, caption in _SEVERITIES.items():
        found = [finding for finding in proof.findings if finding.severity == severity]
        if found:
            lines += ["", f"{caption}（{len(found)}）："] if lines else [f"{caption}（{len(found)}）："]
            lines += [_proof_line(finding) for finding in found]
    return lines


def _proof_line(finding: Finding) -> str:
    place = f"第{finding.line}行" if finding.line else "全文"
    mend = f"（可改为“{finding.mend}”）" if finding.mend else "（可删去）" if finding.mend == "" else ""
    return f"{_STEP}{place}  {finding.message}{mend}"
