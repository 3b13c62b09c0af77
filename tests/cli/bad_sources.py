"""Files that no clerk should meet and some will: made here byte by byte, each broken in its own way.

``BAD_SOURCES`` are refused where a document is wanted; ``STRANGE_SOURCES`` may be read or refused, but never end in
a traceback, a hang or a ledger that cannot be written out.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from openpyxl import Workbook

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" * 40
TEXT = "一、学习不够深入。"
NOTICE = """柳林镇党委关于巡察反馈意见整改落实情况的公告

根据区委统一部署，2023年9月4日至11月10日，区委第五巡察组对我镇进行了巡察。2024年1月15日，向我镇反馈了巡察意见。现将整改落实情况公布如下。

一、主要做法

成立由镇党委书记任组长的整改工作领导小组，制定整改方案。

二、反馈意见整改落实情况

反馈意见共指出2个方面3个问题，均已完成整改。

（一）落实上级决策部署方面

问题一：耕地保护责任落实不严。

整改措施及成效：一是拆除违建7处。二是与14个村签订责任书。

问题二：人居环境整治标准不高。

整改措施及成效：新建垃圾分类点22处，每月组织一次评比。

（二）全面从严治党方面

问题三：集体资金管理混乱。

整改措施及成效：一是清理往来款项。二是推行村账镇管。

三、下一步打算

巩固整改成果。

欢迎广大干部群众对整改落实情况进行监督。联系电话：0000-1234567；电子邮箱：liulin@example.com。

中共清河区柳林镇委员会

2024年11月8日
"""


def packed(parts: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    """A container of the given members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return made.getvalue()


def word_parts(body: str = "", *, prolog: str = "", **others: str) -> dict[str, str | bytes]:
    """The parts of a Word file with ``body`` in its document, and with ``styles`` and ``numbering`` where given."""
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in sorted(others)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{W}" xmlns:mc="{MC}">'
        f"<w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
        **{f"word/{name}.xml": content for name, content in others.items()},
    }


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word(body: str = "", *, prolog: str = "", stored: bool = False, **others: str) -> bytes:
    return packed(word_parts(body, prolog=prolog, **others), stored=stored)


def nested(opening: str, closing: str, inside: str, times: int = 10_000) -> str:
    return opening * times + inside + closing * times


