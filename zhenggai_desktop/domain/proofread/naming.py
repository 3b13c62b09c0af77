"""Family 9: one team, unit or document named in two ways (domain.md §9.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with, quick
from zhenggai_desktop.domain.records import Snapshot

_TEAM = quick(
    r"(?:[省市区县]委)?(第[一二三四五六七八九十]+)(?:轮)?(?:巡察|巡视)组|(?:[省市区县]委)?(?:巡察|巡视)(第?[一二三四五六七八九十]+)组"
)


@only_with(_TEAM)
def _teams(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((m.start(), m.end(), "第" + (m[1] or m[2]).removeprefix("第")) for m in _TEAM.finditer(text))


_TEAMS = Reading(_teams)


def teams(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """The inspection team under another number than in the lead."""
    first: tuple[str, str] | None = None
    told = False
    for i, found in subject.places(_TEAMS):
        for start, end, number in found:
            words = subject.texts[i].text[start:end]
            if first is None:
                first = number, words
            elif number != first[0] and words[0] == first[1][0]:
                message = f"巡察组名称前后不一致：前文为“{first[1]}”，此处为“{words}”"
                yield i, Hit(start, end, message)
            elif words[0] == first[1][0] and not told and _form(words) != _form(first[1]):
                told = True
                yield i, Hit(start, end, f"巡察组名称写法不一：前文为“{first[1]}”，此处为“{words}”，请统一")


def _form(words: str) -> bool:
    """县委巡察三组 is the short form of 县委第三巡察组 and of 县委巡察第三组."""
    return "第" in words


_TERM = re.compile(r"巡[视察](?=整改|反馈|组反馈|意见|集中整改)")
_OTHER_TERM = re.compile(r"省委|中央|国家|上级|以往|历次|市委")


@only_with("巡[视察]", nothing=(0, 0, ()))
def _terms(text: str) -> tuple[int, int, tuple[tuple[int, str], ...]]:
    """How often 巡察 and 巡视 stand in a text, and where one of them names a thing of the own inspection."""
    xuncha, xunshi = text.count("巡察"), text.count("巡视")
    places = tuple((m.start(), m[0]) for m in _TERM.finditer(text))
    return xuncha, xunshi, places


_TERMS = Reading(_terms)


def inspection_terms(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """巡视 in a text about 巡察 of the own kind (“巡视整改” for “巡察整改”)."""
    read = subject.places(_TERMS)
    xuncha, xunshi = sum(each[0] for _, each in read), sum(each[1] for _, each in read)
    right, wrong = ("巡察", "巡视") if xuncha >= xunshi else ("巡视", "巡察")
    if max(xuncha, xunshi) < 5 * max(min(xuncha, xunshi), 1):
        return
    for i, (_, _, places) in read:
        for start, words in places:
            clause = re.split(r"[。；，]", subject.texts[i].text[:start])[-1]
            if words == wrong and not _OTHER_TERM.search(clause):
                yield i, Hit(start, start + 2, f"全文为{right}整改，此处写作“{wrong}”，请核对", right)


# --- documents

_TITLE = re.compile(r"《([^《》]{8,60})》")
TELLING = frozenset(
    "零一二三四五六七八九十上下内外前后左右大小新旧男女年月日甲乙丙丁东南西北中试市区县镇乡村省州盟旗部局委办科处室站总分正副反未非不校院系馆厂店乡组班纪党团工妇"
)  # one of these signs makes another document


@only_with(_TITLE)
def _titles(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((m.start(), m.end(), m[1]) for m in _TITLE.finditer(text))


_TITLES = Reading(_titles)


def document_names(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """《东港街道固定资产管理办法》 and 《东港街道固定资管理办法》: one sign more, less or other."""
    known: dict[str, None] = {}
    deletions: dict[str, str] = {}
    for i, found in subject.places(_TITLES):
        for start, end, title in found:
            if title in known:
                continue
            near = _near_title(title, known, deletions) or _short_form(subject.texts[i].text, title, end)
            known[title] = None
            for shorter in _shorter(title):
                deletions.setdefault(shorter, title)
            if near:
                yield i, Hit(start, end, f"文件名称前后不一致：前文为《{near}》，此处为《{title}》")


def _shorter(title: str) -> Iterable[str]:
    """The title without each of its signs, by which a neighbour is found at once."""
    return (title[:k] + title[k + 1 :] for k in range(len(title)))


def _near_title(title: str, known: dict[str, None], deletions: dict[str, str]) -> str:
    candidates = [deletions.get(title, "")]
    for shorter in _shorter(title):
        candidates += [shorter if shorter in known else "", deletions.get(shorter, "")]
    for other in candidates:
        if other and other != title and not _telling(title, other):
            return other
    return ""


_KEPT_ENDS = 4
_SHORTEST_TWICE = 10


def _short_form(text: str, title: str, end: int) -> str:
    """A title of the same paragraph, before this one, that has two or three signs more, or fewer, in its midst."""
    for _, stop, other in _titles(text):
        longer, shorter = (title, other) if len(title) > len(other) else (other, title)
        if stop >= end or len(longer) - len(shorter) not in (2, 3) or len(shorter) < _SHORTEST_TWICE:
            continue
        head = next((k for k, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
        more = longer[head : head + len(longer) - len(shorter)]
        ends = min(head, len(shorter) - head) >= _KEPT_ENDS
        if ends and shorter[head:] == longer[head + len(more) :] and not set(more) & TELLING:
            return other
    return ""


_TWO_THINGS = (
    "金产源料质",
    "务政物会",
    "事才力",
    "同作",
    "车房地",
    "购销",
    "收支",
    "出入",
    "食宿",
    "岗位",
)  # 资金 and 资产


def _telling(one: str, other: str) -> bool:
    """Do the signs in which two titles differ make them two documents?"""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if longer.endswith("办法") and shorter == f"{longer[:-2]}法":
        return False  # 管理法 for 管理办法
    head = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    signs = [longer[head : head + 1]]
    if len(one) == len(other):
        signs.append(shorter[head : head + 1])
    if len(one) == len(other) and any(set(signs) <= set(group) for group in _TWO_THINGS):
        return True
    if any(not sign or sign.isdecimal() or sign.isascii() or sign in TELLING for sign in signs):
        return True
    kinds = {
        word
        for title in (one, other)
        for word in ("办法", "细则", "制度", "方案", "规定", "清单", "通知")
        if title.endswith(word)
    }
    return len(kinds) > 1


# --- units

_SHORTEST_UNIT = 4
_LONG_UNIT = 8


_SHORT_NAME = quick(r"（(?:以下)?简称[“：:]?(?P<short>[一-龥]{4,8})”?）")


@only_with(_SHORT_NAME)
def _short_names(text: str) -> tuple[str, ...]:
    return tuple(match["short"] for match in _SHORT_NAME.finditer(text))


_SHORT_NAMES = Reading(_short_names)


def unit_names(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A name of the directory or of the ledger's facts with one sign other than it is written there.

    A file knows its names from its own words: there the way in which a name is written more often is the right one.
    """
    names = _known_units(subject.snapshot)
    if subject.plan is not None:
        names |= {short for _, found in subject.places(_SHORT_NAMES) for short in found}
        names = _agreed(names, subject)
    found = list(_near_units(subject, names))
    swapped = {
        words: name for _, _, words, name in found if subject.plan and _count(subject, words) > _count(subject, name)
    }
    for i, at, words, name in found:
        if words not in swapped:
            where = "前文" if subject.plan is not None else "台账中"
            yield i, Hit(at, at + len(words), f"单位名称“{words}”与{where}的“{name}”只差一个字，请核对", name)
    for words, name in swapped.items():
        for i, text in enumerate(subject.texts):
            at = text.text.find(name)
            if at >= 0:
                yield i, Hit(at, at + len(name), f"单位名称“{name}”与别处的“{words}”只差一个字，请核对", words)


