"""What is so little off that only a mistake explains it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenggai_desktop.domain.proofread.slips import is_slip


@pytest.mark.parametrize(
    ("whole", "parts", "slip"),
    [
        ("37", ["21", "16"], False),  # they make it
        ("37", ["21", "17"], True),
        ("37", ["21", "18"], True),
        ("25", ["24", "15"], False),  # two ways to divide
        ("100", ["60", "28"], True),  # 12 of 100 off
        ("100", ["60", "27"], False),
        ("100", ["60", "52"], True),
        ("100", ["60", "53"], False),
        ("5", ["3", "4"], True),  # two off
        ("5", ["4", "4"], False),
        ("4", ["2", "3"], True),  # of four or fewer, one off
        ("4", ["2", "4"], False),
        ("4", ["2", "1"], True),
        ("37", ["37", "0", "1"], False),  # a part that is nothing
        ("100", ["68", "14"], True),  # 86 and 14 make it
        ("100", ["68", "15"], False),
        ("68", ["50", "36"], True),  # the whole is 86
        ("1.26", ["1", "0.62"], True),  # 1.62
        ("200", ["55", "90"], False),
        ("0", ["1"], False),
    ],
)
def test_a_slip_is_off_by_little_or_by_digits_in_another_order(whole: str, parts: list[str], slip: bool) -> None:
    assert is_slip(Decimal(whole), [Decimal(part) for part in parts]) is slip
