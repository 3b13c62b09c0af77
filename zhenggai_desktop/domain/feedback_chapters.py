"""What a chapter of a feedback document is by its heading: issues, a section among others, recommendations, prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.document_parts import ChapterLines
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.issue_lines import RANKS, rank_of
from zhenggai_desktop.domain.issue_words import names_what_is_wrong
from zhenggai_desktop.domain.numbering import MarkKind
from zhenggai_desktop.domain.source_lines import Line

_RECOMMENDATIONS = re.compile(
    r"(?:意见(?:和)?建议|整改(?:工作)?(?:意见|建议|要求)|(?:意见|建议)[和及与、](?:工作)?(?:要求|意见|建议)|工作建议|建议|"
    r"几点(?:整改)?(?:意见|要求|建议)|下一步.*(?:意见|建议|要求))$"
)
_ISSUES = re.compile(r"问题(?!.*(?:建议|意见|要求)$)|(?:存在|主要|发现|问题)[^，。；]{0,6}不足")
_OTHER = re.compile(
    r"成效|成绩|概况|基本情况|总体(?:评价|情况|印象)|开展情况|原因(?:分析|剖析)?$|^(?:工作|有关|相关)要求$"
)
_CAUSES = re.compile(  # not 主要问题及原因分析
    r"(?:(?!(?:问题|不足|差距|短板|弱项|薄弱环节)[^。]{0,6}[和及与、]).)*原因(?:分析|剖析)?"
)
_REFERRAL = re.compile(r"线索|信访|^移交(?:的)?(?:问题|事项|情况)+$")
_OWN = re.compile(r"(?:关于|针对).+(?:方面|问题)")
_TOLD = "存在|发现|反馈|查找|指出|主要|突出|具体|重点|共性|个性|立行立改"
_PLAIN = (
    rf"(?:{_TOLD}|[的了中出]|需要?整改|有关|相关|一些|以下|各类|[几各]个?方面|"
    r"共?[一二三四五六七八九十\d]+[大个项条](?:方面)?)"
)
_ALSO = (
    r"(?:之处|清单|情况|表现|如下)*(?:[和及与、](?:主要|突出|具体|典型|薄弱|需要关注的?)?"
    r"(?:问题|不足|表现|差距|短板|弱项|环节|风险|隐患|困难|案例|事项|情况|原因|分析|剖析|之处)+)?"
)
_COLLECTIVE = re.compile(rf"[^，。；]*?(?:{_TOLD}){_PLAIN}*(?:问题|不足){_ALSO}|(?:巡[察视])?{_PLAIN}*问题{_ALSO}")
_NAMES_NOTHING = re.compile(rf"(?:[本这此]次)?(?:巡[察视])?(?:组|中|期间)?{_PLAIN}*(?:问题|不足){_ALSO}")
_ASIDE = re.compile(r"（[^）]*）$")
_BODY = re.compile(
    r"(?!.*(?:巡[察视]|延伸|问题|对)).*(?:党组|党委|党工委|党总支|党支部|社区|村|街道|镇|乡|局|中心|学校|医院|公司|院|所)$"
)
_LONGEST_LABEL = 20
_AREA = re.compile(r"方面(?:存在)?(?:的)?(?:主要|突出|具体)?(?:问题|不足)?$")


def title_of(chapter: ChapterLines) -> str:
    """The chapter's heading without number, stop and what stands in brackets at its end; "" without one."""
    words = chapter.heading.body if chapter.heading else ""
    return _ASIDE.sub("", words.rstrip("。：")).rstrip("。：")


def recommends(title: str) -> bool:
    """True for the title of a chapter that says what the inspectors ask for."""
    return _RECOMMENDATIONS.search(title) is not None


def is_prose(chapter: ChapterLines) -> bool:
    """True for a chapter beside the issues: praise, clues handed over, recommendations.

    整改成效不够明显 is what is wrong, and 信访工作方面 may hold issues.
    """
    title = title_of(chapter)
    praises = _OTHER.search(title) is not None and not names_what_is_wrong(title)
    return recommends(title) or praises or _refers(chapter)


def _refers(chapter: ChapterLines) -> bool:
    title = title_of(chapter)
    if _REFERRAL.search(title) is None or names_what_is_wrong(title.removesuffix("问题")):
        return False
    return not any(line.mark and names_what_is_wrong(line.body) for line in chapter.lines)


_BESIDE = re.compile(
    r"(?:几点|有关|相关|下一步|巡察)?的?(?:工作|整改)?的?(?:意见|建议|要求)(?:[和与及、]?(?:意见|建议|要求))*|"
    r"(?:存在|产生)?(?:的)?(?:主要|突出)?(?:问题)?(?:产生|存在)?的?(?:主要|深层次|根本)?原因(?:分析|剖析)?|"
    r"(?:总体|基本|工作|主要)?(?:评价|概况|情况|成效|成绩|印象)|移交(?:的)?(?:问题|事项|情况)*|(?:移交)?问题线索(?:移交)?(?:情况)?"
)


_ASKED_FOR = re.compile(
    "要(?!求)|应|须|请|(?:^|，)建议|进一步|切实|加强|强化|提高|健全|完善|推进|深化|抓好|压实|严格|坚持|"
    "不得|严禁|禁止|务必|确保|一律|(?<!未)(?:立即|限期|尽快)"
)
_BLAMED = re.compile("未|没有|不|仅|只")


