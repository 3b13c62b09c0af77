"""A feedback document or a notice, understood: paragraphs in, import plan out (architecture.md, decision 6).

No word is lost: every character of the source but for the listed normalisations ends in a record, in a chapter or
among the leftovers. What is not sure is listed with its line.
"""

from __future__ import annotations

import re

from zhenggai_desktop.domain.answer_labels import LabelKind, leading_label
from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.domain.declared_figures import declare
from zhenggai_desktop.domain.document_parts import Parts, cut
from zhenggai_desktop.domain.feedback_chapters import names_issues, recommends, title_of
from zhenggai_desktop.domain.feedback_reader import read_feedback
from zhenggai_desktop.domain.issue_lines import inner_label
from zhenggai_desktop.domain.notice_reader import read_notice
from zhenggai_desktop.domain.outcome_reader import read_outcomes
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote
from zhenggai_desktop.domain.planned_text import as_planned, is_planned
from zhenggai_desktop.domain.records import DocumentKind
from zhenggai_desktop.domain.source_lines import Line
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.domain.tabled import TabledText, add_tables, place_tables, tabled_kind, text_and_tables
from zhenggai_desktop.domain.waiting_deadlines import note_waiting

_FEEDBACK_WORDS = re.compile(r"反馈如下|(?:你|贵)(?:单位|们|街道|镇|乡|局|党组|党委)|反馈意见$|问题清单$")
_NOTICE_WORDS = re.compile(r"予以(?:公布|公开|公示|通报)|(?:公布|公开|公示|通报)如下|我(?:单位|街道|镇|乡|局|区|校|院)")


def understand(document: SourceDocument, kind: DocumentKind | None = None) -> ImportPlan:
    """What ``document`` says, as proposals. ``kind`` None lets the text decide between feedback, notice and ledger."""
    text = text_and_tables(document)
    parts = cut(text.lines)
    plan = ImportPlan(document.name, kind or _kind(parts, text))
    plan.normalisations = text.normalisations
    plan.leftovers = [*parts.leftovers, *text.leftovers]
    place_tables(parts, text.tables)
    if plan.document is DocumentKind.NOTICE:
        read_notice(parts, plan)
        if kind is None and not text.tables and is_planned(parts):
            as_planned(plan)
    else:
        read_feedback(parts, plan, tabled=bool(text.tables), cells=_cell_lines(document))
    add_tables(plan, text.tables)
    declare(plan, text.lines)
    if plan.document is DocumentKind.NOTICE:
        read_outcomes(plan)
    _doubt_emptiness(plan)
    note_waiting(plan)
    for notes in (plan.doubts, plan.leftovers, plan.normalisations):
        notes.sort(key=lambda note: note.line)
    return plan


def _cell_lines(document: SourceDocument) -> frozenset[int]:
    """The lines inside tables of more than one column."""
    tables = (table for table in document.tables if table.columns > 1)
    return frozenset(line for table in tables for line in range(table.first_line, table.last_line + 1))


def _kind(parts: Parts, text: TabledText) -> DocumentKind:
    told = detect(parts, text.lines)
    if not text.tables or (_is_named_feedback(parts) and not any(t.header.has(Column.MEASURE) for t in text.tables)):
        return told
    return tabled_kind(text.tables, told)


def _is_named_feedback(parts: Parts) -> bool:
    """True for 关于巡察…的反馈意见: a date in its tables makes no ledger of it."""
    title = "".join(line.text for line in parts.title)
    return re.search(r"反馈意见书?$", title) is not None and "整改" not in title


def detect(parts: Parts, lines: list[Line]) -> DocumentKind:
    """Feedback speaks to the inspected and lists issues; a notice speaks to the public and answers them."""
    if any(_answers(line.text) for line in lines):
        return DocumentKind.NOTICE
    title = "".join(line.text for line in parts.title)
    opening = "".join(line.text for line in parts.opening)
    if re.search(r"整改.*(?:通报|公开|公示|公告|公布|情况|报告)", title):
        return DocumentKind.NOTICE
    if ("反馈" in title and "整改" not in title) or _FEEDBACK_WORDS.search(title) or _FEEDBACK_WORDS.search(opening):
        return DocumentKind.FEEDBACK
    if _has_chapters_of_feedback(parts) and not _NOTICE_WORDS.search(opening):
        return DocumentKind.FEEDBACK
    if _NOTICE_WORDS.search(opening) or any("二是" in line.text for line in lines):
        return DocumentKind.NOTICE
    return DocumentKind.FEEDBACK


def _has_chapters_of_feedback(parts: Parts) -> bool:
    """True for chapters of issues and of recommendations, as in what a team leader says when the feedback is given."""
    titles = [title_of(chapter) for chapter in parts.chapters]
    return any(map(names_issues, titles)) and any(map(recommends, titles))


def _answers(text: str) -> bool:
    """True for a paragraph with the label of an answer, at its head or behind a heading."""
    label = leading_label(text[inner_label(text) :])
    return label is not None and label.kind in (LabelKind.ANSWER, LabelKind.RESULT)


def _doubt_emptiness(plan: ImportPlan) -> None:
    if not any(True for _ in plan.issues()):
        plan.doubts.append(PlanNote("no_issues", 0, "没有读出任何问题，请核对文件是否为反馈意见或整改通报"))
