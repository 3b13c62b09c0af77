"""A template that an office has changed and saved again is still understood."""

from __future__ import annotations

from pathlib import Path

import docx
from written_word import NOTICE, document_of, template, texts, written

from zhenggai_desktop.domain.blocks import Block, Kind, Run, RunRole, plain


def test_a_template_that_word_saved_with_other_ids_is_understood(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        ("word/styles.xml", '"Heading1"', '"1"'),
        ("word/styles.xml", '"Heading1Char"', '"10"'),
        ("word/styles.xml", '"Title"/>', '"Title "/>'),
        ("word/styles.xml", '<w:name w:val="Title "/>', '<w:name w:val="Title"/>'),
        ("word/styles.xml", '"BodyText"', '"a5"'),
    )
    blocks = (
        plain(Kind.HEADING, "一、标题", level=1),
        Block(Kind.PARAGRAPH, (Run("一、标题。", RunRole.HEADING), Run("正文")), level=1),
    )
    paragraphs = docx.Document(str(written(tmp_path, document_of(*blocks), template=path))).paragraphs
    assert [paragraph.style.style_id for paragraph in paragraphs] == ["1", "a5"]
    assert paragraphs[1].runs[0].style.style_id == "10"


def test_a_template_with_larger_type_moves_signature_and_title(tmp_path: Path) -> None:
    path = template(tmp_path, ("word/styles.xml", '<w:sz w:val="44"/>', '<w:sz w:val="52"/>'))
    blocks = (plain(Kind.TITLE, "清河市交通运输局党组关于巡视整改情况"),)
    assert texts(written(tmp_path, document_of(*blocks), template=path)) == ["清河市交通运输局党组\n关于巡视整改情况"]


def test_a_template_without_our_styles_still_takes_the_text(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        *(
            ("word/styles.xml", f'<w:name w:val="{name}"/>', f'<w:name w:val="其他{name}"/>')
            for name in ("Title", "heading 1", "Body Text", "Signature", "Date")
        ),
    )
    found = written(tmp_path, template=path)
    assert texts(found)[1:] == [block.text for block in NOTICE.blocks[1:]]
