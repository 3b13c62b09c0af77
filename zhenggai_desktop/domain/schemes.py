"""Heading schemes as data: how chapters, sections, issues and answers are headed, both for writing and reading.

Five schemes were found in real notices (domain.md §6); all are built in. A scheme is a value that can be changed in
every part and saved as JSON; a ledger keeps only the parts in which it departs from a built-in one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, cast

from zhenggai_desktop.domain.numbering import HEADING_LEVELS, NumberStyle, leading_mark, write_number
from zhenggai_desktop.domain.records import AnswerForm, AnswerPlace, ChapterRole, LedgerFacts, SectionCategory
from zhenggai_desktop.domain.typography import without_stop
from zhenggai_desktop.errors import UsageError

_NUMBER_CLASSES = {
    NumberStyle.NONE: "",
    NumberStyle.CHINESE: "[一二三四五六七八九十百零]+",
    NumberStyle.DECIMAL: r"\d+",
    NumberStyle.CIRCLED: "[①-⑳]|[0-9]+",
}


@dataclass(frozen=True, slots=True)
class HeadingPattern:
    """A heading with ``{n}`` for its number and ``{title}`` for its words; ``restarts`` anew below each parent.

    ``with_recommendations`` is the pattern for an issue that is answered together with recommendations, which stand in
    it as ``{recommendations}``; "" = they are not printed. ``separator`` stands between several quotations.
    """

    pattern: str
    style: NumberStyle = NumberStyle.NONE
    restarts: bool = True
    with_recommendations: str = ""
    separator: str = ""

    def heading(
        self, number: int, title: str, *, parts: Sequence[str] = (), recommendations: Sequence[str] = ()
    ) -> str:
        """The heading as printed. Words that the title itself begins or ends with are not repeated.

        ``parts`` are the titles of issues that share one answer: a quoting pattern quotes each of them.
        """
        shape = self.with_recommendations if recommendations and self.with_recommendations else self.pattern
        shape = shape.replace("{n}", write_number(number, self.style))
        shape = shape.replace("{recommendations}", self._quotations(recommendations))
        head, found, tail = shape.partition("{title}")
        if not found:
            return head
        if parts and self.quoted:
            return head + self._quotations(parts) + tail
        return "".join(_joined(head, title, tail))

    def _quotations(self, texts: Sequence[str]) -> str:
        return f"”{self.separator}“".join(_inner_quotes(without_stop(text)) for text in texts)

    def title_of(self, text: str) -> str | None:
        """The title inside a heading of this pattern, or None where ``text`` is no such heading."""
        match = self._expression().fullmatch(text)
        if match is None:
            return None
        title = match["title"]
        return _outer_quotes(title) if self.quoted else title

    @property
    def quoted(self) -> bool:
        """True when the title stands in quotation marks, so that quotation marks inside it are single."""
        return "“{title}”" in self.pattern

    @property
    def level(self) -> int:
        """The rank of the heading by its mark (GB/T 9704-2012 §7.3.3): 1 一、 2 （一） 3 1. and 问题一 4 （1）."""
        mark = leading_mark(self.pattern.replace("{n}", write_number(1, self.style)).replace("{title}", "某"))
        return HEADING_LEVELS.get(mark.kind, 3) if mark else 3

    def _expression(self) -> re.Pattern[str]:
        escaped = re.escape(self.pattern).replace(r"\{n\}", f"(?:{_NUMBER_CLASSES[self.style]})")
        return re.compile(escaped.replace(r"\{title\}", "(?P<title>.+)"))


_OPENING = re.compile("(?:关于|针对)(?!性)")
_WHOLE_WORDS = re.compile("(?:方面|存在|问题|情况|工作|事项|不足|意见|建议|的)+")


def _joined(head: str, title: str, tail: str) -> tuple[str, str, str]:
    title = without_stop(title) if tail else title
    quoted = head.endswith("“") and tail.startswith("”")
    if quoted:
        return head, _inner_quotes(title), tail
    if head.endswith(("关于", "针对")):
        title = _OPENING.sub("", title, count=1) if _OPENING.match(title) else title
    words = tail.rstrip("。：，；")
    stop = tail[len(words) :]
    if words.endswith("问题") and title.endswith("问题"):
        return head, title, stop
    for length in range(len(words), 0, -1):
        if title.endswith(words[:length]) and _WHOLE_WORDS.fullmatch(words, 0, length):
            return head, title, words[length:] + stop
    return head, title, tail


def _inner_quotes(title: str) -> str:
    return title.replace("“", "‘").replace("”", "’")


def _outer_quotes(title: str) -> str:
    return title if "“" in title else title.replace("‘", "“").replace("’", "”")


@dataclass(frozen=True, slots=True)
class AnswerPattern:
    """How answers are introduced and strung together."""

    label: str = ""  # with its colon; "" = none
    place: AnswerPlace = AnswerPlace.OWN
    form: AnswerForm = AnswerForm.RUN_IN
    run_in_item: str = "{n}是"
    run_in_style: NumberStyle = NumberStyle.CHINESE
    paragraph_item: str = "（{n}）"
    item_style: NumberStyle = NumberStyle.CHINESE

    def item_mark(self, number: int, form: AnswerForm) -> str:
        """The mark of the ``number``-th measure; "" in the plain form."""
        if form is AnswerForm.PLAIN:
            return ""
        pattern = self.run_in_item if form is AnswerForm.RUN_IN else self.paragraph_item
        style = self.run_in_style if form is AnswerForm.RUN_IN else self.item_style
        return pattern.replace("{n}", write_number(number, style))


@dataclass(frozen=True, slots=True)
class FrameChapter:
    """A chapter that a new notice starts with."""

    role: ChapterRole
    title: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to head a notice. ``issues`` are the patterns of issue, sub-issue and sub-sub-issue."""

    name: str
    caption: str
    chapter: HeadingPattern
    section: HeadingPattern
    issues: tuple[HeadingPattern, HeadingPattern, HeadingPattern]
    answer: AnswerPattern
    list_section: HeadingPattern = HeadingPattern("（{n}）{title}", NumberStyle.CHINESE)  # of 举一反三 and of 推动改革
    list_issue: HeadingPattern = HeadingPattern("{n}.{title}。", NumberStyle.DECIMAL)
    frame: tuple[FrameChapter, ...] = ()
    category_titles: Mapping[str, str] = field(default_factory=dict[str, str])

    def issue(self, level: int, category: SectionCategory = SectionCategory.FEEDBACK) -> HeadingPattern:
        """The pattern of an issue at depth ``level``, 1 = directly below its section; deeper ones share the last."""
        if level == 1 and category is not SectionCategory.FEEDBACK:
            return self.list_issue
        return self.issues[min(max(level, 1), len(self.issues)) - 1]

    def section_of(self, category: SectionCategory) -> HeadingPattern:
        """The pattern of a section: lists beyond the feedback are headed plainly."""
        return self.section if category is SectionCategory.FEEDBACK else self.list_section


