"""Numbers that a person may write, and no others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenggai_desktop.domain.exact_numbers import MOST_DIGITS, exact, read_exact
from zhenggai_desktop.domain.outcome_reader import outcomes_in


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), (" 12.50 ", Decimal("12.50")), ("-4", -4), ("1e5", 100_000), ("0", 0), ("9" * MOST_DIGITS, 10**60 - 1)],
)
def test_a_number_is_read_as_it_stands(text: str, number: Decimal) -> None:
    assert read_exact(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
        "1e60",
        "9" * 61,
        "9" * 5000,
        "1e-61",
        "1e999999",
        "0." + "1" * 61,
    ],
)
def test_what_no_cell_could_hold_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        read_exact(text)


def test_a_number_is_written_without_exponent_and_idle_zeros() -> None:
    assert [exact(read_exact(text)) for text in ("1e5", "12.50", "100", "0.10")] == ["100000", "12.5", "100", "0.1"]


def test_an_endless_number_in_a_notice_is_no_outcome() -> None:
    assert [*outcomes_in(f"新建制度{'9' * 5000}项，挽回经济损失{'8' * 400}万元。")] == []
    assert [outcome.number for outcome in outcomes_in("新建制度12项。")] == [12]
