"""Words that name a shortcoming, and words that tell a deed."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.issue_words import names_what_is_wrong


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("学习不深入", True),
        ("制定办法", False),
        ("存在短板", True),
        ("开展检查不够", True),
        ("制定办法解决问题", True),
        ("制定措施，差距明显", True),
        ("理论学习有待加强", True),
        ("完善机制", False),
        ("流于形式", True),
        ("通过检查发现漏洞", False),
        ("建立台账", False),
        ("督促违规户退款", False),
    ],
)
def test_a_shortcoming_is_no_deed(given: str, expected: bool) -> None:
    """A deed that tells of a gap names what is wrong all the same."""
    assert names_what_is_wrong(given) == expected
