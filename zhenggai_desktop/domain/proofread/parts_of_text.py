"""Family 1 across paragraphs: a total of the summary against the parts that stand under the issues (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhenggai_desktop.domain.proofread.breakdown import told
from zhenggai_desktop.domain.proofread.clauses import clause_begin, sentence_begin
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import Reading, Text
from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.proofread.subject import Subject, is_run_in
from zhenggai_desktop.domain.quantities import Quantity, comparable, quantities, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_TOTAL = re.compile(r"共|累计|合计|总计|通过(?:集中)?整改|截至|整改以来|集中整改期间")
_UNITS = frozenset("人元项个")
_CLAUSE_END = re.compile(r"[，。；、\d]")
_NO_TOTAL = re.compile(r"其中|计划|拟|将|目标|每|同比|上年|去年|力争|发现|问题一|第")
_BACK = re.compile(r"追[回缴]|清退|退[缴赔还]|收[回缴]|挽回")
_MADE = re.compile(r"建立|完善|健全|制定|制订|修订|新建|出台")
_ORGANISED = re.compile(r"诫勉|批评教育|提醒谈话|谈话提醒|责令(?:作出)?(?:书面)?检查|书面检查|通报批评")
_SENTENCED = re.compile(r"警告|记过|记大过|撤职|降级|留党察看|开除|撤销党内职务")
_PERSONS_TOTAL = re.compile(
    r"(?P<organised>组织处理|谈话函询和组织处理)|(?P<sentenced>(?:党纪政务|党政纪|党纪|政务|纪律)?处分)|(?P<both>追责问责|问责处理|问责|追责|处理)"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A number with what it counts; ``whole`` where its sentence speaks of the text as a whole."""

    kind: str
    quantity: Quantity
    whole: bool


@only_with(_BACK, _MADE, _ORGANISED, _SENTENCED, _PERSONS_TOTAL)
def _read(text: str) -> tuple[_Told, ...]:
    found: list[_Told] = []
    taken = 0
    for quantity in quantities(text):
        unit, before, taken = unit_of(quantity), taken, quantity.end
        if unit not in _UNITS or not quantity.exact:
            continue
        clause = text[max(clause_begin(text, quantity.start), before) : quantity.start]
        if _NO_TOTAL.search(clause):
            continue
        ends = _CLAUSE_END.search(text, quantity.end)
        kind = _kind(clause, text[quantity.end : ends.start() if ends else len(text)], unit)
        if kind:
            sentence = text[sentence_begin(text, quantity.start) : quantity.start]
            whole = _TOTAL.search(sentence) is not None and "其中" not in sentence
            found.append(_Told(kind, quantity, whole))
    return tuple(found)


def _kind(clause: str, behind: str, unit: str) -> str:
    if unit == "人":
        words = clause + behind
        if _SENTENCED.search(words):
            return "sentenced"
        if _ORGANISED.search(words):
            return "organised"
        match = _PERSONS_TOTAL.search(words)
        return f"all {match.lastgroup}" if match and match.lastgroup else ""
    if unit == "元":
        return "money" if _BACK.search(clause) else ""
    if unit in ("项", "个") and _MADE.search(clause) and "制度" in clause + behind:
        return "rules"
    return ""


_NAMES = {
    "money": "追缴、清退的资金",
    "rules": "制度",
    "all organised": "组织处理",
    "all sentenced": "处分",
    "all both": "处理的人数",
}
_MADE_OF = {
    "money": ("money",),
    "rules": ("rules",),
    "all organised": ("organised",),
    "all sentenced": ("sentenced",),
    "all both": ("organised", "sentenced"),
}


def parts_of_totals(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“追缴资金34.6万元” in the summary, 21.1万元 and 13.5万元 under two issues: the parts make the total.

    Told where they miss it by a slip alone: whoever writes of some of them writes much less.
    """
    totals: dict[str, list[tuple[int, Quantity]]] = {}
    parts: dict[str, list[Quantity]] = {}
    for i, found in subject.places(_TOLD):
        text = subject.texts[i]
        for each in found:
            if text.is_answer or _under_issue(text):
                parts.setdefault(each.kind, []).append(each.quantity)
            elif each.whole and each.kind in _MADE_OF:
                totals.setdefault(each.kind, []).append((i, each.quantity))
    for kind, found in totals.items():
        made_of = [part for each in _MADE_OF[kind] for part in parts.get(each, ())]
        if len(found) == 1 and len(made_of) > 1:
            yield from _compared(kind, *found[0], made_of)


def _under_issue(text: Text) -> bool:
    """An answer that is told behind its own heading, in one paragraph."""
    anchor = text.anchor
    return is_run_in(text) or (anchor is not None and anchor.kind in ("issue", "measure", "section"))


def _compared(kind: str, i: int, total: Quantity, parts: list[Quantity]) -> Iterator[tuple[int, Hit]]:
    values = [comparable(part)[0] for part in parts]
    whole, added = comparable(total)[0], sum((comparable(part)[0] for part in parts), Decimal(0))
    if added == whole or len(values) > 12 or _some_make(values, whole) or not is_slip(whole, values):
        return
    if abs(added - whole) > max(whole / 10, 2):
        return
    words = " + ".join(told(value, total, unit=False) for value in values)
    message = f"总数写为{told(whole, total)}，各问题中的{_NAMES[kind]}相加 {words} = {told(added, total)}，请核对"
    yield i, Hit(total.start, total.end, message)


def _some_make(values: list[Decimal], whole: Decimal) -> bool:
    """Some of the parts make the total: the others are told twice."""
    sums = {Decimal(0)}
    for value in values:
        sums |= {each + value for each in sums}
    return whole in sums


_TOLD = Reading(_read)

RULES: tuple[DocumentRule, ...] = (
    DocumentRule("parts-of-text", Family.FIGURES, Severity.WARNING, parts_of_totals, (_TOLD,)),
)
