"""The numbers of the page agree with the standard and with each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhenggai_desktop.domain.layout import (
    CHINESE_SIGNS,
    GUOBIAO,
    PROFILES,
    ClosingPlace,
    LayoutProfile,
    closing_place,
    column_edges,
    profile_for,
    seal_centre,
    text_width,
    twips,
)


def test_the_standard_page_leaves_35_mm_below_and_26_mm_right() -> None:
    assert GUOBIAO.margin_bottom == 35
    assert GUOBIAO.margin_right == 26


def test_22_lines_fit_the_text_area_and_29_points_would_not() -> None:
    assert 22 * GUOBIAO.line_pitch <= twips(GUOBIAO.text_height) < 22 * 580


def test_28_characters_fit_a_line_and_untracked_ones_would_not() -> None:
    assert 28 * GUOBIAO.character <= twips(GUOBIAO.text_width) < 29 * GUOBIAO.character
    assert twips(GUOBIAO.text_width) < 28 * 320


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_every_profile_keeps_28_characters_and_the_paper(profile: LayoutProfile) -> None:
    assert 28 * profile.character <= twips(profile.text_width)
    assert profile.margin_bottom > 0
    assert 1300 < profile.footer_distance < twips(profile.margin_bottom)


def test_profiles_have_names_of_their_own() -> None:
    assert len({profile.name for profile in PROFILES}) == len(PROFILES)


def test_a_profile_is_found_by_its_name_and_an_unknown_one_is_none() -> None:
    assert profile_for("行距 28 磅") is PROFILES[5]
    assert (profile_for(""), profile_for("別的")) == (None, None)


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("整改", 2), ("2025年3月5日", 6), ("“整改”——", 6), ("ABC", 1.5), ("（１）", 3), ("〔2024〕", 4)],
)
def test_a_full_width_sign_counts_one_and_a_half_width_one_half(text: str, width: float) -> None:
    assert text_width(text) == width


def test_the_date_starts_two_characters_right_of_a_longer_signature() -> None:
    signature, date = 13.0, 6.0
    place = closing_place(signature, date)
    assert place.signature == 2
    assert place.signature + signature - (place.date + date) == 2


def test_a_date_longer_than_the_signature_stands_two_from_the_right_and_moves_the_signature() -> None:
    signature, date = 4.0, 6.5
    place = closing_place(signature, date)
    assert place == ClosingPlace(signature=6.5, date=2)
    assert place.signature + signature - (place.date + date) == 2


@pytest.mark.parametrize("sign", "“”‘’—…·×①℃Ⅱ→")
def test_shared_signs_are_asked_for_in_the_chinese_font(sign: str) -> None:
    assert CHINESE_SIGNS.search(f"整改{sign}")


def test_an_apostrophe_in_a_latin_word_stays_latin() -> None:
    assert not CHINESE_SIGNS.search("Party’s 2025")


def test_a_date_as_long_as_the_signature_begins_two_characters_right_of_it() -> None:
    assert closing_place(6.0, 6.0) == ClosingPlace(signature=2, date=0)
    assert closing_place(6.0, 6.5) == ClosingPlace(signature=4.5, date=2)


@pytest.mark.parametrize(
    ("signature", "date", "centre"),
    [(6.0, 6.0, 7.0), (14.0, 6.0, 7.0), (13.5, 6.0, 7.0), (16.0, 6.0, 8.0), (4.0, 7.0, 7.5)],
)
def test_with_a_seal_the_date_stands_four_characters_from_the_right(
    signature: float, date: float, centre: float
) -> None:
    """The signature is centred above it; one too wide for that ends at the edge (7.3.5.1)."""
    assert seal_centre(signature, date) == centre


def test_a_seal_takes_its_own_blank_lines() -> None:
    assert GUOBIAO.lines_above_closing == 1
    assert replace(GUOBIAO, sealed=True).lines_above_closing == 3


def test_lengths_in_twips() -> None:
    assert (twips(25.4), twips(0), twips(210)) == (1440, 0, 11906)
    assert GUOBIAO.character == 315  # 15.75 pt
    assert GUOBIAO.footer_distance == 1430  # the dashes 7 mm below the text, 28 mm above the edge


@pytest.mark.parametrize(
    ("shares", "edges"),
    [((1, 1, 2), (0, 40, 80, 160)), ((3,), (0, 160)), ((0, 0), (0, 0, 160)), ((), (160,))],
)
def test_the_edges_of_a_tables_columns(shares: tuple[float, ...], edges: tuple[float, ...]) -> None:
    assert column_edges(shares, 160) == edges
