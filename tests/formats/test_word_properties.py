"""The file says whose document it is, and nothing of the template's past."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
from written_word import NOW, document_of, parts, template, written

from zhenggai_desktop.domain.blocks import Kind, plain
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.formats.word_writer import write_word


def test_the_properties_are_the_documents(tmp_path: Path) -> None:
    properties = docx.Document(str(written(tmp_path))).core_properties
    assert properties.title == "关于巡察整改进展情况的通报"
    assert properties.author == properties.last_modified_by == "柳林街道党工委"
    assert properties.subject == "整改情况通报"
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified == NOW
    assert (properties.revision, properties.comments, properties.keywords) == (1, "", "")


def test_the_draft_id_travels_in_a_custom_property(tmp_path: Path) -> None:
    assert b'name="zhenggai_draft_id"><vt:lpwstr>draft-7</vt:lpwstr>' in parts(written(tmp_path))["docProps/custom.xml"]
    assert "docProps/custom.xml" not in parts(written(tmp_path, document_of(plain(Kind.TITLE, "通报"))))


def test_fonts_that_stand_in_for_others_are_noted_in_the_remarks(tmp_path: Path) -> None:
    profile = replace(GUOBIAO, substituted="仿宋_GB2312→仿宋")
    write_word(document_of(plain(Kind.TITLE, "通报")), tmp_path / "a.docx", profile=profile)
    document = replace(document_of(plain(Kind.TITLE, "通报")), author="柳林街道")
    write_word(document, tmp_path / "b.docx", profile=profile)
    write_word(document, tmp_path / "c.docx")
    remarks = [docx.Document(str(tmp_path / f"{name}.docx")).core_properties.comments for name in "abc"]
    assert remarks == ["", "字体代用：仿宋_GB2312→仿宋", ""]  # what names nobody, as it is published, says nothing


def test_one_document_leaves_nothing_in_the_next(tmp_path: Path) -> None:
    one = replace(document_of(plain(Kind.TITLE, "甲")), title="甲 & 乙", author="丙", draft_id="草稿<1>")
    write_word(one, tmp_path / "a.docx")
    write_word(replace(one, title="丁", author="", draft_id="草稿2"), tmp_path / "b.docx")
    assert docx.Document(str(tmp_path / "a.docx")).core_properties.title == "甲 & 乙"
    everything = b"".join(parts(tmp_path / "b.docx").values()).decode()
    assert "丙" not in everything
    assert "草稿2" in everything
    assert "zg:" not in everything


def test_the_text_and_properties_of_a_template_do_not_get_into_the_document(tmp_path: Path) -> None:
    path = template(tmp_path, ("docProps/core.xml", "<dc:language>", "<dc:creator>张三</dc:creator><dc:language>"))
    everything = b"".join(parts(written(tmp_path, template=path)).values()).decode()
    assert "张三" not in everything
    assert "样式：" not in everything
