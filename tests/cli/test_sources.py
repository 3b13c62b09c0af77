"""Every kind of file in which feedback arrives ends in the same notice, or in one sentence and nothing written."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ofd_files import ofd_bytes, page, zipped
from pdf_files import at, pdf_bytes, stream

Run = Any  # the fixtures of conftest


def composed(zhenggai: Run, source: Path, folder: Path) -> str:
    """The notice that a ledger made of ``source`` gives. Where a printed title was broken is layout, no word."""
    ledger, notice = folder / f"{source.name}.zgtz", folder / f"{source.name}.txt"
    assert zhenggai("import", ledger, source).code == 0
    assert zhenggai("notice", ledger, notice).code == 0
    lines = notice.read_text("utf-8").split("\n")
    lead = next(i for i, line in enumerate(lines) if "。" in line)
    return "\n".join(("".join(lines[:lead]), *lines[lead:]))


def converted(source: Path, folder: Path, *suffixes: str) -> list[Path]:
    """``source`` in other formats, by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    profile = (folder / "profile").as_uri()
    for suffix in suffixes:
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix, "--outdir", folder]
        subprocess.run([*command, source], capture_output=True, check=True, timeout=120)
    return [folder / f"{source.stem}.{suffix}" for suffix in suffixes]


OWN_TEXTS = ["notice_a_other", "notice_c", "notice_d", "notice_e"]


def word_notice(zhenggai: Run, text: Path, folder: Path) -> Path:
    ledger, word = folder / "原.zgtz", folder / "通报.docx"
    assert zhenggai("import", ledger, text).code == 0
    assert zhenggai("notice", ledger, word).code == 0
    return word


def test_a_notice_as_pdf_gives_the_same_notice_as_the_word_file(zhenggai: Run, root: Path, tmp_path: Path) -> None:
    word = word_notice(zhenggai, root / "tests/texts/notice_d.txt", tmp_path)
    [pdf] = converted(word, tmp_path, "pdf")
    assert composed(zhenggai, pdf, tmp_path) == composed(zhenggai, word, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("name", OWN_TEXTS)
def test_a_notice_in_any_format_gives_the_same_notice(zhenggai: Run, root: Path, tmp_path: Path, name: str) -> None:
    word = word_notice(zhenggai, root / "tests/texts" / f"{name}.txt", tmp_path)
    wanted = composed(zhenggai, word, tmp_path)
    for source in converted(word, tmp_path, "pdf", "doc", "rtf", "odt", "html"):
        assert composed(zhenggai, source, tmp_path) == wanted, source.suffix


@pytest.mark.full
@pytest.mark.parametrize("sample", ["示例反馈意见", "示例整改通报"])
def test_the_bundled_samples_survive_being_printed(zhenggai: Run, resources: Path, tmp_path: Path, sample: str) -> None:
    word = word_notice(zhenggai, resources / "samples" / f"{sample}.txt", tmp_path)
    [pdf] = converted(word, tmp_path, "pdf")
    assert composed(zhenggai, pdf, tmp_path) == composed(zhenggai, word, tmp_path)


@pytest.mark.full
def test_published_notices_survive_being_printed(zhenggai: Run, published: Path, tmp_path: Path) -> None:
    for text in published.glob("notice*.txt"):
        folder = tmp_path / text.stem
        folder.mkdir()
        word = word_notice(zhenggai, text, folder)
        [pdf] = converted(word, folder, "pdf")
        assert composed(zhenggai, pdf, folder) == composed(zhenggai, word, folder)


def test_a_saved_page_gives_the_same_notice_as_its_text(zhenggai: Run, root: Path, tmp_path: Path) -> None:
    text = root / "tests/texts/notice_e.txt"
    title, _, _, *body = [line for line in text.read_text("utf-8").splitlines() if line.strip()]
    web = tmp_path / "网页.html"
    web.write_bytes(
        "<html><head><meta charset=gb2312><title>{0}_区政府</title></head><body><div id=nav><a href=/>首页</a></div>"
        "<h1>{0}</h1><div>来源：柳林镇</div><div class=TRS_Editor>{1}</div><div>【<a href=x>打印</a>】</div>"
        "<div id=footer>主办单位：区政府</div></body></html>".format(
            title, "".join(f"<p>&nbsp;&nbsp;{line}</p>" for line in body)
        ).encode("gb18030")
    )
    assert composed(zhenggai, web, tmp_path) == composed(zhenggai, text, tmp_path)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED = {
    "扫描件.pdf": (pdf_bytes(b"q Q"), "文字识别"),
    "半个.pdf": (pdf_bytes([at("一、甲", 0)])[:300], "没有下载完整"),
    "炸弹.pdf": (pdf_bytes(b" " * (65 * 1024 * 1024), compressed=True), "大得不正常"),
    "图片炸弹.pdf": (pdf_bytes(b"", extra=[stream(b"", b"/Subtype/Image")]), "没有文字"),
    "扫描件.ofd": (ofd_bytes(page("")), "文字识别"),
    "坏的.ofd": (zipped({"OFD.xml": "<OFD"}), "已损坏"),
    "空的.html": (b"<html><body></body></html>", "没有文字"),
    "空的.mht": (b"MIME-Version: 1.0\r\n\r\n", "没有"),
    "太深.html": (b"<html>" + b"<div>" * 10_000 + "甲".encode(), "嵌套"),
    "照片.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
    "照片.png": (b"\x89PNG\r\n\x1a\n\x00", "图片"),
    "传真.tif": (b"II*\x00\x08\x00\x00\x00", "图片"),
    "照片.docx": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
    "工作簿.xls": (OLE + "Workbook\0".encode("utf-16-le"), "Excel"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_cannot_be_read_is_said_in_one_sentence_and_nothing_is_written(
    zhenggai: Run, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    content, words = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    outcome = zhenggai("import", "新.zgtz", name, *options)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert words in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_old_document_without_an_office_says_what_to_do(
    zhenggai: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhenggai_desktop.formats.office_converter.installed_offices", list)
    (tmp_path / "反馈.doc").write_bytes(OLE + "WordDocument\0".encode("utf-16-le"))
    outcome = zhenggai("import", "新.zgtz", "反馈.doc")
    assert (outcome.code, outcome.out) == (2, "")
    assert "另存为docx" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["反馈.doc"]
