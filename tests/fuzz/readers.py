"""Every way in which a file from outside comes into the program, with good files to start from.

A reader reads what lies at a path and goes on as the program would: a document becomes a ledger, a ledger is looked
at, changed and written out. Whatever it raises that is no ``ZhenggaiError`` is a mistake.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import tempfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import ofd_files
import pdf_files
from builders import a_ledger, a_snapshot, a_tree, one_of_each
from cli.bad_sources import NOTICE
from formats.word_files import item, p, word_bytes

from zhenggai_desktop import settings
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.layout_file import save_profile
from zhenggai_desktop.domain.ledger_template import WHOLE, template_text
from zhenggai_desktop.domain.office_rules import OfficeRules, load_rules
from zhenggai_desktop.domain.records import Issue, LedgerFacts, Section, Snapshot
from zhenggai_desktop.domain.saved_views import view_from
from zhenggai_desktop.domain.schemes import BUILT_IN
from zhenggai_desktop.errors import LedgerDamagedError, NothingToUndoError, ZhenggaiError
from zhenggai_desktop.formats.archive_zip import verify_archive
from zhenggai_desktop.services import (
    archiving,
    backups,
    collecting,
    documents,
    exporting,
    form_filling,
    importing,
    layouts,
    ledger_merging,
    proofreading,
    repairing,
    returning,
)
from zhenggai_desktop.services.branches import copy_branches, paste_branches
from zhenggai_desktop.services.distributing import distribute
from zhenggai_desktop.services.drafts import send_notice
from zhenggai_desktop.services.form_memory import FormMemory
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.pasting import paste_cells
from zhenggai_desktop.services.showing import ledger_values
from zhenggai_desktop.storage.check import CheckCode

ROOT = Path(__file__).resolve().parents[2]
GOOD = Path(__file__).resolve().parent / "good"
WORDS = ROOT / "resources" / "words" / "proofreading.json"
_GOES_THROUGH = 100_000  # bytes
TODAY = dt.date(2025, 11, 1)
T = TypeVar("T")

Read = Callable[[Path, Path], None]
"""Reads the file at the first path; may write into the folder at the second."""


@dataclass(frozen=True)
class Reader:
    """``good`` are names and bytes of whole files; ``read`` must take them all."""

    name: str
    good: Callable[[], Mapping[str, bytes]]
    read: Read


def once(make: Callable[[], T]) -> Callable[[], T]:
    return functools.lru_cache(maxsize=1)(make)


def written(write: Callable[[Path], object], name: str) -> bytes:
    """What ``write`` writes to a path of that name."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / name)
        return (Path(folder) / name).read_bytes()


# --- a small ledger of everything


@once
def snapshot() -> Snapshot:
    return a_snapshot(*a_tree(2, 2, 2), organisation="中共柳林镇委员会")


@once
def notice() -> bytes:
    return NOTICE.encode()


def _ledger(folder: Path) -> Ledger:
    """A ledger that came from a notice, with a draft that went out and a sheet that was sent."""
    source = folder / "公告.txt"
    source.write_bytes(notice())
    importing.import_into(folder / "台账.zgtz", importing.plan_source(source))
    return Ledger.open(folder / "台账.zgtz")


