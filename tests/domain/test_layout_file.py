"""Layout profiles as files: what is saved comes back, what cannot be is refused with its name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from zhenggai_desktop.domain.layout import GUOBIAO, PROFILES, Fonts, LayoutProfile
from zhenggai_desktop.domain.layout_file import ledger_profile, load_profile, profile_word, read_profile, save_profile
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.errors import UsageError

OWN = replace(GUOBIAO, name="本街道", fonts=Fonts("宋体", digits="Times New Roman"), line_pitch=560, sealed=True)


@pytest.mark.parametrize("profile", [*PROFILES, OWN], ids=lambda profile: profile.name)
def test_a_saved_profile_comes_back(profile: LayoutProfile) -> None:
    assert load_profile(save_profile(profile)) == profile


def test_a_ledger_keeps_a_profile_by_name_or_whole() -> None:
    assert profile_word(GUOBIAO) == ""
    assert profile_word(PROFILES[5]) == "行距 28 磅"
    for profile in (*PROFILES, OWN):
        assert ledger_profile(LedgerFacts(layout_profile=profile_word(profile))) == profile


def test_a_layout_of_another_version_is_the_standards() -> None:
    assert ledger_profile(LedgerFacts(layout_profile="没有的版式")) == GUOBIAO
    assert ledger_profile(LedgerFacts(layout_profile='{"name": "坏", "line_pitch": 0}')) == GUOBIAO


def test_an_unknown_name_is_told_with_the_names_there_are() -> None:
    with pytest.raises(UsageError, match="没有名为“宽松”的版式") as caught:
        read_profile("宽松")
    assert "行距 28 磅" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "不是有效的 JSON"),
        ("[1]", "不是一个版式"),
        ('{"name": "甲", "colour": 1}', "不认识的“colour”"),
        ('{"name": "甲", "line_pitch": "28"}', "“line_pitch”的值不能用"),
        ('{"name": "甲", "line_pitch": 28.5}', "“line_pitch”的值不能用"),
        ('{"name": "甲", "line_pitch": true}', "“line_pitch”的值不能用"),
        ('{"name": "甲", "line_pitch": 20}', "在200和2000之间"),
        ('{"name": "甲", "sealed": 1}', "“sealed”的值不能用"),
        ('{"name": "甲", "fonts": {"body": ""}}', "“body”的值不能用"),
        ('{"name": "甲", "text_width": 190}', "版心放不进纸张"),
        ('{"name": ""}', "“name”的值不能用"),
        ("[" * 100_000, "不是有效的 JSON"),
    ],
)
def test_what_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load_profile(text)


def test_every_number_of_the_layout_is_in_the_file() -> None:
    values = json.loads(save_profile(GUOBIAO))
    assert values["line_pitch"] == 579
    assert values["text_width"] == 156
    assert values["fonts"]["body"] == "仿宋_GB2312"


LIMITS = {
    "page_width": (100, 600), "page_height": (100, 900), "margin_top": (0, 200), "margin_left": (0, 200),
    "text_width": (50, 500), "text_height": (50, 800), "line_pitch": (200, 2000), "tracking": (-60, 100),
    "body_size": (7, 40), "title_size": (7, 72), "page_number_size": (5, 40), "lines_below_title": (0, 10),
    "lines_above_signature": (0, 10), "lines_above_seal": (0, 10), "page_number_below": (0, 60),
    "table_size": (5, 30), "table_pitch": (100, 2000), "form_size": (5, 30), "form_pitch": (100, 2000),
}  # fmt: skip
"""What a page can be; a profile that asks for less or more was mistyped."""


def with_number(name: str, value: float) -> str:
    """A profile in which the number fits: the paper is as large as may be, the text as small."""
    roomy = {"name": "甲", "page_width": 600, "page_height": 900, "margin_top": 0, "margin_left": 0,
             "text_width": 50, "text_height": 50}  # fmt: skip
    return json.dumps(roomy | {name: value})


@pytest.mark.parametrize("name", LIMITS)
def test_a_number_at_its_bound_is_taken_and_one_beyond_is_refused_with_the_bounds(name: str) -> None:
    low, high = LIMITS[name]
    for value in (low, high):
        assert getattr(load_profile(with_number(name, value)), name) == value
    for value in (low - 1, high + 1):
        with pytest.raises(UsageError, match=f"“{name}”应当在{low}和{high}之间"):
            load_profile(with_number(name, value))


@pytest.mark.parametrize(
    ("paper", "fits"),
    [
        ({"text_width": 182}, True),  # to the paper's edge
        ({"text_width": 183}, False),
        ({"text_height": 259.5}, True),
        ({"text_height": 260}, False),  # no room for a page number
    ],
)
def test_the_text_lies_on_the_paper_with_room_below(paper: dict[str, float], fits: bool) -> None:
    text = json.dumps({"name": "甲"} | paper)
    if fits:
        assert load_profile(text).name == "甲"
    else:
        with pytest.raises(UsageError, match="放不进纸张"):
            load_profile(text)


@pytest.mark.parametrize(
    ("name", "length", "fits"),
    [("name", 60, True), ("name", 61, False), ("template", 1000, True), ("template", 1001, False),
     ("substituted", 1000, True), ("template", 0, True), ("substituted", 0, True), ("name", 0, False)],
)  # fmt: skip
def test_names_and_paths_have_a_length(name: str, length: int, fits: bool) -> None:
    text = json.dumps({"name": "甲"} | {name: "字" * length})
    if fits:
        assert getattr(load_profile(text), name) == "字" * length
    else:
        with pytest.raises(UsageError, match=f"“{name}”的值不能用"):
            load_profile(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"name": " "}', "没有版式的名称"),
        ('{"name": "甲\\u0007"}', "“name”的值不能用"),
        ('{"name": "甲", "body_size": "16"}', "“body_size”的值不能用"),
        ('{"name": "甲", "body_size": false}', "“body_size”的值不能用"),
        ('{"name": "甲", "sealed": "是"}', "“sealed”的值不能用"),
        ('{"name": 1}', "“name”的值不能用"),
        ('{"name": "甲", "fonts": {"body": 1}}', "“body”的值不能用"),
        ('{"name": "甲", "fonts": {"ink": "黑"}}', "不认识的“ink”"),
    ],
)
def test_values_of_another_kind_are_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load_profile(text)


def test_what_a_profile_leaves_out_is_the_standards() -> None:
    found = load_profile('{"name": "甲", "body_size": 15, "sealed": true, "fonts": {"digits": ""}}')
    assert found == replace(GUOBIAO, name="甲", body_size=15, sealed=True)
    assert read_profile(' {"name": "甲"}') == replace(GUOBIAO, name="甲")
    assert read_profile("") is GUOBIAO
