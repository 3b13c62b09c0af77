"""Dates as texts write them, with the days that they can mean."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.proofread.dates import dates_in, spans_in

Told = list[tuple[str, int | None, int, int | None, str | None, str | None]]


def told(text: str) -> Told:
    return [
        (
            date.words,
            date.year,
            date.month,
            date.day,
            date.first and date.first.isoformat(),
            date.last and date.last.isoformat(),
        )
        for date in dates_in(text)
    ]


def spans(text: str) -> list[tuple[str, str, int | None]]:
    return [(one.words, other.words, other.year) for one, other in spans_in(text)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2024年9月10日", [("2024年9月10日", 2024, 9, 10, "2024-09-10", "2024-09-10")]),
        ("2024年9月", [("2024年9月", 2024, 9, None, "2024-09-01", "2024-09-30")]),
        ("2024.9.10", [("2024.9.10", 2024, 9, 10, "2024-09-10", "2024-09-10")]),
        ("2024-09-10", [("2024-09-10", 2024, 9, 10, "2024-09-10", "2024-09-10")]),
        ("2024/9/10", [("2024/9/10", 2024, 9, 10, "2024-09-10", "2024-09-10")]),
        ("二〇二四年九月十日", [("二〇二四年九月十日", 2024, 9, 10, "2024-09-10", "2024-09-10")]),
        ("二〇二四年九月", [("二〇二四年九月", 2024, 9, None, "2024-09-01", "2024-09-30")]),
        ("9月10日", [("9月10日", None, 9, 10, None, None)]),
        ("九月十日", [("九月十日", None, 9, 10, None, None)]),
        ("2024年2月30日", [("2024年2月30日", 2024, 2, 30, None, None)]),
        ("2月29日", [("2月29日", None, 2, 29, None, None)]),
        ("2月30日", [("2月30日", None, 2, 30, None, None)]),
        ("2024年13月", [("2024年13月", 2024, 13, None, None, None)]),
        ("2024年2月", [("2024年2月", 2024, 2, None, "2024-02-01", "2024-02-29")]),
        ("2023年2月", [("2023年2月", 2023, 2, None, "2023-02-01", "2023-02-28")]),
        ("版本1.2024.9.10", []),
        ("10月1日线", []),
        ("2024年9月10号", [("2024年9月10号", 2024, 9, 10, "2024-09-10", "2024-09-10")]),
        ("", []),
        ("2024年", []),
    ],
)
def test_a_date_is_read(given: str, expected: Told) -> None:
    """Without a year it means no day, and a month alone means all of its days."""
    assert told(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2024年9月10日至10月2日", [("2024年9月10日", "10月2日", 2024)]),
        ("2024年9月10日至2025年1月2日", [("2024年9月10日", "2025年1月2日", 2025)]),
        ("9月10日—10月2日", [("9月10日", "10月2日", None)]),
        ("9月10日、10月2日", []),
        ("9月10日起至10月2日", [("9月10日", "10月2日", None)]),
        ("2024年9月至11月5日", [("2024年9月", "11月5日", 2024)]),
    ],
)
def test_a_span_has_two_dates(given: str, expected: list[tuple[str, str, int | None]]) -> None:
    """A second one without a year has the first one's."""
    assert spans(given) == expected
