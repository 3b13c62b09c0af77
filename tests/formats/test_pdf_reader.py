"""PDFs give the paragraphs that a reader sees, or one sentence that says why they do not."""

from __future__ import annotations

import random
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from pdf_files import ACROSS, Words, at, pdf_bytes, stream

from zhenggai_desktop.domain.blocks import Document, Kind, SourceDocument, plain
from zhenggai_desktop.domain.typography import core
from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError
from zhenggai_desktop.formats import pdf_reader
from zhenggai_desktop.formats.pdf_reader import read_pdf
from zhenggai_desktop.formats.reading import read_source
from zhenggai_desktop.formats.word_writer import write_word

FULL = "根据区委统一部署，巡察组对我镇党委进行了巡察并反馈意见，"
assert len(FULL) >= ACROSS


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_pdf(data, "通报.pdf").paragraphs]


def remarks(document: SourceDocument) -> dict[str, str]:
    return {remark.code: remark.text for remark in document.remarks}


def refused(data: bytes, kind: type[SourceError] = SourceFormatError) -> str:
    with pytest.raises(kind) as caught:
        read_pdf(data, "通报.pdf")
    assert caught.value.what_to_do
    return str(caught.value)


PLAIN = pdf_bytes([
    at("某镇党委关于巡察整改情况的通报", 0, indent=5),
    at(FULL[: ACROSS - 2], 2, indent=2),
    at("现将整改情况通报如下。", 3),
    at("一、主要做法", 4, indent=2),
    at("（一）加强领导", 5, indent=2),
])  # fmt: skip


def test_lines_become_paragraphs_where_the_next_is_set_in() -> None:
    assert texts(PLAIN) == [
        "某镇党委关于巡察整改情况的通报",
        FULL[: ACROSS - 2] + "现将整改情况通报如下。",
        "一、主要做法",
        "（一）加强领导",
    ]


def test_the_centred_title_is_known_as_such() -> None:
    assert [paragraph.centred for paragraph in read_pdf(PLAIN, "x").paragraphs] == [True, False, False, False]


@pytest.mark.parametrize(
    ("encoding", "codec"), [("GBK-EUC-H", "gbk"), ("GB-EUC-H", "gb2312"), ("UniGB-UCS2-H", "utf-16-be")]
)
def test_character_sets_of_chinese_documents_are_known_without_a_font(encoding: str, codec: str) -> None:
    font = b"/Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/%s/DescendantFonts[4 0 R]" % encoding.encode()
    content = b"BT /F1 16 Tf 90 700 Td <%s> Tj ET" % "一、整改“情况”".encode(codec).hex().encode()
    assert texts(pdf_bytes(content, font=font)) == ["一、整改“情况”"]


def test_a_compressed_page_is_read() -> None:
    assert texts(pdf_bytes([at("一、主要做法", 0)], compressed=True)) == ["一、主要做法"]


def test_a_page_turned_on_its_side_is_read() -> None:
    content = [Words("一、主要做法", 200, 100, matrix="0 1 -1 0"), Words("二、存在不足", 228, 100, matrix="0 1 -1 0")]
    assert texts(pdf_bytes(content, page_entries=b"/Rotate 90")) == ["一、主要做法", "二、存在不足"]


def test_text_inside_a_form_is_read() -> None:
    form = stream(b"BT /F1 16 Tf 90 700 Td <%s> Tj ET" % "一、主要做法".encode("gbk").hex().encode(), FORM)
    assert texts(pdf_bytes(b"/Fm Do", resources=b"/XObject<</Fm 6 0 R>>", extra=[form])) == ["一、主要做法"]


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</A 6 0 R/B 7 0 R>>>>"


def test_a_watermark_stands_in_a_remark() -> None:
    data = pdf_bytes([at("一、主要做法", 0), Words("内部资料", 200, 300, 40, "0.7 0.7 -0.7 0.7")])
    assert texts(data) == ["一、主要做法"]
    assert "“内部资料”" in remarks(read_pdf(data, "x"))["aslant"]


def test_a_page_without_text_among_others_is_remarked() -> None:
    data = pdf_bytes([at("一、主要做法", 0)], b"", [at("二、存在不足", 0)])
    assert "第2页没有文字" in remarks(read_pdf(data, "x"))["page-without-text"]


def test_a_scan_asks_for_recognition() -> None:
    assert "扫描件" in (sentence := refused(pdf_bytes(b"q 595 0 0 842 0 0 cm Q")))
    assert "文字识别" in sentence


def test_a_font_that_does_not_say_its_characters_asks_for_recognition() -> None:
    font = b"/Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]"
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    )
    data = pdf_bytes(b"BT /F1 16 Tf 90 700 Td <04120413> Tj ET", font=font, extra=[descendant])
    assert "乱码" in refused(data)


