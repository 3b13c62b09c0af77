"""Text is read in the encoding it has, line by line, with nothing added or taken."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.errors import SourceFormatError, SourceLimitError, SourceMissingError
from zhenggai_desktop.formats import text_reader
from zhenggai_desktop.formats.text_reader import decode, paragraphs_of, read_text

TEXT = "一、整改工作开展情况\r\n\r\n（一）提高站位,压实责任。\r\n1.召开会议12次（其中 专题会议3次）。\r\n"


def lines(text: str) -> list[tuple[int, str]]:
    return [(paragraph.line, paragraph.text) for paragraph in paragraphs_of(text, "粘贴").paragraphs]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16 le bom", "utf-16 be bom", "utf-16 le", "utf-16 be", "gb18030", "gbk", "utf-32"],
)
def test_every_encoding_that_offices_use_gives_the_same_lines(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    document = read_text(tmp_path / "a.txt")
    assert [(paragraph.line, paragraph.text) for paragraph in document.paragraphs] == [
        (1, "一、整改工作开展情况"),
        (3, "（一）提高站位,压实责任。"),
        (4, "1.召开会议12次（其中 专题会议3次）。"),
    ]
    assert document.remarks == ()
    assert document.name == "a.txt"


def test_rare_characters_of_names_survive_gb18030() -> None:
    assert decode("张𠮷、王䶮已约谈".encode("gb18030"), "a.txt") == "张𠮷、王䶮已约谈"


@pytest.mark.parametrize("text", ["联通", "整", "好", "１", "a"])
def test_even_a_single_word_is_read(text: str) -> None:
    assert decode(text.encode("gb18030"), "a.txt") == text
    assert decode(text.encode(), "a.txt") == text


@settings(max_examples=100)
@given(st.text(alphabet=st.sampled_from("一是党组会议（）2024年。，“”、\n abc"), min_size=1))
def test_any_office_text_survives_each_encoding(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text
    assert decode(text.encode("utf-16"), "a.txt") == text
    assert decode(text.encode("gb18030"), "a.txt") == text


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert lines("甲\n\n乙\r\n丙\r丁") == [(1, "甲"), (3, "乙"), (4, "丙"), (5, "丁")]


def test_a_page_break_inside_a_line_makes_paragraphs_of_that_line() -> None:
    assert lines("甲\x0c乙\n丙\u2028丁") == [(1, "甲"), (1, "乙"), (2, "丙"), (2, "丁")]


def test_spaces_and_width_stay_and_blank_lines_go() -> None:
    assert lines("　　甲 ,乙\n　　\n\t\n(丙)") == [(1, "　　甲 ,乙"), (4, "(丙)")]


def test_a_byte_order_mark_in_pasted_text_is_no_text() -> None:
    assert lines("\ufeff甲") == [(1, "甲")]


def test_removed_characters_are_reported_once_with_their_first_line() -> None:
    document = paragraphs_of("甲\n乙\x00\x01\n丙\x7f", "粘贴")
    assert [paragraph.text for paragraph in document.paragraphs] == ["甲", "乙", "丙"]
    assert [(remark.code, remark.line, remark.text) for remark in document.remarks] == [
        ("control-characters", 2, "删去了无法保存的控制字符，共3个")
    ]


def test_a_text_cut_off_in_the_middle_of_a_character_is_read_with_a_mark() -> None:
    document = paragraphs_of(decode(("整改情况。" * 100).encode()[:-1], "a.txt"), "a.txt")
    assert document.paragraphs[0].text.endswith("情况\ufffd")
    assert [remark.code for remark in document.remarks] == ["damaged-characters"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 100,
        bytes(range(256)) * 4,
        b"\x01\x02\x03\x04" * 50,
        b"\xff\xfa\xfb" * 30,
        b"\x7f" * 20,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceFormatError, match="不是文本文件"):
        decode(data, "照片.txt")


def test_a_picture_under_a_text_name_is_called_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 20)
    with pytest.raises(SourceFormatError, match="图片"):
        read_text(tmp_path / "a.txt")


@pytest.mark.parametrize("data", [b"\n\n  \r\n", codecs.BOM_UTF8, "　\n".encode()])
def test_a_file_of_blank_lines_has_no_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(SourceFormatError, match="没有文字"):
        read_text(tmp_path / "a.txt")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError):
        read_text(tmp_path / "没有.txt")


def test_a_text_beyond_the_limits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_reader, "MAX_LINES", 10)
    with pytest.raises(SourceLimitError, match="超过10行"):
        paragraphs_of("甲\n" * 11, "粘贴")
    monkeypatch.setattr(text_reader, "MAX_TEXT_BYTES", 1024 * 1024)
    (tmp_path / "a.txt").write_bytes(b"a" * (1024 * 1024 + 1))
    with pytest.raises(SourceLimitError, match="超过1MB"):
        read_text(tmp_path / "a.txt")


def test_pasting_nothing_gives_a_document_without_paragraphs() -> None:
    assert paragraphs_of("", "粘贴").paragraphs == ()


@pytest.mark.parametrize("name", ["notice-scheme-a.txt", "notice-scheme-d.txt", "notice-scheme-e.txt"])
def test_published_notices_are_read_without_loss(published: Path, name: str) -> None:
    document = read_text(published / name)
    original = (published / name).read_text("utf-8").splitlines()
    assert [(paragraph.line, paragraph.text) for paragraph in document.paragraphs] == [
        (number, line) for number, line in enumerate(original, start=1) if line.strip()
    ]