@once
def sent() -> Mapping[str, bytes]:
    """The ledger after it sent a draft and sheets out, and what it sent."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _ledger(folder) as ledger:
            with ledger.step("分工") as writer:
                for issue in ledger.snapshot.issues:
                    writer.update(Issue, issue.id, lead_department="农业农村办")
            send_notice(ledger, folder / "稿.docx")
            sheets = distribute(ledger, folder / "发", today=TODAY)
            exporting.export_ledger(ledger.snapshot, folder / "台账.xlsx")
            archiving.make_archive(ledger, folder / "归档.zip")
            archiving.make_archive(ledger, folder / "锁.zip", password="密码")
        found = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        return {**found, "填报表.xlsx": sheets[0].path.read_bytes()}


@once
def full() -> bytes:
    """A ledger with a record of each kind, and some steps."""

    def make(path: Path) -> None:
        with a_ledger(path.parent, *one_of_each(), name=path.name) as ledger:
            with ledger.step("改") as writer:
                writer.update(Issue, 1, title="学习不够深入")
            ledger.undo()

    return written(make, "全.zgtz")


def _standing(folder: Path, name: str = "台账.zgtz") -> Path:
    path = folder / name
    path.write_bytes(sent()["台账.zgtz"])
    return path


# --- documents


def _document(path: Path, folder: Path) -> None:
    plan = importing.plan_source(path)
    if path.stat().st_size > _GOES_THROUGH or zlib.crc32(path.read_bytes()) % 3:
        return  # a third of the small ones goes all the way: reading alone meets more files in the same time
    target = folder / "新.zgtz"
    importing.import_into(target, plan)
    _go_through(target, folder)


def _go_through(path: Path, folder: Path) -> None:
    """Look at a ledger and write it out in every form."""
    with Ledger.open(path) as ledger:
        found = ledger.snapshot
        assert not ledger.check()
    exporting.export_ledger(found, folder / "出.xlsx")
    for suffix in (".docx", ".txt", ".html"):
        exporting.export_notice(found, folder / f"出{suffix}")


@once
def _words() -> Mapping[str, bytes]:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1">'
        '<w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    )
    styles = (
        '<w:docDefaults/><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="Normal"/></w:style>'
    )
    row = '<w:tr><w:tc><w:p/></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc></w:tr>'
    table = (
        '<w:tbl><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
        f"{row.format(p('反馈问题'))}{row.format(p('整改措施'))}</w:tbl>"
    )
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SEQ a \\* ARABIC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/>'
        '</w:r><w:ins w:id="1" w:author="甲" w:date="2025-01-01T00:00:00Z"><w:r><w:t>增</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="甲"><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:sym w:font="Wingdings"'
        ' w:char="F0FC"/><w:tab/><w:br/><w:footnoteReference w:id="1"/></w:r></w:p>'
    )
    lines = "".join(p(line) for line in NOTICE.splitlines() if line)
    body = lines + item("学习不够深入", 0) + item("重业务", 1) + p("标题", '<w:pStyle w:val="a"/>') + table + field
    notes = '<w:footnote w:id="1"><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote>'
    return {
        "原.docx": word_bytes(body, styles=styles, numbering=numbering, footnotes=notes),
        "稿.docx": sent()["稿.docx"],
    }


@once
def _texts() -> Mapping[str, bytes]:
    samples = {path.name: path.read_bytes() for path in sorted((ROOT / "resources" / "samples").glob("*.txt"))}
    return {"公告.txt": notice(), "国标.txt": NOTICE.encode("gb18030"), **samples}


@once
def _pages() -> Mapping[str, bytes]:
    lines = "".join(f"<p style='text-align:center'>{line}</p>" for line in NOTICE.splitlines() if line)
    table = "<table><tr><th rowspan=2>序号</th><th colspan=2>问题</th></tr><tr><td>甲</td><td>乙</td></tr></table>"
    page = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>公告</title><style>p{}</style></head><body>'
        f'<div class="nav"><a href="/">首页</a></div><div id="article">{lines}<ol type="a"><li>甲<li>乙</ol>{table}'
        '<script>alert(1)</script><img src="http://example.com/a.png"></div></body></html>'
    )
    mht = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; '
        f"charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}\n--b--\n"
    )
    return {"公告.html": page.encode(), "公告.mht": mht.encode()}


@once
def _pdfs() -> Mapping[str, bytes]:
    lines = [line for line in NOTICE.splitlines() if line]
    pages = [[pdf_files.at(line[:28], at) for at, line in enumerate(lines[start : start + 20])] for start in (0, 20)]
    return {
        "公告.pdf": pdf_files.pdf_bytes(*pages),
        "压.pdf": pdf_files.pdf_bytes(*pages, compressed=True),
    }


@once
def _ofds() -> Mapping[str, bytes]:
    lines = [line for line in NOTICE.splitlines() if line]
    pages = ["".join(ofd_files.at(line[:26], at) for at, line in enumerate(lines[:20])), ofd_files.at("尾", 0)]
    return {"公告.ofd": ofd_files.ofd_bytes(*(ofd_files.page(one) for one in pages))}


# --- tables


@once
def _books() -> Mapping[str, bytes]:
    return {"台账.xlsx": sent()["台账.xlsx"], "填报表.xlsx": sent()["填报表.xlsx"]}


@once
def _csvs() -> Mapping[str, bytes]:
    rows = ["序号,反馈问题,整改措施,责任部门,整改时限,完成情况"]
    rows += [f'{at},"第{at}项工作不够细，",“完善制度{at}项”,农业农村办,2025年{at}月底前,已完成' for at in range(1, 9)]
    text = "\r\n".join(rows)
    return {"台账.csv": text.encode("utf-8-sig"), "国标.csv": text.replace(",", "\t").encode("gb18030")}


def _form(path: Path, folder: Path) -> None:
    """A blank form is filled with a ledger."""
    form_filling.fill_form(snapshot(), path, folder / f"填好{path.suffix}")


@once
def _forms() -> Mapping[str, bytes]:
    return {"空表.xlsx": _blank_workbook(), "空表.docx": _blank_document()}


def _blank_workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["整改台账"])
    page.append(["序号", "反馈问题", "整改措施", "责任部门", "整改时限"])
    page.append([None] * 5)
    page.append(["填表人："])
    page.merge_cells("A1:E1")
    return written(book.save, "空表.xlsx")


def _blank_document() -> bytes:
    import docx

    document = docx.Document()
    table = document.add_table(2, 4)
    for cell, words in zip(table.rows[0].cells, ("序号", "反馈问题", "整改措施", "责任部门"), strict=True):
        cell.text = words
    return written(lambda path: document.save(str(path)), "空表.docx")


# --- what comes back


def _returned_draft(path: Path, folder: Path) -> None:
    with Ledger.open(_standing(folder)) as ledger:
        found = returning.open_returned(ledger.snapshot, path)
        returning.take_returned(ledger, found, found.clean)
        assert not ledger.check()


def _returned_sheet(path: Path, folder: Path) -> None:
    with Ledger.open(_standing(folder)) as ledger:
        found = collecting.plan_collection(ledger.snapshot, [path])
        collecting.apply_collection(ledger, found, today=TODAY)
        assert not ledger.check()


def _workbook_again(path: Path, folder: Path) -> None:
    """A workbook of ours is imported into the ledger that it came from."""
    with Ledger.open(_standing(folder)) as ledger:
        importing.apply(ledger, importing.plan_source(path))
        assert not ledger.check()


# --- ledgers and archives


def _ledger_file(path: Path, folder: Path) -> None:
    with suppress(ZhenggaiError), Ledger.open(path, read_only=True) as ledger:
        ledger_values(ledger.snapshot)
        ledger.history()
        ledger.check()
    try:
        ledger = Ledger.open(path)
    except LedgerDamagedError:
        _rescued(path)
        raise
    with ledger:
        ledger.history()
        with suppress(NothingToUndoError):
            ledger.undo()
        with ledger.step("新增") as writer:
            writer.add(Section(title="新的方面"))
        found = ledger.snapshot
        with suppress(ZhenggaiError):
            archiving.make_archive(ledger, folder / "档.zip")
    with suppress(ZhenggaiError):
        backups.back_up(path, folder / "备份", backups.ON_DEMAND)
    with suppress(ZhenggaiError):
        exporting.export_ledger(found, folder / "出.xlsx")
    with suppress(ZhenggaiError):
        exporting.export_notice(found, folder / "出.docx")
    with Ledger.open(_standing(folder, "我们.zgtz")) as ours, Ledger.open(path, read_only=True) as theirs:
        ledger_merging.apply_merge(ours, path.name, ledger_merging.plan_merge(ours, theirs))
        assert [finding for finding in ours.check() if finding.code is not CheckCode.SETTINGS] == []


def _rescued(path: Path) -> None:
    """What does not open any more is rescued into a ledger that does, or holds nothing to rescue."""
    target = repairing.repaired_path(path)
    try:
        repairing.repair(path, target)
    except LedgerDamagedError:
        assert not target.exists(), "the rescued ledger does not open"
        return
    with Ledger.open(target) as ledger:
        assert [finding for finding in ledger.check() if finding.table != "evidence"] == []


def _archive(path: Path, folder: Path) -> None:
    for password in ("", "密码"):
        with suppress(ZhenggaiError):
            verify_archive(path, password=password)
    into = folder / "解开"
    into.mkdir()
    archiving.open_archive(path, into, password="密码" if path.stem == "锁" else "")


# --- files of settings


def _own_settings(path: Path, folder: Path) -> None:
    """Files in the user's folder: damaged they are the defaults, and never a failure."""
    data = path.read_bytes()
    (folder / "columns.json").write_bytes(data)
    assert isinstance(FormMemory(folder).chosen, dict)
    settings.load_settings(path)
    with suppress(ValueError, RecursionError):
        values = json.loads(data)
        view_from(values)