def _count(subject: Subject, name: str) -> int:
    return sum(text.text.count(name) for text in subject.texts)


def _agreed(names: frozenset[str], subject: Subject) -> frozenset[str]:
    """Of two names that differ in one sign the one that is written more often."""
    kept: list[str] = []
    for name in sorted(names, key=lambda each: -_count(subject, each)):
        if not any(len(other) == len(name) and _differ_in_one(name, other) for other in kept):
            kept.append(name)
    return frozenset(kept)


def _differ_in_one(one: str, other: str) -> bool:
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 and not any(sign in TELLING for sign in pairs[0])


def _near_units(subject: Subject, names: frozenset[str]) -> Iterator[tuple[int, int, str, str]]:
    """Paragraph, place, words and the name from which they differ."""
    if names:
        reading = subject.memory.kept("near units", names, lambda: Reading(_near_reader(names)))
        yield from ((i, *place) for i, found in subject.places(reading) for place in found)


def _near_reader(names: frozenset[str]) -> Callable[[str], tuple[tuple[int, str, str], ...]]:
    """Reads where words differ from one of ``names`` in one sign: their place, the words, the name."""
    lengths = sorted({len(name) for name in names})
    masks = {name[:k] + "\0" + name[k + 1 :]: name for name in names for k in range(len(name))}
    firsts = {name[0] for name in names}
    seconds = {name[1] for name in names if len(name) >= _LONG_UNIT}  # of short names the first sign tells them apart
    begins = re.compile("|".join(_beginnings(firsts, seconds)))

    def read(words: str) -> tuple[tuple[int, str, str], ...]:
        found: list[tuple[int, str, str]] = []
        covered = 0
        for match in begins.finditer(words):
            at = match.start()
            if at < covered:
                continue
            near = _near_unit(words, at, lengths, masks, names)
            if near is not None:
                length, name = near
                covered = at + length
                found.append((at, words[at:covered], name))
        return tuple(found)

    return read


