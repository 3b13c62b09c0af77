"""Comments stand in the margin at the very words, in a copy; formatting and words stay."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.word_comments import WordComment, comment_word
from zhenggai_desktop.formats.word_reader import read_word

AUTHOR = "整改台账校对"


def commented(path: Path) -> list[tuple[str, str]]:
    """The words between the marks of each comment, with the comment's text, in the order of the document."""
    document = docx.Document(str(path))
    texts = {comment.comment_id: comment.text for comment in document.comments}
    found: list[tuple[str, str]] = []
    for start in document.element.body.iter(qn("w:commentRangeStart")):
        number = start.get(qn("w:id"))
        words, inside = "", False
        for element in document.element.body.iter():
            if element is start:
                inside = True
            elif element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == number:
                break
            elif inside and element.tag == qn("w:t"):
                words += element.text or ""
        found.append((words, texts[int(number)]))
    return found


def words_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in read_word(path).paragraphs]


def a_file(path: Path, *paragraphs: tuple[str, ...]) -> Path:
    """A file whose paragraphs consist of runs, every second of them bold."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for i, text in enumerate(runs):
            paragraph.add_run(text).bold = bool(i % 2)
    document.save(str(path))
    return path


def at(paragraph: str, words: str, text: str, line: int = 0) -> WordComment:
    start = paragraph.index(words)
    return WordComment(paragraph, start, start + len(words), text, line)


def test_a_comment_stands_at_its_words_across_runs(tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.docx", ("标题",), ("建立资产台", "帐，逐件", "核对。"))
    comment = at("建立资产台帐，逐件核对。", "台帐", "应为“台账”", 2)
    assert comment_word(source, tmp_path / "b.docx", [comment], AUTHOR) == 1
    assert commented(tmp_path / "b.docx") == [("台帐", "应为“台账”")]
    assert words_of(tmp_path / "b.docx") == words_of(source)


def test_formatting_of_split_runs_stays(tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.docx", ("建立资产台", "帐，逐件", "核对。"))
    comment_word(source, tmp_path / "b.docx", [at("建立资产台帐，逐件核对。", "帐，", "看", 1)], AUTHOR)
    runs = docx.Document(str(tmp_path / "b.docx")).paragraphs[0].runs
    bold = "".join(run.text for run in runs if run.bold)
    assert bold == "帐，逐件"


def test_several_comments_of_one_paragraph_all_find_their_words(tmp_path: Path) -> None:
    text = "截止目前，台帐已建，台帐已核。"
    source = a_file(tmp_path / "a.docx", (text[:6], text[6:]))
    second = text.rindex("台帐")
    comments = [
        at(text, "截止目前", "一", 1),
        at(text, "台帐", "二", 1),
        WordComment(text, second, second + 2, "三", 1),
    ]
    assert comment_word(source, tmp_path / "b.docx", comments, AUTHOR) == 3
    assert commented(tmp_path / "b.docx") == [("截止目前", "一"), ("台帐", "二"), ("台帐", "三")]


def test_width_and_blanks_of_the_file_do_not_matter(tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.docx", ("2021年12 月24 日,建立台帐.",))
    comment_word(source, tmp_path / "b.docx", [at("2021年12月24日，建立台帐。", "台帐", "看", 1)], AUTHOR)
    assert commented(tmp_path / "b.docx") == [("台帐", "看")]


def test_an_automatic_number_is_not_in_the_way(tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.docx", ("资产台帐不全。",))
    comment_word(source, tmp_path / "b.docx", [at("（一）资产台帐不全。", "台帐", "看", 1)], AUTHOR)
    assert commented(tmp_path / "b.docx") == [("台帐", "看")]


def test_a_remark_on_the_number_itself_stands_at_the_paragraph(tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.docx", ("资产台帐不全。",))
    comment_word(source, tmp_path / "b.docx", [WordComment("（三）资产台帐不全。", 0, 3, "编号", 1)], AUTHOR)
    assert commented(tmp_path / "b.docx") == [("资产台帐不全。", "编号")]


def test_a_remark_on_the_whole_stands_at_the_first_words(tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.docx", ("",), ("标题",), ("正文。",))
    comment_word(source, tmp_path / "b.docx", [WordComment("", 0, 0, "缺少落款")], AUTHOR)
    assert commented(tmp_path / "b.docx") == [("标题", "缺少落款")]


def test_the_original_is_not_touched(tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.docx", ("建立台帐。",))
    before = source.read_bytes()
    comment_word(source, tmp_path / "b.docx", [at("建立台帐。", "台帐", "看", 1)], AUTHOR)
    assert source.read_bytes() == before


def test_comments_that_are_there_stay(tmp_path: Path) -> None:
    source = a_file(tmp_path / "a.docx", ("建立台帐。",))
    comment_word(source, tmp_path / "b.docx", [at("建立台帐。", "建立", "甲", 1)], "某人")
    comment_word(tmp_path / "b.docx", tmp_path / "c.docx", [at("建立台帐。", "台帐", "乙", 1)], AUTHOR)
    assert commented(tmp_path / "c.docx") == [("建立", "甲"), ("台帐", "乙")]


def test_words_in_a_cell_are_found(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 2).cell(0, 1).text = "建立台帐。"
    document.save(str(tmp_path / "a.docx"))
    comment_word(tmp_path / "a.docx", tmp_path / "b.docx", [at("建立台帐。", "台帐", "看", 2)], AUTHOR)
    assert commented(tmp_path / "b.docx") == [("台帐", "看")]


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(SourceFormatError):
        comment_word(tmp_path / "a.docx", tmp_path / "b.docx", [], AUTHOR)