def _scheme(path: Path, folder: Path) -> None:
    exporting.export_notice(snapshot(), folder / "出.docx", str(path))


def _layout(path: Path, folder: Path) -> None:
    exporting.export_notice(snapshot(), folder / "出.docx", profile=layouts.load_layout(path))


def _columns(path: Path, folder: Path) -> None:
    exporting.export_ledger(snapshot(), folder / "出.xlsx", exporting.read_template(path))


def _document_template(path: Path, folder: Path) -> None:
    template = documents.chosen_template(str(path), ROOT / "resources" / "documents")
    exporting.write_document(documents.ledger_document(snapshot(), template, today=TODAY), folder / "出.docx")


def _word_template(path: Path, folder: Path) -> None:
    exporting.export_notice(
        snapshot(), folder / "出.docx", profile=layouts.chosen_profile("", snapshot().facts, template=str(path))
    )


def _rules(path: Path, folder: Path) -> None:
    """Texts that a ledger keeps as JSON: its rules, its scheme, its layout."""
    text = path.read_text(encoding="utf-8", errors="replace")
    with suppress(ZhenggaiError):
        load_rules(text)
    with Ledger.create(folder / "新.zgtz", LedgerFacts(scheme="a", scheme_changes=text, layout_profile=text)) as ledger:
        found = ledger.snapshot
    exporting.export_notice(found, folder / "出.docx")


