"""Figures of the ledger inside a clerk's sentences: “反馈的{问题总数}个问题，已完成{已完成问题数}个”.

A placeholder is bound by the clerk and filled when the notice is composed; a number that nobody bound stays literal.
Where a text states a number that a figure has too, binding it can be offered, never done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.figures import Figure, figures
from zhenggai_desktop.domain.money import USUAL, YUAN, converted
from zhenggai_desktop.domain.outcome_reader import KINDS
from zhenggai_desktop.domain.records import Chapter, DocumentKind, Snapshot

PLACEHOLDER = re.compile(r"\{([^{}\s]{2,80})\}")
"""A name in braces. A kind of outcome is part of its name as the office wrote it: {党纪处分（警告）人数}."""
_NO_NAME = re.compile(r"[{}\s]+")
_LONGEST_KIND = 60
_NAMES: Mapping[str, str] = {
    "方面总数": "sections",
    "问题总数": "issues",
    "具体表现总数": "sub_issues",
    "整改事项总数": "items",
    "举一反三事项数": "extension_issues",
    "推动改革事项数": "reform_issues",
    "已完成问题数": "items_done",
    "基本完成问题数": "items_mostly_done",
    "正在推进问题数": "items_in_progress",
    "未启动问题数": "items_not_started",
    "问题完成率": "items_rate",
    "措施总数": "measures",
    "已完成措施数": "measures_done",
    "正在推进措施数": "measures_in_progress",
    "措施完成率": "measures_rate",
    "已销号问题数": "closed",
    "未销号问题数": "not_closed",
    "长期坚持问题数": "standing",
    "不公开问题数": "withheld",
}
_OUTCOME_NAMES: Mapping[str, str] = {"制度新建": "新建制度数", "制度修订": "修订制度数"}
_OF_RULES = ("项", "个", "部", "件")  # units in which rules are counted, one as good as the other
_ENDINGS: Mapping[str, str] = {
    "人": "人数",
    "人次": "人次",
    "件": "件数",
    "张": "张数",
    "次": "次数",
    **dict.fromkeys(YUAN, "金额"),
}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name that may stand in braces, with the figure it stands for at this moment."""

    name: str
    figure: Figure

    @property
    def value(self) -> str:
        """What is printed: the number, with % for a rate and without any other unit."""
        return exact(self.figure.value) + ("%" if self.figure.unit == "%" else "")

    def value_before(self, words: str) -> str:
        """``value`` in front of these words: a sum of money in the unit of money with which they begin."""
        unit = self.figure.unit
        written = _MONEY_UNIT.match(words) if unit in YUAN else None
        return exact(converted(self.figure.value, unit, written[0])) if written else self.value


_MONEY_UNIT = re.compile("|".join(sorted(YUAN, key=len, reverse=True)))


def placeholders(snapshot: Snapshot) -> Mapping[str, Placeholder]:
    """Every placeholder by name. Known kinds of outcomes are there with 0 too, so that a sentence can be prepared.

    Sums of money of one kind are added up, in their unit where all have the same and in 万元 where not; rules are,
    whether counted in 项 or 个. Where other units share a name it has the unit in it (清退公房套数, 清退公房平方米数).
    A kind that is kept by its parts alone (党纪处分（警告）, 党纪处分（严重警告）) is the sum of these; where the
    whole is kept too, its parts may be in it and are not added.
    """
    found = {figure.key: figure for figure in figures(snapshot)}
    named = {name: found.get(key) or Figure(key, name, Decimal(0), "", "") for name, key in _NAMES.items()}
    sharing: dict[str, list[Figure]] = {}
    for key, figure in found.items():
        if key.startswith("outcome:"):
            sharing.setdefault(outcome_name(figure.caption, figure.unit), []).append(figure)
    for name, figure in _wholes(found.values()):
        if name not in sharing:
            sharing[name] = [figure]
    for kind in KINDS:
        for unit in kind.units.split("|"):
            name = outcome_name(kind.name, unit)
            if (unit in _ENDINGS or kind.name in _OUTCOME_NAMES) and name not in sharing:
                key = f"outcome:{kind.name}/{_usual(kind.units, unit)}"
                named.setdefault(name, Figure(key, kind.name, Decimal(0), "", _usual(kind.units, unit)))
    for name, group in sharing.items():
        for own_name, figure in _told_apart(name, group):
            named.setdefault(own_name, figure)
    return {name: Placeholder(name, figure) for name, figure in named.items()}


_PART = re.compile(r"([^（(·：:—－-]{2,})[（(·：:—－-].+")
_PARTY_PENALTIES = ("党内警告", "党内严重警告", "撤销党内职务", "留党察看", "开除党籍")


def _whole_of(kind: str) -> str:
    """The kind of which this one is a part: 党纪处分 of 党纪处分（警告） and of 开除党籍; "" where it is none."""
    if kind in _PARTY_PENALTIES:
        return "党纪处分"
    part = _PART.fullmatch(kind)
    return part[1].strip() if part else ""