def test_an_encrypted_file_asks_for_the_password_to_be_taken_off() -> None:
    encryption = b"/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>/ID[<00><00>]" % (b"12" * 32, b"34" * 32)
    assert "已加密" in refused(pdf_bytes([at("甲", 0)], trailer=encryption))


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", PLAIN[: len(PLAIN) // 2], b"%PDF-1.4\n%%EOF", PLAIN[:200] + b"%%EOF"])
def test_damage_is_said_to_be_damage(data: bytes) -> None:
    assert "重新发送" in refused(data)


def test_damage_inside_a_page_is_remarked() -> None:
    good = pdf_bytes([at("一、主要做法", 0)], [at("二、存在不足", 0)], compressed=True)
    place = good.rfind(b"stream\nx") + 20
    document = read_pdf(good[:place] + b"\x00\xff\x00\xff" + good[place + 4 :], "x")
    assert "已损坏" in remarks(document)["damaged-part"]


def test_scrambled_files_are_read_or_refused_but_never_crash() -> None:
    chance = random.Random(7)
    good = pdf_bytes([at("一、主要做法", 0)], compressed=True)
    for _ in range(200):
        data = bytearray(good)
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(SourceError):
            read_pdf(bytes(data), "x")


def test_a_stream_that_swells_beyond_reason_is_not_inflated() -> None:
    bomb = pdf_bytes(b" " * (pdf_reader.MAX_STREAM_BYTES + 1024), compressed=True)
    assert len(bomb) < 200_000
    assert "大得不正常" in refused(bomb, SourceLimitError)


def test_a_stream_deflated_twice_is_looked_through() -> None:
    import zlib

    twice = zlib.compress(zlib.compress(b" " * (pdf_reader.MAX_STREAM_BYTES + 1024)))
    content = stream(twice, b"/Filter[/FlateDecode/FlateDecode]")
    assert "大得不正常" in refused(pdf_bytes([at("甲", 0)], extra=[content]), SourceLimitError)


def test_a_large_picture_is_no_bomb() -> None:
    picture = stream(bytes(pdf_reader.MAX_STREAM_BYTES + 1024), b"/Subtype/Image", compressed=True)
    assert texts(pdf_bytes([at("甲", 0)], extra=[picture])) == ["甲"]


def test_more_pages_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 2)
    assert "超过2页" in refused(pdf_bytes(*[[at("甲", 0)]] * 3), SourceLimitError)


def test_more_characters_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_CHARACTERS", 5)
    assert "超过5字" in refused(pdf_bytes([at("一二三四五六", 0)]), SourceLimitError)


def test_reading_ends_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_SECONDS", -1.0)
    assert "还没有读完" in refused(PLAIN, SourceLimitError)


def test_forms_that_multiply_without_end_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_SECONDS", 0.5)
    forms = [
        stream(
            b"/A Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>" % (7 + i),
        )
        for i in range(12)
    ]
    data = pdf_bytes(b"/A Do", resources=b"/XObject<</A 6 0 R>>", extra=[*forms, stream(b"q Q", FORM)])
    refused(data, SourceLimitError)


def test_a_form_that_holds_itself_is_read_once() -> None:
    form = stream(b"BT /F1 16 Tf 90 700 Td <b0a1> Tj ET /A Do", FORM)
    assert texts(pdf_bytes(b"/Fm Do", resources=b"/XObject<</Fm 6 0 R>>", extra=[form])) == ["啊"]


def test_a_notice_printed_by_an_office_is_read_back(tmp_path: Path, root: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    lines = [line.strip() for line in (root / "tests/texts/notice_b.txt").read_text("utf-8").splitlines()]
    blocks = tuple(plain(Kind.PARAGRAPH if i else Kind.TITLE, line) for i, line in enumerate(lines) if line)
    write_word(Document("通报", blocks), tmp_path / "通报.docx")
    profile = (tmp_path / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "通报.docx"], capture_output=True, check=True, timeout=120)
    read = read_source(tmp_path / "通报.pdf")
    assert core("".join(p.text for p in read.paragraphs)) == core("".join(block.text for block in blocks))
    assert [core(p.text) for p in read.paragraphs][-10:] == [core(block.text) for block in blocks][-10:]
    assert {remark.code for remark in read.remarks} == {"page-furniture"}


def test_the_place_of_a_paragraph_is_its_line_through_all_pages() -> None:
    data = pdf_bytes([at("甲。", 0), at("乙。", 1)], [at("丙。", 0)])
    assert [paragraph.line for paragraph in read_pdf(data, "x").paragraphs] == [1, 2, 3]
