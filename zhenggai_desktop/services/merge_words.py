"""What a merge of two copies does, in a clerk's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from zhenggai_desktop.domain.merge_orders import ORDER
from zhenggai_desktop.domain.merge_places import DEEPEST, PLACE, Fitting, as_place
from zhenggai_desktop.domain.merging import FieldChange
from zhenggai_desktop.domain.portable import TARGETS, Fields, Key, Portable, is_reference, named_by, title_of
from zhenggai_desktop.domain.records import InspectionKind, Issue, LedgerFacts
from zhenggai_desktop.services.merge_writing import Line, change_line, place_of
from zhenggai_desktop.texts import RECORD_NAMES, field_name, in_terms

_ROOT = "最上一级"


@dataclass(frozen=True, slots=True)
class MergeWords:
    """``records`` are those of both copies, ``numbers`` the numbers of issues by their uid."""

    records: Portable = field(default_factory=dict[Key, Fields])
    numbers: Mapping[str, str] = field(default_factory=dict[str, str])

    def place(self, key: Key) -> str:
        """By which a person finds the record: “1-2 问题 …”; one without words of its own by those that it belongs to,
        “佐证关联（佐证材料 照片、1-2 问题 …）”."""
        numbers = dict(self.numbers)
        words = place_of(key, self.records, numbers)
        if words != RECORD_NAMES[key[0]]:
            return words
        named = (at for at in named_by(key, self.records.get(key, {})) if at in self.records)
        belongs = "、".join(place_of(at, self.records, numbers) for at in named)
        return f"{words}（{belongs}）" if belongs else words

    def line(self, change: FieldChange) -> Line:
        """A change; where records are named it is with their words."""
        if change.name == ORDER:
            orders = (self._in_order(change, order) for order in (change.base, change.ours, change.theirs))
            return Line(self._siblings(change.key), "顺序", *orders)
        if change.name != PLACE and not is_reference(change.key[0], change.name):
            line = change_line(self.place(change.key), change)
            return replace(line, field=self._in_terms(line.field)) if change.key[0] is LedgerFacts else line
        values = (self._named(change, value) for value in (change.base, change.ours, change.theirs))
        return Line(self.place(change.key), _caption(change), *values)

    def _in_terms(self, caption: str) -> str:
        """A caption of the ledger's facts in the term that the ledger follows."""
        kinds = [values["kind"] for key, values in self.records.items() if key[0] is LedgerFacts]
        return in_terms(caption, InspectionKind(kinds[0])) if kinds else caption

    def move(self, change: FieldChange) -> str:
        """“1-2 问题 … 移到“2 问题 …””, where what it leads to is gone."""
        return f"{self.place(change.key)}，{_caption(change)}改为“{self._named(change, change.theirs)}”"

    def not_there(self, change: FieldChange) -> str:
        """A move to what was not taken."""
        return f"{self.place(change.key)}：“{self._named(change, change.theirs)}”没有收入，没有移过去"

    def unfit(self, fits: Fitting) -> Iterator[str]:
        """A sentence for each thing for which there is no place in the tree, with what to do."""
        for change in fits.impossible:
            to = self._named(change, change.theirs)
            yield (
                f"{self.place(change.key)}：副本移到“{to}”，与台账里的位置冲突（会放到自己下面，或超过{DEEPEST}级），"
                "位置没有变；需要时请在台账里移动"
            )
        for key in fits.too_deep:
            yield (f"{self.place(key)}：在台账里会超过{DEEPEST}级，没有收入；请先把它的上级问题往上移一级，再合并一次")
        for key in fits.along:
            yield f"{self.place(key)}：所属的问题没有收入，这一条也没有收入"

    def _siblings(self, key: Key) -> str:
        """“方面 … 下的问题”, “全部方面”: a record with those beside it."""
        above = next((above for above in named_by(key, self.records[key])), None)
        return f"{self.place(above)} 下的{RECORD_NAMES[key[0]]}" if above else f"全部{RECORD_NAMES[key[0]]}"

    def _in_order(self, change: FieldChange, order: object) -> str:
        keys = [(change.key[0], uid) for uid in cast("tuple[str, ...]", order)]
        return "\n".join(f"{at} {title_of(self.records[key])}".rstrip() for at, key in enumerate(keys, 1))

    def _named(self, change: FieldChange, value: object) -> str:
        place = as_place(value)
        if place is None and value and change.name != PLACE:
            place = TARGETS[change.name], str(value)
        if place is None:
            return _ROOT if change.key[0] is Issue else ""
        return self.place(place)


def _caption(change: FieldChange) -> str:
    if change.name == PLACE:
        return "所在位置" if change.key[0] is Issue else "所属"
    return field_name(change.key[0], change.name)
