"""Family 5: persons by name: those whom the ledger knows, and those who stand beside a penalty (domain.md §9.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.proofread.penalty_names import NO_GIVEN, maybe_named_penalties, named_penalties
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.public_names import Contacts, may_be_a_name, name_stands_alone
from zhenggai_desktop.domain.quick_patterns import Gated, only_with, quick
from zhenggai_desktop.domain.records import Snapshot

_NO_NAME = re.compile(
    r"(?:办|科|局|部|组|处|室|委|站|所|心|队|院|会|书记|主任|镇长|支部|长|员|导|子|村|区|街|公司|单位|党|任|司|人)$|[的和与及某各全]"
)


_KNOWN = "出现台账中的人员姓名“{}”，公开稿应以职务或“相关责任人”代替"
_DOUBTFUL = "“{}”可能是台账中的人员姓名，请核对；是姓名的，公开稿应以职务或“相关责任人”代替"


def known_names(lexicon: Lexicon, *, sure: bool = True) -> Callable[[Subject], Iterator[tuple[int, Hit]]]:
    """Persons of the directory, and owners and leaders who are written by name; not ``sure``: what may be their names
    as well as part of another word."""
    surnames = tuple(lexicon.surnames)
    stands, message = (name_stands_alone, _KNOWN) if sure else (may_be_a_name, _DOUBTFUL)

    def check(subject: Subject) -> Iterator[tuple[int, Hit]]:
        roles = _roles(subject.snapshot, surnames)
        if not roles:
            return
        contacts = Contacts.of(subject.snapshot)
        names = Reading(words_reader(roles))
        reading = subject.memory.kept("known names", frozenset(roles), lambda: names)
        for i, matches in subject.places(reading):
            text = subject.texts[i]
            for match in matches:
                if stands(text.text, match) and not contacts.name(text.text, text.anchor, match):
                    mend = roles[match[0]] if sure else ""
                    yield i, Hit(match.start(), match.end(), message.format(match[0]), mend or None)

    return check


def words_reader(words: Iterable[str]) -> Gated[tuple[re.Match[str], ...]]:
    """Reads where any of ``words`` stands, the longest at each place."""
    pattern = quick("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return only_with(pattern)(lambda text: tuple(pattern.finditer(text)))


def _roles(snapshot: Snapshot, surnames: tuple[str, ...]) -> dict[str, str]:
    """Name → public role ("" where the directory has none)."""
    found: dict[str, str] = {}
    records = (*snapshot.issues, *snapshot.measures)
    written = dict.fromkeys(name for record in records for name in record.leaders)
    written.update(dict.fromkeys(record.owner for record in records))
    for name in written:
        if 2 <= len(name) <= 4 and name.startswith(surnames) and not _NO_NAME.search(name):
            found[name] = ""
    for person in snapshot.persons:
        for name in (person.name, *person.aliases):
            if len(name) > 1:
                found[name] = person.public_role
    return found


_WHOLE_NAME = 3  # signs by which a name is told from a word


def listed_names(lexicon: Lexicon) -> Callable[[str], Iterable[Hit]]:
    """“2名不在岗人员（赵小明、孙丽）”: persons who are counted, with their names behind them."""
    surnames = "|".join(sorted(map(re.escape, lexicon.surnames), key=len, reverse=True))
    if not surnames:
        return lambda _text: iter(())
    name = rf"(?:{surnames})[^\W\d_{NO_GIVEN}]{{1,2}}"
    pattern = re.compile(
        rf"(?P<both>{name}(?:、{name}){{1,5}})(?=[二两三四五六]人|(?P<such>等\d{{1,2}}[名人位](?!次)))|(?:人员|名单|对象)(?:分别)?(?:为|是|有|：)(?P<as>{name}(?:、{name}){{1,5}})(?=[，。；])|\d{{1,2}}[名人位](?:[一-龥]{{0,6}}：|[，（](?:分别|即)[为是]?：?)(?P<told>{name}(?:、{name}){{0,9}})(?=[，。；）]|$)|\d{{1,2}}[名人位][一-龥]{{0,10}}（(?P<names>{name}(?:、{name}){{0,9}})等?\d{{0,2}}人?）"
    )

    @only_with(pattern)
    def check(text: str) -> Iterator[Hit]:
        for match in pattern.finditer(text):
            group = next(name for name in ("names", "both", "as", "told") if match[name])
            if match["such"] and len(match[group].partition("、")[0]) < _WHOLE_NAME:
                continue  # “高中、石桥等3人”
            yield Hit(*match.span(group), f"“{match[group]}”是人员姓名，公开稿只写人数")

    return check


def rules(lexicon: Lexicon) -> tuple[TextRule | DocumentRule, ...]:
    penalties = (*lexicon.penalties, "处分", "移交", "立案", "职务", "检查", "检讨")
    return (
        TextRule("listed-names", Family.PRIVACY, Severity.WARNING, listed_names(lexicon)),
        DocumentRule("known-name", Family.PRIVACY, Severity.ERROR, known_names(lexicon)),
        DocumentRule("known-name", Family.PRIVACY, Severity.WARNING, known_names(lexicon, sure=False)),
        TextRule("named-penalty", Family.PRIVACY, Severity.ERROR, named_penalties(lexicon), penalties),
        TextRule("named-penalty", Family.PRIVACY, Severity.WARNING, maybe_named_penalties(lexicon), penalties),
    )
