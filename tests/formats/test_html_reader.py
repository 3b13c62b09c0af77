"""Saved web pages give their article; what else stands on the page is named and not lost."""

from __future__ import annotations

import quopri
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.blocks import SourceDocument
from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError
from zhenggai_desktop.formats import html_blocks, html_reader
from zhenggai_desktop.formats.html_reader import read_html

LONG = "根据区委统一部署，区委巡察组对我镇党委进行了巡察，现将整改情况通报如下。"


def read(page: str | bytes) -> SourceDocument:
    return read_html(page.encode() if isinstance(page, str) else page, "网页.html")


def texts(page: str | bytes) -> list[str]:
    return [paragraph.text.strip() for paragraph in read(page).paragraphs]


def left_out(page: str | bytes) -> str:
    return "".join(remark.text for remark in read(page).remarks)


def page_of(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def refused(data: bytes | str, kind: type[SourceError] = SourceFormatError) -> str:
    with pytest.raises(kind) as caught:
        read(data)
    assert caught.value.what_to_do
    return str(caught.value)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("<div>甲</div>乙<div>丙</div>", ["甲", "乙", "丙"]),
        ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
        ("<p>甲<p>乙<p>丙", ["甲", "乙", "丙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<p>甲<b>乙</b><span>丙</span></p>", ["甲乙丙"]),
        ("<p>甲\n  乙</p>", ["甲 乙"]),
        ("<p>&nbsp;&nbsp;甲&ldquo;乙&rdquo;&#20001;&amp;&lt;丁&gt;</p>", ["甲“乙”\u4e21&<丁>"]),
        ("<p>　　甲　乙</p>", ["甲　乙"]),
        ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", ["甲", "乙", "丙", "丁"]),
        ("<table><tr><td><table><tr><td>甲</td></tr></table></td><td>乙</td></tr></table>", ["甲", "乙"]),
        ("<h1>题</h1><h2>一、甲</h2><p>乙</p>", ["题", "一、甲", "乙"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<p>甲</p><script>document.write('乙')</script><style>p{}</style><!-- 丙 -->", ["甲"]),
        ("<p>甲</div></span>乙", ["甲乙"]),
        ("<b><p>甲</b>乙</p>", ["甲乙"]),
        ("<section><section><p>甲</p></section></section>", ["甲"]),
        ("<p>甲<o:p>&nbsp;</o:p></p>", ["甲"]),
        ("<p><![if !supportLists]><span>一、</span><![endif]>甲</p>", ["一、甲"]),
        ("<p>甲<p><p>&nbsp;</p><p>乙", ["甲", "乙"]),
    ],
)  # fmt: skip
def test_elements_become_paragraphs_in_reading_order(body: str, wanted: list[str]) -> None:
    assert texts(page_of(body)) == wanted


def test_headings_claim_their_level_and_the_only_h1_is_the_title() -> None:
    document = read(page_of(f"<h1>通报</h1><h2>一、甲</h2><h3>（一）乙</h3><p>{LONG}</p>"))
    assert [(p.outline, p.centred) for p in document.paragraphs] == [(0, True), (1, False), (2, False), (0, False)]


def test_centred_paragraphs_are_known() -> None:
    body = '<p align="center">甲</p><p style="text-align:center">乙</p><center><p>丙</p></center><p>丁</p>'
    assert [p.centred for p in read(page_of(body)).paragraphs] == [True, True, True, False]


@pytest.mark.parametrize(
    ("opening", "wanted"),
    [
        ("<ol>", ["1.甲", "2.乙"]),
        ('<ol start="3">', ["3.甲", "4.乙"]),
        ('<ol type="A">', ["A.甲", "B.乙"]),
        ('<ol style="list-style-type:simp-chinese-informal">', ["一、甲", "二、乙"]),
        ('<ol style="list-style:none">', ["甲", "乙"]),
        ("<ul>", ["甲", "乙"]),
    ],
)
def test_numbers_that_a_browser_would_show_are_written_out(opening: str, wanted: list[str]) -> None:
    document = read(page_of(f"{opening}<li>甲</li><li>乙</li></ol>"))
    assert [p.text for p in document.paragraphs] == wanted
    assert all(p.text.startswith(p.auto_number) for p in document.paragraphs)


def test_levels_that_all_look_the_same_are_remarked() -> None:
    assert "层级" in left_out(page_of("<ol><li>甲</li><ol><li>乙</li></ol></ol>"))


def test_a_number_that_is_typed_stays_alone() -> None:
    assert texts(page_of("<ol><li>1.甲</li><li>2.乙</li></ol>")) == ["1.甲", "2.乙"]


PAGE = page_of(f"<p>{LONG}“甲”</p>", '<meta charset="{charset}">')


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("utf-8", "utf-8"), ("gb2312", "gb2312"), ("gbk", "gbk"), ("GB18030", "gb18030"), ("gb2312", "gb18030"),
        ("utf-8", "utf-8-sig"), ("utf-16", "utf-16"), ("", "utf-8"), ("", "gb18030"), ("nonsense", "gbk"),
        ("utf-8", "gbk"), ("gb2312", "utf-8"), ("iso-8859-1", "gbk"), ("utf-16", "gbk"),
    ],
)  # fmt: skip
def test_every_character_set_is_read_also_where_the_page_tells_it_wrong(charset: str, codec: str) -> None:
    assert texts(PAGE.format(charset=charset).encode(codec)) == [f"{LONG}“甲”"]


