"""Word files for tests, written as raw XML so that a test says exactly what lies in the package."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SIDE_PARTS = ("styles", "numbering", "footnotes", "endnotes")


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMESPACES}>{content}</w:{root}>'


def word_bytes(body: str, *, extra: dict[str, str | bytes] | None = None, **sides: str) -> bytes:
    """A .docx with the given content of w:body; ``sides`` are the contents of styles, numbering, footnotes …"""
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>' for name in sides)
    relations = "".join(
        f'<Relationship Id="rId{position}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for position, name in enumerate(sides, start=1)
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    members |= {f"word/{name}.xml": part(name, content) for name, content in sides.items()}
    members |= extra or {}
    return zipped(members)


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return buffer.getvalue()


def word_file(path: Path, body: str, **sides: str) -> Path:
    path.write_bytes(word_bytes(body, **sides))
    return path


def t(text: str) -> str:
    """A run with text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    """A paragraph; content that is no XML becomes a run."""
    inner = content if content.startswith("<") or not content else t(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def item(text: str, level: int = 0, num: int = 1) -> str:
    """A numbered paragraph."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def styled(text: str, style: str, properties: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>{properties}')


def lvl(index: int, text: str, fmt: str = "decimal", *, start: int | None = 1, more: str = "", suff: str = "") -> str:
    """A level; ``more`` goes where the schema wants lvlRestart, pStyle and isLgl, before w:suff."""
    begin = f'<w:start w:val="{start}"/>' if start is not None else ""
    follow = f'<w:suff w:val="{suff}"/>' if suff else ""
    return (
        f'<w:lvl w:ilvl="{index}">{begin}<w:numFmt w:val="{fmt}"/>{more}{follow}'
        f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(number: int, *levels: str, link: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{link}'
        f"{''.join(levels)}</w:abstractNum>"
    )


def num(number: int, abstract_number: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>{overrides}</w:num>'


def start_override(level: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(style_id: str, properties: str = "", *, based_on: str = "", name: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name or style_id}"/>{base}{properties}'
        "</w:style>"
    )