def _lexicon(path: Path, folder: Path) -> None:
    (folder / proofreading.OWN_WORDS).write_bytes(path.read_bytes())
    words = proofreading.load_lexicon(WORDS, folder)
    proofreading.proofread_ledger(snapshot(), words, TODAY)


def _clipboard(path: Path, folder: Path) -> None:
    """Branches that were copied by another window, or by somebody else."""
    with Ledger.open(_standing(folder)) as ledger:
        paste_branches(ledger, None, path.read_text(encoding="utf-8", errors="replace"))
        assert not ledger.check()


def _copied_cells(path: Path, folder: Path) -> None:
    """Cells of a sheet, pasted at the root and beside an issue."""
    text = path.read_text(encoding="utf-8", errors="replace")
    with Ledger.open(_standing(folder)) as ledger:
        for place in (None, (Issue, ledger.snapshot.issues[0].id)):
            paste_cells(ledger, place, text, today=TODAY)
        assert not ledger.check()


def _proofread(path: Path, folder: Path) -> None:
    words = proofreading.load_lexicon(WORDS)
    proof = proofreading.proofread_source(importing.source_document(path), words, TODAY)
    proofreading.fix(proof, folder / "改.docx")


_CELLS = (
    "序号\t问题类别\t反馈问题\t整改措施\t责任领导\t责任部门\t完成时限\t完成情况\t备注\n"
    '1\t作风建设方面\t学习不够深入\t"1.制定计划；\n2.按季通报。"\t张三、李四\t党建办\t6月底前\t已完成\t同上\n'
    "\t\t\t每月调度\t\t\t长期坚持\t\t\n2\t\t账目不公开\t公开账目并接受监督\t王五\t财政所\t2025.5.31\t50%\t5万元\n"
)
_MEMORY = {
    "who": "张三", "recent": ["/台账/甲.zgtz"], "name": "本周到期", "base": {}, "wanted": {"words": "责任"},
    "形": {"反馈问题": "TITLE", "措施": "MEASURE"},
}  # fmt: skip