def compound_file(*streams: str) -> bytes:
    """An OLE container ([MS-CFB]) of empty streams with the given names: what Office wraps an encrypted file in."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<I", free) * 108
    table = struct.pack("<III", fat, end, free) + struct.pack("<I", free) * 125

    def entry(name: str, kind: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le") if name else b""
        links = struct.pack("<III", free, free, 1 if kind == 5 else free)
        return raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + links + bytes(36) + bytes(12)

    entries = [entry("Root Entry", 5), *(entry(name, 2) for name in streams)]
    directory = b"".join(entries).ljust(1024, b"\0")[:512]
    return header[:512].ljust(512, b"\xff") + table + directory


def _encrypted_members() -> bytes:
    """A container whose members carry the flag of encryption, as some archivers set it."""
    data = bytearray(word(paragraph(TEXT)))
    for mark, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flag_at] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _lying_bomb() -> bytes:
    """A container whose document inflates to half a gigabyte and claims to have a hundred bytes."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    swollen = b"".join(squeezer.compress(bytes(1 << 20)) for _ in range(512)) + squeezer.flush()
    name = b"word/document.xml"
    sizes = struct.pack("<IIIHH", 0, len(swollen), 100, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + name + swollen
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes + bytes(14) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def _honest_bomb() -> bytes:
    """Half a gigabyte of spaces as the text of a Word file, honestly declared."""
    return _swollen(word_parts().items(), "word/document.xml")


def _workbook_bomb() -> bytes:
    """A workbook as Excel reads it, whose sheet holds half a gigabyte of spaces in front of its end."""
    made = io.BytesIO()
    book = Workbook()
    cast("Any", book.active).append(["序号", "存在问题", "整改措施"])
    book.save(made)
    with zipfile.ZipFile(made) as plain:
        return _swollen([(name, plain.read(name)) for name in plain.namelist()], "xl/worksheets/sheet1.xml")


def _swollen(parts: Iterable[tuple[str, str | bytes]], large: str) -> bytes:
    """The parts in a container, one of them with half a gigabyte of spaces in front of its last tag."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts:
            if name != large:
                container.writestr(name, content)
                continue
            data = content.encode() if isinstance(content, str) else content
            head, end, tail = data.rpartition(b"</")
            with container.open(name, "w") as document:
                document.write(head)
                for _ in range(512):
                    document.write(b" " * (1 << 20))
                document.write(end + tail)
    return made.getvalue()


_LAUGHS = '<!DOCTYPE w:document [<!ENTITY a0 "哈">' + "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 12)
) + "]>"  # fmt: skip
_WHOLE = word("".join(paragraph(f"（{number}）{TEXT}") for number in range(300)))
_TABLE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
_CONTROL = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
_ALTERNATIVE = "<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"
_BOX = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
_PLAIN = "<w:r><w:t>深</w:t></w:r>"

# ruff: noqa: PLW0108 - a lambda, because these bytes are to be made when a test wants them

BAD_SOURCES: Mapping[str, Callable[[], bytes]] = {
    "空.docx": lambda: b"",
    "空.txt": lambda: b"",
    "空白.txt": lambda: "\ufeff \r\n\u3000\r\n".encode(),
    "图片.docx": lambda: PNG,
    "图片.txt": lambda: PNG,
    "照片.docx": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500),
    "程序.docx": lambda: b"MZ\x90\x00" + bytes(500),
    "压缩包.docx": lambda: packed({"说明.txt": "不是文稿"}),
    "演示.docx": lambda: packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}),
    "表格.docx": lambda: packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    "只有头.docx": lambda: _WHOLE[:4],
    "半个头.docx": lambda: _WHOLE[:20],
    "四分之一.docx": lambda: _WHOLE[: len(_WHOLE) // 4],
    "一半.docx": lambda: _WHOLE[: len(_WHOLE) // 2],
    "缺目录.docx": lambda: _WHOLE[: _WHOLE.rfind(b"PK\x01\x02")],
    "缺尾.docx": lambda: _WHOLE[:-1],
    "加密.docx": lambda: compound_file("EncryptionInfo", "EncryptedPackage"),
    "加密部件.docx": _encrypted_members,
    "没有正文.docx": lambda: packed({name: part for name, part in word_parts().items() if "document" not in name}),
    "没有文字.docx": lambda: word("<w:p/><w:p/>"),
    "不是XML.docx": lambda: packed({**word_parts(), "word/document.xml": "不是XML"}),
    "外部实体.docx": lambda: word(
        paragraph("&x;"), prolog='<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "外部类型.docx": lambda: word(paragraph(TEXT), prolog='<!DOCTYPE w SYSTEM "http://example.com/a.dtd">'),
    "样式里的实体.docx": lambda: word(paragraph(TEXT), styles=f'<!DOCTYPE s [<!ENTITY x "y">]><s xmlns="{W}"/>'),
    "亿笑.docx": lambda: word(paragraph("&a11;"), prolog=_LAUGHS),
    "炸弹.docx": _honest_bomb,
    "谎报炸弹.docx": _lying_bomb,
    "部件太多.docx": lambda: packed({**word_parts(paragraph(TEXT)), **{f"m/{n}": "" for n in range(10_001)}}),
    "一百万段.docx": lambda: word("<w:p/>" * 1_000_000),
    "一百万段有字.docx": lambda: word("<w:p><w:r><w:t>字</w:t></w:r></w:p>" * 1_000_000, stored=True),
    "一百万行.txt": lambda: ("一、学习\n" * 1_000_000).encode(),
    "属性太多.docx": lambda: word('<w:p w:a="1" w:b="22" w:c="333"/>' * 1_700_000, stored=True),
    "表格套表格.docx": lambda: word(nested(*_TABLE, paragraph("深"))),
    "控件套控件.docx": lambda: word(nested(*_CONTROL, paragraph("深"))),
    "段内控件.docx": lambda: word(f"<w:p>{nested(*_CONTROL, _PLAIN)}</w:p>"),
    "段内链接.docx": lambda: word(f"<w:p>{nested('<w:hyperlink>', '</w:hyperlink>', _PLAIN)}</w:p>"),
    "段内替换.docx": lambda: word(f"<w:p><w:r>{nested(*_ALTERNATIVE, '<w:t>深</w:t>')}</w:r></w:p>"),
    "文本框套文本框.docx": lambda: word(nested(*_BOX, paragraph("深"))),
    "图形套图形.docx": lambda: word(f"<w:p><w:r>{nested('<w:pict>', '</w:pict>', '')}</w:r></w:p>"),
    "半个代理.docx": lambda: word(paragraph("&#xD800;")),
    "控制字符.docx": lambda: word(paragraph("\x01\x02")),
    "字节零.txt": lambda: "一、学习\0不够\n".encode() * 30,
    "乱码.txt": lambda: bytes(range(128, 256)) * 30,
    "坏.xlsx": lambda: packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    "图片.xlsx": lambda: PNG,
    "加密.xlsx": lambda: compound_file("EncryptionInfo", "EncryptedPackage"),
    "炸弹.xlsx": _workbook_bomb,
    "字太多.txt": lambda: ("一、学习不够深入，重业务轻党建。\n" * 200_000)[:2_400_000].encode(),
    "一段太长.txt": lambda: ("一、" + "学习不够深入" * 10_000 + "。\n").encode(),
    "过大.txt": lambda: "一、学习不够深入，重业务轻党建。\n".encode() * 500_000,
}
"""Name → bytes of files that hold no document that can be read."""


def _styled(styles: str, numbering: str = "", properties: str = "") -> bytes:
    styles = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    body = paragraph(TEXT, f'<w:pStyle w:val="s0"/>{properties}') + paragraph("（一）重业务轻党建。")
    if not numbering:
        return word(body, styles=styles)
    return word(body, styles=styles, numbering=f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>')


def _based(style: str, on: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{style}"><w:basedOn w:val="{on}"/>{more}</w:style>'


def _list(number: int, link: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:numStyleLink w:val="{link}"/></w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    )


def _numbers(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


_OUTSIDE = {"../../../逃出.txt": "外", "/tmp/逃出.txt": "外", "..\\..\\逃出.txt": "外", "C:\\逃出.txt": "外"}

STRANGE_SOURCES: Mapping[str, Callable[[], bytes]] = {
    "路径在外.docx": lambda: packed({**_OUTSIDE, **word_parts(paragraph(TEXT))}),
    "正文在外.docx": lambda: packed(
        {
            name: part.replace(b"word/document.xml", b"../../../etc/passwd") if name == "_rels/.rels" else part
            for name, part in ((n, p.encode() if isinstance(p, str) else p) for n, p in word_parts(TEXT).items())
        }
    ),
    "样式自己连自己.docx": lambda: _styled(_based("s0", "s0")),
    "样式连成圈.docx": lambda: _styled("".join(_based(f"s{n}", f"s{(n + 1) % 50}") for n in range(50))),
    "样式链极长.docx": lambda: _styled("".join(_based(f"s{n}", f"s{n + 1}") for n in range(20_000))),
    "编号连成圈.docx": lambda: _styled(
        _based("s0", "s1", f"<w:pPr>{_numbers(1)}</w:pPr>") + _based("s1", "s0", f"<w:pPr>{_numbers(2)}</w:pPr>"),
        _list(1, "s1") + _list(2, "s0"),
        _numbers(1),
    ),
    "编号连自己.docx": lambda: _styled(_based("s0", "", f"<w:pPr>{_numbers(1)}</w:pPr>"), _list(1, "s0"), _numbers(1)),
    "编号层级离谱.docx": lambda: _styled(
        "",
        _list(1, "").replace(
            "</w:abstractNum>", '<w:lvl w:ilvl="99999"><w:lvlText w:val="%1%9%99"/></w:lvl></w:abstractNum>'
        ),
        '<w:numPr><w:ilvl w:val="-5"/><w:numId w:val="1"/></w:numPr>',
    ),
    "域不结束.docx": lambda: word(
        paragraph(TEXT) + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 20_000
    ),
    "跨列离谱.docx": lambda: word(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
        + paragraph(TEXT)
        + "</w:tc></w:tr></w:tbl>"
    ),
    "双向覆盖.txt": lambda: f"一、学习\u202e不够\u2066深入\u202c。\n\u200f（一）{TEXT}\n".encode(),
    "控制字符.txt": lambda: ("一、学习\x07不够深入。\n（一）重业务\x1b[31m轻党建。\n" * 9).encode(),
    "半个代理.txt": lambda: (
        b"\xff\xfe" + f"一、学习{TEXT}\n".encode("utf-16-le") + b"\x00\xd8" + "\n".encode("utf-16-le")
    ),
    "截断.txt": lambda: (TEXT * 40).encode()[:-2],
    "混合编码.txt": lambda: (TEXT * 60).encode() + "不".encode("gb18030"),
    "国标.txt": lambda: (TEXT + "\n").encode("gb18030"),
    "行都很长.txt": lambda: (("一、" + "学习不够深入" * 4_000 + "。\n") * 30).encode(),
    "开头全是数字.txt": lambda: (("9" * 29_000 + "、学习不够深入。\n") * 30).encode(),
    "括号极多.txt": lambda: (("a（" * 9_000 + "一" + "）" * 9_000 + "\n") * 30).encode(),
    "年份极多.txt": lambda: (("2024年" * 5_000 + "\n") * 30).encode(),
    "一是极多.txt": lambda: ("问题一：学习不够。\n整改情况：" + "一是学习。二是学习。" * 2_900 + "\n").encode(),
    "顿号极多.txt": lambda: (("一、" * 14_000 + "学习\n") * 30).encode(),
    "引号不闭.txt": lambda: (("“‘《（【" * 5_900 + "学习\n") * 30).encode(),
    "空格极多.txt": lambda: (("一、" + " \u3000" * 14_000 + "学习\n") * 30).encode(),
}
"""Name → bytes of files that may be read or refused, but calmly."""