_CHAPTER = HeadingPattern("{n}、{title}", NumberStyle.CHINESE)
_SUB = HeadingPattern("（{n}）{title}。", NumberStyle.DECIMAL)
_SUB_SUB = HeadingPattern("{n}{title}。", NumberStyle.CIRCLED)


def _frame(*titles: tuple[ChapterRole, str, tuple[str, ...]]) -> tuple[FrameChapter, ...]:
    return tuple(FrameChapter(role, title, headings) for role, title, headings in titles)


_PROSE, _ISSUES = ChapterRole.NARRATIVE, ChapterRole.ISSUES
_CATEGORY_TITLES = {
    SectionCategory.EXTENSION.value: "举一反三整改情况",
    SectionCategory.REFORM.value: "推动改革促进发展情况",
}

BUILT_IN: Mapping[str, Scheme] = {
    "a": Scheme(
        "a", "机关三级", _CHAPTER,
        HeadingPattern("（{n}）关于{title}方面问题", NumberStyle.CHINESE),
        (HeadingPattern("{n}.针对{title}问题。", NumberStyle.DECIMAL), _SUB, _SUB_SUB),
        AnswerPattern("整改进展情况："),
        frame=_frame(
            (_PROSE, "整改工作组织开展情况", ("党组织落实整改情况", "主要负责人落实整改情况", "整改任务完成情况")),
            (_ISSUES, "反馈问题整改进展情况", ()), (_PROSE, "下一步工作打算", ())),
        category_titles=_CATEGORY_TITLES,
    ),
    "b": Scheme(
        "b", "问题与措施同段", _CHAPTER,
        HeadingPattern("（{n}）{title}", NumberStyle.CHINESE),
        (HeadingPattern("{n}.针对“{title}”的问题。", NumberStyle.DECIMAL), _SUB, _SUB_SUB),
        AnswerPattern("", AnswerPlace.RUN_IN),
        frame=_frame((_PROSE, "提高站位，扛牢整改责任", ()), (_ISSUES, "聚焦问题，逐项整改落实", ()),
               (_PROSE, "持续用力，巩固整改成果", ())),
        category_titles=_CATEGORY_TITLES,
    ),
    "c": Scheme(
        "c", "巡视反馈意见对应", _CHAPTER,
        HeadingPattern("（{n}）关于{title}问题", NumberStyle.CHINESE),
        (HeadingPattern("{n}.针对“{title}”问题，进行了以下整改。", NumberStyle.DECIMAL, restarts=False,
                        with_recommendations="{n}.针对“{title}”问题和“{recommendations}”整改意见，进行了以下整改。"),
         _SUB, _SUB_SUB),
        AnswerPattern("", AnswerPlace.OWN, AnswerForm.PLAIN),
        frame=_frame((_PROSE, "履行整改主体责任情况", ()), (_ISSUES, "反馈问题和整改意见落实情况", ()),
               (_PROSE, "移交问题线索办理情况", ()), (_PROSE, "存在的问题和下步计划", ())),
        category_titles=_CATEGORY_TITLES,
    ),
    "d": Scheme(
        "d", "问题即一级标题", HeadingPattern("{title}"),
        HeadingPattern("{title}"),
        (HeadingPattern("{n}、关于“{title}”问题的整改情况", NumberStyle.CHINESE, restarts=False), _SUB, _SUB_SUB),
        AnswerPattern("", AnswerPlace.OWN, AnswerForm.NUMBERED),
        frame=_frame((_PROSE, "", ()), (_ISSUES, "", ()), (_PROSE, "", ())),
        category_titles=_CATEGORY_TITLES,
    ),
    "e": Scheme(
        "e", "问题连续编号", _CHAPTER,
        HeadingPattern("（{n}）{title}", NumberStyle.CHINESE),
        (HeadingPattern("问题{n}：{title}。", NumberStyle.CHINESE, restarts=False), _SUB, _SUB_SUB),
        AnswerPattern("整改措施及成效："),
        frame=_frame((_PROSE, "整改工作主要做法", ()), (_ISSUES, "反馈意见整改落实情况", ()),
                     (_PROSE, "下一步打算", ())),
        category_titles=_CATEGORY_TITLES,
    ),
}  # fmt: skip

