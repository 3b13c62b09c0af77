"""What counts for a field as long as it is empty, in words: owners and deadline from above, a status from below."""

from __future__ import annotations

from collections.abc import Mapping

from zhenggai_desktop.domain.records import Issue, Measure
from zhenggai_desktop.domain.workflow import Duties, Workflow
from zhenggai_desktop.texts import date_text, list_text, status_text


def inherited_words(record: Issue | Measure, workflow: Workflow) -> Mapping[str, str]:
    """By field; fields for which nothing counts are left out."""
    outline = workflow.outline
    if isinstance(record, Measure):
        issue = outline.issue(record.issue_id)
        status = f"同问题（{status_text(issue.status)}）" if issue.status else "未填（算未启动）"
        return {**_duties("同问题", workflow.duties(issue)), "status": status}
    above = outline.parent(record)
    duties = {} if above is None else _duties("同上级", workflow.duties(above))
    return {**duties, "status": f"按措施：{status_text(workflow.derived_status(record))}"}


def _duties(whose: str, duties: Duties) -> dict[str, str]:
    words = {
        "leaders": list_text(duties.leaders),
        "lead_department": duties.lead_department,
        "supporting_departments": list_text(duties.supporting_departments),
        "owner": duties.owner,
        "deadline": duties.deadline,
        "due_on": date_text(duties.due_on),
    }
    return {name: f"{whose}：{text}" for name, text in words.items() if text}
