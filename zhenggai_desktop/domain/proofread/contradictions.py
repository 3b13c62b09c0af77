"""Family 3: “全部完成” and a rate of 100 % beside something that is left (domain.md §9.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_DONE = (
    "完成整改|整改完成|整改到位|整改完毕|整改|完成|办结|销号|解决|化解|收回|追回|清退|到位|落实|拆除|归还|发放|兑付|"
    "[缴交付结还]清"
)
_SO_MANY = r"(?:约)?(?:\d[\d.]{0,9}|[一二两三四五六七八九十]{1,3})(?:[万亿]?元|人次|[个项件条户人名处份笔起宗家次])"
_WHOLE = (  # the subject is everything: of a part of it (“资金类问题已全部整改”) others may be left
    r"(?:^|(?<=[。；：]))(?:截至目前，|目前，)?(?:(?:巡[察视])?反馈(?:意见)?(?:指出|提出)?的?|上述|以上|这些|所有|全部|各项|涉及的?|清单中?的?){0,2}"
    rf"(?:{_SO_MANY})?(?:反馈|整改|巡[察视])?(?:问题|任务|事项|措施|资金|款项|线索|信访件|隐患)?"
)
_ALL = rf"(?:现|目前)?(?:已(?:经)?)?(?:全部|全面|全都|均|都)(?:已(?:经)?)?(?:全部)?(?:{_DONE})"
_LEFT = (
    rf"(?:但|其中)?(?:还有|尚有|仍有|还剩|尚余|尚剩|剩余|剩下|其余|余下)(?:的)?{_SO_MANY}[^，。；]{{0,16}}"
    rf"|(?:其中)?(?:尚)?未(?:{_DONE})(?:的)?(?:有)?{_SO_MANY}"
    rf"|其中{_SO_MANY}[^，。；]{{0,10}}?(?:，(?:\d[\d.]{{0,9}}|[一-十两])[个项件条户人名处份笔][^，。；]{{0,8}})?(?:尚未|正在|未)(?:推进|办理|{_DONE})"
)
_EVERY = (
    r"(?:^|(?<=[。；：]))(?:截至目前，|目前，)?(?:全部|所有)(?:反馈|整改)?(?:问题|任务|事项|措施|资金|款项|线索|隐患)"
    rf"(?:现|目前)?已(?:经)?(?:{_DONE})"
)
_THE_REST = rf"(?<=[，。])(?:现|目前)?已(?:经)?全部(?:{_DONE})，(?:剩余|其余|余下)(?:的)?{_SO_MANY}"
_AND_LEFT = quick(rf"(?:{_WHOLE}{_ALL}|{_EVERY})[^，。；]{{0,10}}，(?:[^，。；]{{0,10}}，)?(?:{_LEFT})|{_THE_REST}")
_ALL_OF = quick(
    rf"(?:{_ALL}|全部(?:按期|按时)?(?:参加|到课|到会|参训|参学)|全覆盖)[^，。；]{{0,8}}，(?P<of>[^，。；总均]{{0,4}}?)"
    r"(?:整改|完成|办结|销号|到位|覆盖|参训|参学|到课|到会|出勤|收回|化解)(?:完成)?率(?:达到?|为|已?达)?(?P<rate>\d{1,2}(?:\.\d{1,4})?)%"
)
_FULL_RATE = quick(
    r"(?P<of>整改|完成|办结|销号|到位|覆盖|参训|参学|到课|到会|出勤|化解|参与|签订|签约|缴纳|收缴)率(?:均)?(?:达到?|为|已?达|实现)?100%，"
    rf"(?:但|其中|另)?(?:(?:还有|尚有|仍有|缺席|缺勤|请假|剩余|其余)(?:的)?{_SO_MANY}|(?:尚)?未[一-龥]{{2,4}}(?:的)?(?:有)?{_SO_MANY}|{_SO_MANY}(?:因[^，。；]{{1,8}}?)?(?:尚)?未)[^，。；]{{0,12}}"
)
_COUNTED = quick(
    r"(?:^|(?<=[。；：，]))(?:截至目前，?|目前)?(?P<all>\d{1,4})(?P<unit>[个项条件户处份笔起宗家])[^，。；：\d]{0,8}?"
    rf"{_ALL}[^，。；\d]{{0,6}}，(?:但)?(?:还有|尚有|仍有|还剩|尚余|尚剩|剩余|剩下|其余|余下)(?:的)?"
    r"(?P<left>\d{1,4})(?P=unit)[^，。；]{0,16}"
)
_KEPT_UP = re.compile("长期|坚持|巩固|深化|常态")
_OTHER_WHOLE = re.compile("总体|整体|全[镇县市区街乡局年]|综合|平均")


@only_with(_AND_LEFT)
def all_but_some(text: str) -> Iterator[Hit]:
    """“问题已全部整改完成，还有2个正在推进”. What is kept up for long is no rest."""
    for match in _AND_LEFT.finditer(text):
        if not _KEPT_UP.search(match[0]):
            yield Hit(match.start(), match.end(), f"“{match[0]}”前后矛盾：全部完成，又有没有完成的")


@only_with(_COUNTED)
def all_counted_but_some(text: str) -> Iterator[Hit]:
    """“44项措施…，44项措施全部完成，其余2项正在推进”: the 44 are told before as all there are, not 46."""
    for match in _COUNTED.finditer(text):
        earlier, whole = text[: match.start()], int(match["all"]) + int(match["left"])
        told = re.search(rf"(?<![\d.]){match['all']}{match['unit']}", earlier)
        divided = re.search(rf"(?<![\d.]){whole}{match['unit']}", earlier)
        if told and not divided and not _KEPT_UP.search(match[0]):
            yield Hit(match.start(), match.end(), f"“{match[0]}”前后矛盾：全部完成，又有没有完成的")


@only_with(_ALL_OF)
def all_but_rate(text: str) -> Iterator[Hit]:
    """“已全部办结，办结率95%”."""
    for match in _ALL_OF.finditer(text):
        if not _OTHER_WHOLE.search(match["of"]):
            yield Hit(match.start(), match.end(), f"“{match[0]}”前后矛盾：全部完成，所写的率却只有{match['rate']}%")


@only_with(_FULL_RATE)
def full_rate_but_some(text: str) -> Iterator[Hit]:
    """“参训率100%，缺席3人”."""
    for match in _FULL_RATE.finditer(text):
        if not _KEPT_UP.search(match[0]):
            yield Hit(match.start(), match.end(), f"“{match[0]}”前后矛盾：{match['of']}率为100%，又有例外")


RULES: tuple[TextRule, ...] = (
    TextRule("status-words", Family.STATUS, Severity.WARNING, all_but_some),
    TextRule("status-words", Family.STATUS, Severity.WARNING, all_counted_but_some),
    TextRule("status-words", Family.STATUS, Severity.WARNING, all_but_rate),
    TextRule("status-words", Family.STATUS, Severity.WARNING, full_rate_but_some),
)
