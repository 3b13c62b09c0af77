"""Family 6 in the narrative chapters: what was done about the feedback cannot have been done before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from zhenggai_desktop.domain.proofread.clauses import sentence_begin
from zhenggai_desktop.domain.proofread.dates import DateTold, dates_in
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import UNANSWERING, Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_ABOUT_FEEDBACK = quick(
    r"(?:学习|传达|研究|部署|落实|对照|针对|认领|剖析)[^。；]{0,20}?(?:反馈(?:意见|问题|会|精神)|整改(?:工作|方案|任务|落实))|"
    r"反馈会(?:议)?后|成立[^。；]{0,16}?整改[^。；]{0,8}?(?:领导小组|专班)|(?:制定|印发|审定)[^。；]{0,20}?整改(?:实施|落实)?方案|"
    r"整改(?:专题|动员|推进|调度)[^，。；]{0,6}?会"
)
_NOT_THIS_ONE = re.compile(
    r"上一?轮|上次|以往|历次|巡[察视]期间|进驻|边巡边改|巡前|对[^，。；]{2,20}(?:开展|进行)了?[^，。；]{0,6}巡[察视]"
)
_DONE = re.compile(r"^[^。；]{0,24}?(?:召开|学习|传达|研究|部署|成立|制定|印发|审定|下发)")
_REACH = dt.timedelta(days=75)  # a date without a year that is farther before the feedback is of another year


@only_with(_ABOUT_FEEDBACK)
def _dates_about_feedback(text: str) -> tuple[DateTold, ...]:
    """Dates on which something is told to have been done about the feedback, in the same sentence."""
    found: list[DateTold] = []
    for date in dates_in(text):
        begin = sentence_begin(text, date.start)
        end = text.find("。", date.end)
        sentence = text[begin : end if end >= 0 else len(text)]
        behind = text[date.end : end if end >= 0 else len(text)]
        spans = text[date.end : date.end + 1] in ("至", "到", "—", "-") or text[date.start - 1 : date.start] in "至到—-"
        about = _ABOUT_FEEDBACK.search(behind) and _DONE.match(behind)
        if date.day and about and not spans and not _NOT_THIS_ONE.search(sentence):
            found.append(date)
    return tuple(found)


_ABOUT = Reading(_dates_about_feedback, UNANSWERING)


def answered_before_feedback(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A meeting on the feedback, a plan to settle it, dated before the feedback was given."""
    feedback = subject.facts.feedback_date
    if feedback is None or not subject.is_published:
        return
    for i, found in subject.places(_ABOUT):
        for date in found:
            day = date.last if date.year else replace(date, year=feedback.year).last
            near = day is not None and feedback - _REACH <= day < feedback
            if day is not None and (near if not date.year else day < feedback):
                told = f"{feedback.year}年{feedback.month}月{feedback.day}日"
                yield (
                    i,
                    Hit(date.start, date.end, f"{date.words}早于巡察反馈（{told}），不会是对反馈意见的落实，请核对"),
                )


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("answered-before", Family.TIME, Severity.WARNING, answered_before_feedback, (_ABOUT,)),
)
