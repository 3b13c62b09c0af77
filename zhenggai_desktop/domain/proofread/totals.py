"""Family 1 across the text: totals against what is listed, against the ledger, and told twice (domain.md §9.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.proofread.clauses import clause_before
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.proofread.readings import Reading, Role
from zhenggai_desktop.domain.proofread.repeated import (
    COUNTS,
    LEFT,
    LEFT_AGAIN,
    NO_WHOLE,
    TOTALS,
    counts_twice,
    left_twice,
    totals_twice,
)
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quantities import Quantity, comparable, quantities, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with, quick


def declared_totals(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A total of issues or sections that a file does not bear out: what the reading core doubts already."""
    inspected = any("巡察" in text.text or "巡视" in text.text for text in subject.texts)
    for note in subject.plan.doubts if subject.plan and inspected else ():
        if note.code in ("count", "section_count", "list_count"):
            number = re.search(r"称(\d{1,9})", note.text)
            at = _line_with(subject, note.line, number[1] if number else "")
            yield at, _total_hit(subject, at, number[1] if number else "", f"数量前后不一致：{note.text}")


def _line_with(subject: Subject, line: int, number: str) -> int:
    """The paragraph of ``line`` that has the number, else its first, else the first of all that has the number."""
    exact = re.compile(rf"(?<![\d.]){number}(?![\d.])") if number else None
    same = [i for i, text in enumerate(subject.texts) if text.line == line]
    for places in (same, range(len(subject.texts))):
        found = next((i for i in places if exact and exact.search(subject.texts[i].text)), None)
        if found is not None:
            return found
    return same[0] if same else -1


def _total_hit(subject: Subject, at: int, number: str, message: str) -> Hit:
    match = re.search(rf"(?<![\d.]){number}(?![\d.])", subject.texts[at].text) if number and at >= 0 else None
    return Hit(match.start(), match.end(), message) if match else Hit(0, 0, message)


# --- against the ledger

_WHOLE = re.compile(r"反馈|巡[察视]组|指出|方面\d{1,9}[个项条]|整改(?:任务|事项|问题)|问题清单|台账")
_ISSUE_NOUN = re.compile(r"(?:方面)?(?:的|具体|整改|反馈)*(?:问题|事项|任务)")
_DONE = re.compile(r"已(?:经)?(?:全部)?(?:完成|整改|销号|落实)|完成整改|整改到位|整改完成|整改完毕")
_OPEN = re.compile(r"正在(?:整改|推进|办理)|尚未|未完成|持续推进|推进中")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A number of issues, sections or measures that prose states: what it counts and where."""

    what: str  # "issues", "done", "open", "sections", "measures"
    number: int
    start: int
    end: int


def _claims(text: str) -> tuple[_Claim, ...]:
    found: list[_Claim] = []
    for sentence in re.finditer("[^。；]+", text):
        whole = bool(_WHOLE.search(sentence[0]))
        for clause in re.finditer("[^，、：（）]+", sentence[0]) if whole else ():
            if not NO_WHOLE.search(clause[0]):
                found += _claims_of(clause[0], sentence.start() + clause.start())
    return tuple(found)


def _claims_of(clause: str, offset: int) -> Iterator[_Claim]:
    for quantity in quantities(clause):
        if not quantity.exact or quantity.value != int(quantity.value):
            continue
        behind = clause[quantity.end :]
        what = ""
        if quantity.unit in ("方面", "大类") or (
            quantity.unit == "个" and re.match("大?方面(?!的?(?:具体)?问题)", behind)
        ):
            what = "sections"
        elif quantity.unit in ("个", "项", "条") and (_ISSUE_NOUN.match(behind) or _ends_with_noun(clause, quantity)):
            what = "done" if _DONE.search(clause) else "open" if _OPEN.search(clause) else "issues"
        elif quantity.unit in ("项", "条", "个") and re.match(r"(?:具体|整改)*措施", behind):
            what = "measures"
        if what:
            yield _Claim(what, int(quantity.value), offset + quantity.start, offset + quantity.end)


def _ends_with_noun(clause: str, quantity: Quantity) -> bool:
    return re.search(r"(?:整改)?(?:问题|事项|任务)(?:共计?|合计)?$", clause[: quantity.start]) is not None


_CAPTIONS = {"issues": "问题", "done": "已完成的问题", "open": "未完成的问题", "sections": "方面", "measures": "措施"}
_COUNTED: dict[str, tuple[str, ...]] = {
    "issues": ("issues", "items", "sub_issues", "published", "measures", "planned_measures"),
    "sections": ("sections",),
    "measures": ("planned_measures", "measures", "measures_done", "items"),
    "done": ("items_done", "issues_done", "items_settled", "closed", "measures_done"),
    "open": ("items_open", "issues_open", "items_in_progress", "items_not_started", "items_mostly_done"),
}  # what a text counts → the counts that it may mean, the likeliest first


_CLAIMS = Reading(_claims, Role.PROSE)


def ledger_totals(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A number of issues, sections or measures in the prose of a notice that the ledger does not bear out."""
    if subject.plan is not None or not subject.snapshot.issues:
        return
    claims = [(i, claim) for i, found in subject.places(_CLAIMS) for claim in found]
    counted = _counts(subject) if claims else {}
    for i, claim in claims:
        meant = [counted[key] for key in _COUNTED[claim.what] if key in counted]
        if meant and meant[0] and claim.number not in meant:
            caption, ledger = _CAPTIONS[claim.what], _in_ledger(claim.what, meant[0], counted)
            yield i, Hit(claim.start, claim.end, f"文中称{claim.number}个{caption}，台账中{ledger}，请核对")