def test_the_old_form_of_meta_is_understood() -> None:
    meta = '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312">'
    assert texts(page_of(f"<p>{LONG}</p>", meta).encode("gbk")) == [LONG]


def test_a_header_above_the_page_tells_the_character_set_and_is_no_text() -> None:
    header = b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: text/html; charset=gbk\r\n\r\n"
    assert texts(header + f"<html><body><p>{LONG}</p></body></html>".encode("gbk")) == [LONG]


def test_a_character_outside_gb2312_is_read_although_the_page_says_gb2312() -> None:
    assert texts(page_of("<p>朱镕基、喆</p>", '<meta charset="gb2312">').encode("gb18030")) == ["朱镕基、喆"]


TITLE = "某镇党委关于巡察整改进展情况的通报"
MENU = '<div id="nav"><ul><li><a href="/">首页</a></li><li><a href="/z">政务公开</a></li></ul></div>'
WHERE = '<div class="dqwz">您当前的位置：<a href="/">首页</a> &gt; <a href="/x">巡察整改</a></div>'
META = "<div>发布时间：2024-11-08　来源：柳林镇　浏览次数：12</div>"
BODY = "".join(
    f"<p>　　{text}</p>"
    for text in [LONG, "一、主要做法", "成立领导小组，召开会议3次。", "中共某镇委员会", "2024年11月8日"]
)
SHARE = '<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>'
NEXT = '<p>上一篇：<a href="1.htm">某局党组关于巡察整改情况的通报</a></p>'
ASIDE = '<div class="right"><h3>热点</h3><ul><li><a href="1">某镇召开会议</a></li></ul></div>'
FOOT = (
    '<div id="footer"><p>主办单位：区政府</p><p>地址：政府路1号。电话：000-1234567。</p><p>某ICP备05000001号</p></div>'
)

