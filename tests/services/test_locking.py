"""Exports under a password: they open with it, not without it, and nothing open is left behind."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import docx
import msoffcrypto
import openpyxl
import pytest
from builders import a_snapshot, a_tree
from msoffcrypto.exceptions import InvalidKeyError
from office_passwords import an_office, needs_office, saved_open

from zhenggai_desktop.errors import SourceFormatError, TargetError, UsageError
from zhenggai_desktop.services import exporting, importing
from zhenggai_desktop.services.locking import LONGEST_PASSWORD, lock_file, locked

WORDS = "责任没有压实到人"
PASSWORDS = ("密码", "1", "长" * LONGEST_PASSWORD, "with 空格 and 😀")


def opened(path: Path, password: str) -> bytes:
    plain = io.BytesIO()
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        office.load_key(password=password, verify_password=True)
        office.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@pytest.mark.parametrize("password", PASSWORDS)
def test_a_locked_export_is_the_export_and_opens_with_its_password_alone(
    tmp_path: Path, suffix: str, password: str
) -> None:
    plain, target = tmp_path / f"开{suffix}", tmp_path / f"台账{suffix}"
    snapshot = a_snapshot(*a_tree())
    write = exporting.export_ledger if suffix == ".xlsx" else exporting.export_notice
    write(snapshot, plain)
    with locked(target, password) as path:
        path.write_bytes(plain.read_bytes())
    assert opened(target, password) == plain.read_bytes()
    with pytest.raises(InvalidKeyError):
        opened(target, password + "x")
    assert WORDS.encode() not in target.read_bytes()


def test_what_is_locked_is_refused_on_import_with_a_sentence(tmp_path: Path) -> None:
    with locked(tmp_path / "台账.xlsx", "密码") as path:
        exporting.export_ledger(a_snapshot(*a_tree()), path)
    with pytest.raises(SourceFormatError, match="加密"):
        importing.plan_source(tmp_path / "台账.xlsx")


def test_nothing_open_is_left_behind_whatever_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private, target = tmp_path / "临时", tmp_path / "台账.xlsx"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))

    def fail() -> None:
        with locked(target, "密码") as path:
            assert path.parent.parent == private
            assert path.parent.stat().st_mode & 0o077 == 0
            path.write_bytes(b"PK")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == [private]
    assert not list(private.iterdir())


def test_a_written_file_is_locked_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    exporting.export_ledger(a_snapshot(*a_tree()), path)
    plain = path.read_bytes()
    lock_file(path, "密码")
    assert opened(path, "密码") == plain
    assert [one.name for one in tmp_path.iterdir()] == ["台账.xlsx"]


@pytest.mark.parametrize("name", ["通报.txt", "通报.html", "挂图.pdf"])
def test_other_files_have_no_password(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="不能加密码"), locked(tmp_path / name, "密码"):
        pass
    with locked(tmp_path / name, "") as path:
        assert path == tmp_path / name


def test_a_password_that_office_cannot_take_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="255"), locked(tmp_path / "甲.xlsx", "长" * (LONGEST_PASSWORD + 1)):
        pass


def test_a_folder_that_is_not_there_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="不存在"), locked(tmp_path / "无" / "甲.xlsx", "密码"):
        pytest.fail("nothing may be written")


@needs_office
def test_libreoffice_opens_a_locked_export_with_its_password_alone(tmp_path: Path) -> None:
    """Letters of all kinds, as people choose them; the words of the export come out as they went in."""
    snapshot, password = a_snapshot(*a_tree(1, 2, 1)), '密码 a"b&\u00e9'
    office = an_office(tmp_path / "profile")
    notice, book = tmp_path / "通报.docx", tmp_path / "台账.xlsx"
    for path, export in ((notice, exporting.export_notice), (book, exporting.export_ledger)):
        with locked(path, password) as plain:
            export(snapshot, plain)
    title = snapshot.issues[0].title
    opened_notice, opened_book = (saved_open(office, path, password) for path in (notice, book))
    assert opened_notice is not None
    assert opened_book is not None
    assert title in "".join(paragraph.text for paragraph in docx.Document(str(opened_notice)).paragraphs)
    cells = openpyxl.load_workbook(opened_book).worksheets[0].iter_rows(values_only=True)
    assert any(title in str(value) for row in cells for value in row)
    opened_notice.unlink()
    assert saved_open(office, notice, "密码") is None
