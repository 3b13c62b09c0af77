"""Family 3: statuses against words, both ways, standing items, deadlines that have passed (domain.md §9.3, §9.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.answers import label_of
from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.proofread.clauses import words_before
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import UNANSWERING, Reading, Role
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with, quick
from zhenggai_desktop.domain.records import Issue, Measure, Snapshot, Status
from zhenggai_desktop.domain.status_words import UNFINISHED, opening_status, status_told, unfinished_at
from zhenggai_desktop.domain.workflow import Workflow

_FINISHED = quick(
    r"(?:该|此|本)(?:项|条)?(?:问题|事项|任务|工作)?(?:现)?已(?:经)?(?:全部)?(?:整改完成|整改到位|完成整改|整改完毕|销号)"
    r"|(?<![一-龥])(?:目前|现|截至目前，?)?已(?:经)?(?:全部)?(?:完成整改|整改完成|整改到位|整改完毕)(?=[，。；]|$)"
)
_HISTORY = re.compile(r"指出|反映|发现|存在|针对|原|问题$")


@only_with(UNFINISHED, nothing=(-1, ""))
def _unfinished(text: str) -> tuple[int, str]:
    return unfinished_at(text)


_UNFINISHED = Reading(_unfinished, Role.ANSWER)


def unfinished_but_done(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """正在, 拟, 预计, 尚未 in the words of a measure or an issue that the ledger holds for done."""
    if subject.plan is not None:
        return
    outline, workflow = subject.outline, subject.workflow
    for i, told in subject.places(_UNFINISHED):
        text = subject.texts[i]
        issue = subject.issues_by_uid.get(text.anchor.uid) if text.anchor else None
        if issue is None:
            continue
        measures = outline.measures_of(issue)
        if issue.public_text or not measures:
            if workflow.status(issue) is Status.DONE:
                yield i, _unfinished_hit(*told)
            continue
        for measure in measures:
            within, word = unfinished_at(measure.progress)
            at = text.text.find(measure.progress) if word else -1
            if at >= 0 and workflow.measure_status(measure) is Status.DONE:
                yield i, _unfinished_hit(at + within, word)


def _unfinished_hit(start: int, word: str) -> Hit:
    return Hit(start, start + len(word), f"台账记为已完成，文字中却有“{word}”")


def _finished(text: str) -> tuple[int, int, str]:
    """Where a text says that its item is settled: at its opening or in a sentence on the item itself."""
    opening, status, _ = opening_status(text)
    if status is Status.DONE:
        return 0, len(opening.rstrip("。；")), opening.rstrip("。；")
    match = _FINISHED.search(text)
    return (match.start(), match.end(), match[0]) if match else (0, 0, "")


def done_but_open(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“已完成整改” in an item that the ledger holds for going on or not begun."""
    if subject.plan is not None:
        return
    outline, workflow = subject.outline, subject.workflow
    still_open = _with_something_open(subject.snapshot)
    for i, text in enumerate(subject.texts if still_open else ()):
        issue = still_open.get(text.anchor.uid) if text.anchor and text.is_answer else None
        if issue is None:
            continue
        for part, status in _parts(issue, outline, workflow):
            if status not in _OPEN:
                continue
            start, end, words = subject.read(_finished, part)
            at = text.text.find(part) if words else -1
            if at >= 0:
                name = "正在推进" if status is Status.IN_PROGRESS else "未启动"
                yield i, Hit(at + start, at + end, f"文字写“{words}”，台账却记为{name}")


_OPEN = (Status.IN_PROGRESS, Status.NOT_STARTED)


def _with_something_open(snapshot: Snapshot) -> dict[str, Issue]:
    """By uid the issues that may hold anything that is going on or not begun: what has no status may be."""
    known = {*_OPEN, None}
    of_measures = {measure.issue_id for measure in snapshot.measures if measure.status in known}
    return {issue.uid: issue for issue in snapshot.issues if issue.status in known or issue.id in of_measures}


def _parts(issue: Issue, outline: Outline, workflow: Workflow) -> Iterator[tuple[str, Status]]:
    measures: tuple[Measure, ...] = tuple(outline.measures_of(issue))
    if issue.answer_introduction:
        yield issue.answer_introduction, workflow.status(issue)
    if issue.public_text or not measures:
        yield from ((line, workflow.status(issue)) for line in issue.public_text.split("\n") if line)
    else:
        yield from ((m.progress, workflow.measure_status(m)) for m in measures if m.progress)


