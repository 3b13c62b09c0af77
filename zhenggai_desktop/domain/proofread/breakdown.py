"""A total with its parts: do they make it, do they exceed it, do they claim to be all of it (domain.md §9.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.quantities import Quantity, comparable, shown

PARTIAL = re.compile(
    r"等(?:[，。；）]|$)|等(?:问题|情况|方面)|另有(?=[\d约])|另外|其余(?![一-龥]{0,8}\d)|其他(?![一-龥]{0,8}\d)|还有|此外|包括|主要"
)
_OVERLAPPING = (
    re.compile("党纪|党内|党籍"),
    re.compile("政务|政纪|记过|记大过|降级|撤职"),
    re.compile("组织处理|诫勉|免职"),
)
_DIMENSIONS = tuple(
    map(re.compile, ("女|男", "岁|青年|年轻", "党员|群众", "学历|本科|硕士|博士|大专|研究生", "职称|高级|中级", "民族"))
)
_CAME = re.compile("新[招增进入录建加]|加入|退[出回]|减[少去]|扣除|剔除|[调转迁招引流]入|招录|增加|补充|吸收|引进|回流")
_PENALTIES = re.compile("谈话|诫勉|警告|批评教育|检查|记过|约谈|通报|留党察看|开除|撤职|降级")
_NEAR = Decimal("0.85")  # parts that come this close to the total mean to be all of it
_UNIT_OFF = (Decimal(10_000), Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total with its parts; ``start``–``end`` in the text, ``words`` what stands there."""

    start: int
    end: int
    total: Quantity
    parts: tuple[Quantity, ...]
    words: str
    tail: str  # what follows in the sentence
    what: str = "“其中”各项之和"
    sure: bool = True  # False: the words may divide the total in two ways; only a slip is told
    gaps: str = ""  # the signs between the parts
    additive: bool = False  # 合计 behind the parts: nobody is counted twice

    @property
    def added(self) -> Decimal:
        return sum((comparable(part)[0] for part in self.parts), Decimal(0))

    @property
    def whole(self) -> Decimal:
        return comparable(self.total)[0]

    @property
    def regrouped(self) -> bool:
        """Some run of neighbours makes the total: the others divide it anew (by sex, by rank, by place)."""
        values = [comparable(part)[0] for part in self.parts]
        in_a_row = bool(self.gaps) and set(self.gaps) == {"、"}
        if (not in_a_row or _CAME.search(self.words)) and any(self.added - 2 * value == self.whole for value in values):
            return True  # “减少142人：退休96人、解除合同31人、调出27人，新招12人”: what came is taken off
        if len(_PENALTIES.findall(self.words)) >= len(values):
            return False  # nobody is counted under two of them here
        if self.one_list:
            return False
        if len(values) > 2 and sum(values[1:], Decimal(0)) == values[0]:
            return True
        return any(
            sum(values[i:j], Decimal(0)) == self.whole
            for i in range(len(values))
            for j in range(i + 1, len(values) + 1)
        )

    @property
    def one_list(self) -> bool:
        """Nothing but 、 parts what is listed, and it is divided by one thing: no sex, age or rank among the parts."""
        kinds = sum(bool(kind.search(self.words)) for kind in _DIMENSIONS)
        return bool(self.gaps) and set(self.gaps) == {"、"} and kinds < 2

    @property
    def overlapping(self) -> bool:
        """One person may bear a penalty of the party, one of the office and one of the organisation at once."""
        if self.additive:
            return False
        persons = comparable(self.total)[1] == "人"
        return persons and sum(bool(kind.search(self.words)) for kind in _OVERLAPPING) > 1

    @property
    def exceeding(self) -> bool:
        if self.regrouped:
            return self._one_is_more
        if self.overlapping:
            return any(comparable(part)[0] > self.whole for part in self.parts)
        return self.added > self.whole and (self.sure or self.slipped)

    @property
    def _one_is_more(self) -> bool:
        """“4名，其中35岁以下3名、女性2名，大专以上学历5名”: however they are divided, no part is more than all."""
        slightly = self.whole < max(comparable(part)[0] for part in self.parts) <= self.whole * 2
        divided = sum(bool(kind.search(self.words)) for kind in _DIMENSIONS) > 1
        return slightly and divided and self.sure and not _CAME.search(self.words)

    @property
    def one_digit_off(self) -> bool:
        """One digit of one of three parts or more is another. 其中 leaves more out than a list of all there is."""
        off = abs(self.added - self.whole)
        least = 5 if self.what.startswith("“其中”") else 4
        return len(self.parts) > 2 and off in (10, 100, 1000) and off * least <= self.whole

    @property
    def slipped(self) -> bool:
        wrong_unit = comparable(self.total)[1] == "元" and any(self.whole * off == self.added for off in _UNIT_OFF)
        return wrong_unit or self.one_digit_off or is_slip(self.whole, [comparable(part)[0] for part in self.parts])

    @property
    def short(self) -> bool:
        """Parts that claim to be all fall short: by little, or they would not claim it."""
        if len(self.parts) < 2 or self.added >= self.whole or self.regrouped or PARTIAL.search(self.words + self.tail):
            return False
        if not self.sure and not self.slipped:
            return False
        if self.one_digit_off:
            return True
        return self.added >= self.whole * _NEAR or (self.whole - self.added <= 2 and self.added * 2 >= self.whole)

    def told(self) -> str:
        """“其中”各项之和 10 + 5 + 9 = 24人."""
        words = " + ".join(told(comparable(part)[0], self.total, unit=False) for part in self.parts)
        return f"{self.what} {words} = {told(self.added, self.total)}"


def told(value: Decimal, like: Quantity, *, unit: bool = True) -> str:
    """A sum in the unit of ``like``."""
    factor = {"万元": Decimal(10_000), "亿元": Decimal(100_000_000)}.get(like.unit, Decimal(1))
    return shown(value / factor) + (like.unit if unit else "")
