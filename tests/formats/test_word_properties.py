"""The file says whose document it is, and nothing of the template's past."""

from __future__ import annotations

from pathlib import Path

import docx
from written_word import NOW, document_of, parts, template, written

from zhenggai_desktop.domain.blocks import Kind, plain


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


def test_the_text_and_properties_of_a_template_do_not_get_into_the_document(tmp_path: Path) -> None:
    path = template(tmp_path, ("docProps/core.xml", "<dc:language>", "<dc:creator>张三</dc:creator><dc:language>"))
    everything = b"".join(parts(written(tmp_path, template=path)).values()).decode()
    assert "张三" not in everything
    assert "样式：" not in everything
