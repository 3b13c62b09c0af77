"""Titles with the number of issues below them, and titles that only look so."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.counted_titles import counted_title


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("从严治党方面（3个问题）", ("从严治党方面", 3)),
        ("从严治党方面（共5个）", ("从严治党方面", 5)),
        ("从严治党方面（共计十二项）", ("从严治党方面", 12)),
        ("从严治党方面（3个方面8个问题）", ("从严治党方面", 8)),
        ("从严治党方面存在的问题（问题2条）：", ("从严治党方面存在的问题：", 2)),
        ("从严治党方面（2023年）", ("从严治党方面（2023年）", 0)),
        ("从严治党方面（一）", ("从严治党方面（一）", 0)),
        ("涉农补贴（3个村）发放不规范", ("涉农补贴（3个村）发放不规范", 0)),
        ("涉农补贴发放不规范（3个村）", ("涉农补贴发放不规范（3个村）", 0)),
        ("（3个问题）", ("（3个问题）", 0)),
    ],
)
def test_the_figure_is_parted_from_the_title(given: str, expected: tuple[str, int]) -> None:
    assert counted_title(given) == expected