def _wholes(found: Iterable[Figure]) -> Iterator[tuple[str, Figure]]:
    """The sums of kinds by their parts, under the names of their placeholders, where the parts can be added up."""
    parts: dict[str, list[Figure]] = {}
    for figure in found:
        if figure.key.startswith("outcome:") and (whole := _whole_of(figure.caption)):
            parts.setdefault(outcome_name(whole, figure.unit), []).append(figure)
    for name, group in parts.items():
        units = {figure.unit for figure in group}
        if len(units) == 1:
            yield name, _sum(group, units.pop(), [figure.value for figure in group])
        elif units <= set(YUAN):
            yield name, _sum(group, USUAL, [converted(figure.value, figure.unit) for figure in group])


def _usual(units: str, unit: str) -> str:
    """The unit in which a prepared sentence speaks: 万元 of money, the first of others."""
    return USUAL if unit in YUAN and USUAL in units.split("|") else unit


def _told_apart(name: str, group: list[Figure]) -> Iterator[tuple[str, Figure]]:
    """Figures that share a name: one for all of them where they can be added up, else each with its unit."""
    if len(group) == 1:
        yield name, group[0]
    elif all(figure.unit in YUAN for figure in group):
        yield name, _sum(group, USUAL, [converted(figure.value, figure.unit) for figure in group])
    elif name in _OUTCOME_NAMES.values():
        yield name, _sum(group, _OF_RULES[0], [figure.value for figure in group])
    else:
        yield from ((_named(figure.caption, f"{figure.unit}数"), figure) for figure in group)


def _sum(group: list[Figure], unit: str, values: list[Decimal]) -> Figure:
    total = sum(values, Decimal(0))
    formula = f"{' + '.join(figure.text for figure in group)} = {exact(total)}{unit}"
    return Figure(group[0].key, group[0].caption, total, formula, unit)


def outcome_name(kind: str, unit: str) -> str:
    """诫勉 counted in 人 is 诫勉人数; 制度新建 is 新建制度数, in whichever unit rules are counted."""
    if kind in _OUTCOME_NAMES and (not unit or unit in _OF_RULES):
        return _OUTCOME_NAMES[kind]
    return _named(kind, _ENDINGS.get(unit, "数"))


def _named(kind: str, ending: str) -> str:
    return _NO_NAME.sub("", kind)[:_LONGEST_KIND] + _NO_NAME.sub("", ending)


def fill(text: str, known: Mapping[str, Placeholder]) -> tuple[str, tuple[str, ...]]:
    """``text`` with its placeholders replaced, and the names in braces that stand for nothing; those stay as typed."""
    unknown: list[str] = []

    def value(match: re.Match[str]) -> str:
        placeholder = known.get(match[1])
        if placeholder is None:
            unknown.append(match[1])
            return match[0]
        return placeholder.value_before(text[match.end() :])

    return PLACEHOLDER.sub(value, text), tuple(unknown)


def has_placeholder(text: str) -> bool:
    """True for a text that ``fill`` would look at."""
    return "{" in text and PLACEHOLDER.search(text) is not None


@dataclass(frozen=True, slots=True)
class Offer:
    """A literal number at ``start``–``end`` of a chapter's block that equals a figure; the clerk may bind it."""

    chapter: Chapter
    block: int
    start: int
    end: int
    placeholder: Placeholder


_OFFERED: tuple[tuple[str, str], ...] = (
    ("方面总数", r"(\d+)个(?:大类|方面)(?!的?问题)"),
    ("问题总数", r"(\d+)(?:个|项|条)(?:方面)?的?(?:具体)?问题"),
    ("措施总数", r"(\d+)(?:个|项|条)(?:整改)?措施"),
    ("新建制度数", r"(?:新建|制定|出台)(?:各类)?(?:规章)?制度(\d+)[项个]"),
    ("修订制度数", r"(?:修订|修改完善|完善)(?:各类)?(?:规章)?制度(\d+)[项个]"),
    ("诫勉人数", r"诫勉(?:谈话)?(\d+)人"),
    ("批评教育人数", r"批评教育(\d+)人"),
    ("提醒谈话人数", r"提醒谈话(\d+)人"),
)


def offers(snapshot: Snapshot, known: Mapping[str, Placeholder] | None = None) -> Iterator[Offer]:
    """Numbers of the notice's prose that could be bound, because the words and the value are those of a figure.

    ``known`` are the snapshot's ``placeholders``, where they are at hand.
    """
    known = placeholders(snapshot) if known is None else known
    for chapter in snapshot.chapters:
        if chapter.document is not DocumentKind.NOTICE:
            continue
        for i, block in enumerate(chapter.blocks):
            for name, pattern in _OFFERED:
                for match in re.finditer(pattern, block.text):
                    if match[1] == known[name].value:
                        yield Offer(chapter, i, match.start(1), match.end(1), known[name])
