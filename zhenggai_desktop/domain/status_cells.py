"""What the words of a status column mean (完成情况: domain.md §2, §5), in the many ways in which offices write them.

A cell is read clause by clause. Nothing counts as done that is denied, planned, or done in part; words that leave it
open, or that say that it cannot be done, mean no status: whoever reads the cell asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from zhenggai_desktop.domain.records import Status

_LONGEST_STATUS = 24
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)(%?)")  # a sheet keeps 100% as 1
_STANDING = re.compile(r"长期|持续坚持|常态")
_STANDING_ALONE = re.compile(r"长期坚持|持续坚持")

_CLAUSES = re.compile(r"[,。;、()\[\]【】:!|]+|(?<!\d)/|但是?|不过")  # in normal width
_BOX_BEFORE, _BOX_BEHIND = re.compile(r"□[^□☑√✓✔■]*"), re.compile(r"[^□☑√✓✔■]*□")
_TO_BE_CLOSED = re.compile(
    r"[,、(]?但?(?:尚|还|暂)?(?:未|没有|待|等待|正在|已?申请|拟|可)(?:申请|上报|报请|报)?销号\)?"
)
_GOES_ON_AFTER = re.compile(
    "(已(?:全部|按期)?(?:完成整改|整改完成|整改到位|完成))并(?:将)?(?:持续|继续)(?:推进|巩固|深化|跟进|跟踪)"
)
_REASON = re.compile("因(?!此|而)|由于")  # 因经费未落实: why, not how far
_NOTHING_WRONG = re.compile(r"未再?(?:发现|出现|发生)|不存在|无未|没有未|不再|是否")

_DONE = "(?:完成|办结|办毕|解决|到位|完毕|完结|销号|落实|整改)"
_HOW = (  # between 已 and the verb
    "(?:全部|全面|全|均|都|按期|按时|按照?[^未不]{1,6}?|如期|逾期|提前|超额|逐一|逐项|顺利|圆满|及时|立即|当场|彻底|"
    "予以|得到|整改|办理|执行|处理|进行|一并|先后|100%)*"
)
_UNCLEAR = re.compile(
    rf"(?:无法|不能|难以|无力|无需|不需要?|不必|不予|不是|不可能|未必|"
    rf"暂停|暂缓|停止|终止|中止|取消|延期|延缓|推迟)[^已]{{0,8}}?{_DONE}|"
    rf"{_DONE}(?:暂停|暂缓|中止|终止|延期)|[?？]"
)
_NOT_STARTED = re.compile(
    "(?:未|没有|没|待)(?:予以?|进行|能|得到|实际|正式|及时)?(?:启动|开展|开始|实施|动工|开工)|"
    "(?:未|没有|没|(?<![有尚仍])待)(?:予以?|进行|得到)?(?:整改|落实)(?!到|完|成|好|结)"
)
_OPEN = re.compile(
    rf"[未没无不待难].{{0,6}}?{_DONE}|未完|不到位|尚未|[有尚仍]待|仍在|仍有|尚有|还有|[剩余]下?\d|推进(?!会)|"
    r"正(?=在|按|抓|落实|整改)|(?:有序|稳步|顺利)进行|在办|在建|"
    "(?:持续|继续|长期|逐步|陆续|分步|分批|加快|抓紧)(?:整改|落实|完成|进行|解决|办理)|"
    "(?:进行|整改|办理|建设|施工|实施|落实|审批|报批|研究|修订|起草|完善|处理|核查|清理|整治|完成)中(?!央|心|共|发现|存在)|"
    "已经?(?:启动|着手|开始|开工|进入)|"
    rf"(?<![该此本各两])部分.{{0,4}}?{_DONE}|"
    rf"{_DONE}.{{0,4}}?(?:部分|一半|过半|大半|多半|多数)|"
    rf"(?:一半|过半|大半|多数).{{0,4}}?{_DONE}|"
    "完成了?(?:近|约)?(?:[一二三四五六七八九几]成|[一二三四五六七八九十]+分之)"
)
_PLANNED = re.compile(
    rf"(?:(?<!按)(?<!按照)计划|预计|预期|预定|估计|拟(?!定)|力争|争取|确保|打算|准备|有望|可望|"
    rf"下一步)(?:(?!已).)*{_DONE}|"
    rf"^(?:(?!已).)*将.*{_DONE}"
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_OF_THE_WORK = re.compile(rf".*(?:{_DONE}|进度|进展).*|(?:约|近|已?达到?|超过?)?[\d.]+%(?:左右|以上|多)?")
_COUNT = re.compile(r"(?:完成|办结|整改|落实|解决)了?(\d+)(?:[余多]?[项个件条处次户笔人家]|/(\d+))")
_TOTAL = re.compile(r"(?:共有?|总计|合计|总数|全部)(\d+)[项个件条处次户笔人家]")
_MOSTLY = re.compile(
    "(?:基本|大体|大致)上?已?(?:完成|整改|到位|落实|办结|解决|销号)|阶段性(?:完成|整改|成效|成果)|接近完成"
)
_SURELY_DONE = re.compile(
    rf"(?:已经?|业已)(?:[于在].{{1,14}}?)?{_HOW}{_DONE}|(?<!前)(?:全部|全面|均|都){_HOW}{_DONE}|已立行立改"
)
_LATER = re.compile(
    "(?:[底末后]|(?<!提)前|年内|下个?[月周季]|下阶段|明年|明天|近期|尽快|加紧|限期|应当?|必?须|需要?|要(?!求)|(?<!按)(?<!按照)要求|"
    "可以?|能|等|"
    rf"督促|推动|协调|责令|负责|配合|督办)(?:(?!已).)*{_DONE}"
)
_SOME_MONTH = re.compile(rf"\d[年月](?:份|[上中下]旬)?{_HOW}{_DONE}")  # when it was done, or when it will be
_SAID_DONE = re.compile(
    rf"^(?:是|[√✓✔■☑](?:是|已.*)?|{_HOW}{_DONE}了?(?:整改|任务|工作|销号)?|"
    r"完成(?!时|期|率|情况|进度|比例|日|标准|人|单位|\d).*|.*(?:完成|完毕|办结|整改到位|落实到位|销号))$"
)
_SAID_OPEN = re.compile("^(?:否|[×✗✘☒](?:否|未.*)?)$")
_NOT_DONE = {Status.NOT_STARTED, Status.IN_PROGRESS}
_Said = Status | Literal["unclear"] | None
_FIRST: tuple[tuple[_Said, re.Pattern[str]], ...] = (
    ("unclear", _UNCLEAR),
    (Status.NOT_STARTED, _NOT_STARTED),
    (Status.IN_PROGRESS, _OPEN),
    (Status.IN_PROGRESS, _PLANNED),
)
_THEN: tuple[tuple[_Said, re.Pattern[str]], ...] = (
    (Status.MOSTLY_DONE, _MOSTLY),
    (Status.DONE, _SURELY_DONE),
    (Status.IN_PROGRESS, _LATER),
    ("unclear", _SOME_MONTH),
    (Status.DONE, _SAID_DONE),
    (Status.IN_PROGRESS, _SAID_OPEN),
)

_CHOICE = re.compile(  # one of several columns in which the one that fits is ticked
    "是|否|已?(?:全部)?(?:完成|整改|办结|销号)(?:整改)?|基本完成|部分完成|(?:正在|持续|长期)(?:推进|整改|办理|进行)|"
    "(?:推进|整改|进行|办理)中|(?:尚未|未)(?:完成|整改|启动|开展|办结|销号)(?:整改)?"
)
_HOW_TO_TICK = re.compile("[（(][√✓✔☑打划勾钩]+[）)]$")
_TICK = re.compile("[√✓✔☑✅■●○★▲◆VvYy1]|是")
_NO_TICK = re.compile("[×✗✘☒□/／—–0-]|否|无")

_NO_MORE = re.compile(
    r"(?:已?(?:全部)?(?:整改)?完成(?:整改)?|是|否|√|×|基本完成|正在推进|推进中|整改中|进行中|未完成|未启动|持续推进|正在整改)?"
    r"[，、；]?(?:并)?(?:长期坚持|持续坚持)?"
)


def says_no_more(text: str) -> bool:
    """Whether a cell holds nothing but the usual words of a status; True for a blank one."""
    return _NO_MORE.fullmatch(unicodedata.normalize("NFKC", "".join(text.split())).replace(",", "，")) is not None


def share_shown(text: str) -> str:
    """A share as the sheet shows it: 0.8 is 80%. Any other text as it is."""
    share = _SHARE.fullmatch(text.strip())
    return text if share is None or share[2] else f"{round(float(share[1]) * 100, 2):g}%"


def is_choice(caption: str) -> bool:
    """Whether a header's words are a status themselves: below them the row's status is ticked, not written."""
    return _CHOICE.fullmatch(choice_words(caption)) is not None


def choice_words(caption: str) -> str:
    """The words without how they are chosen: 完成（√）."""
    return _HOW_TO_TICK.sub("", caption)


def is_ticked(text: str) -> bool | None:
    """Whether a cell below such words holds a tick (True) or a sign for none (False); None for any other words."""
    words = "".join(text.split())
    return True if _TICK.fullmatch(words) else False if _NO_TICK.fullmatch(words) else None


@lru_cache(maxsize=4096)
def read_status(text: str) -> tuple[Status | None, bool]:
    """What the words of a status column mean and whether the item is standing; None for words that mean no status.

    Where clauses differ, the one that is furthest from done counts: 已完成3项，正在推进2项 is in progress. That an
    issue waits for its closing (待销号) says nothing against its being done.
    """
    words = unicodedata.normalize("NFKC", "".join(text.split()))
    standing = _STANDING.search(words) is not None
    if share := _SHARE.fullmatch(words):
        return _of_share(float(share[1]) / (100 if share[2] else 1)), standing
    if len(words) > _LONGEST_STATUS:
        return None, standing
    words = _ticked(words)
    words = _TO_BE_CLOSED.sub("", words) or words
    words = _GOES_ON_AFTER.sub(r"\1", words)
    total = _TOTAL.search(words)
    clauses = [clause for clause in _CLAUSES.split(words) if clause and not _NOTHING_WRONG.search(clause)]
    said = [_clause(clause, int(total[1]) if total else 0) for clause in clauses]
    if len(said) > 1 and _REASON.match(clauses[0]) and isinstance(said[-1], Status):
        said = said[1:]
    told = [status for status in said if isinstance(status, Status)]
    if told:
        status = _furthest_from_done(told)
        return (None if "unclear" in said and status not in _NOT_DONE else status), standing
    return (Status.DONE if _STANDING_ALONE.search(words) and "unclear" not in said else None), standing


def _clause(clause: str, total: int) -> _Said:
    """What one clause says; None where it does not speak of the status. ``total`` is that of all clauses, or 0."""
    first: _Said = next((said for said, pattern in _FIRST if pattern.search(clause)), None)
    if first is not None:
        return first
    if (percent := _PERCENT.search(clause)) and _OF_THE_WORK.fullmatch(clause):
        return _share_said(float(percent[1]), 100)
    if count := _COUNT.search(clause):
        return _share_said(int(count[1]), int(count[2] or total))
    then: _Said = next((said for said, pattern in _THEN if pattern.search(clause)), None)
    return then


def _share_said(part: float, whole: int) -> _Said:
    """What a part of the work says; that of an unknown whole, or more than all, leaves it open."""
    status = _of_share(part / whole) if whole else None
    return "unclear" if status is None else status


def _of_share(number: float) -> Status | None:
    """None for more than the whole."""
    if number > 1:
        return None
    return Status.DONE if number == 1 else Status.IN_PROGRESS if number else Status.NOT_STARTED


def _ticked(words: str) -> str:
    """Without the choices that are not ticked: 是☑否□, □是√否."""
    if "□" not in words or not re.search("[☑√✓✔■]", words):
        return words
    ticked = (_BOX_BEFORE if words[0] in "□☑√✓✔■" else _BOX_BEHIND).sub("", words)
    return re.sub("[☑√✓✔■]", "", ticked)


def _furthest_from_done(told: Sequence[Status]) -> Status:
    if told[0] is Status.NOT_STARTED and Status.DONE not in told:  # 未启动，计划12月完成
        return Status.NOT_STARTED
    if Status.NOT_STARTED in told or Status.IN_PROGRESS in told:
        return Status.IN_PROGRESS
    return Status.MOSTLY_DONE if Status.MOSTLY_DONE in told else Status.DONE
