"""OFD documents give the paragraphs that a reader sees, or one sentence that says why they do not."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from ofd_files import ACROSS, EDGE, SIZE, at, ofd_bytes, page, text
from word_files import zipped

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError
from zhenggai_desktop.formats import ofd_reader
from zhenggai_desktop.formats.ofd_reader import read_ofd

FULL = "根据区委统一部署，巡察组对我镇党委进行了巡察并反馈意见，要求"


def read(data: bytes) -> SourceDocument:
    return read_ofd(data, "通报.ofd")


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(data).paragraphs]


def remarks(data: bytes) -> list[tuple[str, str]]:
    return [(remark.code, remark.text) for remark in read(data).remarks]


def refused(data: bytes, kind: type[SourceError] = SourceFormatError) -> str:
    with pytest.raises(kind) as caught:
        read(data)
    assert caught.value.what_to_do
    return str(caught.value)


NOTICE = ofd_bytes(
    page(
        at("某镇党委关于巡察整改情况的通报", 0, indent=6)
        + at(FULL[: ACROSS - 2], 2, indent=2)
        + at("及时整改。", 3)
        + at("一、主要做法", 4, indent=2)
        + text("— 1 —", 100, 275)
    ),
    page(at("（一）加强领导", 0, indent=2) + at("党委召开会议3次。", 1, indent=2) + text("— 2 —", 100, 275)),
)


def test_pages_become_paragraphs_and_page_numbers_remarks() -> None:
    assert texts(NOTICE) == [
        "某镇党委关于巡察整改情况的通报",
        FULL[: ACROSS - 2] + "及时整改。",
        "一、主要做法",
        "（一）加强领导",
        "党委召开会议3次。",
    ]
    assert [code for code, _ in remarks(NOTICE)] == ["page-furniture", "page-furniture"]


def test_text_objects_in_any_order_are_read_from_top_to_bottom() -> None:
    lines = [at(words, i, indent=2) for i, words in enumerate(["一、甲", "二、乙", "三、丙"])]
    random.Random(1).shuffle(lines)
    assert texts(ofd_bytes(page("".join(lines)))) == ["一、甲", "二、乙", "三、丙"]


@pytest.mark.parametrize(
    "deltas", ["5.6 5.6 5.6 5.6", "g 4 5.6", "5.6 g 2 5.6 5.6", "g 2 5.6", "", "g x 5.6", "g 999999999999 5.6"]
)
def test_distances_are_read_in_every_form(deltas: str) -> None:
    assert texts(ofd_bytes(page(at("一二三四五", 0, deltas=deltas)))) == ["一二三四五"]


def test_a_wide_distance_is_a_blank() -> None:
    assert texts(ofd_bytes(page(at("通报", 0, deltas="12")))) == ["通 报"]


def test_each_character_in_an_object_of_its_own_makes_one_line() -> None:
    pieces = "".join(text(char, EDGE + i * SIZE, 50) for i, char in enumerate("一、主要做法"))
    assert texts(ofd_bytes(page(pieces))) == ["一、主要做法"]


def test_a_matrix_moves_and_stretches_the_text() -> None:
    first = text("一、甲", 0, 0, ctm="2 0 0 2 60 100")
    second = text("二、乙", 0, 0, ctm="2 0 0 2 60 80")
    assert texts(ofd_bytes(page(first + second))) == ["二、乙", "一、甲"]


def test_several_text_codes_of_one_object_are_read_in_place() -> None:
    codes = (
        f'<ofd:TextObject ID="1" Font="3" Size="{SIZE}" Boundary="28 40 160 30">'
        f'<ofd:TextCode X="0" Y="6" DeltaX="g 2 {SIZE}">一、甲</ofd:TextCode>'
        f'<ofd:TextCode Y="16" DeltaX="g 2 {SIZE}">二、乙</ofd:TextCode></ofd:TextObject>'
    )
    assert texts(ofd_bytes(page(codes))) == ["一、甲", "二、乙"]


def test_text_in_nested_blocks_is_read() -> None:
    assert texts(ofd_bytes(page(f"<ofd:PageBlock><ofd:PageBlock>{at('甲', 0)}</ofd:PageBlock></ofd:PageBlock>"))) == [
        "甲"
    ]


def test_the_words_of_a_template_stand_in_one_remark() -> None:
    template = page(text("清河区柳林镇", 28, 15))
    data = ofd_bytes(page(at("甲。", 0), template="T0"), page(at("乙。", 0), template="T0"), templates=[template])
    assert texts(data) == ["甲。", "乙。"]
    assert [words for code, words in remarks(data) if code == "template"] == [
        "模板页（页眉页脚等）的文字没有读入正文：“清河区柳林镇”"
    ]


def test_the_same_line_on_top_of_each_page_is_a_running_head() -> None:
    data = ofd_bytes(*[page(text("整改通报", 90, 15) + at(f"{words}。", 0)) for words in "甲乙丙"])
    assert texts(data) == ["甲。", "乙。", "丙。"]
    assert len(remarks(data)) == 3


@pytest.mark.parametrize("more", [' ReadDirection="90"', ""])
def test_words_that_run_aslant_stand_in_a_remark(more: str) -> None:
    mark = text("内部资料", 50, 100, ctm="" if more else "0.7 0.7 -0.7 0.7 0 0", more=more)
    data = ofd_bytes(page(at("甲。", 0) + mark))
    assert texts(data) == ["甲。"]
    assert "内部资料" in dict(remarks(data))["aslant"]


def test_objects_drawn_from_elsewhere_are_remarked() -> None:
    data = ofd_bytes(page(at("甲。", 0) + '<ofd:CompositeObject ID="5" ResourceID="7"/>'))
    assert "复合图元" in dict(remarks(data))["composite"]


def test_another_spelling_of_the_namespace_is_read() -> None:
    member = page(at("甲", 0)).replace("http://www.ofdspec.org/2016", "http://www.ofdspec.org")
    assert texts(ofd_bytes(member)) == ["甲"]


def test_a_scan_asks_for_recognition() -> None:
    assert "扫描件" in refused(ofd_bytes(page('<ofd:ImageObject ID="3"/>')))


def test_an_encrypted_document_asks_for_the_password_to_be_taken_off() -> None:
    assert "已加密" in refused(ofd_bytes(page(at("甲", 0)), root="<ofd:Encryptions>e.xml</ofd:Encryptions>"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({"OFD.xml": "<broken"}), "已损坏"),
        (zipped({"OFD.xml": "<OFD/>"}), "没有文字"),
        (zipped({"OFD.xml": "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>"}), "不完整"),
        (zipped({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><OFD/>'}), "实体"),
        (NOTICE[: len(NOTICE) // 2], "已损坏"),
    ],
)
def test_damage_is_said_to_be_damage(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_a_page_that_swells_beyond_reason_is_not_inflated() -> None:
    bomb = ofd_bytes(page(at("甲", 0)), extra={"Doc_0/Pages/Page_0/Content.xml": b"<a/>" * (8 * 1024 * 1024)})
    assert "大得不正常" in refused(bomb, SourceLimitError)


def test_a_path_outside_is_no_path() -> None:
    data = ofd_bytes(page(at("甲", 0)), root="<ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot></ofd:DocBody>")
    assert "不完整" in refused(data)


def test_blocks_nested_without_end_are_refused() -> None:
    deep = "<ofd:PageBlock>" * 200 + at("甲", 0) + "</ofd:PageBlock>" * 200
    assert "嵌套" in refused(ofd_bytes(page(deep)), SourceLimitError)


@pytest.mark.parametrize(("limit", "value", "words"), [("MAX_PAGES", 1, "超过1页"), ("MAX_CHARACTERS", 5, "超过5字")])
def test_more_than_any_document_has_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, words: str
) -> None:
    monkeypatch.setattr(ofd_reader, limit, value)
    assert words in refused(NOTICE, SourceLimitError)


def test_reading_ends_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_reader, "MAX_SECONDS", -1.0)
    assert "还没有读完" in refused(NOTICE, SourceLimitError)


def test_scrambled_files_are_read_or_refused_but_never_crash() -> None:
    chance = random.Random(3)
    for _ in range(150):
        data = bytearray(NOTICE)
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(SourceError):
            read(bytes(data))


@pytest.mark.parametrize("place", ["nan nan", "1e308 1e308", "x y", "", "inf 1"])
def test_places_that_are_no_numbers_do_no_harm(place: str) -> None:
    object_ = at("甲", 0).replace(f'Boundary="{EDGE} 37 160 {SIZE}"', f'Boundary="{place}"')
    assert texts(ofd_bytes(page(object_))) == ["甲"]
