"""Schemes under a clerk's hands: patterns in Chinese words, what is wrong with them, a notice to try them on, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from zhenggai_desktop.domain.ledger_part import part_of
from zhenggai_desktop.domain.numbering import NumberStyle
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import DocumentKind, Issue, LedgerFacts, Measure, Section, Snapshot
from zhenggai_desktop.domain.schemes import FrameChapter, HeadingPattern, Scheme, save_scheme, scheme_for
from zhenggai_desktop.errors import SourceFormatError

PATTERNS: Mapping[str, str] = {
    "chapter": "章",
    "section": "方面",
    "issue-1": "问题",
    "issue-2": "具体表现",
    "issue-3": "下级表现",
    "list_section": "举一反三的方面",
    "list_issue": "举一反三的事项",
}
"""The heading patterns of a scheme, in the order of a notice, with their captions."""

_WORDS = {"{n}": "{编号}", "{title}": "{标题}", "{recommendations}": "{整改意见}"}
_SHOWN_ISSUES = 12  # of the ledger, in the preview: a change must be seen at once
_FEWEST_SHOWN = 2
_SHOWN_BLOCKS = 1  # of each chapter: the headings of issues are to be seen without scrolling


def in_words(pattern: str) -> str:
    """“（{编号}）关于{标题}方面问题” of “（{n}）关于{title}方面问题”."""
    for sign, word in _WORDS.items():
        pattern = pattern.replace(sign, word)
    return pattern


def from_words(text: str) -> str:
    """The pattern that a clerk wrote in Chinese words."""
    for sign, word in _WORDS.items():
        text = text.replace(word, sign)
    return text


def pattern_of(scheme: Scheme, key: str) -> HeadingPattern:
    """One of ``PATTERNS``."""
    if key.startswith("issue-"):
        return scheme.issues[int(key[-1]) - 1]
    return getattr(scheme, key)


def with_pattern(scheme: Scheme, key: str, pattern: HeadingPattern) -> Scheme:
    """The scheme with one pattern changed."""
    if not key.startswith("issue-"):
        return replace(scheme, **{key: pattern})
    at = int(key[-1]) - 1
    issues = [pattern if i == at else known for i, known in enumerate(scheme.issues)]
    return replace(scheme, issues=(issues[0], issues[1], issues[2]))


def pattern_problem(pattern: HeadingPattern) -> str:
    """What is wrong with a pattern, for the clerk who writes it; "" where nothing is."""
    text = pattern.pattern
    rest = text.replace("{n}", "").replace("{title}", "").replace("{recommendations}", "")
    if "{" in rest or "}" in rest:
        return "花括号里只能写{编号}或{标题}"
    if text.count("{title}") != 1:
        return "要写一个{标题}"
    if text.count("{n}") > 1:
        return "{编号}只能写一个"
    if "{n}" in text and pattern.style is NumberStyle.NONE:
        return "写了{编号}，请选择编号样式"
    if "{n}" not in text and pattern.style is not NumberStyle.NONE:
        return "选了编号样式，要写{编号}"
    return ""


def problems(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Keys of the patterns that cannot be used, with the reason."""
    for key in PATTERNS:
        if words := pattern_problem(pattern_of(scheme, key)):
            yield key, words
    for name, text in (("run_in_item", scheme.answer.run_in_item), ("paragraph_item", scheme.answer.paragraph_item)):
        if text.count("{n}") != 1 or "{" in text.replace("{n}", "") or "}" in text.replace("{n}", ""):
            yield name, "要写一个{编号}"


def with_frame(scheme: Scheme, frame: tuple[FrameChapter, ...]) -> Scheme:
    """The scheme with the chapters that a new notice starts with."""
    return replace(scheme, frame=frame)


def to_try_on(snapshot: Snapshot) -> Snapshot:
    """The beginning of the ledger, or a few made-up issues where it has hardly any: headings are tried on it.

    What an imported notice printed in its own way is left to the scheme here, so that a change is seen.
    """
    shown = [issue.id for issue in Outline(snapshot).walk()][:_SHOWN_ISSUES]
    if len(shown) < _FEWEST_SHOWN:
        return replace(_EXAMPLE, facts=snapshot.facts)
    part = part_of(snapshot, shown)
    return replace(
        part,
        sections=tuple(replace(section, printed_heading="") for section in part.sections),
        issues=tuple(replace(issue, printed_heading="") for issue in part.issues),
        chapters=tuple(
            replace(chapter, printed_heading="", blocks=chapter.blocks[:_SHOWN_BLOCKS]) for chapter in part.chapters
        ),
    )


def scheme_from_notice(path: Path) -> Scheme:
    """The scheme by which a notice is headed. Raises SourceError for a file that is none."""
    from zhenggai_desktop.services.importing import plan_source  # noqa: PLC0415 - readers load late

    plan = plan_source(path, DocumentKind.NOTICE)
    if not any(True for _ in plan.issues()):
        raise SourceFormatError(f"“{path.name}”里没有找到问题的标题", "请换一份整改通报")
    return scheme_for(plan.facts)


def save_scheme_file(path: Path, scheme: Scheme) -> None:
    """Write a scheme as a file that can be read in again. Raises TargetError."""
    from zhenggai_desktop.formats.replacing import replacing  # noqa: PLC0415

    with replacing(path) as temporary:
        temporary.write_text(save_scheme(scheme) + "\n", encoding="utf-8")


_EXAMPLE = Snapshot(
    facts=LedgerFacts(),
    sections=(Section(1, "s1", 1, "贯彻落实上级部署"), Section(2, "s2", 2, "全面从严治党")),
    issues=(
        Issue(1, "i1", 1, None, 1, "学习研讨不够深入"),
        Issue(2, "i2", 1, None, 2, "任务分解不够具体"),
        Issue(3, "i3", None, 2, 1, "责任没有落实到人"),
        Issue(4, "i4", 2, None, 1, "日常监督不够经常"),
    ),
    measures=(
        Measure(1, "m1", 1, 1, progress="制定学习计划，每月集中研讨一次。"),
        Measure(2, "m2", 1, 2, progress="建立学习台账，定期通报情况。"),
        Measure(3, "m3", 3, 1, progress="逐项明确责任人和完成时限。"),
        Measure(4, "m4", 4, 1, progress="开展专项检查，督促整改到位。"),
        Measure(5, "m5", 4, 2, progress="完善监督清单，纳入日常管理。"),
    ),
)
