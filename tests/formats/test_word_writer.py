"""The Word file says what the blocks say, whatever they say, and opens again."""

from __future__ import annotations

import sys
import uuid
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_word import NOTICE, document_of, parts, template, texts, written

from zhenggai_desktop.domain.blocks import Block, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.errors import SourceFormatError, SourceMissingError, TargetError
from zhenggai_desktop.formats.word_writer import write_word


def test_paragraphs_say_what_the_blocks_say(tmp_path: Path) -> None:
    assert texts(written(tmp_path)) == [
        "中共清河区柳林街道工作委员会\n关于区委第三巡察组反馈意见\n集中整改进展情况的通报",
        *(block.text for block in NOTICE.blocks[1:]),
    ]


def test_an_empty_document_is_a_word_file(tmp_path: Path) -> None:
    assert texts(written(tmp_path, document_of())) == []


def test_the_same_moment_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path).read_bytes()
    assert written(tmp_path).read_bytes() == first


TEXTS = st.text(max_size=40)
BLOCKS = st.builds(
    lambda kind, first, second, level: Block(kind, (Run(first, RunRole.HEADING), Run(second)), level),
    st.sampled_from([kind for kind in Kind if kind is not Kind.PAGE]),
    TEXTS,
    TEXTS,
    st.integers(0, 5),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, max_size=8))
def test_any_text_makes_a_file_that_opens_and_says_it(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[Block]
) -> None:
    found = texts(written(tmp_path_factory.mktemp("any"), document_of(*blocks)))
    assert len(found) == len(blocks)
    for text, block in zip(found, blocks, strict=True):
        said = "".join(clean(run.text) for run in block.runs)
        breaks = "\n" if block.kind is Kind.TITLE else ""
        assert text.replace(breaks, "") == said.replace(breaks, "")


def test_the_bundled_template_gives_the_same_file_as_no_template(tmp_path: Path, resources: Path) -> None:
    without = parts(written(tmp_path))
    assert parts(written(tmp_path, template=resources / "templates" / "notice.docx")) == without


def test_core_properties_under_another_name_do_not_stand_twice(tmp_path: Path, resources: Path) -> None:
    """LibreOffice 24 relates them by a name that python-docx does not know."""
    other = tmp_path / "模板.docx"
    with zipfile.ZipFile(resources / "templates" / "notice.docx") as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "_rels/.rels":
                content = content.replace(
                    b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
                )
            new.writestr(name, content)
    write_word(document_of(plain(Kind.PARAGRAPH, "一是加强领导。")), tmp_path / "通报.docx", template=other)
    with zipfile.ZipFile(tmp_path / "通报.docx") as file:
        assert file.namelist().count("docProps/core.xml") == 1


def test_a_missing_template_and_a_file_that_is_none_are_said(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match="找不到模板"):
        written(tmp_path, template=tmp_path / "无.docx")
    for name, content in (("旧.doc", b"\xd0\xcf\x11\xe0"), ("空.docx", b""), ("文.docx", b"PK\x03\x04")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceFormatError, match=r"另存为 \.docx"):
            written(tmp_path, template=tmp_path / name)
    kind = template(tmp_path, ("[Content_Types].xml", "document.main+xml", "template.main+xml"))
    with pytest.raises(SourceFormatError):
        written(tmp_path, template=kind)


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        write_word(NOTICE, tmp_path / "无" / "通报.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX can limit the size of a file")
def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path) -> None:
    import resource

    old = written(tmp_path).read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limits[1]))
    try:
        with pytest.raises(TargetError, match="磁盘空间不足"):
            written(tmp_path, document_of(*[plain(Kind.PARAGRAPH, uuid.uuid4().hex) for _ in range(3000)]))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in tmp_path.iterdir()] == ["通报.docx"]
    assert (tmp_path / "通报.docx").read_bytes() == old
