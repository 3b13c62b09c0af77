"""Families 9 and 10: wrong words by a list, units named in two ways, boilerplate and repetition (domain.md §9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher

from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Lexicon, Severity, TextRule
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quantities import arabic_numbers

_LONG = 800  # characters of one paragraph
_ALIKE = 0.9
_SHORTEST_COMPARED = 40
_EMPTY_WORDS = re.compile(r"进一步|不断|持续|切实|深入|大力|全面|着力|坚决|加强|强化|提高|增强|严格")

_FACTS = re.compile(
    r"[《“]|[一二两三四五六七八九十][个项次名家人期场]|制定|印发|出台|修订|召开|组织|开展|成立|完成|约谈|追回|清退|整改到位|签订|培训|调查"
)


def _nothing(text: str) -> Iterable[Hit]:
    del text
    return ()


def wrong_words(lexicon: Lexicon) -> Callable[[str], Iterable[Hit]]:
    """A check for the words of ``lexicon``, each with its mend."""
    if not lexicon.replacements:
        return _nothing
    pattern = re.compile("|".join(map(re.escape, sorted(lexicon.replacements, key=len, reverse=True))))

    def check(text: str) -> Iterator[Hit]:
        kept = [match.span() for words in lexicon.exceptions for match in re.finditer(re.escape(words), text)]
        for match in pattern.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in kept):
                right = lexicon.replacements[match[0]]
                yield Hit(match.start(), match.end(), f"“{match[0]}”应为“{right}”", right)

    return check


_TEAM = re.compile(
    r"(?:[省市区县]委)?(第[一二三四五六七八九十]+)(?:巡察|巡视)组|(?:巡察|巡视)(第[一二三四五六七八九十]+)组"
)


def teams(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """The inspection team under another number than in the lead."""
    first: tuple[str, str] | None = None
    for i, text in enumerate(subject.texts):
        for match in _TEAM.finditer(text.text):
            number = match[1] or match[2]
            if first is None:
                first = number, match[0]
            elif number != first[0]:
                yield (
                    i,
                    Hit(match.start(), match.end(), f"巡察组名称前后不一致：前文为“{first[1]}”，此处为“{match[0]}”"),
                )


def inspection_terms(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """巡视 in a text about 巡察 of the own kind (“巡视整改” for “巡察整改”)."""
    whole = "".join(text.text for text in subject.texts)
    wrong = "巡视" if subject.facts.kind == "xuncha" else "巡察"
    right = "巡察" if wrong == "巡视" else "巡视"
    if whole.count(right) < 5 * max(whole.count(wrong), 1):
        return
    for i, text in enumerate(subject.texts):
        for match in re.finditer(rf"{wrong}(?=整改|反馈|组反馈|意见|集中整改)", text.text):
            clause = re.split(r"[。；，]", text.text[: match.start()])[-1]
            if not re.search(r"省委|中央|上级|以往|历次", clause):
                yield i, Hit(match.start(), match.end(), f"全文为{right}整改，此处写作“{wrong}”，请核对", right)


def alike_answers(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Near-identical answers under different issues."""
    answers = [(i, text.text) for i, text in enumerate(subject.texts) if text.is_answer]
    seen: list[tuple[int, str, set[str]]] = []
    for i, answer in answers:
        if len(answer) < _SHORTEST_COMPARED:
            continue
        pieces = {answer[k : k + 4] for k in range(len(answer) - 3)}
        for _, other, other_pieces in seen:
            shared = len(pieces & other_pieces)
            if shared < 0.7 * max(len(pieces), len(other_pieces)):
                continue
            if SequenceMatcher(None, answer, other, autojunk=False).ratio() >= _ALIKE:
                yield i, Hit(0, len(answer), f"与另一个问题的整改情况几乎相同（“{other[:15]}…”）")
                break
        seen.append((i, answer, pieces))


def boilerplate(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """An answer of general words without a figure, a date or a document."""
    for i, text in enumerate(subject.texts):
        empty = len(_EMPTY_WORDS.findall(text.text)) >= 2 and not _FACTS.search(text.text)
        if text.is_answer and empty and not any(True for _ in arabic_numbers(text.text)):
            yield i, Hit(0, len(text.text), "整改情况没有数字、日期或文件，显得空泛，建议补充具体做法和成效")


def long_paragraph(text: str) -> Iterator[Hit]:
    if len(text) > _LONG:
        yield Hit(0, len(text), f"本段{len(text)}字，过长，建议分段")


def rules(lexicon: Lexicon) -> tuple[TextRule | DocumentRule, ...]:
    """The rules of words; the list of wrong words is the office's own."""
    return (
        TextRule("wrong-word", Family.WORDS, Severity.WARNING, wrong_words(lexicon)),
        DocumentRule("team-name", Family.WORDS, Severity.WARNING, teams),
        DocumentRule("inspection-term", Family.WORDS, Severity.WARNING, inspection_terms),
        DocumentRule("alike-answers", Family.PLAINNESS, Severity.NOTE, alike_answers),
        DocumentRule("boilerplate", Family.PLAINNESS, Severity.NOTE, boilerplate),
        TextRule("long-paragraph", Family.PLAINNESS, Severity.NOTE, long_paragraph),
    )
