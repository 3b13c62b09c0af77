"""Every number that the overview or a notice shows, with the formula behind it.

What is counted:

- 问题 are the issues directly under a section (or without one), as the feedback counts its headings.
- 整改事项 are the issues to be answered one by one: those without sub-issues. Where one answer stands over several
  quoted issues (domain.md §4), that is one item. Statuses, rates, closing and withholding are counted in items.
- 基本完成 is not done. A rate is rounded to a hundredth of a per cent, half up, and is missing where there is nothing.
- An outcome counts once, to however many issues it belongs. Figures that a text declares are compared, never added.

Categories other than the feedback (举一反三, 推动改革) have figures of their own and are in no total of issues.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from zhenggai_desktop import texts
from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.items import has_answer, items_of
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    DeclaredFigure,
    Issue,
    Outcome,
    SectionCategory,
    Snapshot,
    Status,
    WithheldGround,
)
from zhenggai_desktop.domain.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. ``formula`` is a sentence of numbers, "" where the number is a plain count."""

    key: str
    caption: str
    value: Decimal
    formula: str
    unit: str

    @property
    def text(self) -> str:
        """“25个”, “98.71%”."""
        return f"{exact(self.value)}{self.unit}"


def figures(snapshot: Snapshot) -> tuple[Figure, ...]:
    """All figures of a ledger in the order in which an overview shows them. Keys are unique and do not change."""
    count = _Count(snapshot)
    counted = (
        *_totals(count),
        *_statuses("items", "整改事项", "个", count.item_statuses()),
        *_statuses("measures", "整改措施", "条", count.measure_statuses()),
        *_closing(count),
        *_outcomes(snapshot.outcomes),
    )
    return (*counted, *_declared(snapshot.declared_figures, {figure.key: figure for figure in counted}))


def answered_items(snapshot: Snapshot, *, answered: bool) -> tuple[Issue, ...]:
    """The items that have an answer, or those that have none yet."""
    count = _Count(snapshot)
    return tuple(item for item in count.items if count.answered(item) is answered)


def percentage(part: int, whole: int) -> Decimal:
    """The rate in per cent to two places; ``whole`` is not 0."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


class _Count:
    """What there is to count, gathered once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.outline = Outline(snapshot)
        self.workflow = Workflow(self.outline)
        self.by_category: Counter[SectionCategory] = Counter()
        self.items: list[Issue] = []
        self.sub_issues = 0
        for section in self.outline.sections():
            category = SectionCategory.FEEDBACK if section is None else section.category
            issues = self.outline.issues_of(section)
            self.by_category[category] += len(issues)
            if category is SectionCategory.FEEDBACK:
                for issue in issues:
                    self.items.extend(items_of(self.outline, issue))
                    self.sub_issues += sum(1 for _ in self.outline.walk_below(issue)) - 1

    def answered(self, issue: Issue) -> bool:
        return has_answer(self.outline, issue)

    def item_statuses(self) -> list[Status]:
        return [self.workflow.status(item) for item in self.items]

    def measure_statuses(self) -> list[Status]:
        return [self.workflow.measure_status(measure) for measure in self.snapshot.measures]

    def items_where_on_path(self, holds: frozenset[int]) -> int:
        """Items of which one of ``holds`` (issue ids) is the item itself or stands above it."""
        return sum(any(step.id in holds for step in self.outline.path(item)) for item in self.items)


def _figure(key: str, caption: str, value: int | Decimal, unit: str, formula: str = "") -> Figure:
    return Figure(key, caption, Decimal(value), formula, unit)


def _totals(count: _Count) -> Iterator[Figure]:
    snapshot, categories = count.snapshot, count.by_category
    issues = categories[SectionCategory.FEEDBACK]
    feedback = {section.id for section in snapshot.sections if section.category is SectionCategory.FEEDBACK}
    yield _figure("sections", "反馈方面", len(feedback), "个")
    yield _figure("issues", "问题总数", issues, "个")
    for category in (SectionCategory.EXTENSION, SectionCategory.REFORM):
        if categories[category]:
            yield _figure(
                f"{category.value}_issues", f"{texts.CATEGORY_NAMES[category]}事项", categories[category], "个"
            )
    below = count.sub_issues
    if below:
        yield _figure("sub_issues", texts.SUB_ISSUE_NAME, below, "个")
    yield _figure("items", "整改事项", len(count.items), "个")
    answered = sum(count.answered(item) for item in count.items)
    yield _figure("answered", "已有整改情况", answered, "个")
    yield _figure(
        "unanswered", "尚无整改情况", len(count.items) - answered, "个", _difference(len(count.items), answered)
    )
    yield _figure("measures", "整改措施", len(snapshot.measures), "条")
    planned = sum(bool(measure.content) for measure in snapshot.measures)
    if planned:  # the parts of a notice's answers are no plan
        yield _figure("planned_measures", "计划措施", planned, "条")


