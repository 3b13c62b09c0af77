"""A file that came back is read with who inserted, deleted and said what, wherever Word wrote it down."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import p, t, word_bytes, word_file

from zhenggai_desktop.domain.returned_text import Comment, Deleted, Inserted, ReturnedText
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.returned_reader import read_returned
from zhenggai_desktop.formats.word_trace import Trace, TraceKind, TraceLog

WHEN = "2025-06-03T09:00:00Z"
BY = f'w:id="1" w:author="甲" w:date="{WHEN}"'


def gone(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def came(text: str) -> str:
    return f"<w:ins {BY}>{t(text)}</w:ins>"


def read(folder: Path, body: str, **sides: str) -> ReturnedText:
    return read_returned(word_file(folder / "稿.docx", body, **sides))


def test_tracked_changes_keep_their_places(tmp_path: Path) -> None:
    (one,) = read(tmp_path, p(t("开展") + gone("检查") + came("督查") + t("三次。"))).paragraphs
    assert one.text == "开展督查三次。"
    assert one.inserted == (Inserted(2, 4, "甲", WHEN),)
    assert one.deleted == (Deleted(2, "检查", "甲", WHEN),)
    assert one.authors == ("甲",)


def test_moved_words_are_gone_here_and_come_there(tmp_path: Path) -> None:
    away = f"<w:moveFrom {BY}>{t('移动的话。')}</w:moveFrom>"
    here = f"<w:moveTo {BY}>{t('移动的话。')}</w:moveTo>"
    first, second = read(tmp_path, p(t("前。") + away) + p(here + t("后。"))).paragraphs
    assert (first.text, first.deleted[0].text) == ("前。", "移动的话。")
    assert (second.text, second.inserted) == ("移动的话。后。", (Inserted(0, 5, "甲", WHEN),))


def test_a_deleted_paragraph_lives_on_in_the_next(tmp_path: Path) -> None:
    (one,) = read(tmp_path, p(gone("删去的一段。"), f"<w:rPr><w:del {BY}/></w:rPr>") + p("留下的一段。")).paragraphs
    assert (one.text, [d.text for d in one.deleted]) == ("留下的一段。", ["删去的一段。"])


def test_who_typed_the_end_of_a_paragraph(tmp_path: Path) -> None:
    first, second = read(tmp_path, p("前半，", f"<w:rPr><w:ins {BY}/></w:rPr>") + p("后半。")).paragraphs
    assert (first.mark_author, second.mark_author) == ("甲", "")


def test_comments_stand_at_their_words(tmp_path: Path) -> None:
    body = p(
        t("请") + '<w:commentRangeStart w:id="0"/>' + t("核实") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>' + t("数字。") + '<w:r><w:commentReference w:id="1"/></w:r>'
    )  # fmt: skip
    comments = f"<w:comment {BY.replace('1', '0', 1)}>{p('以哪个为准？')}</w:comment>" + (
        f'<w:comment w:id="1" w:author="乙">{p("同意。")}</w:comment>'
    )
    (one,) = read(tmp_path, body, comments=comments).paragraphs
    assert one.comments == (Comment("以哪个为准？", "甲", WHEN, 1, 3), Comment("同意。", "乙", "", 0, 0))


def test_soft_breaks_do_not_part_a_paragraph(tmp_path: Path) -> None:
    (one,) = read(tmp_path, p(t("关于整改") + "<w:r><w:br/></w:r>" + t("情况的通报"))).paragraphs
    assert one.text == "关于整改\n情况的通报"


def test_bookmarks_and_words_without_traces(tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="3" w:name="zgi_abc"/>' + t("问题。") + '<w:bookmarkEnd w:id="3"/>'
    (tmp_path / "文.txt").write_text("甲。\n乙。\n", "utf-8")
    assert read(tmp_path, p(mark)).paragraphs[0].bookmarks == ("zgi_abc",)
    plain = read_returned(tmp_path / "文.txt")
    assert ([one.text for one in plain.paragraphs], plain.draft_id, plain.remarks) == (["甲。", "乙。"], "", ())


def test_a_file_without_words_is_told(tmp_path: Path) -> None:
    (tmp_path / "空.docx").write_bytes(word_bytes(p()))
    with pytest.raises(SourceFormatError, match="没有文字"):
        read_returned(tmp_path / "空.docx")


def test_signs_beyond_what_a_plane_holds_are_left_out() -> None:
    log = TraceLog()
    sign = log.sign(Trace(TraceKind.BOOKMARK, "甲"))
    assert log.taken_out(f"前{sign}后") == ("前后", [(1, Trace(TraceKind.BOOKMARK, "甲"))])
    log.traces *= 70_000
    assert log.sign(Trace(TraceKind.BOOKMARK)) == ""