LAYOUTS = {
    "title inside": f"{MENU}{WHERE}<div class='main'><h1>{TITLE}</h1>{META}<div id='zoom'>{BODY}</div>"
    f"{SHARE}{NEXT}</div>{ASIDE}{FOOT}",
    "title in a table above": f"{MENU}<table><tr><td>{WHERE}</td></tr><tr><td class='biaoti'>{TITLE}</td></tr>"
    f"<tr><td>{META}</td></tr><tr><td><div class='TRS_Editor'>{BODY}</div></td></tr>"
    f"<tr><td>{SHARE}{NEXT}</td></tr></table>{FOOT}",
    "all in one cell": f"<table><tr><td>{ASIDE}</td><td><h2>{TITLE}</h2>{META}{BODY}{SHARE}</td></tr></table>{FOOT}",
    "title in the article": f"{MENU}<h1>区政府门户网站</h1><article><p align=center>{TITLE}</p>{BODY}</article>{FOOT}",
    "wechat": f"<div id='js_article'><h1 class='rich_media_title' id='activity-name'>{TITLE}</h1>"
    "<div id='meta_content'>原创 清河纪委 <a href='#'>清河清风</a></div>"
    f"<div id='js_content' style='visibility: hidden;'><section>{BODY}</section></div>"
    "<div class='tool'><a href='x'>阅读原文</a></div></div>"
    "<div id='js_pc_qr_code' style='display:none'>微信扫一扫<br>关注该公众号</div>",
}
INSIDE = [TITLE, LONG, "一、主要做法", "成立领导小组，召开会议3次。", "中共某镇委员会", "2024年11月8日"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_article_is_found_in_a_whole_page(layout: str) -> None:
    found = [text for text in texts(page_of(LAYOUTS[layout])) if not text.startswith(("发布时间", "原创"))]
    assert found == INSIDE


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_stands_outside_keeps_its_words_in_remarks(layout: str) -> None:
    whole = page_of(LAYOUTS[layout])
    kept = "".join(texts(whole)) + left_out(whole)
    for words in (
        "政务公开",
        "您当前的位置：",
        "分享到：",
        "上一篇：",
        "热点",
        "主办单位：区政府",
        "阅读原文",
        "关注该公众号",
        "浏览次数：12",
    ):
        assert (words in kept) == (words in LAYOUTS[layout]), words


def test_a_page_without_furniture_is_read_whole() -> None:
    body = f"<p>{TITLE}</p><p>{LONG}</p><p>中共某镇委员会</p><p>2024年11月8日</p>"
    assert texts(page_of(body)) == [TITLE, LONG, "中共某镇委员会", "2024年11月8日"]
    assert read(page_of(body)).remarks == ()


def test_a_paragraph_of_the_article_that_is_a_link_stays() -> None:
    assert "《某办法》" in texts(page_of(f"<p>{LONG}</p><p><a href='x'>《某办法》</a></p><p>{LONG}</p>"))


def test_an_article_in_what_is_named_like_a_menu_is_still_the_article() -> None:
    assert texts(page_of(f"<div class='nav'><p>{LONG}</p><p>{LONG}</p></div>")) == [LONG, LONG]


def test_hidden_text_stands_in_a_remark() -> None:
    whole = page_of(f"<p>{LONG}</p><div style='display:none'>备用文字</div>")
    assert texts(whole) == [LONG]
    assert "“备用文字”" in left_out(whole)


def test_pictures_in_the_article_are_counted() -> None:
    assert "1张图片" in left_out(page_of(f"<p>{LONG}</p><p><img src='http://example.invalid/a.jpg'></p>"))


def archive(*parts: tuple[str, bytes], encoding: str = "quoted-printable") -> bytes:
    pieces = [b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n']
    for content_type, content in parts:
        body = quopri.encodestring(content) if encoding == "quoted-printable" else content
        pieces.append(
            f"--b\r\nContent-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
            + body
            + b"\r\n"
        )
    return b"".join(pieces) + b"--b--\r\n"


@pytest.mark.parametrize(("charset", "codec"), [("gb2312", "gbk"), ("utf-8", "utf-8")])
def test_a_page_saved_as_one_file_is_read(charset: str, codec: str) -> None:
    content = page_of(f"<p>{LONG}</p>").encode(codec)
    assert texts(archive((f"text/html; charset={charset}", content), ("text/css", b"p{}"))) == [LONG]


def test_of_several_frames_the_one_with_the_article_is_read() -> None:
    menu, article = page_of("<a href='x'>首页</a>").encode(), page_of(f"<p>{LONG}</p>").encode()
    data = archive(("text/html; charset=utf-8", menu), ("text/html; charset=utf-8", article))
    assert texts(data) == [LONG]
    assert "首页" in left_out(data)


@pytest.mark.parametrize(
    "data",
    [page_of(""), page_of("<script>var a=1</script><img src=a.jpg>"), "<html>", archive(("text/css", b"p{}")),
     b"MIME-Version: 1.0\r\n"],
)  # fmt: skip
def test_a_page_without_text_says_so(data: bytes | str) -> None:
    assert "没有" in refused(data)


def test_bytes_that_are_no_text_are_refused() -> None:
    assert "编码" in refused(b"<html><body>" + bytes(range(128, 256)) * 20)


def test_a_page_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_reader, "MAX_HTML_BYTES", 1024 * 1024)
    assert "超过1MB" in refused(page_of("甲" * 1024 * 1025), SourceLimitError)


def test_elements_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_blocks, "MAX_ELEMENTS", 1000)
    assert "不像公文" in refused(page_of("<p>甲</p>" * 1001), SourceLimitError)


