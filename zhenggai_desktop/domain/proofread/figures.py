"""Family 1: sums, parts, ratios and counts in the text, and against what is listed (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from zhenggai_desktop.domain.numbering import chinese_numeral
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quantities import Quantity, comparable, quantities, shown

_OF_WHICH = re.compile(r"其中[：:，]?")
_WIDEST_GAP = 16  # characters between two parts of one list


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """A total with the parts that 其中 gives it; ``start``–``end`` in the text."""

    start: int
    end: int
    total: Quantity
    parts: tuple[Quantity, ...]

    @property
    def added(self) -> Decimal:
        return sum((comparable(part)[0] for part in self.parts), Decimal(0))

    @property
    def whole(self) -> Decimal:
        return comparable(self.total)[0]

    def told(self) -> str:
        """“其中”各项之和 10 + 5 + 9 = 24人."""
        words = " + ".join(shown(part.value) for part in self.parts)
        return f"“其中”各项之和 {words} = {_told(self.added, self.total)}"


def exceeding_parts(text: str) -> Iterator[Hit]:
    """The parts behind 其中 may not exceed the total."""
    for found in _breakdowns(text):
        if found.added > found.whole:
            yield Hit(found.start, found.end, f"{found.told()}，超过总数{_told(found.whole, found.total)}")


def missing_parts(text: str) -> Iterator[Hit]:
    """“处分25人，其中警告10人、严重警告14人”: parts that claim to be all fall short of the total."""
    for found in _breakdowns(text):
        if len(found.parts) > 1 and found.added < found.whole:
            message = f"{found.told()}，少于总数{_told(found.whole, found.total)}，请核对是否列全"
            yield Hit(found.start, found.end, message)


def _breakdowns(text: str) -> Iterator[_Breakdown]:
    """Totals with parts that are strung together by 、 or ， alone, in one unit; other lists claim nothing."""
    for sentence in re.finditer(r"[^。；]+", text):
        numbers = quantities(sentence[0])
        for of_which in _OF_WHICH.finditer(sentence[0]):
            before = [q for q in numbers if q.end <= of_which.start()]
            parts = _run(sentence[0], [q for q in numbers if q.start >= of_which.end()])
            if not before or not parts or not before[-1].exact or _unit(before[-1]) != _unit(parts[0]):
                continue
            if "，" in sentence[0][before[-1].end : of_which.start()].strip("，、（："):
                continue  # another clause stands between: the parts may belong to something else
            parts = _one_dimension(parts)
            start = sentence.start()
            yield _Breakdown(start + before[-1].start, start + parts[-1].end, before[-1], parts)


def _run(text: str, numbers: list[Quantity]) -> tuple[Quantity, ...]:
    """The leading numbers of one unit that nothing but a listing comma and a few words part."""
    parts = list(numbers[:1])
    for before, number in pairwise(numbers):
        gap = text[before.end : number.start]
        if _unit(number) != _unit(before) or gap[:1] not in ("、", "，") or len(gap) > _WIDEST_GAP or "其中" in gap:
            break
        parts.append(number)
    return tuple(parts) if all(part.exact for part in parts) else ()


def _one_dimension(parts: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """“其中已结案24件，甲类15件，乙类9件”: the others divide the first anew, so the first alone is a part."""
    rest = sum((comparable(part)[0] for part in parts[1:]), Decimal(0))
    return parts[:1] if len(parts) > 2 and rest == comparable(parts[0])[0] else parts


def _unit(quantity: Quantity) -> str:
    return comparable(quantity)[1]


def _told(value: Decimal, like: Quantity) -> str:
    factor = {"万元": Decimal(10_000), "亿元": Decimal(100_000_000)}.get(like.unit, Decimal(1))
    return f"{shown(value / factor)}{like.unit}"


_REMAINDER = re.compile(
    r"(?P<total>\d+)(?P<unit>[个项条件笔处宗户张份])[^。；]{0,14}?[，、][^。；\d]{0,8}?(?:已|其中)[^。；\d]{0,8}?(?P<done>\d+)(?P=unit)[^。；\d]{0,10}?[，、]"
    r"[^。；\d]{0,6}?(?:剩下|剩余|其余|余下|尚余|尚有|还有|正在办理|正在推进|在办|未完成|未办结)[^。；\d]{0,6}?(?P<left>\d+)(?P=unit)"
)


def remainders(text: str) -> Iterator[Hit]:
    """“43项，已使用30项，剩下13项”: what is done and what is left make the total."""
    for match in _REMAINDER.finditer(text):
        total, done, left = (int(match[name]) for name in ("total", "done", "left"))
        if done + left != total:
            message = f"已完成{done}加剩余{left}等于{done + left}，与总数{total}{match['unit']}不符"
            yield Hit(match.start(), match.end(), message)


_REFERRALS = re.compile(
    r"线索[^。；\d]{0,10}?(?P<total>\d+)件[^。；]{0,12}?办结[^。；\d]{0,4}?(?P<done>\d+)件[^。；]{0,12}?(?:在办|正在办理|正在核查|办理中)[^。；\d]{0,4}?(?P<left>\d+)件"
)


def referrals(text: str) -> Iterator[Hit]:
    """已办结 + 在办 = 移交."""
    for match in _REFERRALS.finditer(text):
        total, done, left = (int(match[name]) for name in ("total", "done", "left"))
        if done + left != total:
            yield Hit(
                match.start(), match.end(), f"已办结{done}件加在办{left}件等于{done + left}件，与移交{total}件不符"
            )


_RATE = re.compile(
    r"(?P<whole>\d+)(?P<unit>[个项条件户处人])[^。；%]{0,20}?已[^。；\d%]{0,10}?(?P<part>\d+)(?P=unit)[^。；%\d]{0,12}?(?:率)[^。；%\d]{0,6}?(?P<rate>\d+(?:\.\d+)?)%"
)


def rates(text: str) -> Iterator[Hit]:
    """A percentage is the quotient of the two numbers before it, to the places that it shows."""
    for match in _RATE.finditer(text):
        whole, part = Decimal(match["whole"]), Decimal(match["part"])
        if not whole:
            continue
        stated = Decimal(match["rate"])
        quantum = Decimal(1).scaleb(-max(-int(stated.as_tuple().exponent), 0))
        real = (100 * part / whole).quantize(quantum, ROUND_HALF_UP)
        if real != stated and abs(100 * part / whole - stated) >= quantum:
            start = match.start("rate")
            yield Hit(
                start,
                match.end("rate") + 1,
                f"{part} ÷ {whole} = {shown(real)}%，与所写{shown(stated)}%不符",
                f"{shown(real)}%",
            )


_ANNOUNCED = re.compile(
    r"(?P<number>\d{1,2}|[二两三四五六七八九十])(?:个?方面|项|条|点|个)(?:整改)?(?:措施|举措|工作|要求|做法|任务|内容|问题)?[：:]"
)
_SAID = re.compile(r"(?:^|(?<=[。；：，]))([一二三四五六七八九十]{1,3})是")


def announced_items(text: str) -> Iterator[Hit]:
    """“采取以下3项措施：一是…四是…”: as many are listed as are announced."""
    for match in _ANNOUNCED.finditer(text):
        spelled = match["number"]
        number = int(spelled) if spelled.isdigit() else "零一二三四五六七八九十".find(spelled.replace("两", "二"))
        tail = text[match.end() :]
        if not tail.startswith("一是"):
            continue
        said = [item[1] for item in _SAID.finditer(tail)]
        run = 0
        while run < len(said) and said[run] == chinese_numeral(run + 1):
            run += 1
        if run not in (0, number) and run == len(said):
            yield Hit(match.start(), match.end(), f"称{number}项，实际列出{run}项（一是至{chinese_numeral(run)}是）")


_NAMED = re.compile(
    r"(?P<names>(?:[一-龥]{2,8}、)+[一-龥]{2,8}(?:和[一-龥]{2,8})?)(?:等)?(?P<count>\d{1,2})个[一-龥]{0,4}?(?P<kind>社区|村|街道|乡镇|部门|科室|单位|支部)"
)


def named_things(text: str) -> Iterator[Hit]:
    """“甲、乙、丙4个社区”: as many names as are counted. With 等 the names are examples."""
    for match in _NAMED.finditer(text):
        if match[0][match.end("names") - match.start() :].startswith("等"):
            continue
        listed = (
            match["names"].count("、")
            + 1
            + len(re.findall(r"(?<=[一-龥]{2})和(?=[一-龥]{2})", match["names"].rpartition("、")[2]))
        )
        counted = int(match["count"])
        if listed not in (counted, counted - 1, counted + 1):
            yield Hit(match.start(), match.end(), f"列出{listed}个名称，却写“{counted}个{match['kind']}”")


def declared_totals(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A total of issues or sections that the text does not bear out: what the reading core doubts already."""
    if subject.plan is None:
        return
    for note in subject.plan.doubts:
        if note.code in ("count", "section_count", "list_count"):
            at = next((i for i, text in enumerate(subject.texts) if text.line == note.line), -1)
            yield at, _total_hit(subject, at, note.text)


def _total_hit(subject: Subject, at: int, message: str) -> Hit:
    number = re.search(r"称(\d+)", message)
    place = subject.texts[at].text.find(number[1]) if number and at >= 0 else -1
    start = max(place, 0)
    return Hit(start, start + (len(number[1]) if number and place >= 0 else 0), f"数量前后不一致：{message}")


RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("exceeding-parts", Family.FIGURES, Severity.ERROR, exceeding_parts),
    TextRule("missing-parts", Family.FIGURES, Severity.WARNING, missing_parts),
    TextRule("remainder", Family.FIGURES, Severity.ERROR, remainders),
    TextRule("referrals", Family.FIGURES, Severity.ERROR, referrals),
    TextRule("rate", Family.FIGURES, Severity.ERROR, rates),
    TextRule("announced-items", Family.FIGURES, Severity.WARNING, announced_items),
    TextRule("named-things", Family.FIGURES, Severity.WARNING, named_things),
    DocumentRule("declared-total", Family.FIGURES, Severity.ERROR, declared_totals),
)