DEFAULT = "a"


def scheme_for(facts: LedgerFacts, name: str = "") -> Scheme:
    """The scheme called ``name``; the ledger's own, with its changes, where ``name`` is empty or is the ledger's.

    Without either it is scheme a, and so it is where the ledger names one that this version does not know; changes
    that cannot be read count as none: the check of the file tells of both. Raises UsageError for an unknown ``name``.
    """
    chosen = _built_in(name or DEFAULT)
    if name and name.lower() != facts.scheme:
        return chosen
    try:
        return own_scheme(facts)
    except UsageError:
        return BUILT_IN.get(facts.scheme, chosen)


def own_scheme(facts: LedgerFacts) -> Scheme:
    """The ledger's own scheme with its changes; UsageError where what it holds is none."""
    scheme = _built_in(facts.scheme or DEFAULT)
    own = facts.scheme_changes if facts.scheme else ""
    return changed(scheme, _parts(own)) if own else scheme


def _built_in(name: str) -> Scheme:
    found = BUILT_IN.get(name.lower())
    if found is None:
        raise UsageError(f"没有名为“{name}”的标题方案", f"请从 {'、'.join(BUILT_IN)} 中选择，或给出方案文件")
    return found


def load_scheme(text: str) -> Scheme:
    """A scheme from JSON as written by ``save_scheme``: a built-in name under ``based_on`` and the changed parts.

    Raises UsageError naming what is wrong with the file.
    """
    parts = _parts(text)
    base = parts.pop("based_on", DEFAULT)
    if not isinstance(base, str) or base not in BUILT_IN:
        raise UsageError(f"标题方案文件所依据的方案“{base}”不存在", f"请改为 {'、'.join(BUILT_IN)} 之一")
    return changed(BUILT_IN[base], parts)


