"""Families 9 and 10: wrong words by a list, boilerplate, repetition, long paragraphs (domain.md §9.9, §9.10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import add

from zhenggai_desktop.domain.lengths import LONG_PARAGRAPH
from zhenggai_desktop.domain.proofread import alike
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.proofread.readings import Reading, Role
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quantities import arabic_numbers
from zhenggai_desktop.domain.quick_patterns import Gated, only_with, quick

_EMPTY_WORDS = quick(r"进一步|不断|持续|切实|深入|大力|全面|着力|坚决|加强|强化|提高|增强|严格")
_FACTS = quick(
    r"[《“]|[一二两三四五六七八九十][个项次名家人期场]|制定|印发|出台|修订|召开|组织|开展|成立|完成|约谈|追回|清退|整改到位|签订|培训|调查|"
    r"安排|建立|调整|委托|清理|更换|规范|协商|补齐|落实.{0,6}制"
)


def _nothing(text: str) -> Iterable[Hit]:
    del text
    return ()


def wrong_words(lexicon: Lexicon) -> Callable[[str], Iterable[Hit]]:
    """A check for the words of ``lexicon``, each with its mend."""
    if not lexicon.replacements:
        return _nothing
    heads = _by_head(lexicon.replacements)
    kept_heads = _by_head(lexicon.exceptions)
    signs = _rarest_pairs(lexicon)
    alone = [sign for sign in signs if len(sign) == 1]
    pairs = frozenset(signs)

    def check(text: str) -> Iterator[Hit]:
        held = {*pairs.intersection(map(add, text, text[1:])), *(sign for sign in alone if sign in text)}
        if not any(word in text for pair in held for word in signs[pair]):
            return
        places = list(_places(text, heads))
        kept = list(_places(text, kept_heads))
        for start, words in places:
            right, end = lexicon.replacements[words], start + len(words)
            excepted = any(at < end and start < at + len(other) for at, other in kept)
            if not excepted and not _within(text, start, words, right):
                yield Hit(start, end, f"“{words}”应为“{right}”", right)

    return Gated(check, frozenset(signs), ())


def _rarest_pairs(lexicon: Lexicon) -> dict[str, list[str]]:
    """The wrong words by one pair of signs of each (a word of one sign by that): one least met in right words.

    A pair that the right word does not have is what is wrong with the other.
    """
    right = "\n".join((*lexicon.replacements.values(), *lexicon.exceptions))
    found: dict[str, list[str]] = {}
    for word, instead in lexicon.replacements.items():
        pairs = list(map(add, word, word[1:])) or [word]
        wrong = [pair for pair in pairs if pair not in instead] or pairs
        found.setdefault(min(reversed(wrong), key=right.count), []).append(word)
    return found


_HEAD = 2  # signs by which the words of a list are found: with a thousand words far quicker than one by one


def _by_head(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first two signs, longer ones first; a word of one sign by that."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[:_HEAD], []).append(word)
    return {head: tuple(group) for head, group in found.items()}


def _places(text: str, heads: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """Where words of a list stand, the longest at each place, none inside another."""
    end = 0
    pairs = map(add, text, text[1:] + " ")  # quicker than two slices for each sign of the text
    for at in [i for i, pair in enumerate(pairs) if pair in heads or pair[0] in heads]:
        groups = (heads.get(text[at : at + _HEAD], ()), heads.get(text[at], ()))
        word = next((each for group in groups for each in group if text.startswith(each, at)), "")
        if word and at >= end:
            end = at + len(word)
            yield at, word


def _within(text: str, start: int, words: str, right: str) -> bool:
    """The wrong words are a part of the right ones that stand there already: mending would double a sign."""
    at = right.find(words)
    return at >= 0 and text.startswith(right, start - at)


# --- plainness


@only_with(_EMPTY_WORDS, nothing=False)
def _is_empty(text: str) -> bool:
    """General words without a figure, a date or a document."""
    return (
        len(_EMPTY_WORDS.findall(text)) >= 2 and not _FACTS.search(text) and not any(True for _ in arabic_numbers(text))
    )


_EMPTY = Reading(_is_empty, Role.ANSWER)


def boilerplate(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """An answer of general words: told where nothing else is said under the issue."""
    empty: dict[str, list[int]] = {}
    for i, _ in subject.places(_EMPTY):
        anchor = subject.texts[i].anchor
        if anchor is not None:
            empty.setdefault(anchor.uid, []).append(i)
    texts = subject.texts if empty else ()
    said = Counter(text.anchor.uid for text in texts if text.is_answer and text.anchor)
    for uid, places in empty.items():
        if len(places) == said[uid]:
            i = places[0]
            message = "整改情况没有数字、日期或文件，显得空泛，建议补充具体做法和成效"
            yield i, Hit(0, len(subject.texts[i].text), message)


def long_paragraph(text: str) -> Iterator[Hit]:
    if len(text) > LONG_PARAGRAPH:
        yield Hit(0, len(text), f"本段{len(text)}字，过长，建议分段")


def rules(lexicon: Lexicon) -> tuple[TextRule | DocumentRule, ...]:
    """The rules of words; the list of wrong words is the office's own."""
    return (
        TextRule("wrong-word", Family.WORDS, Severity.WARNING, wrong_words(lexicon)),
        *alike.RULES,
        DocumentRule("boilerplate", Family.PLAINNESS, Severity.NOTE, boilerplate, (_EMPTY,)),
        TextRule("long-paragraph", Family.PLAINNESS, Severity.NOTE, long_paragraph),
    )
