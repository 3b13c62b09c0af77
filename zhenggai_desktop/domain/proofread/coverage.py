"""Families 2 and 4: issues against the ledger, and the parts that a notice must have (domain.md §9.2, §9.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.document_parts import is_contact_paragraph
from zhenggai_desktop.domain.editions import count_withheld
from zhenggai_desktop.domain.items import answers_all_below
from zhenggai_desktop.domain.matching import likeness
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.names import words_reader
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.records import Issue, Snapshot, WithheldGround
from zhenggai_desktop.domain.typography import core

_BASIS = re.compile(r"根据|按照|依据|按|遵照|经.{2,20}(?:批准|同意|研究)|统一部署|统一安排|工作安排")
_TEAM = re.compile(r"[巡][察视][一-龥]{0,4}组|(?:巡察|巡视)机构|巡察办")
_DAY = re.compile(r"\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日|\d{1,2}月")
_SPAN = re.compile(r"\d{1,2}[日月](?:[）)])?(?:至|到|—|-|~|～|起至)|开展了?为期|期间|先后")
_FEEDBACK_DAY = re.compile(r"(?:\d日|\d月|年)[^。]{0,40}(?:反馈|通报)|反馈[^。]{0,20}\d{1,2}月")
_OPENING = 6  # paragraphs in which basis, dates and team are looked for
_PRESENT = 2  # of the outer parts: with fewer, the text is an extract that claims to have none of them


_CONTACTS = Reading(is_contact_paragraph, nothing=False)


def required_parts(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Title, dates, team, organisation, contacts, signature and date of a whole notice."""
    return _missing(subject, sure=True)


