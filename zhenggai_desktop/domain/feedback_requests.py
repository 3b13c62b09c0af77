"""What a feedback document says behind its issues without a chapter for it: clues handed over, what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.answers import enumeration_in
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.source_lines import Line

_ASKS = re.compile(
    r"(?:提出|如下|以下|下列|几点)[^。；]{0,16}(?:建议|要求|意见)(?:如下)?[：，。]|(?:整改)?(?:建议|要求|意见)(?:如下|是|为)?：$"
)
_DEMAND = re.compile(r"(?:(?<=[，；。：])|^)([一二三四五六七八九十])要")
_CLUES = re.compile(r"(?:同时|此外|另外|巡[察视]期间)?，?(?:还|也|本次)?.{0,16}(?:收到|发现|移交|反映).{0,30}线索")


@dataclass(slots=True)
class Requests:
    """``prose`` are the lines to be kept as words, ``recommendations`` what is asked for, without numbers."""

    prose: list[Line] = field(default_factory=list[Line])
    recommendations: list[str] = field(default_factory=list[str])


def end_of_issues(lines: Sequence[Line]) -> int:
    """Where unnumbered words begin that speak of clues or ask for something: behind the last issue."""
    for i, line in enumerate(lines):
        if line.mark is None and i and (_CLUES.match(line.text) or asks(line)):
            return i
    return len(lines)


def asks(line: Line) -> bool:
    """True for a sentence that opens what the inspectors ask for."""
    return line.mark is None and _ASKS.search(line.text) is not None


def requests_in(lines: Sequence[Line]) -> Requests:
    """The lines behind the issues taken apart."""
    found = Requests()
    asking = False
    for line in lines:
        asking = asking or asks(line)
        own = line.mark or leading_mark(line.text)
        row = enumeration_in(line.text)
        introduction, items = (row.introduction, row.items) if len(row.items) > 1 else _demands(line.text)
        if asking and len(items) > 1:
            found.recommendations += [_ended(item) for item in items]
            if introduction:
                found.prose.append(replace(line, text=introduction))
        elif asking and own:
            found.recommendations.append(line.text.removeprefix(own.text))
        else:
            found.prose.append(line)
    return found


def _demands(text: str) -> tuple[str, Sequence[str]]:
    """“一要从严治党，二要抓好班子。” as what stands before the first and what is to be done; none where the count does
    not go on from one."""
    found = list(_DEMAND.finditer(text))
    if not found or [match[1] for match in found] != [*"一二三四五六七八九十"][: len(found)]:
        return text, ()
    ends = [*(match.start() for match in found[1:]), len(text)]
    return text[: found[0].start()], [text[match.end() : end] for match, end in zip(found, ends, strict=True)]


def _ended(text: str) -> str:
    return text if text.endswith("。") else text.rstrip("，；") + "。"
