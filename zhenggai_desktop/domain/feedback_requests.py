"""What a feedback document says behind its issues without a chapter for it: clues handed over, what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.answers import enumeration_in
from zhenggai_desktop.domain.heading_forms import BULLET
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.source_lines import Line

_ASKS = re.compile(
    r"(?:提出|如下|以下|下列|几点)[^。；]{0,16}(?:建议|要求|意见)(?:如下)?[：，。]|(?:整改)?(?:建议|要求|意见)(?:如下|是|为)?：$"
)
_LABEL = re.compile(r"(?:附：)?(?:整改|巡察)?(?:工作)?(?:意见|建议|要求)[和与及、]?(?:意见|建议|要求)?：?")
_LONGEST = 3000  # characters of one recommendation
_DEMAND = re.compile(r"(?:(?<=[，；。：])|^)([一二三四五六七八九十])要")
_DEADLINE = re.compile(
    r"(?:(?:对|针对|根据|按照)[^，。]{2,16}，请|请|望|以上|上述|根据|按照|你|贵|自?收到|整改方案|整改报告|[^，。]{2,24}(?:党组|党委|党工委|党总支|党支部|单位|街道|镇|乡|局)(?:要|应|须))"
    r"[^。]{0,80}(?:整改方案|整改[^，。]{0,8}(?:情况|报告)|集中整改)"
)
_PLEADED = re.compile(r"(?:请|希望)[你贵][^。]{0,60}。[^。]{0,80}(?:整改方案|整改[^，。]{0,8}报告)")
_SUMMED_UP = re.compile(r"以上[^。]{0,16}问题[^。]{0,30}(?:整改|研究|落实)")
_SENT = re.compile(r"报送|上报|提交|报整改|报[市县区旗州][委纪]|制[定订]|完成")
_BLAMES = re.compile("未|没有|逾期|超期|迟报|不及时|不够|不深|不实|不力|不到位|不彻底|[仅只]|截至目前|反映出")
_ASKED = re.compile("请|希望")
_ONE = re.compile(r"(?:[一二三四五六七八九十]要|第[一二三四五六七八九十][，、：])")
_ASKED_OF_ISSUE = re.compile(
    r"(?:^|(?<=[。；]))(?:【整改(?:意见|建议|要求)】|整改(?:意见(?:和)?建议|意见|建议|要求)：)"
)
_CLUES = re.compile(r"(?:同时|此外|另外|巡[察视]期间)?，?(?:还|也|本次)?.{0,16}(?:收到|发现|移交|反映).{0,30}线索")


@dataclass(slots=True)
class Requests:
    """``prose`` are the lines to be kept as words, ``recommendations`` what is asked for, without numbers."""

    prose: list[Line] = field(default_factory=list[Line])
    recommendations: list[str] = field(default_factory=list[str])


def end_of_issues(lines: Sequence[Line]) -> int:
    """Where unnumbered words begin that speak of clues, ask for something or say by when: behind the last issue."""
    opens = (i for i, line in enumerate(lines) if i and not line.mark and (_CLUES.match(line.text) or asks(line)))
    end = next(opens, len(lines))
    last = max((i for i, line in enumerate(lines[:end]) if line.mark or leading_mark(line.text)), default=0)
    return next((i for i in range(last + 1, end) if sets_deadline(lines[i].text)), end)


def asks(line: Line) -> bool:
    """True for a sentence that opens what the inspectors ask for."""
    return line.mark is None and (_ASKS.search(line.text) is not None or _LABEL.fullmatch(line.text) is not None)


def sets_deadline(text: str) -> bool:
    """True for “请你单位在1个月内报送整改方案。” and “以上问题，请认真整改。”

    What was not sent in time is an issue, and so is what a plan of old has left undone.
    """
    dated = (_DEADLINE.match(text) or _PLEADED.match(text)) and _SENT.search(text)
    blames = _BLAMES.search(text) and not _ASKED.match(text)
    return bool(dated or _SUMMED_UP.match(text)) and not blames


def asked_in(text: str) -> tuple[str, str]:
    """The words of an issue's paragraph and what is asked for behind 整改意见： in it, "" where nothing is."""
    match = _ASKED_OF_ISSUE.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def requests_of_chapter(lines: Sequence[Line]) -> Requests:
    """The lines below 意见建议: numbered ones are what is asked for, with the paragraphs that go on with them.

    Where none is numbered each paragraph is, but for one that leads in with a colon.
    """
    found = Requests()
    numbered = any(line.mark or _spoken_number(line.text) for line in lines)
    ended = False
    for line in lines:
        row = enumeration_in(line.text)
        if not line.mark and _stands_behind(line.text):
            found.prose.append(line)
            ended = True
        elif len(row.items) > 1 and (not line.mark or not row.introduction):
            found.recommendations += [_ended(item) for item in row.items]
            if row.introduction:
                found.prose.append(replace(line, text=row.introduction))
        elif len(demands := _demands(line.text)[1]) > 1:
            found.recommendations += [_ended(item) for item in demands]
        elif own := line.mark.text if line.mark else _spoken_number(line.text):
            found.recommendations.append(line.text.removeprefix(own))
        elif found.recommendations and numbered and not ended and len(found.recommendations[-1]) < _LONGEST:
            found.recommendations[-1] = _stopped(found.recommendations[-1]) + line.text
        elif numbered or ended or line.text.endswith("："):
            found.prose.append(line)
        else:
            found.recommendations.append(_BULLET.sub("", line.text))
    return found


_BULLET = re.compile(rf"^{BULLET}\s*")
_PARTING = re.compile("同志们|各位(?:领导|同志|代表|委员)?[，！：]|最后，(?![要应须])|总之，")  # how a speech ends


def _stands_behind(text: str) -> bool:
    """True for a paragraph behind what is asked for: by when, clues, attachments, the end of a speech."""
    return bool(sets_deadline(text) or _CLUES.match(text) or text.startswith("附件") or _PARTING.match(text))


def _spoken_number(text: str) -> str:
    """一是, 一要 or 第一， at the head of words that hold no other 要 of such a row."""
    mark, one = leading_mark(text), _ONE.match(text)
    if mark:
        return mark.text
    return one[0] if one and len(_DEMAND.findall(text)) < 2 else ""


def _stopped(text: str) -> str:
    return text if text.endswith(("。", "；", "：", "！")) else text + "。"


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
        elif asking and (spoken := _spoken_number(line.text)):
            found.recommendations.append(line.text.removeprefix(spoken))
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