def opening_parts(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """The basis of the inspection: offices leave it out now and then."""
    return _missing(subject, sure=False)


def _missing(subject: Subject, *, sure: bool) -> Iterator[tuple[int, Hit]]:
    if not subject.is_notice or not subject.texts:
        return
    facts = subject.facts
    kinds = {text.kind for text in subject.texts}
    opening = _opening(subject)
    outer = (
        (Kind.TITLE in kinds, "缺少标题"),
        (bool(subject.places(_CONTACTS)), "缺少联系方式"),
        (Kind.SIGNATURE in kinds, "缺少落款单位"),
        (Kind.DATE in kinds, "缺少落款日期"),
    )
    team = bool(facts.team or _TEAM.search(opening))
    started = facts.inspection_start is not None or bool(_SPAN.search(opening))
    may_miss = ((bool(_BASIS.search(opening)), "开头没有写明巡察的依据"),)
    lead = (
        (started, "开头没有写明巡察的起止日期"),
        (facts.feedback_date is not None or bool(_FEEDBACK_DAY.search(opening)), "开头没有写明反馈日期"),
        (team, "开头没有写明巡察组名称"),
    )
    if subject.plan is not None and not any(re.search("巡[察视]|督察", text.text) for text in subject.texts):
        outer, lead, may_miss = (outer[0], *outer[2:]), (), ()  # of another inspection than the Party's
    if subject.plan is not None and _is_report(subject):
        outer, lead, may_miss = (outer[0], *outer[2:]), (), ()  # those to whom it is sent know the rest
    if subject.plan is not None and sum(there for there, _ in outer) < _PRESENT and not _DAY.search(opening):
        return  # an extract
    for there, message in (*outer, *lead) if sure else may_miss:
        if not there:
            yield -1, Hit(0, 0, message)


_ADDRESSED = re.compile(r"[^，。；]{2,30}[：:]$")


def _is_report(subject: Subject) -> bool:
    """A report to those above: titled so, or with them in the line below its title."""
    first = [text.text for text in subject.texts[:4]]
    titled = any(text.kind is Kind.TITLE and text.text.endswith("报告") for text in subject.texts[:3])
    return titled or any(_ADDRESSED.fullmatch(words) for words in first[1:3])


def _opening(subject: Subject) -> str:
    """What stands before the first heading; of a text without headings, its first paragraphs."""
    first = next((i for i, text in enumerate(subject.texts) if text.kind is Kind.HEADING), _OPENING)
    return "".join(text.text for text in subject.texts[: min(max(first, 2), _OPENING)])


def unanswered(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """An issue that the notice heads and does not answer, unless an answer above it stands over all that is below."""
    if not subject.is_notice:
        return
    outline = subject.outline
    leaves = {issue.uid: issue for issue in subject.snapshot.issues if outline.is_leaf(issue)}
    told = {text.anchor.uid for text in subject.texts if text.anchor and text.is_answer}
    for i, text in enumerate(subject.texts):
        issue = leaves.get(text.anchor.uid) if text.anchor and text.kind is Kind.HEADING else None
        if issue is None or issue.uid in told or _goes_on(subject, i):
            continue
        above = (step for step in outline.path(issue) if step.uid in told)
        if not any(answers_all_below(outline, step) for step in above):
            yield i, Hit(0, len(text.text), f"问题“{issue.title}”没有整改情况")


_ANSWERS = 30  # characters: so long a paragraph right below a heading answers it, whatever it was read as


def _goes_on(subject: Subject, at: int) -> bool:
    """In a file a paragraph of prose stands right below the heading."""
    below = subject.texts[at + 1] if subject.plan is not None and at + 1 < len(subject.texts) else None
    return below is not None and below.kind is Kind.PARAGRAPH and len(below.text) >= _ANSWERS


def changed_words(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A heading printed in words other than the feedback's."""
    if subject.plan is not None:
        return
    issues = {issue.uid: issue for issue in subject.snapshot.issues if issue.printed_heading}
    for i, text in enumerate(subject.texts if issues else ()):
        issue = issues.get(text.anchor.uid) if text.anchor and text.kind is Kind.HEADING else None
        if issue is not None and core(issue.title) not in core(text.text):
            yield i, Hit(0, len(text.text), f"标题与反馈问题“{issue.title}”的表述不一致")


_UNPUBLISHED = re.compile(r"不(?:予|宜|便|对外)?公开")


def withheld_printed(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """An issue that is not to be published stands in the public text with its words."""
    if subject.plan is not None or not subject.is_public:
        return
    held = {issue.uid: issue for issue in subject.snapshot.issues if issue.withheld is not WithheldGround.NONE}
    if not held:
        return
    for i, text in enumerate(subject.texts):
        issue = held.get(text.anchor.uid) if text.anchor and text.kind is Kind.HEADING else None
        if issue is not None and not issue.withheld_wording:
            yield i, Hit(0, len(text.text), f"问题“{issue.title}”列为拟不公开事项，公开稿中仍然写出")
    told = any("公开" in text.text and _UNPUBLISHED.search(text.text) for text in subject.texts)
    count = 0 if told else count_withheld(subject.snapshot)
    if count:
        yield -1, Hit(0, 0, f"有{count}项问题不予公开，文中没有说明（如“另有{count}项按规定不予公开”）")


_SHORTEST_SAID = 6  # characters: shorter titles are words that stand anywhere


def withheld_said(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """The words of an issue that is not to be published stand somewhere else in the public text."""
    if subject.plan is not None or not subject.is_public:
        return
    titles = _unsaid_titles(subject)
    if not titles:
        return
    reading = subject.memory.kept("withheld titles", titles, lambda: Reading(words_reader(titles)))
    for i, matches in subject.places(reading):
        for match in matches:
            yield i, Hit(match.start(), match.end(), f"“{match[0]}”是拟不公开事项的原文，公开稿中不应出现")


def _unsaid_titles(subject: Subject) -> frozenset[str]:
    """Titles of what is withheld, with what lies below it, that nothing bears which is published."""
    if all(issue.withheld is WithheldGround.NONE for issue in subject.snapshot.issues):
        return frozenset()
    held: set[str] = set()
    said: set[str] = set()
    for issue in subject.outline.walk():
        path = subject.outline.path(issue)
        unsaid = any(step.withheld is not WithheldGround.NONE for step in path)
        (held if unsaid else said).add(issue.title.rstrip("。；"))
        said.add(issue.withheld_wording)
    return frozenset(title for title in held - said if len(title) >= _SHORTEST_SAID)


# --- a file against the ledger

_SAME = 0.72  # below this likeness a heading is another issue


def against_ledger(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A draft that came back: issues missing in it, blocks without an issue, an issue's words changed."""
    if subject.reference is None or subject.plan is None:
        return
    ours = _published(subject.reference)
    theirs = {issue.uid: issue for issue in subject.snapshot.issues}
    cores = {core(issue.title): issue for issue in ours}
    found: set[str] = set()
    for i, text in enumerate(subject.texts):
        issue = theirs.get(text.anchor.uid) if text.anchor and text.kind is Kind.HEADING else None
        if issue is None:
            continue
        title = core(issue.title)
        match = cores.get(title) or _nearest(title, cores)
        if match is None:
            yield i, Hit(0, len(text.text), f"台账中没有“{issue.title}”这个问题")
            continue
        found.add(match.uid)
        if core(match.title) != title:
            yield i, Hit(0, len(text.text), f"问题的表述与台账“{match.title}”不一致")
    for issue in ours:
        if issue.uid not in found:
            yield -1, Hit(0, 0, f"缺少台账中的问题“{issue.title}”")


def _published(snapshot: Snapshot) -> list[Issue]:
    outline = Outline(snapshot)
    return [
        issue
        for issue in outline.walk()
        if issue.withheld is WithheldGround.NONE and issue.printed_level != 0 and issue.title
    ]


def _nearest(title: str, cores: dict[str, Issue]) -> Issue | None:
    best = max(cores, key=lambda other: likeness(title, other), default="")
    return cores[best] if best and likeness(title, best) >= _SAME else None


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("required-part", Family.PARTS, Severity.ERROR, required_parts, (_CONTACTS,)),
    DocumentRule("required-part", Family.PARTS, Severity.WARNING, opening_parts, (_CONTACTS,)),
    DocumentRule("unanswered", Family.COVERAGE, Severity.ERROR, unanswered),
    DocumentRule("changed-words", Family.COVERAGE, Severity.ERROR, changed_words),
    DocumentRule("withheld-printed", Family.COVERAGE, Severity.ERROR, withheld_printed),
    DocumentRule("withheld-printed", Family.COVERAGE, Severity.ERROR, withheld_said),
    DocumentRule("against-ledger", Family.COVERAGE, Severity.ERROR, against_ledger),
)