def _beginnings(firsts: set[str], seconds: set[str]) -> Iterator[str]:
    """Patterns of a place where a name may begin: at its first sign, or before its second."""
    yield "[" + "".join(map(re.escape, sorted(firsts))) + "]"
    if seconds:
        yield r"[\s\S](?=[" + "".join(map(re.escape, sorted(seconds))) + "])"


def _is_sign(char: str) -> bool:
    return "一" <= char <= "龥" and char not in "和及与"


def _near_unit(
    words: str, at: int, lengths: list[int], masks: dict[str, str], names: frozenset[str]
) -> tuple[int, str] | None:
    for length in reversed(lengths):
        piece = words[at : at + length]
        if len(piece) < length or piece in names:
            continue
        for k in range(length):
            name = masks.get(piece[:k] + "\0" + piece[k + 1 :]) if k or length >= _LONG_UNIT else None
            if name and _is_sign(piece[k]) and _is_sign(name[k]) and piece[k] not in TELLING and name[k] not in TELLING:
                whole = words[at - (1 if at else 0) : at + length + 1]
                place = k + (1 if at else 0)
                if not any(
                    whole.find(other) <= place < whole.find(other) + len(other) for other in names if other in whole
                ):
                    return length, name
    return None


def _known_units(snapshot: Snapshot) -> frozenset[str]:
    """Names that are long enough to be known by all signs but one."""
    facts = snapshot.facts
    names = {facts.organisation, facts.organisation_short, facts.signature_organisation}
    names |= {name for unit in snapshot.inspected_units for name in (unit.name, unit.short_name)}
    names |= {name for each in snapshot.departments for name in (each.name, each.short_name)}
    return frozenset(name for name in names if len(name) >= _SHORTEST_UNIT and "\n" not in name)


def aliases(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A unit called by an alias that the directory keeps for finding it, not for printing."""
    printed = {name for each in subject.snapshot.departments for name in (each.name, each.short_name)}
    known = {
        alias: each.name
        for each in subject.snapshot.departments
        for alias in each.aliases
        if len(alias) > 1 and alias not in printed
    }
    if not known:
        return
    pattern = re.compile("|".join(map(re.escape, sorted({*known, *filter(None, printed)}, key=len, reverse=True))))
    for i, text in enumerate(subject.texts):
        for match in pattern.finditer(text.text):
            name = known.get(match[0])
            if name:
                yield i, Hit(match.start(), match.end(), f"“{match[0]}”在通讯录中的名称是“{name}”，请统一", name)


_OBJECT = quick(
    r"(?:对(?P<of>[一-龥]{3,20}?(?:党支部|党总支|党委|党组|党工委))(?:及[^，。；]{0,12})?(?:开展|进行)了?[^，。；]{0,8}巡[察视]"
    r"|向(?P<to>[一-龥]{3,20}?(?:党支部|党总支|党委|党组|党工委))反馈)"
)
_ORGAN = re.compile("(?:党支部|党总支|党委|党组|党工委)$")


@only_with(_OBJECT)
def _objects(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span("of" if m["of"] else "to") for m in _OBJECT.finditer(text))


_OBJECTS = Reading(_objects)


def inspected_names(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """对某公司党支部进行了巡察, 向某公司党总支反馈: one organisation, two kinds."""
    first = ""
    for i, found in subject.places(_OBJECTS):
        for start, end in found:
            words = subject.texts[i].text[start:end]
            first = first or words
            if words != first and _ORGAN.sub("", words) == _ORGAN.sub("", first):
                yield i, Hit(start, end, f"被巡察党组织的名称不一：前文为“{first}”，此处为“{words}”，请核对")


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("team-name", Family.WORDS, Severity.WARNING, teams, (_TEAMS,)),
    DocumentRule("inspection-term", Family.WORDS, Severity.WARNING, inspection_terms, (_TERMS,)),
    DocumentRule("unit-name", Family.WORDS, Severity.WARNING, inspected_names, (_OBJECTS,)),
    DocumentRule("document-name", Family.WORDS, Severity.WARNING, document_names, (_TITLES,)),
    DocumentRule("unit-name", Family.WORDS, Severity.WARNING, unit_names, (_SHORT_NAMES,)),
    DocumentRule("unit-alias", Family.WORDS, Severity.WARNING, aliases),
)
