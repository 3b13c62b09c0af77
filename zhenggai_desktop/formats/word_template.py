"""The empty Word document of a layout profile: page, named styles, footers; made from nothing.

What python-docx or Word would put into a new file (theme fonts, a preview picture, an author, an English language)
never gets in. The styles are Word's own (Title, heading 1 …), so that the navigation pane and the style list of Word
and WPS know them. ``resources/templates/notice.docx`` is this document for the standard profile; an office may change
its styles in Word and give it to ``word_writer`` in place of the bundled one.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from zhenggai_desktop.domain.layout import LayoutProfile, twips
from zhenggai_desktop.formats.word_style_part import styles_part

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same profile gives the same bytes
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def template_bytes(profile: LayoutProfile) -> bytes:
    """A .docx with the profile's page, styles and footers, and a line in each style to see it by."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", _CORE),
        ),
        _CORE: _core(),
        "word/document.xml": _document(profile),
        "word/_rels/document.xml.rels": _relationships(
            *((kind, f"{kind}.xml") for kind in ("styles", "settings", "fontTable")),
            *(("footer", f"{name}.xml") for name in ("footer1", "footer2")),
        ),
        "word/styles.xml": styles_part(profile),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(profile),
        "word/footer1.xml": _footer(profile, odd=True),
        "word/footer2.xml": _footer(profile, odd=False),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:  # not compressed: it is read again at once
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 0  # otherwise the system's mark is in the bytes
            package.writestr(entry, _HEAD + text)
    return stream.getvalue()


_CORE = "docProps/core.xml"


def _content_types() -> str:
    overrides = {
        "word/document.xml": f"{_MAIN}document.main+xml",
        _CORE: "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"word/{kind}.xml": f"{_MAIN}{kind}+xml" for kind in ("styles", "settings", "fontTable")},
        **{f"word/{name}.xml": f"{_MAIN}footer+xml" for name in ("footer1", "footer2")},
    }
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
        + "</Types>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    items = (
        f'<Relationship Id="rId{number}" Type="{kind if kind.startswith("http") else _RELATION + kind}" '
        f'Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{''.join(items)}</Relationships>"
    )


def _core() -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>整改情况通报模板</dc:title>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


_SAMPLES = (
    ("Title", "关于整改进展情况的通报（样式：标题）"),
    ("Heading1", "一、一级标题（样式：标题 1）"),
    ("Heading2", "（一）二级标题（样式：标题 2）"),
    ("Heading3", "1. 三级标题（样式：标题 3）"),
    ("Heading4", "（1）四级标题（样式：标题 4）"),
    (
        "BodyText",
        "正文（样式：正文文本）。修改这些样式并另存，导出时选择这个文件，即按修改后的版式生成；这里的文字不会进入通报。",
    ),
    ("Signature", "发文机关署名（样式：签名）"),
    ("Date", "2025年1月1日"),
    ("Salutation", "主送机关：（样式：称呼）"),
    ("BodyText2", "表格文字（样式：正文文本 2）"),
    ("BodyText3", "表头（样式：正文文本 3）"),
    ("BlockText", "送审单等表单的文字（样式：文本块）"),
)


def _document(profile: LayoutProfile) -> str:
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'
        for style, text in _SAMPLES
    )
    return f"<w:document {_W} {_R}><w:body>{paragraphs}{_section(profile)}</w:body></w:document>"


def _section(profile: LayoutProfile) -> str:
    width, height = twips(profile.page_width), twips(profile.page_height)
    left, top = twips(profile.margin_left), twips(profile.margin_top)
    right, bottom = width - left - twips(profile.text_width), height - top - twips(profile.text_height)
    return (
        '<w:sectPr><w:footerReference w:type="even" r:id="rId5"/><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{top // 2}" w:footer="{profile.footer_distance}" w:gutter="0"/>'
        f'<w:cols w:space="720"/><w:docGrid w:linePitch="{profile.line_pitch}"/></w:sectPr>'
    )


def _footer(profile: LayoutProfile, *, odd: bool) -> str:
    """“— 1 —”, one character from the outer edge."""
    side = "right" if odd else "left"
    gap = round(profile.page_number_size * 20)
    dash, field = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>', '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    page = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    runs = "".join(
        (
            dash.format("— "),
            field.format("begin"),
            page,
            field.format("separate"),
            dash.format("1" if odd else "2"),
            field.format("end"),
            dash.format(" —"),
        )
    ).replace("<w:r>", '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>')
    return (
        f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}="{gap}"/><w:jc w:val="{side}"/></w:pPr>'
        f"{runs}</w:p></w:ftr>"
    )


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:doNotExpandShiftReturn/>'
        '<w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


_SUBSTITUTES = {
    "方正小标宋简体": "宋体",
    "方正小标宋_GBK": "宋体",
    "方正黑体_GBK": "黑体",
    "方正楷体_GBK": "楷体",
    "方正仿宋_GBK": "仿宋",
    "楷体_GB2312": "楷体",
    "仿宋_GB2312": "仿宋",
    "黑体": "SimHei",
    "宋体": "SimSun",
    "楷体": "KaiTi",
    "仿宋": "FangSong",
}  # what Word takes on a PC without the font


def _font_table(profile: LayoutProfile) -> str:
    fonts = profile.fonts
    names = dict.fromkeys((fonts.body, fonts.title, fonts.heading_1, fonts.heading_2, fonts.page_number, fonts.digits))
    return f"<w:fonts {_W}>{''.join(_font(name) for name in names if name)}</w:fonts>"


def _font(name: str) -> str:
    chinese = any(ord(sign) > 0x2E80 for sign in name)
    substitute = f'<w:altName w:val="{_SUBSTITUTES[name]}"/>' if name in _SUBSTITUTES else ""
    return (
        f'<w:font w:name={quoteattr(name)}>{substitute}<w:charset w:val="{"86" if chinese else "00"}"/>'
        f'<w:family w:val="{"auto" if chinese else "roman"}"/><w:pitch w:val="default"/></w:font>'
    )