def _difference(whole: int, part: int) -> str:
    return f"{whole} − {part} = {whole - part}"


def _statuses(key: str, what: str, unit: str, found: Sequence[Status]) -> Iterator[Figure]:
    """How many have each status, and the rate of those that are done."""
    counts = Counter(found)
    for status in reversed(Status):
        yield _figure(f"{key}_{status.value}", f"{what}·{texts.STATUS_NAMES[status]}", counts[status], unit)
    if found:
        rate = percentage(counts[Status.DONE], len(found))
        formula = f"{texts.STATUS_NAMES[Status.DONE]} {counts[Status.DONE]} ÷ {len(found)} = {exact(rate)}%"
        yield _figure(f"{key}_rate", f"{what}完成率", rate, "%", formula)


def _closing(count: _Count) -> Iterator[Figure]:
    issues, whole = count.snapshot.issues, len(count.items)
    closed = count.items_where_on_path(frozenset(issue.id for issue in issues if issue.closed))
    yield _figure("closed", "已销号", closed, "个")
    yield _figure("not_closed", "未销号", whole - closed, "个", _difference(whole, closed))
    standing = sum(count.workflow.duties(item).standing for item in count.items)
    yield _figure("standing", "长期坚持", standing, "个")
    held = frozenset(issue.id for issue in issues if issue.withheld is not WithheldGround.NONE)
    withheld = count.items_where_on_path(held)
    yield _figure("withheld", "拟不公开", withheld, "个")
    yield _figure("published", "拟公开", whole - withheld, "个", _difference(whole, withheld))


# --- outcomes

_SHOWN_PARTS = 8  # a longer sum says how many parts it has


def _outcomes(outcomes: Iterable[Outcome]) -> Iterator[Figure]:
    """One figure for each kind and unit, in the order in which they first occur."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault((outcome.kind, outcome.unit), []).append(outcome)
    for (kind, unit), group in groups.items():
        numbers = [outcome.number for outcome in group if outcome.number is not None]
        total = sum(numbers, Decimal(0))
        yield _figure(f"outcome:{kind}/{unit}", kind, total, unit, _sum_formula(numbers, total, len(group)))


def _sum_formula(numbers: Sequence[Decimal], total: Decimal, records: int) -> str:
    missing = f"（另有{records - len(numbers)}条未填数量）" if len(numbers) < records else ""
    if len(numbers) < 2:
        return missing
    parts = " + ".join(map(exact, numbers)) if len(numbers) <= _SHOWN_PARTS else f"{len(numbers)}条合计"
    return f"{parts} = {exact(total)}{missing}"


# --- declared figures

_NUMBER = r"(?<![\d.])NUMBER(?![\d.])"
_COMPARED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_NUMBER + "个?(?:大类|方面)(?!的?(?:具体)?问题)", ("sections",)),
    (_NUMBER + "[个项条](?:方面)?的?(?:具体)?(?:整改|反馈)?(?:问题|事项|任务)", ("items", "issues", "sub_issues")),
    (r"(?:问题|整改事项|整改任务)(?:共计?|合计|总数)?" + _NUMBER + "[个项条]", ("items", "issues", "sub_issues")),
    (_NUMBER + "[个项条](?:具体)?(?:整改)?措施", ("planned_measures",)),
    (r"整改措施(?:共计?|合计)?" + _NUMBER + "[个项条]", ("planned_measures",)),
)  # words of a total → the counts that it may mean, the likeliest first
_OF_A_PART = re.compile("其中|完成|到位|已整改|截至|截止|正在|尚未|未|剩余|持续|推进|销号|制定(?!.*措施)|移交|另有")


def _declared(declared: Iterable[DeclaredFigure], counted: Mapping[str, Figure]) -> Iterator[Figure]:
    for figure in declared:
        if figure.number is not None:
            formula = _comparison(figure.text, figure.number, counted)
            yield _figure(f"declared:{figure.uid}", f"文中：{figure.text}", figure.number, figure.unit, formula)


def _comparison(text: str, number: Decimal, counted: Mapping[str, Figure]) -> str:
    """“称27个，列出25个”, “与问题总数一致”, or "" where the ledger counts nothing that the words can mean."""
    if _OF_A_PART.search(text):
        return ""
    for pattern, keys in _COMPARED:
        if not re.search(pattern.replace("NUMBER", re.escape(exact(number))), text):
            continue
        candidates = [counted[key] for key in keys if key in counted]
        same = next((figure for figure in candidates if figure.value == number), None)
        if same is not None:
            return f"与台账一致（{same.caption}{same.text}）"
        if candidates:
            return f"称{exact(number)}{candidates[0].unit}，列出{candidates[0].text}"
    return ""
