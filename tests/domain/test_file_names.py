"""Names of new files: what Windows cannot hold, and what nobody can see, is refused everywhere."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.file_names import LONGEST_NAME, check_file_name
from zhenggai_desktop.errors import TargetError


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "a<b", "a:b", "a|b", "a?b", "a*b", "a/b", "a\\b", "a\x00b", "a\x1fb", "a\x7fb", "a.", "a ",
        'a"b', "CON", "con.txt", "NUL .xlsx", "通报.", "通报 ", "lpt9", "COM¹.txt", "CONOUT$", "COM1.docx", "LPT¹",
        "CONIN$", "a\u202eb", "a\u200bb", "\ufeffa", "a\udcffb",
        "a\u2028b", "长" * (LONGEST_NAME + 1),
    ],
)  # fmt: skip
def test_names_that_cannot_be_or_cannot_be_seen_are_refused(name: str) -> None:
    with pytest.raises(TargetError) as refused:
        check_file_name(name)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "name",
    ["台账.xlsx", "通报（一）.docx", ".hidden", "CONTACT.txt", "COM10.txt", "a b.txt", "长" * LONGEST_NAME, "𠮷.txt"],
)
def test_ordinary_names_pass(name: str) -> None:
    check_file_name(name)


def test_the_sign_at_fault_is_named() -> None:
    with pytest.raises(TargetError, match=r"不能使用的符号 \?；请换一个文件名。"):
        check_file_name("何时?.txt")
