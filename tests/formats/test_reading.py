"""One door for all files: what is inside decides, not the name."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from ofd_files import at, ofd_bytes, page
from pdf_files import at as pdf_at
from pdf_files import pdf_bytes
from word_files import p, word_bytes, zipped

from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError, SourceMissingError
from zhenggai_desktop.formats import text_reader
from zhenggai_desktop.formats.reading import read_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

ODT = "application/vnd.oasis.opendocument.text"


def encrypted_doc() -> bytes:
    """An old Word file whose first sector of text says that it is encrypted."""
    return OLE[:512] + b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(500) + "WordDocument\0".encode("utf-16-le")


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
        ("a.doc", encrypted_doc(), ["已加密", "去掉密码"]),
        ("a.docx", OLE + "EncryptedPackage\0".encode("utf-16-le"), ["已加密", "去掉密码"]),
        ("a.xls", OLE + "Workbook\0".encode("utf-16-le"), ["旧格式的Excel", "xlsx"]),
        ("a.ppt", OLE, ["旧格式的Office", "docx"]),
        ("a.xlsx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), ["工作簿"]),
        ("a.pptx", zipped({"[Content_Types].xml": "", "ppt/p.xml": ""}), ["演示文稿"]),
        ("a.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}), ["表格"]),
        ("a.odt", zipped({"mimetype": ODT, "META-INF/manifest.xml": "<m:encryption-data/>"}), ["已加密"]),
        ("a.ofd", zipped({"OFD.xml": ""}), ["已损坏", "OFD阅读器"]),
        ("a.zip", zipped({"反馈.docx": ""}), ["压缩包", "解压"]),
        ("a.rar", b"Rar!\x1a\x07\x00", ["压缩包", "解压"]),
        ("a.pdf", b"%PDF-1.4\n", ["没有下载完整"]),
        ("a.docx", pdf_bytes(b"q Q"), ["扫描件", "文字识别"]),
        ("a.html", b"<!DOCTYPE html><html>", ["没有文字", "浏览器"]),
        ("a.doc", b"\r\n<html xmlns:o='urn:x'><body>", ["网页", "没有文字"]),
        ("a.mht", b"MIME-Version: 1.0\r\n", ["没有网页"]),
        ("a.xml", b"<?xml version='1.0'?><root/>", ["XML"]),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", ["图片", "识别"]),
        ("a.docx", b"\x89PNG\r\n\x1a\n\x00\x00", ["图片", "识别"]),
        ("a.bmp", b"BM\x36\x00\x00\x00", ["图片"]),
        ("a.tif", b"II*\x00\x08\x00", ["图片", "识别"]),
        ("a.tiff", b"MM\x00*\x00\x08", ["图片", "识别"]),
        ("a.jp2", b"\x00\x00\x00\x0cjP  \r\n\x87\n", ["图片"]),
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


@pytest.mark.parametrize("name", ["反馈.txt", "反馈.docx", "反馈"])
@pytest.mark.parametrize(
    "data",
    [
        pdf_bytes([pdf_at("一、甲", 0)]),
        ofd_bytes(page(at("一、甲", 0))),
        "<html><body><p>一、甲".encode("gbk"),
        b"\xef\xbb\xbf<!DOCTYPE html><p>\xe4\xb8\x80\xe3\x80\x81\xe7\x94\xb2",
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=gbk\r\n\r\n<p>\xd2\xbb\xa1\xa2\xbc\xd7</p>",
    ],
    ids=["pdf", "ofd", "html", "html with a mark", "mht"],
)
def test_other_documents_are_read_under_any_name(tmp_path: Path, name: str, data: bytes) -> None:
    assert [p.text for p in read_source(saved(tmp_path, name, data)).paragraphs] == ["一、甲"]


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (OLE + "WordDocument\0".encode("utf-16-le"), ".doc"),
        (b"{\\rtf1\\ansi", ".rtf"),
        (zipped({"mimetype": ODT, "content.xml": ""}), ".odt"),
        (zipped({"mimetype": f"{ODT}-template", "content.xml": ""}), ".odt"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>", ".xml"),
    ],
)
def test_old_documents_are_given_to_an_office_under_the_suffix_of_their_kind(
    tmp_path: Path, data: bytes, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_docx(content: bytes, name: str, given: str) -> tuple[bytes, str]:
        assert (content, name, given) == (data, "反馈.wps", suffix)
        return word_bytes(p("一、甲")), "某办公软件"

    monkeypatch.setattr("zhenggai_desktop.formats.office_converter.to_docx", to_docx)
    document = read_source(saved(tmp_path, "反馈.wps", data))
    assert [p.text for p in document.paragraphs] == ["一、甲"]
    assert document.name == "反馈.wps"
    assert "某办公软件" in document.remarks[0].text


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
