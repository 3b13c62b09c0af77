"""Countable results that a text states of the whole: penalties, rules, money, referrals (domain.md §4 Outcome).

Only totals of prose chapters are read; what an answer tells of its own issue is not guessed to be a further case. A
total that a text states twice is one outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhenggai_desktop.domain.plan import ImportPlan, ProposedOutcome
from zhenggai_desktop.domain.records import ChapterRole, Outcome, Period, new_uid


@dataclass(frozen=True, slots=True)
class OutcomeKind:
    """A kind with the words that state it before a number, and the units in which it is counted."""

    name: str
    words: str
    units: str


_PEOPLE = "人次|人|名"
KINDS: tuple[OutcomeKind, ...] = (
    OutcomeKind("立案", r"(?<!未)立案(?:审查调查|审查|查处|调查)?", "件|起|人"),
    OutcomeKind("了结", r"(?<!未)(?:了结|结案)", "件|起|人"),
    OutcomeKind("党内严重警告", r"(?:党内)?严重警告(?:处分)?", _PEOPLE),
    OutcomeKind("党内警告", r"(?:党内|(?<!严重)(?<![一-龥]))警告(?:处分)?", _PEOPLE),
    OutcomeKind("撤销党内职务", r"撤销党内职务(?:处分)?", _PEOPLE),
    OutcomeKind("留党察看", r"留党察看(?:处分)?", _PEOPLE),
    OutcomeKind("开除党籍", r"开除党籍(?:处分)?", _PEOPLE),
    OutcomeKind("党纪政务处分", r"党纪[、和]?(?:政务|政纪)处分", _PEOPLE),
    OutcomeKind("党纪处分", r"党(?:纪|内)处分", _PEOPLE),
    OutcomeKind("政务处分", r"(?<!党纪)(?<!党纪、)政(?:务|纪)处分", _PEOPLE),
    OutcomeKind("移送司法机关", r"移送司法(?:机关)?(?:处理)?", _PEOPLE),
    OutcomeKind("诫勉", r"诫勉(?:谈话)?", _PEOPLE),
    OutcomeKind("提醒谈话", r"(?:提醒谈话|谈话提醒)", _PEOPLE),
    OutcomeKind("批评教育", r"批评教育", _PEOPLE),
    OutcomeKind("约谈", r"(?:廉政)?约谈[一-龥]{0,10}?", _PEOPLE),
    OutcomeKind("通报批评", r"通报批评", f"{_PEOPLE}|个"),
    OutcomeKind("书面检查", r"(?:责令)?(?:作出|做出)?书面检查", _PEOPLE),
    OutcomeKind("组织处理", r"组织处理", _PEOPLE),
    OutcomeKind("其他方式处理", r"其[他它]方式处理", _PEOPLE),
    OutcomeKind(
        "制度修订", r"(?:修订完善|修改完善|修订|修改|完善)(?:各类|各项|相关|有关)?(?:规章)?制度(?:机制)?", "项|个"
    ),
    OutcomeKind(
        "制度新建",
        r"(?:新建|新制定|制定出台|制定|出台|新增|建立健全|建立)(?:各类|各项|相关|有关)?(?:规章)?制度(?:机制)?",
        "项|个",
    ),
    OutcomeKind("挽回损失", r"挽回(?:直接)?(?:经济)?损失", "万元|亿元|元"),
    OutcomeKind("追回资金", r"(?:追回|追缴|收回|收缴)(?:、?(?:退还|退缴|清退|上缴))?[一-龥]{0,8}?", "万元|亿元|元"),
    OutcomeKind("清退资金", r"清退[一-龥]{0,8}?", "万元|亿元|元"),
    OutcomeKind("线索移交", r"(?:移交(?:的)?(?:问题)?线索|(?:问题)?线索移交)", "件|条"),
    OutcomeKind("线索办结", r"(?:已)?办结", "件|条"),
    OutcomeKind("线索在办", r"(?:正在办理|在办|正在核查)", "件|条"),
)
"""More particular kinds first: a stretch of text is read once."""

_CARD = re.compile(r"([红橙黄蓝绿])色(?:监督)?(?:预警)?卡(?:共)?(\d{1,15})(张|份)")
_NUMBER = r"(?:资金|款项)?(?:共计|总计|累计|合计|共|分别|达|各)?(?:约)?(\d{1,15}(?:\.\d{1,15})?)(?:余)?"
_PATTERNS = tuple((kind, re.compile(f"{kind.words}{_NUMBER}({kind.units})")) for kind in KINDS)
_REFERRALS = {"线索办结", "线索在办"}


def read_outcomes(plan: ImportPlan) -> None:
    """Fill ``plan.outcomes`` from the prose of its chapters; none of them is tied to an issue."""
    seen: set[tuple[str, Decimal, str, Period]] = set()
    for chapter in plan.chapters:
        if chapter.role is ChapterRole.CLOSING:
            continue
        for block in chapter.blocks:
            for outcome in outcomes_in(block.text):
                key = (outcome.kind, outcome.number or Decimal(0), outcome.unit, outcome.period)
                if key not in seen:
                    seen.add(key)
                    plan.outcomes.append(ProposedOutcome(outcome))


def outcomes_in(text: str) -> Iterator[Outcome]:
    """The outcomes that a paragraph states, in reading order."""
    for sentence in re.split(r"(?<=。)", text):
        found = [*_cards(sentence), *_kinds(sentence), *_settled(sentence)]
        yield from (outcome for _, outcome in sorted(found, key=lambda pair: pair[0]))


def _cards(sentence: str) -> Iterator[tuple[int, Outcome]]:
    for match in _CARD.finditer(sentence):
        yield match.start(), _outcome(sentence, match, f"{match[1]}色预警卡", match[2], match[3])


def _kinds(sentence: str) -> Iterator[tuple[int, Outcome]]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            if kind.name in _REFERRALS and not _of_clues(sentence, match.start()):
                continue
            if Decimal(match[1]) and not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield match.start(), _outcome(sentence, match, kind.name, match[1], match[2])


def _of_clues(sentence: str, at: int) -> bool:
    """True where what is counted at ``at`` are clues (线索), not letters and visits, which such sentences count too."""
    before = sentence[:at]
    return before.rfind("线索") > max(before.rfind(word) for word in ("信访", "来信", "举报件"))


_ALL_SETTLED = re.compile(
    r"线索(?:共)?(\d{1,15})(件|条)[，,](?:目前|现)?(?:已)?(?:均|全部)(?:已)?(?:按[^，。；]{1,8})?(?:办结|办理完毕)"
)


def _settled(sentence: str) -> Iterator[tuple[int, Outcome]]:
    for match in _ALL_SETTLED.finditer(sentence):
        yield match.end(), _outcome(sentence, match, "线索办结", match[1], match[2])


def _outcome(sentence: str, match: re.Match[str], kind: str, number: str, unit: str) -> Outcome:
    return Outcome(
        uid=new_uid(),
        kind=kind,
        number=Decimal(number),
        unit={"名": "人", "份": "张", "起": "件", "条": "件"}.get(unit, unit),
        period=_period(sentence[: match.start()]),
        source_text=match[0],
    )


def _period(before: str) -> Period:
    """巡察中 or 巡察以来, whichever the clause was opened with last."""
    during = max(before.rfind(words) for words in ("巡察中", "巡视中", "巡察期间", "巡视期间"))
    since = max(before.rfind(words) for words in ("巡察以来", "巡视以来", "整改以来", "反馈以来"))
    if during == since == -1:
        return Period.UNKNOWN
    return Period.DURING if during > since else Period.SINCE
