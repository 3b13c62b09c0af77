"""A document as HTML that a web site's editor takes over without cleaning: headings, paragraphs, nothing else.

No classes, fonts or sizes: the site has its own. Only what would otherwise be lost, the right edge of signature and
date, is written at the paragraph. Run-in headings stay in the text of their paragraph.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from zhenggai_desktop.domain.blocks import Block, Cell, Document, Kind, Table
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.formats.replacing import replacing

_AT_THE_RIGHT = ' style="text-align: right"'

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 42em; margin: 2em auto; padding: 0 1em; line-height: 1.8 }}
h1 {{ text-align: center }}
p {{ text-indent: 2em; text-align: justify }}
table {{ border-collapse: collapse }}
th, td {{ border: 1px solid; padding: 0.2em 0.4em }}
</style>
</head>
<body>
{body}</body>
</html>
"""


def as_html(document: Document) -> str:
    """The blocks as elements, one on a line: what is pasted into the editor's source view.

    The title is ``h1``, a heading of level n is ``h(n+1)``. Blocks without words are left out.
    """
    return "".join(f"{_element(block)}\n" for block in document.blocks if block.text.strip())


def write_html(document: Document, path: Path) -> None:
    """Write a whole page in UTF-8 around ``as_html``. Raises ``TargetError``."""
    page = _PAGE.format(title=escape(clean(document.title).replace("\n", "")), body=as_html(document))
    with replacing(path) as temporary:
        temporary.write_bytes(page.encode())


def _element(block: Block) -> str:
    words = escape(clean(block.text), quote=False).replace("\n", "<br>")
    match block.kind:
        case Kind.TITLE:
            return f"<h1>{words}</h1>"
        case Kind.HEADING:
            tag = f"h{min(max(block.level, 1), 5) + 1}"
            return f"<{tag}>{words}</{tag}>"
        case Kind.SIGNATURE | Kind.DATE:
            return f"<p{_AT_THE_RIGHT}>{words}</p>"
        case Kind.TABLE:
            return _table(block.table) if block.table is not None else f"<p>{words}</p>"
        case _:
            return f"<p>{words}</p>"


def _table(table: Table) -> str:
    rows = ("<tr>" + "".join(_cell(cell) for cell in row if cell is not None) + "</tr>" for row in table.rows)
    return f"<table>{''.join(rows)}</table>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.head else "td"
    spans = (("rowspan", cell.rows), ("colspan", cell.columns))
    attributes = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
    words = escape(clean(cell.text), quote=False).replace("\n", "<br>")
    return f"<{tag}{attributes}>{words}</{tag}>"
