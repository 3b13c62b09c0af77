"""The HTML of a document is semantic, escaped and free of styling."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from zhenggai_desktop.domain.blocks import Block, Document, Kind, Run, RunRole, plain
from zhenggai_desktop.formats.html_writer import as_html, write_html
from zhenggai_desktop.formats.text_writer import as_text

NOTICE = Document(
    "通报 <整改> & “进展”",
    (
        plain(Kind.TITLE, "关于巡察整改\n进展情况的通报"),
        plain(Kind.HEADING, "一、总体情况", level=1),
        plain(Kind.HEADING, "（1）具体表现", level=4),
        Block(Kind.PARAGRAPH, (Run("1. 针对“A<B & C”的问题。", RunRole.HEADING), Run("一是补学。\x07")), level=3),
        plain(Kind.PARAGRAPH, " "),
        plain(Kind.SIGNATURE, "清河镇党委"),
        plain(Kind.DATE, "2025年3月5日"),
    ),
)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.lines: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data.strip("\n")


def test_blocks_become_headings_and_paragraphs() -> None:
    assert as_html(NOTICE).splitlines() == [
        "<h1>关于巡察整改<br>进展情况的通报</h1>",
        "<h2>一、总体情况</h2>",
        "<h5>（1）具体表现</h5>",
        "<p>1. 针对“A&lt;B &amp; C”的问题。一是补学。</p>",
        '<p style="text-align: right">清河镇党委</p>',
        '<p style="text-align: right">2025年3月5日</p>',
    ]


def test_the_page_says_the_same_words_as_the_text(tmp_path: Path) -> None:
    write_html(NOTICE, tmp_path / "通报.html")
    page = (tmp_path / "通报.html").read_text("utf-8")
    body = Words()
    body.feed(page[page.index("<body>") :])
    assert [line for line in body.lines if line] == as_text(NOTICE).splitlines()
    assert set(body.tags) == {"body", "h1", "h2", "h5", "p", "br"}
    assert "<title>通报 &lt;整改&gt; &amp; “进展”</title>" in page
    assert '<html lang="zh-CN">' in page
