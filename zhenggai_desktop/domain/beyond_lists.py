"""Lists beyond the feedback: 举一反三 and 推动改革, under a heading of their own or opened by a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.issue_lines import STRONG, is_strong, rank_of
from zhenggai_desktop.domain.records import SectionCategory
from zhenggai_desktop.domain.source_lines import Line

LISTS = {
    SectionCategory.EXTENSION: re.compile(
        r"举一反三|自查|对照检查自身|自身存在|延伸整改|拓展整改|自行(?:拓展|整改|查摆)|自我加压|主动查[找摆]"
    ),
    SectionCategory.REFORM: re.compile(r"(?:推动|推进|促进|深化|促).{0,6}(?:改革|发展)|改革(?:举措|事项|措施|任务)"),
}
_LEADS_ON = re.compile(
    r"(?:以下|如下|下列).{0,12}(?:事项|任务|措施|举措|问题|工作|改革|整改)|(?:事项|任务|措施|举措|问题)\d*[项个条]?：$"
)


def list_category(title: str) -> SectionCategory:
    """The category of what stands below a chapter's title: 举一反三…, 推动改革…, else what answers the feedback."""
    if STRONG.match(title) or "反馈" in title:
        return SectionCategory.FEEDBACK
    return next((kind for kind, pattern in LISTS.items() if pattern.search(title)), SectionCategory.FEEDBACK)


def opens_list(lines: Sequence[Line], at: int, last: int) -> bool:
    """True for an unnumbered sentence that opens a list of its own behind the issue numbered ``last``.

    A list inside an answer is no such list: behind it the issues go on with ``last`` + 1.
    """
    line = lines[at]
    if line.mark is not None or line.role is not LineRole.AUTO or label_of(line.text):
        return False
    if any(pattern.search(line.text) for pattern in LISTS.values()):
        return True
    return _LEADS_ON.search(line.text) is not None and last > 0 and not _goes_on(lines, at + 1, last + 1)


def _goes_on(lines: Sequence[Line], start: int, number: int) -> bool:
    """True where, behind the list that begins at ``start``, issues of its rank go on with ``number``."""
    rank, expected = rank_of(lines[start]), 1
    for line in lines[start:]:
        if rank_of(line) != rank or line.mark is None:
            continue
        if line.mark.number == expected:
            if expected == number and is_strong(line) and not is_strong(lines[start]):
                return True
            expected += 1
        else:
            return line.mark.number == number
    return False


def lead_ins(lines: Sequence[Line], flags: Sequence[bool]) -> frozenset[int]:
    """Unnumbered sentences behind an answer that open a list of its own, numbered from 1 again."""
    found: set[int] = set()
    for i in range(1, len(lines) - 1):
        following = lines[i + 1]
        restarts = flags[i + 1] and following.mark is not None and following.mark.number == 1
        if not restarts or flags[i]:
            continue
        whole = flags[i - 1] and sentence_end(lines[i - 1].body) in (0, len(lines[i - 1].body))
        unanswered = i > 1 and (flags[i - 2] or i - 2 in found)  # items of a list that nothing answers
        if (not whole or unanswered) and opens_list(lines, i, _number_before(lines, flags, i)):
            found.add(i)
    return frozenset(found)


def _number_before(lines: Sequence[Line], flags: Sequence[bool], at: int) -> int:
    """The number of the last heading before ``at`` that has the rank of the one behind it; 0 without one."""
    rank = rank_of(lines[at + 1])
    for i in range(at - 1, -1, -1):
        mark = lines[i].mark
        if flags[i] and mark and rank_of(lines[i]) == rank:
            return mark.number
    return 0
