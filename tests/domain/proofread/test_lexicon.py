"""The proofreader's words as data: a line each, or JSON; what is no word list is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest

from zhenggai_desktop.domain.proofread.lexicon import Lexicon, PatternRule, lexicon_of, lexicon_of_lines

PATTERN = {"code": "own", "family": "words", "severity": "warning", "find": "错(字)", "message": "有错字"}


@pytest.mark.parametrize(
    ("text", "replacements", "exceptions"),
    [
        ("台帐=台账", {"台帐": "台账"}, ()),
        ("台帐 ＝ 台账", {"台帐": "台账"}, ()),
        ("台帐=台账 # 常见", {"台帐": "台账"}, ()),
        ("# 只有说明\n\n台帐=台账", {"台帐": "台账"}, ()),
        ("不查=帐篷\n台帐=台账", {"台帐": "台账"}, ("帐篷",)),
        ("", {}, ()),
    ],
)
def test_words_of_an_office_stand_a_line_each(
    text: str, replacements: dict[str, str], exceptions: tuple[str, ...]
) -> None:
    found = lexicon_of_lines(text)
    assert (found.replacements, found.exceptions) == (replacements, exceptions)


@pytest.mark.parametrize("line", ["台帐", "台帐=", "=台账", "台账=台账", "不查="])
def test_a_line_that_is_no_word_is_named_by_its_number(line: str) -> None:
    with pytest.raises(ValueError, match="第2行"):
        lexicon_of_lines(f"台帐=台账\n{line}")


def test_json_holds_words_patterns_and_lists() -> None:
    found = lexicon_of(
        {
            "replacements": {"台帐": "台账", "好": "好", "": "空"},
            "exceptions": ["帐篷", ""],
            "patterns": [{**PATTERN, "mend": r"对\1"}],
            "penalties": ["警告"],
            "posts": ["书记"],
            "surnames": ["张"],
            "units": ["粒"],
            "silenced": ["doubled"],
        }
    )
    assert found == Lexicon(
        {"台帐": "台账"},
        ("帐篷",),
        (PatternRule("own", "words", "warning", "错(字)", "有错字", r"对\1"),),
        ("警告",),
        ("书记",),
        ("张",),
        ("粒",),
        frozenset({"doubled"}),
    )


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ([], "no object"),
        ("words", "no object"),
        ({"replacements": []}, "replacements"),
        ({"exceptions": "帐篷"}, "exceptions"),
        ({"patterns": ["错"]}, "patterns"),
        ({"patterns": [{key: value for key, value in PATTERN.items() if key != "message"}]}, "message"),
        ({"patterns": [{**PATTERN, "severity": "grave"}]}, "grave"),
        ({"patterns": [{**PATTERN, "find": "错("}]}, "错"),
        ({"patterns": [{**PATTERN, "unless": "("}]}, "错"),
        ({"patterns": [{**PATTERN, "find": "错?"}]}, "错"),  # would be found everywhere
        ({"patterns": [{**PATTERN, "mend": r"\2"}]}, "错"),
    ],
)
def test_what_is_no_lexicon_is_refused_with_its_part(data: Any, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        lexicon_of(data)


def test_an_offices_words_stand_over_the_bundled_ones() -> None:
    bundled = lexicon_of({"replacements": {"台帐": "台账", "帐": "账"}, "patterns": [PATTERN], "units": ["粒"]})
    own = lexicon_of(
        {
            "replacements": {"帐": "帐户"},
            "patterns": [{**PATTERN, "message": "另一句"}],
            "units": ["颗"],
            "silenced": ["x"],
        }
    )
    both = bundled.extended(own)
    assert both.replacements == {"台帐": "台账", "帐": "帐户"}
    assert [pattern.message for pattern in both.patterns] == ["另一句"]
    assert (both.units, both.silenced) == (("粒", "颗"), frozenset({"x"}))
