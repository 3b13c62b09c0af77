"""The limits that the README states are those of the code."""

from __future__ import annotations

from pathlib import Path

from zhenggai_desktop.domain import file_names
from zhenggai_desktop.formats import (
    containers,
    excel_rows,
    file_kinds,
    html_reader,
    office_converter,
    old_sheets,
    pdf_reader,
    reading,
    safe_xml,
    sheet_limits,
    text_reader,
    word_reader,
)

MIB = 1024 * 1024
LIMITS = (
    ("要读取的文件", f"{file_kinds.MAX_FILE_BYTES // MIB} MB"),
    ("其中纯文本、网页", f"{text_reader.MAX_TEXT_BYTES // MIB} MB"),
    ("一份文稿的段落", f"{reading.MAX_PARAGRAPHS // 10_000} 万段"),
    ("一份文稿的字数", f"{reading.MAX_CHARACTERS // 10_000} 万字"),
    ("一段的字数", f"{reading.MAX_PARAGRAPH_CHARACTERS // 10_000} 万字"),
    ("PDF 的页数", f"{pdf_reader.MAX_PAGES} 页"),
    ("读一份 PDF 的时间", f"{pdf_reader.MAX_SECONDS:.0f} 秒"),
    ("由 LibreOffice、WPS 或 Word 转换一份文件的时间", f"{office_converter.MAX_SECONDS:.0f} 秒"),
    ("Word、OFD 文件解压后：一个部件", f"{containers.MAX_PART_BYTES // MIB} MB"),
    ("Word、OFD 文件解压后：读取的全部部件", f"{containers.MAX_TOTAL_BYTES // MIB} MB"),
    ("Word、OFD 文件里的部件", f"{containers.MAX_MEMBERS // 10_000} 万个"),
    ("Word、OFD 文件里的标记和属性", f"{safe_xml.MAX_MARKS // 10_000} 万个"),
    ("表格、内容控件、文本框嵌套", f"{word_reader.MAX_DEPTH} 层"),
    ("读一个旧格式工作簿（xls、et）的时间", f"{old_sheets.MAX_SECONDS:.0f} 秒"),
    ("一个工作簿的单元格，空的也算", f"{sheet_limits.MOST_CELLS // 10_000} 万个"),
    ("导出的工作表", f"{excel_rows.MOST_ROWS} 行，一格 {excel_rows.LONGEST_TEXT} 字"),
    ("文件名", f"{file_names.LONGEST_NAME} 字"),
)


def test_the_readme_states_the_limits_as_they_are(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    stated = text.split("## 限制\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in stated.splitlines() if line.startswith("| ")]
    assert rows[2:] == [f"| {what} | {limit} |" for what, limit in LIMITS]


def test_limits_that_mean_the_same_are_the_same() -> None:
    assert text_reader.MAX_LINES == word_reader.MAX_PARAGRAPHS == reading.MAX_PARAGRAPHS
    assert pdf_reader.MAX_CHARACTERS == reading.MAX_CHARACTERS
    assert html_reader.MAX_HTML_BYTES == text_reader.MAX_TEXT_BYTES
    assert reading.MAX_PARAGRAPH_CHARACTERS <= excel_rows.LONGEST_TEXT