def standing_without_result(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A standing item needs a stage result."""
    standing = {issue.uid: issue for issue in subject.snapshot.issues if issue.standing}
    if not standing:
        return
    outline = subject.outline
    told = {text.anchor.uid for text in subject.texts if text.anchor and text.is_answer}
    for i, text in enumerate(subject.texts):
        issue = standing.get(text.anchor.uid) if text.anchor and text.kind is Kind.HEADING else None
        covered = issue is not None and any(
            step.uid in told for step in (*outline.path(issue), *outline.walk_below(issue))
        )
        if issue is not None and not covered:
            yield i, Hit(0, len(text.text), f"“{issue.title}”需长期坚持，但没有写阶段成效")


def overdue(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A deadline that has passed beside a status that is not done."""
    published = subject.published
    if subject.plan is not None or published is None:
        return
    if not any(issue.due_on for issue in subject.snapshot.issues):
        return
    outline, workflow = subject.outline, subject.workflow
    for i, text in enumerate(subject.texts):
        issue = subject.issues_by_uid.get(text.anchor.uid) if text.anchor and text.kind is Kind.HEADING else None
        if issue is None or outline.sub_issues(issue):
            continue
        due = workflow.duties(issue).due_on
        if due is not None and due < published and workflow.status(issue) is not Status.DONE:
            day = f"{due.year}年{due.month}月{due.day}日"
            yield i, Hit(0, len(text.text), f"整改时限{day}已过，台账中尚未完成")


_ALL_DONE = quick(
    r"(?P<words>(?:反馈|巡[察视])[^。；]{0,30}?(?:问题|事项|任务)(?:现|目前)?(?:均|全部|都|已全部|已均|均已|已经全部)(?:已)?(?:完成整改|整改到位|整改完成|整改完毕|销号))"
)


@only_with(_ALL_DONE, nothing=(-1, -1))
def _all_done(text: str) -> tuple[int, int]:
    match = _ALL_DONE.search(text)
    return match.span() if match else (-1, -1)


def all_done_but_one(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“全部完成整改” in the summary, and an answer that says that its item is not finished."""
    for i, (start, end) in subject.places(_ALL_SETTLED)[:1]:
        answers = (text.text for text in subject.texts if text.is_answer)
        word = next(filter(None, (subject.read(_still_open, answer) for answer in answers)), "")
        if word:
            yield i, Hit(start, end, f"此处称全部完成整改，后文却有“{word}”")


_STILL_OPEN = re.compile(
    r"[^，。；]{0,8}(?:尚未(?:完成|整改|到位|解决)|正在(?:整改|推进整改|办理|进行整改)|未完成整改|整改尚在)[^，。；]{0,8}"
)


@only_with(_STILL_OPEN, nothing="")
def _still_open(text: str) -> str:
    match = _STILL_OPEN.search(text)
    return match[0] if match and not _HISTORY.search(match[0]) else ""


_ALL_SETTLED = Reading(_all_done, UNANSWERING)

_SETTLED = re.compile(
    r"已(?:经)?全部(?:整改到位|整改完成|完成整改|整改完毕|销号)|(?:该|此|本)(?:项)?问题已(?:经)?(?:整改到位|整改完成|完成整改|销号)"
)
_FOUND = re.compile("指出|反映|发现|存在|针对|原")
_NOT_SETTLED = re.compile(r"尚未(?:完成|整改|到位|解决)|正在(?:整改|推进整改)|未完成整改|整改尚在")


@only_with(_SETTLED, _NOT_SETTLED, nothing=(0, 0, ""))
def _opening_and_body(text: str) -> tuple[int, int, str]:
    """Words that contradict the status with which an answer opens, with a sentence; ("") where none do."""
    body = text.removeprefix(label_of(text))
    offset = len(text) - len(body)
    opening, status, _ = opening_status(body)
    if status is None or not opening:
        return 0, 0, ""
    pattern = _NOT_SETTLED if status is Status.DONE else _SETTLED
    match = pattern.search(body, len(opening))
    if match is None or (status is Status.DONE and _FOUND.search(body[max(match.start() - 12, 0) : match.start()])):
        return 0, 0, ""
    words = opening.strip("。；，")
    return offset + match.start(), offset + match.end(), f"开头写“{words}”，后文却写“{match[0]}”"


_CLOSING_STATUS = re.compile(r"(?:整改|完成|办理)?(?:状态|完成情况|进度|结果)[：:](?P<words>[^。；：]{2,14})。?$")
_GOING_ON = re.compile(
    r"正在(?:抓紧|加快|有序|积极|持续|加紧|全力)?(?:推进|整改|施工|办理|建设|实施|进行|清收|协调|改造|安装|修复|采购|招标|编制)|"
    r"(?<=[、，])(?:施工|在建|办理[一-龥]{2,6}手续)(?=\d)|尚未(?:完成|整改|到位|解决|启动|开工|收回)(?![^，。；]{0,4}的)|仍在(?:推进|整改|施工|办理)|未完成整改(?!的)"
)


def _closing_and_body(text: str) -> tuple[int, int, str]:
    """The same for an answer that tells its status at its end: “…正在施工雨污管网。状态：已完成。”."""
    closing = _CLOSING_STATUS.search(text)
    told = status_told(closing["words"]) if closing else None
    if closing is None or told is None or told[0] is None or (told[1] and told[0] is not Status.DONE):
        return 0, 0, ""
    pattern = _GOING_ON if told[0] is Status.DONE else _SETTLED
    match = pattern.search(text, 0, closing.start())
    if match is None or (told[0] is Status.DONE and _FOUND.search(words_before(text, match.start(), 12))):
        return 0, 0, ""
    return match.start(), match.end(), f"文末写“{closing['words']}”，前文却写“{match[0]}”"


_CLOSINGS = Reading(only_with("(?:状态|完成情况|进度|结果)[：:]", nothing=(0, 0, ""))(_closing_and_body))
_OPENINGS = Reading(_opening_and_body, Role.ANSWER)


def opening_against_words(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“整改落实情况：已完成。…尚未解决”, “正在整改。…已全部整改到位”: a file contradicts itself."""
    for reading in (_OPENINGS, _CLOSINGS):
        for i, (start, end, message) in subject.places(reading):
            yield i, Hit(start, end, message)


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("unfinished-done", Family.STATUS, Severity.ERROR, unfinished_but_done, (_UNFINISHED,)),
    DocumentRule("done-open", Family.STATUS, Severity.ERROR, done_but_open),
    DocumentRule("standing-result", Family.STATUS, Severity.ERROR, standing_without_result),
    DocumentRule("status-words", Family.STATUS, Severity.WARNING, opening_against_words, (_OPENINGS, _CLOSINGS)),
    DocumentRule("all-done", Family.STATUS, Severity.WARNING, all_done_but_one, (_ALL_SETTLED,)),
    DocumentRule("overdue", Family.TIME, Severity.WARNING, overdue),
)