@pytest.mark.parametrize("tag", ["div", "span", "b", "table><tr><td", "ul><li", "font"])
def test_ten_thousand_levels_are_refused_and_not_cut_off(tag: str) -> None:
    refused(page_of(f"<{tag}>" * 10_000 + "甲"), SourceLimitError)


def test_a_hundred_levels_are_read_as_wechat_nests_them() -> None:
    assert texts(page_of("<section>" * 200 + "甲" + "</section>" * 200 + "<p>乙</p>")) == ["甲", "乙"]


@pytest.mark.parametrize("piece", ["<", "<p", "<!--", "&", "<a href='", "</", "<p>甲</p>", "<![CDATA[", "<p a='b' "])
def test_a_long_malformed_page_takes_no_long_time(piece: str) -> None:
    start = time.perf_counter()
    try:
        read(page_of("<p>甲</p>" + piece * (400_000 // len(piece))))
    except SourceError as error:
        assert str(error)  # noqa: PT017 - either is right, but not a crash
    assert time.perf_counter() - start < 10


@settings(max_examples=80)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</div>", "<td>", "<table>", "</table>", "<li>", "<b>", "</b>", "<br>", "甲",
             "乙。", "\n", "<a href=x>", "</a>"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_no_word_is_lost_however_the_tags_are_mixed(pieces: list[str]) -> None:
    words = "".join(piece for piece in pieces if not piece.startswith("<")).replace("\n", "")
    whole = page_of("丙" + "".join(pieces))
    kept = "".join(texts(whole)).replace(" ", "")
    assert kept == "丙" + words or "outside-article" in {remark.code for remark in read(whole).remarks}


def test_what_the_program_writes_for_a_site_is_read_back(tmp_path: Path) -> None:
    from zhenggai_desktop.domain.blocks import Document, Kind, plain
    from zhenggai_desktop.formats.html_writer import write_html

    blocks = (
        plain(Kind.TITLE, TITLE),
        plain(Kind.PARAGRAPH, LONG),
        plain(Kind.HEADING, "一、主要做法", level=1),
        plain(Kind.HEADING, "（一）甲", level=2),
        plain(Kind.PARAGRAPH, "成立领导小组。"),
        plain(Kind.SIGNATURE, "中共某镇委员会"),
        plain(Kind.DATE, "2024年11月8日"),
    )
    write_html(Document(TITLE, blocks), tmp_path / "通报.html")
    document = read((tmp_path / "通报.html").read_bytes())
    assert [p.text for p in document.paragraphs] == [block.text for block in blocks]
    assert [p.outline for p in document.paragraphs] == [0, 0, 1, 2, 0, 0, 0]
    assert document.remarks == ()
