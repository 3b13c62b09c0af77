"""A web page saved from a site as paragraphs: the article in its order; menus, feet and hidden text as remarks.

Nothing is fetched: no style sheet, picture or frame, and no script is run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any, cast

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - it has no types

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph, SourceRemark
from zhenggai_desktop.domain.cleaning import cleaned, without_invisible
from zhenggai_desktop.errors import SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.file_kinds import too_large
from zhenggai_desktop.formats.html_article import Article, article_of
from zhenggai_desktop.formats.html_blocks import BlockBuilder, TextBlock
from zhenggai_desktop.formats.html_bytes import page_text
from zhenggai_desktop.formats.html_tables import tables_of

MAX_HTML_BYTES = 20 * 1024 * 1024
"""Largest page that is read; a page saved as one file (.mht) with its pictures may be larger by ``MAX_FILE_BYTES``."""
MAX_BLOCKS = 200_000
"""Most paragraphs of a page; as many as a Word file may have."""

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_PIECE = 1 << 16
_LXML = cast("Any", etree)


def read_html(data: bytes, name: str) -> SourceDocument:
    """The paragraphs of the page in ``data`` (.html, .htm, .mht); ``line`` counts its blocks from 1.

    Raises SourceFormatError (no page, no text, no character set fits) and SourceLimitError.
    """
    pages = page_text(data, name)
    if any(len(page) > MAX_HTML_BYTES for page in pages):
        raise too_large(name, MAX_HTML_BYTES)
    built = [_built(page, name) for page in pages]
    articles = [article_of(page.elements, page.blocks, page.page_title) for page in built]
    main = max(range(len(pages)), key=lambda i: sum(len(block.text) for block in articles[i].inside))
    if not articles[main].inside:
        raise SourceFormatError(f"网页“{name}”里没有文字", "请在浏览器里打开原网页，复制正文粘贴到文本后导入")
    other = [block for i, page in enumerate(built) if i != main for block in page.blocks]
    return _document(built[main], articles[main], other, name)


def _built(page: str, name: str) -> BlockBuilder:
    """The blocks of a page. libxml2 mends what is not well-formed; it calls the builder and keeps no tree."""
    builder = BlockBuilder()
    parser = _LXML.HTMLParser(target=builder, huge_tree=True, no_network=True)
    text = _DECLARATION.sub("", page.replace("\x00", ""))
    try:
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE])
        parser.close()
    except _LXML.LxmlError as error:
        if builder.blocks:  # it mends nearly everything: what it gives up on must not be half a document
            raise SourceFormatError(
                f"网页“{name}”已损坏，只能读出一部分", "请在浏览器里打开原网页，复制正文粘贴到文本后导入"
            ) from error
    if len(builder.blocks) > MAX_BLOCKS:
        raise SourceLimitError(f"网页超过{MAX_BLOCKS}段，不像公文", "请只复制需要的部分粘贴到文本后导入")
    return builder


def _document(page: BlockBuilder, article: Article, other: Sequence[TextBlock], name: str) -> SourceDocument:
    one_title = sum(block.heading == 1 for block in article.inside) == 1
    paragraphs: list[SourceParagraph] = []
    removed = 0
    for block in article.inside:
        text, count = cleaned(without_invisible(block.text))
        removed += count
        paragraphs += [_paragraph(block, piece, one_title=one_title) for piece in text.split("\n") if piece.strip()]
    remarks = [
        *_left_out(article.outside, "outside-article", "网页上正文以外的文字没有读入：“{words}”"),
        *_left_out([block for block in page.blocks if block.hidden], "hidden", "网页上不显示的文字没有读入：“{words}”"),
        *_left_out(other, "outside-article", "网页其他框架里的文字没有读入：“{words}”"),
    ]
    pictures = [block for block in article.inside if block.pictures]
    if pictures:
        count = sum(block.pictures for block in pictures)
        sentence = f"正文里有{count}张图片，图片里的文字没有读入，请核对"
        remarks.append(SourceRemark("picture", pictures[0].number, sentence))
    if page.plain_levels:
        sentence = "网页的多级编号没有注明样式，各级都按“1.”读入，请对照原文核对层级"
        remarks.append(SourceRemark("numbering", article.inside[0].number, sentence))
    if removed:
        remarks.append(SourceRemark("control-characters", 1, f"删去了无法保存的控制字符，共{removed}个"))
    return SourceDocument(name, tuple(paragraphs), tuple(remarks), tables_of(page.tables, paragraphs))


def _paragraph(block: TextBlock, text: str, *, one_title: bool) -> SourceParagraph:
    """A page's only h1 is its title, and h2 the first level below it; with several, h1 is the first level."""
    is_title = one_title and block.heading == 1
    level = 0 if is_title else block.heading - (one_title and block.heading > 0)
    return SourceParagraph(
        block.number,
        text,
        outline=level,
        centred=block.centred or is_title,
        auto_number=block.auto_number if text.startswith(block.auto_number) else "",
    )


def _left_out(blocks: Sequence[TextBlock], code: str, sentence: str) -> list[SourceRemark]:
    """One remark for each run of blocks that follow one another, with all their words."""
    remarks: list[SourceRemark] = []
    for _, run in groupby(enumerate(blocks), key=lambda entry: entry[1].number - entry[0]):
        found = [block for _, block in run]
        words = "／".join(cleaned(block.text)[0].replace("\n", " ").strip() for block in found)
        remarks.append(SourceRemark(code, found[0].number, sentence.format(words=words)))
    return remarks
