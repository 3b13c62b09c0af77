"""One door for all files: what is inside decides, not the name."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from word_files import p, word_bytes, zipped

from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError, SourceMissingError
from zhenggai_desktop.formats import text_reader
from zhenggai_desktop.formats.reading import read_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["反馈.docx", "反馈.doc", "反馈.txt", "反馈"])
def test_a_word_file_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    assert read_source(saved(tmp_path, name, word_bytes(p("一、甲")))).paragraphs[0].text == "一、甲"


@pytest.mark.parametrize("name", ["反馈.txt", "反馈.docx", "反馈.md"])
def test_a_text_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    assert read_source(saved(tmp_path, name, "一、甲\n".encode("gb18030"))).paragraphs[0].text == "一、甲"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", OLE + "WordDocument\0".encode("utf-16-le"), ["旧格式", "另存为docx"]),
        ("a.wps", OLE + "WordDocument\0".encode("utf-16-le"), ["旧格式", "另存为docx"]),
        ("a.docx", OLE + "EncryptedPackage\0".encode("utf-16-le"), ["已加密", "去掉密码"]),
        ("a.xls", OLE + "Workbook\0".encode("utf-16-le"), ["旧格式的Excel", "xlsx"]),
        ("a.ppt", OLE, ["旧格式的Office", "docx"]),
        ("a.xlsx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), ["工作簿"]),
        ("a.pptx", zipped({"[Content_Types].xml": "", "ppt/p.xml": ""}), ["演示文稿"]),
        ("a.odt", zipped({"mimetype": "", "content.xml": ""}), ["OpenDocument", "docx"]),
        ("a.ofd", zipped({"OFD.xml": ""}), ["OFD", "粘贴"]),
        ("a.zip", zipped({"反馈.docx": ""}), ["压缩包", "解压"]),
        ("a.rar", b"Rar!\x1a\x07\x00", ["压缩包", "解压"]),
        ("a.pdf", b"%PDF-1.4\n", ["PDF", "扫描件"]),
        ("a.rtf", b"{\\rtf1\\ansi", ["RTF", "docx"]),
        ("a.html", b"<!DOCTYPE html><html>", ["网页", "粘贴"]),
        ("a.doc", b"\r\n<html xmlns:o='urn:x'><body>", ["网页"]),
        ("a.mht", b"MIME-Version: 1.0\r\n", ["网页"]),
        ("a.xml", b"<?xml version='1.0'?><w:wordDocument/>", ["XML", "docx"]),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", ["图片", "识别"]),
        ("a.docx", b"\x89PNG\r\n\x1a\n\x00\x00", ["图片", "识别"]),
        ("a.bmp", b"BM\x36\x00\x00\x00", ["图片"]),
        ("a.exe", b"MZ\x90\x00\x03\x00", ["程序"]),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 40, ["压缩包"]),
        ("a.txt", b"", ["空文件"]),
        ("a.txt", b" \n\n", ["没有文字"]),
        ("a.docx", word_bytes(p()), ["没有文字", "扫描"]),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, data: bytes, words: list[str]) -> None:
    with pytest.raises(SourceFormatError) as caught:
        read_source(saved(tmp_path, name, data))
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert caught.value.what_to_do


def test_a_ledger_is_to_be_opened_not_imported(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.zgtz") as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(SourceFormatError, match="台账请用“打开”"):
        read_source(tmp_path / "a.zgtz")


def test_text_that_begins_like_a_picture_is_text(tmp_path: Path) -> None:
    assert read_source(saved(tmp_path, "a.txt", b"BMW MZ\n")).paragraphs[0].text == "BMW MZ"


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match="找不到"):
        read_source(tmp_path / "没有.docx")
    with pytest.raises(SourceMissingError, match="是文件夹"):
        read_source(tmp_path)


@pytest.mark.parametrize("name", ["a\x00b.docx", "长" * 300 + ".docx"])
def test_a_name_that_no_system_can_hold_is_an_error_for_the_clerk(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError):
        read_source(tmp_path / name)


def test_a_text_beyond_the_limit_of_texts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_reader, "MAX_TEXT_BYTES", 1024 * 1024)
    with pytest.raises(SourceLimitError):
        read_source(saved(tmp_path, "a.txt", b"a\n" * 1024 * 1024))
