"""Patterns that are tried only where they can match find the same as when they are tried everywhere."""

from __future__ import annotations

import json
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain import proofread, quantities
from zhenggai_desktop.domain.proofread.lexicon import lexicon_of
from zhenggai_desktop.domain.quick_patterns import Gates, grams, needed_by, needed_by_any, only_with, quick

ROOT = Path(__file__).parents[2]
WORDS = json.loads((ROOT / "resources" / "words" / "proofreading.json").read_text("utf-8"))
MODULES = [
    import_module(f"{proofread.__name__}.{found.name}") for found in pkgutil.iter_modules(proofread.__path__)
] + [quantities]
PATTERNS = sorted(
    {pattern.find for pattern in lexicon_of(WORDS).patterns}
    | {str(value.pattern) for module in MODULES for value in vars(module).values() if isinstance(value, re.Pattern)}
)
LINES = sorted(
    {
        line
        for path in ("tests/texts/proofreading_faults.txt", "resources/samples/示例整改通报.txt")
        for line in (ROOT / path).read_text("utf-8").splitlines()
    }
)


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_rules_patterns_find_the_same(pattern: str) -> None:
    plain, faster, needed = re.compile(pattern), quick(pattern), needed_by(pattern)
    for line in LINES:
        found = spans(plain, line)
        assert spans(faster, line) == found
        assert not found or needed is None or not grams(line).isdisjoint(needed), (line, needed)


ALPHABET = "甲乙丙1a，"
SIGNS = st.sampled_from([*"甲乙丙1a，", r"\d", "[甲乙]", "[^甲]", "[0-9]", ".", "[丙-甲]", "[0-3]"])
LEAVES = st.one_of(SIGNS, st.lists(SIGNS, min_size=2, max_size=3).map("".join))


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,2}", "*?"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
        inner.map(lambda part: f"(?={part})"),
        inner.map(lambda part: f"(?!{part})"),
        SIGNS.map(lambda sign: f"(?<={sign})"),
        SIGNS.map(lambda sign: f"(?<!{sign})"),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"(?i:{part})"),
        inner.map(lambda part: f"(?:^|{part})"),
        inner.map(lambda part: f"(?:{part}|$)"),
    )


@settings(max_examples=600, deadline=None)
@given(st.recursive(LEAVES, larger, max_leaves=8), st.text(ALPHABET + "A٣", max_size=12))
def test_any_pattern_finds_the_same(pattern: str, text: str) -> None:
    plain, needed = re.compile(pattern), needed_by(pattern)
    found = spans(plain, text)
    assert spans(quick(pattern), text) == found
    assert not found or needed is None or not grams(text).isdisjoint(needed), needed
    assert not found or list(Gates([needed]).open(text)) == [0]


def test_what_is_needed_is_told_by_the_rarest_words() -> None:
    assert needed_by("(?:制定|印发)了?《") == {"定《", "发《", "了《"}
    assert needed_by(r"\d{1,2}户") == {f"{digit}户" for digit in "0123456789"}
    assert needed_by("[，。]{2,}") == {"，，", "，。", "。，", "。。"}
    assert needed_by("进(?=进一步)") == {"进进"}
    assert needed_by(".*") is None
    assert needed_by("甲?") is None
    assert needed_by_any(["甲乙", ".*"]) is None


def test_gates_that_a_text_passes_are_told_in_order() -> None:
    gates = Gates([frozenset({"甲乙"}), None, frozenset({"丙"}), frozenset({"乙甲"})])
    assert list(gates.open("甲乙丁")) == [0, 1]
    assert list(gates.open("丙")) == [1, 2]
    assert list(gates.open("丁٣")) == [0, 1, 2, 3]  # a digit of another script, which \\d means too


GRAMS = st.text("甲乙ab1𠮷𝟙\ud842\udfb7", min_size=1, max_size=2)


@given(st.lists(st.none() | st.frozensets(GRAMS, min_size=1, max_size=3), max_size=5), st.text("甲乙ab𠮷𝟙", max_size=9))
def test_no_gate_stays_shut_before_what_it_asks_for(asked: list[frozenset[str] | None], text: str) -> None:
    opened = list(Gates(asked).open(text))
    passing = {at for at, gate in enumerate(asked) if gate is None or any(gram in text for gram in gate)}
    assert passing <= set(opened)
    assert opened == sorted(opened)
    signs = "".join((text, *(gram for gate in asked for gram in gate or ())))
    if len(signs.encode("utf-16-le", "surrogatepass")) == 2 * len(signs):  # others may open more than they need
        assert passing == set(opened)


def test_words_of_every_notice_are_not_what_a_gate_asks_for() -> None:
    assert needed_by("整改中") == {"改中"}
    assert needed_by("(?:减|增)(?:少|加)?到") == {"减到", "增到", "少到", "加到"}


def test_a_reader_is_asked_only_where_its_pattern_can_be() -> None:
    asked: list[str] = []

    @only_with("甲乙", nothing=0)
    def read(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [read(text) for text in ("甲丙乙", "丙甲乙", "")] == [0, 3, 0]
    assert asked == ["丙甲乙"]
