"""Words in an answer which say that something is not finished yet (domain.md §4, §9.3)."""

from __future__ import annotations

import re

from zhenggai_desktop.domain.records import Status

# 下一步 alone is no such word: settled answers look ahead too (“下一步，将持续…”).
UNFINISHED = re.compile(
    r"正在(?!编|册|职)|尚未|(?<![一-龥])拟(?!定)|(?:计划|力争|预计)(?:于|在)?(?:\d{4}年|\d{1,2}月|年底|今年|明年)|预计|推进中|"
    r"办理中|整改中(?!发现|查|存)|尚有[^，。；]{1,16}未|仍在|未完成(?!的)|有待"
)


_OPENING = re.compile(
    r"(?P<words>(?P<done>已(?:经)?(?:全部)?(?:完成(?:整改)?|整改(?:完成|到位|完毕)?|销号)|完成整改|立行立改)|(?P<mostly>基本完成(?:整改)?)|"
    r"(?P<going>正在(?:推进|整改|进行)|持续推进|推进中|整改中)|(?P<not>未完成|尚未(?:完成|启动)))"
    r"(?P<rest>(?:[，、；]?(?:并|已|需|并将)?(?:长期|持续)坚持)?)[。；，]"
)


def opening_status(text: str) -> tuple[str, Status | None, bool]:
    """The status words that open an answer (“已完成，长期坚持。”), what they mean, and whether the item is standing."""
    bracket = _OPENING_BRACKET.match(text)
    told = status_told(bracket["words"]) if bracket else None
    if bracket and told:
        return bracket[0], *told
    match = _OPENING.match(text)
    if match is None or not match[0].endswith(("。", "；")):
        return "", None, False
    statuses = (("done", Status.DONE), ("mostly", Status.MOSTLY_DONE), ("going", Status.IN_PROGRESS))
    status = next((value for name, value in statuses if match[name]), Status.NOT_STARTED)
    return match[0], status, bool(match["rest"])


_WORDS = (
    (Status.DONE, r"已?(?:经)?(?:全部)?(?:完成|整改到位|整改完[成毕]|办结|销号)(?:整改|销号)?|整改完[成毕]|立行立改"),
    (Status.MOSTLY_DONE, r"(?:已)?基本(?:完成|整改到位)(?:整改)?|(?:已)?取得阶段性(?:成效|成果|进展)|阶段性完成"),
    (Status.IN_PROGRESS, r"(?:正在|持续)(?:推进|整改|进行)(?:整改)?(?:中)?|推进中|整改中|未完成(?:整改)?"),
    (Status.NOT_STARTED, r"(?:尚)?未(?:启动|开展|完成启动)"),
)
_STANDING = r"(?:并)?(?:需要?|将)?(?:长期|持续)(?:坚持|整改|巩固)|常态化(?:推进|坚持)"
_OPENING_BRACKET = re.compile(r"[（【\[](?P<words>[^（）【】\[\]]{2,20})[）】\]][。：]?")
_BRACKET = re.compile(r"(?P<stop>。?)[（【\[](?P<words>[^（）【】\[\]]{2,20})[）】\]](?P<after>。?)$")


def status_told(words: str) -> tuple[Status | None, bool] | None:
    """What status words alone mean (“持续推进，长期坚持”); None where anything else stands among them."""
    status: Status | None = None
    standing = False
    for part in re.split(r"[，、；。/]", words):
        told = next((value for value, pattern in _WORDS if re.fullmatch(pattern, part)), None)
        if told is None and not re.fullmatch(_STANDING, part):
            return None
        status, standing = status or told, standing or told is None
    return status, standing


def without_status(title: str) -> tuple[str, Status | None, bool]:
    """A title without the status that some notices print behind it (“…不足。（已完成整改）”), and what that means."""
    match = _BRACKET.search(title)
    told = status_told(match["words"]) if match else None
    if match is None or told is None:
        return title, None, False
    return title[: match.start()], *told


_GROUP = re.compile(
    r"(?:(?P<done>已(?:经)?(?:全部)?(?:完成|整改到位))|(?P<mostly>基本完成)|(?P<going>正在(?:推进|整改)|持续推进)|(?P<not>尚未(?:完成|启动))|"
    r"(?P<standing>(?:需要?)?长期坚持))(?:整改)?的?(?:整改)?(?:问题|事项|任务)(?:（[^）]*）|\d+[个项])?"
)


def group_status(title: str) -> tuple[Status | None, bool]:
    """What a heading that groups issues by status says of all of them (“正在推进的问题”), and whether they stand."""
    match = _GROUP.fullmatch(title.rstrip("。："))
    if match is None:
        return None, False
    statuses = (("done", Status.DONE), ("mostly", Status.MOSTLY_DONE), ("going", Status.IN_PROGRESS),
                ("not", Status.NOT_STARTED))  # fmt: skip
    return next((value for name, value in statuses if match[name]), None), bool(match["standing"])


# “尚未办结的12户已全部办结”, “对正在履行的合同进行了规范”: how things stood, or what the work was done on
_WHOLE, _SOME = r"(?:均(?:已)?|都已|已?经?(?:全部|全面))", r"已(?:经)?"
_HOW = r"(?:全部|全面|依法|如期|顺利|于[^，。；]{1,12})?"
_DONE_WITH = (
    r"(?:完成|竣工|完工|办[结理]|到位|收[回缴]|追[回缴]|清[退理缴收]|整改|整治|报销|重新[一-龥]{2}|签订|补[签办缴齐]|销号|建成|拆除|投入(?:使用|运[营行]|生产)|验收|关停|"
    r"归还|缴[清纳齐]|解决|化解|支付|兑付|拨付|退还|移交|注销|纠正|落实|发放|核销|入账)"
)
# a figure or a part behind it (已收回3万元, 已完成自查) says that the rest is not
_SETTLED = rf"(?:{_WHOLE}{_HOW}{_DONE_WITH}|{_SOME}{_HOW}{_DONE_WITH}(?![^，。；]{{0,8}}?\d))"
_SETTLED_ALONE = rf"(?:{_WHOLE}{_HOW}{_DONE_WITH}|{_SOME}{_HOW}{_DONE_WITH}(?=[，。；了]|$))"
_AS_IT_WAS = re.compile(
    rf"(?:正在|尚未|仍在)[^，。；、]{{1,14}}?的(?![有是为共]|还有|[，。；]|$)"
    rf"(?:[^，。；]{{0,20}}?{_SETTLED}|[^，。；尚未]{{0,20}}，{_SETTLED_ALONE})"
)
_DONE_TO_IT = re.compile(r"正在[^，。；、]{1,10}?的[^，。；有是为还]{1,16}?(?:进行|开展|实施|作出|作|完成|给予|予以)了")


def unfinished_at(text: str) -> tuple[int, str]:
    """Where the first word stands that says the work is going on or lies ahead, and the word; (-1, "") without one.

    What was still going on (“尚未办结的12户已全部办结”) is passed over.
    """
    for match in UNFINISHED.finditer(text):
        if not _AS_IT_WAS.match(text, match.start()) and not _DONE_TO_IT.match(text, match.start()):
            return match.start(), match[0]
    return -1, ""


def unfinished_word(text: str) -> str:
    """The word of ``unfinished_at``, or ""."""
    return unfinished_at(text)[1]