def is_beside(chapter: ChapterLines) -> bool:
    """True for a heading among issues whose words are none of an issue: 整改意见, 总体评价, 问题线索移交情况.

    “1.整改要求” below which is told what was not done is an issue.
    """
    return _BESIDE.fullmatch(title_of(chapter)) is not None and not _blames_below(chapter)


def _blames_below(chapter: ChapterLines) -> bool:
    if chapter.heading is None or rank_of(chapter.heading) <= RANKS[MarkKind.CHINESE_PAREN] or not chapter.lines:
        return False
    first = chapter.lines[0].body
    first = first[: sentence_end(first) or None]
    return _BLAMED.search(first) is not None and _ASKED_FOR.search(first) is None


def names_issues(title: str) -> bool:
    """True for a title that announces issues without naming one: 存在的主要问题, 选人用人专项检查发现的问题和不足."""
    return _COLLECTIVE.fullmatch(title) is not None


def names_nothing(title: str) -> bool:
    """True for such a title that does not even say where they are: not for 党的领导方面存在的问题."""
    return _NAMES_NOTHING.fullmatch(title) is not None


def holds_issues(chapter: ChapterLines) -> bool:
    """True for a chapter like 巡察发现的主要问题; its issues are numbered, or words alone below such a title."""
    title = title_of(chapter)
    if chapter.heading is None or not chapter.lines or _refers(chapter) or recommends(title):
        return False
    if _CAUSES.fullmatch(title):
        return False
    if not any(line.mark or line.role.heads_record for line in chapter.lines):
        return names_issues(title)
    return (bool(_ISSUES.search(title)) and not _OWN.match(title)) or _of_one_body(chapter)


def said_to_hold(chapter: ChapterLines) -> bool:
    """True where a person said of one of the lines that it heads a section or an issue."""
    return any(line.role.heads_record for line in chapter.lines)


def are_sections(holding: Sequence[ChapterLines], chapters: Sequence[ChapterLines]) -> bool:
    """True where 一、二、三 are themselves the sections, though titles of theirs (``holding``) speak of 问题.

    They are where some are of one inspected body each (一、东河村党支部), where each names its own
    (群众身边腐败问题整治不力), and where several lists of issues have no sections below them; never where all other
    chapters are prose.
    """
    if len(holding) + sum(_may_be_section(chapter, holding) for chapter in chapters) < 2:
        return False
    if not all(_numbered(chapter.heading) for chapter in holding) or any(map(said_to_hold, holding)):
        return False
    titles = [title_of(chapter) for chapter in holding]
    others = [chapter for chapter in holding if not _of_one_body(chapter)]
    if len(others) < len(holding):
        return not any(map(_has_levels, others))
    if all(_AREA.search(title) or not names_issues(title) for title in titles):
        return True
    return len(holding) > 1 and not any(map(_has_sections, holding))


def _may_be_section(chapter: ChapterLines, holding: Sequence[ChapterLines]) -> bool:
    return not any(chapter is other for other in holding) and _numbered(chapter.heading) and not is_prose(chapter)


def _of_one_body(chapter: ChapterLines) -> bool:
    """True for 向阳社区党总支, below which its issues are numbered."""
    return (
        _numbered(chapter.heading)
        and _BODY.match(title_of(chapter)) is not None
        and any(line.mark for line in chapter.lines)
    )


def _numbered(heading: Line | None) -> bool:
    return heading is not None and heading.mark is not None and heading.mark.kind is MarkKind.CHINESE


def _has_levels(chapter: ChapterLines) -> bool:
    return len({rank_of(line) for line in chapter.lines if line.mark}) > 1


def _has_sections(chapter: ChapterLines) -> bool:
    return any(rank_of(line) == RANKS[MarkKind.CHINESE_PAREN] for line in chapter.lines)


def labelled_chapters(lines: Sequence[Line]) -> tuple[list[Line], list[ChapterLines]]:
    """The lines of a text without numbers cut at 主要问题： and 意见建议：, and those in front of the first."""
    before: list[Line] = []
    chapters: list[ChapterLines] = []
    for line in lines:
        title = title_of(ChapterLines(line))
        if (
            line.role is LineRole.AUTO
            and len(line.text) <= _LONGEST_LABEL
            and (names_issues(title) or _asks_alone(title))
        ):
            chapters.append(ChapterLines(line))
        else:
            (chapters[-1].lines if chapters else before).append(line)
    return before, chapters


def _asks_alone(title: str) -> bool:
    return recommends(title) and _BESIDE.fullmatch(title) is not None


def parted_heading(chapter: ChapterLines) -> ChapterLines:
    """The chapter with the words behind its title (“三、意见建议：一是…；二是…”) as its first line."""
    heading = chapter.heading
    if heading is None or heading.mark is None:
        return chapter
    body = heading.body
    ends = [end for end in (sentence_end(body), body.find("：") + 1) if 0 < end < len(body)]
    end = min(ends, default=0)
    title = body[:end].rstrip("。：")
    if not end or not (names_issues(title) or recommends(title)):
        return chapter
    cut = len(heading.text) - len(body) + end
    return ChapterLines(
        replace(heading, text=heading.text[:cut]), [Line(heading.number, body[end:], None), *chapter.lines]
    )
