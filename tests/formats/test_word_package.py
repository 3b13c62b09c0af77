"""A Word file is opened within limits, and each way in which it can be wrong says what to do."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from word_files import item, p, part, word_bytes, zipped

from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError, SourceMissingError
from zhenggai_desktop.formats import containers
from zhenggai_desktop.formats.word_package import open_word, package_of
from zhenggai_desktop.formats.word_reader import read_package
from zhenggai_desktop.formats.word_xml import W

GOOD = word_bytes(p("甲"))
DOCUMENT = part("document", "<w:body/>")


def refused(data: bytes, error: type[SourceError] = SourceFormatError) -> str:
    """The sentence with which ``data`` is refused."""
    with pytest.raises(error) as caught:
        package_of(data, "反馈.docx")
    return str(caught.value)


def with_part(name: str, content: str | bytes) -> bytes:
    return word_bytes(p("甲"), extra={name: content})


def test_a_sound_file_opens(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word_bytes(p("甲"), styles="", numbering=""))
    package = open_word(tmp_path / "a.docx")
    assert package.document.tag == f"{W}document"
    assert package.styles is not None
    assert package.numbering is not None
    assert package.footnotes is None


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match="找不到文件"):
        open_word(tmp_path / "没有.docx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "图片"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "图片"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1", "RTF"),
        ("只是一行文字".encode(), "不是Word文件"),
        (zipped({"photo.jpg": "x"}), "压缩包"),
        (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), "工作簿"),
        (GOOD[: len(GOOD) // 2], "没有下载完整"),
        (GOOD[:-30], "没有下载完整"),
        (zipped({"[Content_Types].xml": "<Types/>"}), "没有Word正文"),
        (with_part("word/document.xml", "<w:body"), "无法读取"),
        (with_part("word/document.xml", ""), "无法读取"),
        (with_part("word/document.xml", "<html/>"), "不是Word文档"),
        (with_part("word/document.xml", DOCUMENT.replace("UTF-8", "gb2312")), "无法读取"),
        (with_part("_rels/.rels", "<broken"), "无法读取"),
    ],
)
def test_a_file_that_is_no_sound_word_file_says_what_it_is(data: bytes, words: str) -> None:
    sentence = refused(data)
    assert words in sentence
    assert sentence.count("；") == 1, "what happened; what to do"


def test_an_encrypted_file_asks_for_the_password_to_be_taken_off() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage\0".encode("utf-16-le")
    assert "已加密" in refused(ole)


def test_an_old_document_under_a_new_name_is_to_be_saved_as_docx() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument\0".encode("utf-16-le")
    assert "另存为docx" in refused(ole)


def test_an_encrypted_member_counts_as_encryption() -> None:
    data = bytearray(GOOD)
    for match in re.finditer(rb"PK\x01\x02", GOOD):
        data[match.start() + 8] |= 1
    assert "已加密" in refused(bytes(data))


def test_a_damaged_member_is_found_by_its_checksum() -> None:
    stored = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as source, zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as target:
        for info in source.infolist():
            target.writestr(info.filename, source.read(info))
    data = stored.getvalue().replace("甲".encode(), "乙".encode())
    assert "已损坏" in refused(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY a "甲甲甲">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_entities_and_document_types_are_refused(doctype: str, encoding: str) -> None:
    content = DOCUMENT.replace("?>", f"?>{doctype}", 1).replace("UTF-8", encoding)
    assert "实体" in refused(with_part("word/document.xml", content.encode(encoding)))


def test_entities_in_a_side_part_are_refused_too() -> None:
    content = part("styles", "").replace("?>", '?><!DOCTYPE d [<!ENTITY a "b">]>', 1)
    data = word_bytes(p("甲"), styles="", extra={"word/styles.xml": content})
    assert "实体" in refused(data)


def test_a_document_in_utf_16_is_read() -> None:
    content = part("document", f"<w:body>{p('甲')}</w:body>").replace("UTF-8", "UTF-16")
    package = package_of(with_part("word/document.xml", content.encode("utf-16")), "x.docx")
    assert [paragraph.text for paragraph in read_package(package, "x").paragraphs] == ["甲"]


def test_a_strict_document_is_read() -> None:
    content = part("document", f"<w:body>{p('甲')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    package = package_of(with_part("word/document.xml", content), "x.docx")
    assert [paragraph.text for paragraph in read_package(package, "x").paragraphs] == ["甲"]


def test_a_part_that_swells_beyond_reason_is_not_inflated() -> None:
    bomb = with_part("word/document.xml", b"<w:p/>" * (5 * 1024 * 1024))
    assert len(bomb) < 200_000
    assert "大得不正常" in refused(bomb, SourceLimitError)


def test_a_part_that_lies_about_its_size_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_PART_BYTES", 10_000)
    data = bytearray(with_part("word/document.xml", DOCUMENT.encode() + b" " * 50_000))
    for match in re.finditer(rb"PK\x01\x02", bytes(data)):
        data[match.start() + 24 : match.start() + 28] = struct.pack("<I", 900)
    with pytest.raises(SourceError):
        package_of(bytes(data), "x.docx")


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_MEMBERS", 3)
    assert "超过3个" in refused(GOOD, SourceLimitError)


def test_more_tags_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhenggai_desktop.formats.safe_xml.MAX_MARKS", 1000)
    assert "多得不像公文" in refused(with_part("word/document.xml", "<a>" * 2000), SourceLimitError)


def test_a_member_with_a_path_outside_harms_nobody(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word_bytes(p("甲"), extra={"../../outside.txt": "x", "/etc/outside.txt": "x"}))
    open_word(file)
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_a_relation_that_leads_outside_or_nowhere_is_no_part() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://x/styles" Target="../../../etc/passwd"/>'
        '<Relationship Id="b" Type="http://x/numbering" TargetMode="External" Target="http://example.invalid/"/>'
        "</Relationships>"
    )
    package = package_of(with_part("word/_rels/document.xml.rels", relations), "x.docx")
    assert (package.styles, package.numbering) == (None, None)


def test_nesting_ten_thousand_deep_is_refused_without_a_crash() -> None:
    deep = part(
        "document", "<w:body>" + "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000 + "</w:body>"
    )
    with pytest.raises(SourceLimitError):
        read_package(package_of(with_part("word/document.xml", deep), "x.docx"), "x.docx")


@pytest.mark.parametrize("seed", range(5))
def test_a_scrambled_file_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            data[place : place + chance.choice([0, 1, 1, 30])] = chance.randbytes(chance.choice([0, 1, 8]))
        with suppress(SourceError):
            read_package(package_of(bytes(data), "x.docx"), "x.docx")


@pytest.mark.parametrize("seed", range(5))
def test_scrambled_xml_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    sound = part("document", f"<w:body>{item('甲')}{item('乙', 1)}</w:body>").encode()
    for _ in range(100):
        data = bytearray(sound)
        place = chance.randrange(len(data))
        data[place : place + chance.choice([0, 1, 20])] = chance.choice([b"", b"<", b'"', b"&", b"\xff", b"9" * 40])
        with suppress(SourceError):
            read_package(package_of(with_part("word/document.xml", bytes(data)), "x.docx"), "x.docx")
