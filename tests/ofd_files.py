"""OFD files for tests, written as raw XML in millimetres from the upper left corner."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.6
EDGE = 28.0
ACROSS = 27


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: float = SIZE,
    deltas: str | None = None,
    ctm: str = "",
    more: str = "",
) -> str:
    """A TextObject whose boundary begins at (x, y) and whose baseline lies a size below that."""
    spread = f"g {len(words) - 1} {size}" if deltas is None else deltas
    entries = f' DeltaX="{spread}"' if spread and len(words) > 1 else ""
    matrix = f' CTM="{ctm}"' if ctm else ""
    return (
        f'<ofd:TextObject ID="9" Font="3" Size="{size}" Boundary="{x} {y} 160 {size}"{matrix}{more}>'
        f'<ofd:TextCode X="0" Y="{size}"{entries}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def at(words: str, line: int, *, indent: float = 0, left: float = EDGE, deltas: str | None = None) -> str:
    """Words on a line of the grid, counted from 0 at the top of the text."""
    return text(words, left + indent * SIZE, 37 + 10 * line, deltas=deltas)


def page(content: str, *, template: str = "", area: str = "") -> str:
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NAMESPACE}>{area}{used}'
        f'<ofd:Content><ofd:Layer ID="1">{content}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd_bytes(
    *pages: str, templates: Sequence[str] = (), extra: dict[str, str | bytes] | None = None, root: str = ""
) -> bytes:
    """An OFD of whole pages; templates have the IDs T0, T1, …; ``root`` goes into OFD.xml."""
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    known = "".join(f'<ofd:TemplatePage ID="T{i}" BaseLoc="/Doc_0/Tpls/Tpl_{i}.xml"/>' for i in range(len(templates)))
    members: dict[str, str | bytes] = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD">'
        f"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>{root}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{known}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    members |= {f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)}
    members |= {f"Doc_0/Tpls/Tpl_{i}.xml": content for i, content in enumerate(templates)}
    return zipped(members | (extra or {}))


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A container with these members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return buffer.getvalue()