def _parts(text: str) -> dict[str, Any]:
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("标题方案文件不是有效的 JSON", "请在“标题方案”里用“另存为方案文件”重新生成") from error
    if not isinstance(data, dict):
        raise UsageError("标题方案文件的内容不是一个方案", "请在“标题方案”里用“另存为方案文件”重新生成")
    return cast("dict[str, Any]", data)


def save_scheme(scheme: Scheme) -> str:
    """The scheme as JSON: the built-in scheme it is named after and every part that differs."""
    return json.dumps({"based_on": scheme.name, **changes(scheme)}, ensure_ascii=False, indent=2)


def changes(scheme: Scheme) -> dict[str, Any]:
    """The parts in which ``scheme`` departs from the built-in scheme of its name; empty when in none."""
    return _difference(asdict(scheme), asdict(BUILT_IN[scheme.name]))


def _difference(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in new.items():
        before = old.get(key)
        if value == before:
            continue
        if isinstance(value, Mapping) and isinstance(before, Mapping) and key != "category_titles":
            inner = _difference(cast("Mapping[str, Any]", value), cast("Mapping[str, Any]", before))
            found[key] = inner
        else:
            found[key] = value
    return found


def changed(scheme: Scheme, parts: Mapping[str, Any]) -> Scheme:
    """``scheme`` with the named parts replaced. Raises UsageError for an unknown part or an impossible value."""
    try:
        return cast("Scheme", _apply(scheme, parts))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise UsageError("标题方案中有无法识别的内容", "请检查方案文件中的名称和取值") from error


def _apply(value: Any, parts: Mapping[str, Any]) -> Any:
    known = {f.name for f in fields(value)}
    unknown = set(parts) - known
    if unknown:
        raise KeyError(*sorted(unknown))
    return replace(value, **{key: _converted(getattr(value, key), part) for key, part in parts.items()})


def _converted(old: Any, new: Any) -> Any:
    if is_dataclass(old):
        return _apply(old, new)
    if isinstance(old, StrEnum):
        return type(old)(new)
    if isinstance(old, tuple):
        return _converted_items(cast("tuple[Any, ...]", old), new)
    if not isinstance(new, type(old)):
        raise TypeError(new)
    return new


def _converted_items(old: tuple[Any, ...], new: Any) -> tuple[Any, ...]:
    if old and isinstance(old[0], HeadingPattern):
        if len(new) != len(old):
            raise ValueError(new)
        return tuple(_apply(before, after) for before, after in zip(old, new, strict=True))
    return tuple(
        FrameChapter(ChapterRole(item["role"]), str(item["title"]), tuple(map(str, item.get("headings", ()))))
        for item in new
    )