def _in_ledger(what: str, number: int, counted: Mapping[str, int]) -> str:
    """What the ledger has instead. Issues that hold sub-issues are counted in two ways, and both are told."""
    below = {"issues": "items", "done": "items_done"}.get(what, "")
    top = counted.get("issues_done" if what == "done" else "issues", number)
    lowest = counted.get(below, number) if below else number
    return f"是{number}个" if top == lowest or not below else f"是{top}个，细分到具体问题是{lowest}个"


def _counts(subject: Subject) -> dict[str, int]:
    counted = {
        figure.key: int(figure.value) for figure in figures(subject.snapshot) if figure.unit in ("个", "条", "项")
    }
    items, done = counted.get("items", 0), counted.get("items_done", 0)
    counted["items_open"] = items - done
    counted["items_settled"] = done + counted.get("items_mostly_done", 0)
    if counted.get("measures") == counted.get("planned_measures", 0) == 0:
        counted.pop("measures", None)
    return counted


# --- told twice

_PERIOD = quick(r"年|月|季|日|周|期间|以来|中挽|目前|本次|此次|第|其中|每|分别|又|再|另|最|人均|平均")
_FRAME_OF_SUM = re.compile(r"^(?:[一二三四五六七八九十]是|已|共|累计)|(?:共计?|累计|合计)$")
_SAME_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class _Money:
    words: str
    quantity: Quantity


@only_with("元")
def _money(text: str) -> tuple[_Money, ...]:
    """Sums with the words of their clause before them, where those are telling enough."""
    found: list[_Money] = []
    for quantity in quantities(text):
        if unit_of(quantity) == "元" and quantity.exact:
            words = _FRAME_OF_SUM.sub("", clause_before(text, quantity.start))
            if len(words) >= _SAME_SHORTEST and not _PERIOD.search(words) and not re.search(r"\d", words):
                found.append(_Money(words, quantity))
    return tuple(found)


_SUMS = Reading(_money)


