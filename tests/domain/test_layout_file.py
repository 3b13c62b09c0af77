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