@once
def _templates() -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((ROOT / "resources" / "documents").glob("*.json"))}


@once
def _schemes() -> Mapping[str, bytes]:
    from dataclasses import asdict

    return {
        f"{name}.json": json.dumps({"based_on": name, **asdict(scheme), "name": name}, ensure_ascii=False).encode()
        for name, scheme in BUILT_IN.items()
    }


@once
def _kept() -> Mapping[str, bytes]:
    from dataclasses import asdict

    rules = json.dumps(asdict(OfficeRules()), ensure_ascii=False).encode()
    return {"rules.json": rules, **_schemes(), "layout.json": save_profile(GUOBIAO).encode()}


@once
def _branches() -> Mapping[str, bytes]:
    return {"复制.json": copy_branches(snapshot(), [(Section, 1), (Section, 2)]).encode()}


READERS: tuple[Reader, ...] = (
    Reader("docx", _words, _document),
    Reader("txt", _texts, _document),
    Reader("html", _pages, _document),
    Reader("pdf", _pdfs, _document),
    Reader("ofd", _ofds, _document),
    Reader("xlsx", _books, _document),
    Reader("xls", lambda: {"台账.xls": (GOOD / "ledger.xls").read_bytes()}, _document),
    Reader("ods", lambda: {"台账.ods": (GOOD / "ledger.ods").read_bytes()}, _document),
    Reader("csv", _csvs, _document),
    Reader("form", _forms, _form),
    Reader("draft", lambda: {"稿.docx": sent()["稿.docx"]}, _returned_draft),
    Reader("sheet", lambda: {"填报表.xlsx": sent()["填报表.xlsx"]}, _returned_sheet),
    Reader("again", lambda: {"台账.xlsx": sent()["台账.xlsx"]}, _workbook_again),
    Reader("zgtz", lambda: {"台账.zgtz": sent()["台账.zgtz"], "全.zgtz": full()}, _ledger_file),
    Reader("archive", lambda: {name: sent()[name] for name in ("归档.zip", "锁.zip")}, _archive),
    Reader("scheme", _schemes, _scheme),
    Reader("layout", lambda: {"版式.json": save_profile(GUOBIAO).encode()}, _layout),
    Reader("columns", lambda: {"列.json": template_text(WHOLE).encode()}, _columns),
    Reader("template", _templates, _document_template),
    Reader("frame", lambda: {"notice.docx": (ROOT / "resources/templates/notice.docx").read_bytes()}, _word_template),
    Reader("kept", _kept, _rules),
    Reader("memory", lambda: {"记忆.json": json.dumps(_MEMORY, ensure_ascii=False).encode()}, _own_settings),
    Reader("words", lambda: {"词.txt": "争求=征求\n不查=台帐\n# 说明\n".encode()}, _lexicon),
    Reader("branches", _branches, _clipboard),
    Reader("cells", lambda: {"单元格.txt": _CELLS.encode()}, _copied_cells),
    Reader("proofread", _texts, _proofread),
)