def money_twice(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“追回多发补贴1.26万元” in the summary and “追回多发补贴1.62万元” under the issue."""
    known: dict[str, tuple[int, Quantity, str]] = {}
    for i, found in subject.places(_SUMS):
        text = subject.texts[i]
        for told in found:
            before = known.get(told.words)
            if before is None:
                known[told.words] = i, told.quantity, text.text[told.quantity.start : told.quantity.end]
            elif before[0] != i and comparable(before[1])[0] != comparable(told.quantity)[0]:
                here = text.text[told.quantity.start : told.quantity.end]
                message = f"同一数字前后不一致：“{told.words}”前文为{before[2]}，此处为{here}"
                yield i, Hit(told.quantity.start, told.quantity.end, message)


# --- penalties

_ALL_TOLD = Decimal("0.75")  # answers that tell this much of a total tell all of it


@dataclass(frozen=True, slots=True)
class _Penalty:
    kind: str
    number: int | None  # None: a penalty without a number of persons
    start: int
    end: int


def _penalty_reader(lexicon: Lexicon) -> Callable[[str], tuple[_Penalty, ...]]:
    kinds = "|".join(sorted(map(re.escape, lexicon.penalties), key=len, reverse=True))
    count = r"(?P<{0}>\d{{1,4}}|[一二两三四五六七八九十]+)(?:名|人|位)(?!次)"
    before = quick(
        rf"(?:对|给予|将)?{count.format('before')}[^，。；、\d]{{0,16}}?(?:给予|进行|予以|作出|实施)[^，。；、\d]{{0,6}}?(?P<kind>{kinds})"
    )
    behind = quick(rf"(?P<kind>{kinds})(?:处分|谈话|处理)?(?:共|累计)?{count.format('behind')}")
    plain = quick(rf"(?P<kind>{kinds})")

    @only_with(plain)
    def read(text: str) -> tuple[_Penalty, ...]:
        if not plain.search(text):
            return ()
        found: list[_Penalty] = []
        taken: list[tuple[int, int]] = []
        for pattern, group in ((before, "before"), (behind, "behind"), (plain, "")):
            for match in pattern.finditer(text):
                if any(start < match.end("kind") and match.start("kind") < end for start, end in taken):
                    continue
                taken.append(match.span())
                number = _people(match[group]) if group else None
                found.append(_Penalty(match["kind"], number, match.start(), match.end()))
        return tuple(found)

    return read if lexicon.penalties else lambda _text: ()


def _people(words: str) -> int | None:
    found = quantities(f"共{words}人")
    return int(found[0].value) if found else None


def penalty_totals(penalties: Reading[tuple[_Penalty, ...]]) -> Callable[[Subject], Iterator[tuple[int, Hit]]]:
    """What the summary says of a penalty against what the answers say, each kind by itself."""

    def check(subject: Subject) -> Iterator[tuple[int, Hit]]:
        summary: dict[str, list[tuple[int, _Penalty]]] = {}
        answers: dict[str, list[_Penalty]] = {}
        for i, found in subject.places(penalties):
            is_answer = subject.texts[i].is_answer
            for penalty in found:
                if is_answer:
                    answers.setdefault(penalty.kind, []).append(penalty)
                elif penalty.number is not None:
                    summary.setdefault(penalty.kind, []).append((i, penalty))
        for kind, totals in summary.items():
            if len(totals) == 1 and kind in answers:
                yield from _compared(kind, *totals[0], answers[kind])

    return check


def _compared(kind: str, at: int, total: _Penalty, told: list[_Penalty]) -> Iterator[tuple[int, Hit]]:
    numbers = [penalty.number for penalty in told if penalty.number is not None]
    added, whole = sum(numbers), total.number or 0
    parts = " + ".join(map(str, numbers)) + (f" = {added}" if len(numbers) > 1 else "")
    if added > whole:
        message = f"“{kind}”总数写为{whole}人，各问题中共写{parts}人，请核对是否漏计或重复"
    elif len(numbers) == len(told) and whole * _ALL_TOLD <= added < whole:
        message = f"“{kind}”总数写为{whole}人，各问题中只写出{parts}人，请核对"
    else:
        return
    yield at, Hit(total.start, total.end, message)


def rules(lexicon: Lexicon) -> tuple[DocumentRule, ...]:
    penalties = Reading(_penalty_reader(lexicon))
    return (
        DocumentRule("declared-total", Family.FIGURES, Severity.ERROR, declared_totals),
        DocumentRule("ledger-total", Family.FIGURES, Severity.ERROR, ledger_totals, (_CLAIMS,)),
        DocumentRule("total-twice", Family.FIGURES, Severity.WARNING, totals_twice, (TOTALS,)),
        DocumentRule("total-twice", Family.FIGURES, Severity.WARNING, left_twice, (LEFT, LEFT_AGAIN)),
        DocumentRule("money-twice", Family.FIGURES, Severity.WARNING, money_twice, (_SUMS,)),
        DocumentRule("count-twice", Family.FIGURES, Severity.WARNING, counts_twice, (COUNTS,)),
        DocumentRule("penalty-total", Family.FIGURES, Severity.WARNING, penalty_totals(penalties), (penalties,)),
    )
