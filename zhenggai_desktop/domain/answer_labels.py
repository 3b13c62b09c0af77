"""The labels under which offices answer an issue: 整改措施：… 整改成效：… 责任单位：… 整改时限：…

Some head a paragraph, some follow one another inside one. Which of them opens an answer, which goes on with it, and
which only tells the issue's own words is told by their kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class LabelKind(StrEnum):
    """What stands behind a label. ``WORDING`` belongs to the issue, everything else to its answer."""

    WORDING = "wording"  # 问题表现
    GOAL = "goal"
    ANSWER = "answer"  # 整改措施, 整改情况, 整改进展
    RESULT = "result"  # 整改成效
    STATUS = "status"
    LEADERS = "leaders"
    LEAD = "lead"
    SUPPORT = "support"
    OWNER = "owner"
    DEADLINE = "deadline"


FOLLOWING = frozenset(LabelKind) - {LabelKind.WORDING, LabelKind.GOAL, LabelKind.ANSWER}
"""Kinds that go on with an answer which another label has opened."""

_KINDS: tuple[tuple[LabelKind, str], ...] = (
    (LabelKind.WORDING,
     r"(?:反馈|具体|存在|主要|发现|巡察反馈|巡视反馈)的?问题|(?:反馈)?问题(?:具体)?(?:表现|描述|表述)|具体表现|主要表现|表现形式"),
    (LabelKind.GOAL, r"整改目标|预期目标|工作目标"),
    (LabelKind.RESULT,
     r"(?:取得|整改|工作|主要|目前)的?(?:成效|效果|成果)|整改结果|(?:已)?取得的?(?:阶段性)?(?:成效|成果)"),
    (LabelKind.STATUS, r"(?:整改|完成|任务|销号)(?:状态|状况)|是否完成|销号情况"),
    (LabelKind.LEADERS, r"(?:责任|牵头|分管|包保|整改责任)领导"),
    (LabelKind.LEAD, r"(?:整改)?责任(?:单位|部门|科室|主体)|(?:牵头|主责|承办|整改)(?:单位|部门|科室)"),
    (LabelKind.SUPPORT, r"(?:配合|协助|参与)(?:单位|部门|科室)"),
    (LabelKind.OWNER, r"(?:具体|直接|整改)?责任人"),
    (LabelKind.DEADLINE, r"(?:整改|完成)(?:的)?(?:时限|期限|时间)"),
    (LabelKind.ANSWER,
     r"(?:目前|具体)?(?:整改|落实)(?![一-龥]{0,10}(?:建议|要求|意见)[：:])[一-龥]{0,12}|(?:工作)?进展情况|完成情况"),
)  # fmt: skip
_ANY = "|".join(f"(?P<{kind.value}>{words})" for kind, words in _KINDS)
_BRACKETED = re.compile(r"【(?!已|完成|正在|持续|基本|尚未|未|长期|推进)(?:[^】]{0,4}整改[^】]{0,10})】[：:]?")
_COLON = re.compile(rf"(?:{_ANY})[：:]")
_ALONE = re.compile(r"(?:目前|具体)?(?:整改|落实)(?:(?:工作)?(?:落实|进展|完成)?情况|措施(?:及成效)?|成效|进展)")
_INSIDE = re.compile(rf"(?:(?<=[。；])|^)(?:{_ANY})[：:]")


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its colon or brackets as the text has it."""

    kind: LabelKind
    text: str


@lru_cache(maxsize=4096)
def leading_label(text: str) -> Label | None:
    """The label with which a paragraph begins, or the one that is all of it (整改情况); None without one."""
    match = _BRACKETED.match(text)
    if match is not None:
        return Label(_kind_in_brackets(match[0]), match[0])
    match = _COLON.match(text)
    if match is not None:
        return Label(LabelKind(match.lastgroup or ""), match[0])
    return Label(LabelKind.ANSWER, text) if _ALONE.fullmatch(text) else None


def _kind_in_brackets(text: str) -> LabelKind:
    match = re.fullmatch(_ANY, text.strip("【】：:"))
    kind = LabelKind(match.lastgroup or "") if match else LabelKind.ANSWER
    return LabelKind.ANSWER if kind is LabelKind.WORDING else kind


def label_of(text: str) -> str:
    """The label with which an answer's paragraph begins (“整改进展情况：”, “【整改情况】”), or "".

    What tells the issue's own words (问题表现：) is no such label.
    """
    label = leading_label(text)
    return label.text if label and label.kind is not LabelKind.WORDING else ""


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands behind one label; ``kind`` None for words before the first. ``texts`` are its paragraphs."""

    kind: LabelKind | None
    texts: tuple[str, ...]


def segments(paragraphs: tuple[str, ...]) -> tuple[Segment, ...]:
    """The paragraphs of an answer cut at their labels, which may follow one another inside a paragraph too."""
    found: list[tuple[LabelKind | None, list[str]]] = []
    for paragraph in paragraphs:
        for kind, text in _parts(paragraph):
            if kind is not None or not found:
                found.append((kind, [text] if text else []))
            elif text:
                found[-1][1].append(text)
    return tuple(Segment(kind, tuple(texts)) for kind, texts in found)


def _parts(paragraph: str) -> list[tuple[LabelKind | None, str]]:
    label = leading_label(paragraph)
    first = label.kind if label else None
    start = len(label.text) if label else 0
    marks = [match for match in _INSIDE.finditer(paragraph) if match.start() >= start and match.start() > 0]
    ends = [match.start() for match in marks] + [len(paragraph)]
    parts = [(first, paragraph[start : ends[0]])]
    for match, end in zip(marks, ends[1:], strict=True):
        parts.append((LabelKind(match.lastgroup or ""), paragraph[match.end() : end]))
    return parts
