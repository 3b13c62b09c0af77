"""--password-file on what leaves the office as an Office file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msoffcrypto
import pytest

Run = Any  # the fixture of conftest


def opens(path: Path, password: str) -> bool:
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        if not office.is_encrypted():
            return False
        office.load_key(password=password, verify_password=True)
    return True


@pytest.mark.parametrize("command", [("export", "出.xlsx"), ("notice", "出.docx"), ("document", "出.docx")])
def test_an_export_opens_with_the_password_of_the_file(
    zhenggai: Run, ledger: Path, tmp_path: Path, command: tuple[str, str]
) -> None:
    (tmp_path / "密码.txt").write_text("一二三abc\n第二行\n", encoding="utf-8")
    name, target = command
    done = zhenggai(name, ledger, target, "--password-file", "密码.txt")
    assert (done.code, done.err) == (0, "")
    assert "一二三" not in done.out
    assert opens(tmp_path / target, "一二三abc")


@pytest.mark.parametrize("password", ["", " \n", "长" * 256])
def test_a_password_that_is_none_writes_nothing(zhenggai: Run, ledger: Path, tmp_path: Path, password: str) -> None:
    (tmp_path / "密码.txt").write_text(password, encoding="utf-8")
    done = zhenggai("export", ledger, "出.xlsx", "--password-file", "密码.txt")
    assert done.code == 2
    assert "密码" in done.err
    assert not (tmp_path / "出.xlsx").exists()


def test_a_notice_as_text_has_no_password_and_no_draft_is_registered(
    zhenggai: Run, ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "密码.txt").write_text("一二三", encoding="utf-8")
    done = zhenggai("notice", ledger, "出.txt", "--password-file", "密码.txt")
    assert done.code == 2
    assert "不能加密码" in done.err
    assert not (tmp_path / "出.txt").exists()
    assert "空的" in zhenggai("drafts", ledger).out
