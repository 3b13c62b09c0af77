"""What is measured, and against what: each subject makes its task for T 60/200, D 2,000/6,000 or X 20,000/60,000.

A floor is the same result made by hand, without anything that the product adds to it.
"""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

from builders import a_ledger, a_snapshot, a_tree

from tests.bench.measuring import Promise, Task
from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind, Run, RunRole, plain
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.numbering import chinese_numeral
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot
from zhenggai_desktop.services import importing
from zhenggai_desktop.services.collecting import plan_collection
from zhenggai_desktop.services.distributing import distribute
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage import schema
from zhenggai_desktop.storage.codec import codec
from zhenggai_desktop.storage.store import load_snapshot

SIZES: Mapping[str, tuple[int, int, int]] = {"T": (6, 10, 3), "D": (20, 100, 3), "X": (200, 100, 3)}
"""Size → sections, issues of each, measures of each issue."""
ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"

Make = Callable[[str, Path], Task | None]


@dataclass(frozen=True)
class Subject:
    """``make`` gives the task of a size, None where it cannot be had here; ``runs`` are those of T, D and X."""

    name: str
    floor: str
    promise: Promise
    make: Make
    runs: tuple[int, int, int] = (15, 9, 5)


def issues_of(size: str) -> int:
    sections, issues, _ = SIZES[size]
    return sections * issues


def snapshot_of(size: str) -> Snapshot:
    return a_snapshot(*a_tree(*SIZES[size]))


def _ledger(size: str, folder: Path) -> Ledger:
    return a_ledger(folder, *a_tree(*SIZES[size]), name=f"{size}.zgtz")


# --- the ledger's file


def _load(size: str, folder: Path) -> Task:
    connection = _ledger(size, folder)._file.connection

    def fetch() -> object:
        return [connection.execute(codec(kind).select).fetchall() for kind in schema.TABLES]

    return Task(lambda: load_snapshot(connection), fetch, issues_of(size))


def _edit(size: str, folder: Path) -> Task:
    ledger, texts = _ledger(size, folder), count()
    bare = sqlite3.connect(ledger.backup(folder / f"{size}-bare.zgtz"), isolation_level=None)
    bare.execute("PRAGMA synchronous = FULL")
    edited = issues_of(size)  # the id of a measure in the middle

    def edit() -> None:
        with ledger.step("修改措施") as writer:
            writer.update(Measure, edited, content=f"第{next(texts)}次")

    def commit() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("UPDATE measures SET content = ? WHERE id = ?", (f"第{next(texts)}次", edited))
        bare.execute("COMMIT")

    return Task(edit, commit, issues_of(size), waits=True)


def _fill(size: str, folder: Path) -> Task:
    names, records = count(), list(a_tree(*SIZES[size]))
    with _ledger(size, folder) as ledger:
        found = (ledger.snapshot.sections, ledger.snapshot.issues, ledger.snapshot.measures)
        rows = [(codec(type(kind[0])), [codec(type(record)).encode(record) for record in kind]) for kind in found]

    def fill() -> None:
        a_ledger(folder, *records, name=f"{next(names)}.zgtz").close()

    def by_hand() -> None:
        with closing(sqlite3.connect(folder / f"{next(names)}.db", isolation_level=None)) as connection:
            schema.migrate(connection)
            connection.execute("BEGIN")
            for storage, encoded in rows:
                connection.executemany(storage.insert, encoded)
            connection.execute("COMMIT")

    return Task(fill, by_hand, issues_of(size))


def _undo(size: str, folder: Path) -> Task:
    ledger = _ledger(size, folder)

    def remove() -> None:
        with ledger.step("删除方面") as writer:
            writer.remove(Section, 1)

    remove()
    return Task(ledger.undo, remove, issues_of(size))


# --- what goes out


def _excel(size: str, folder: Path) -> Task | None:
    from zhenggai_desktop.formats.ledger_workbook import write_ledger_workbook

    try:
        from tests.bench.excel_floor import by_xlsxwriter
    except ModuleNotFoundError:  # XlsxWriter is no dependency of the product
        return None
    snapshot = snapshot_of(size)
    return Task(
        lambda: write_ledger_workbook(snapshot, folder / "ours.xlsx"),
        lambda: by_xlsxwriter(snapshot, folder / "theirs.xlsx"),
        issues_of(size),
    )


def _written_book(size: str, folder: Path) -> Path:
    from zhenggai_desktop.formats.ledger_workbook import write_ledger_workbook

    write_ledger_workbook(snapshot_of(size), folder / f"{size}.xlsx")
    return folder / f"{size}.xlsx"


def _cells(size: str, folder: Path) -> Task | None:
    """The ledger's sheet read as cells with their merged ranges, hidden rows and errors."""
    if size == "X":
        return None
    from python_calamine import CalamineWorkbook

    from zhenggai_desktop.formats.sheet_reader import read_workbook

    path = _written_book(size, folder)

    def by_calamine() -> None:
        with CalamineWorkbook.from_path(str(path)) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

    return Task(lambda: read_workbook(path), by_calamine, issues_of(size))


def _workbook_plan(size: str, folder: Path) -> Task | None:
    """The same sheet understood as somebody's ledger."""
    if size == "X":
        return None
    path = _written_book(size, folder)
    return Task(lambda: importing.plan_workbook(path), None, issues_of(size))


PARAGRAPHS: Mapping[str, int] = {"T": 100, "D": 6_000, "X": 60_000}
_HEADING = "针对“学用结合不够紧密，以会议落实会议”的问题。"
_ANSWER = (
    "一是完善学习制度，明确每季度第一个月集中学习，全年共开展12次。"
    "二是建立“周调度、月通报、季评估”机制，推动解决问题46个。"
)


def _notice_blocks(paragraphs: int) -> Document:
    """A notice of so many paragraphs, most of them issues with their answers."""
    blocks = (
        Block(
            Kind.PARAGRAPH,
            (Run(f"{number}. {_HEADING}", RunRole.HEADING), Run(_ANSWER)),
            level=3,
            anchor=Anchor("issue", f"{number:032x}"),
        )
        for number in range(1, paragraphs)
    )
    return Document("通报", (plain(Kind.TITLE, "关于巡察整改进展情况的通报"), *blocks))


def _word(size: str, folder: Path) -> Task:
    from tests.bench.word_floor import by_lxml
    from zhenggai_desktop.formats.word_template import template_bytes
    from zhenggai_desktop.formats.word_writer import write_word

    content, frame = _notice_blocks(PARAGRAPHS[size]), template_bytes(GUOBIAO)
    return Task(
        lambda: write_word(content, folder / "ours.docx"),
        lambda: by_lxml(content, frame, folder / "theirs.docx"),
        PARAGRAPHS[size],
    )


# --- what comes in


def _notice_text(issues: int) -> str:
    """A notice of scheme e with so many issues, each with an answer of three measures."""

    def lines() -> Iterator[str]:
        yield "柳林镇党委关于巡察反馈意见整改落实情况的公告\n"
        yield "根据区委统一部署，2023年9月4日至11月10日，区委第五巡察组对我镇进行了巡察。现将整改落实情况公布如下。\n"
        yield f"一、反馈意见整改落实情况\n\n反馈意见共指出{issues}个问题，均已完成整改。\n"
        for number in range(issues):
            if number % 100 == 0:
                yield f"（{chinese_numeral(number // 100 + 1)}）落实决策部署第{number // 100 + 1}方面\n"
            yield f"问题{number % 100 + 1}：第{number + 1}项工作抓得不够紧，责任没有压实到人。\n"
            yield (
                f"整改措施及成效：一是修订第{number + 1}项制度，明确责任。二是召开会议{number % 9 + 1}次，解决问题。"
                "三是每月调度，长期坚持。\n"
            )
        yield "二、下一步打算\n\n巩固整改成果。\n\n中共清河区柳林镇委员会\n\n2024年11月8日\n"

    return "\n".join(lines())


def _import(size: str, folder: Path) -> Task:
    source, names = folder / f"{size}.txt", count()
    source.write_text(_notice_text(issues_of(size)), encoding="utf-8")
    return Task(
        lambda: importing.import_into(folder / f"{next(names)}.zgtz", importing.plan_source(source)),
        lambda: importing.plan_source(source),
        issues_of(size),
    )


def _sample(size: str, folder: Path) -> Task | None:
    samples = sorted(SAMPLES.glob("*.txt"), key=lambda path: path.stat().st_size)
    if size != "T" or not samples:
        return None
    names = count()
    return Task(lambda: importing.import_into(folder / f"{next(names)}.zgtz", importing.plan_source(samples[-1])))


def _collect(size: str, folder: Path) -> Task | None:
    """Fifty workbooks of departments come back: 5,000 issues at size D."""
    if size == "X":
        return None
    count_of = {"T": 500, "D": 5_000}[size]
    issues = [Issue(title=f"第{at}项工作不到位", lead_department=f"科室{at % 50}") for at in range(count_of)]
    ledger = a_ledger(folder, *issues)
    paths = [one.path for one in distribute(ledger, folder / "发", today=dt.date(2025, 11, 1))]
    return Task(lambda: plan_collection(ledger.snapshot, paths), units=count_of)


def _bad_source(size: str, folder: Path) -> Task | None:
    """A paragraph as long as one may be, of figures alone: what goes back and forth shows here."""
    if size == "X":
        return None
    lines = {"T": 3, "D": 13}[size]  # as many characters as one source may have
    source = folder / f"{size}.txt"
    source.write_text("".join(f"{unit * 14_000}\n" for unit in ("12", "（一", "一是", "2年", "、，")) * lines, "utf-8")
    return Task(lambda: importing.plan_source(source), units=lines * 5)


# --- the command line


def _process(*command: str) -> None:
    subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, check=True)


def _help(size: str, folder: Path) -> Task | None:
    if size != "T":
        return None
    return Task(lambda: _process("-m", "zhenggai_desktop.cli", "--help"), lambda: _process("-c", "pass"), waits=True)


def _show(size: str, folder: Path) -> Task:
    _ledger(size, folder).close()
    path = str(folder / f"{size}.zgtz")
    return Task(
        lambda: _process("-m", "zhenggai_desktop.cli", "show", path, "--json"), None, issues_of(size), waits=True
    )


# --- what is compared, composed and read through


def _merge(size: str, folder: Path) -> Task:
    """A copy of the ledger in which each tenth issue was changed comes back."""
    from zhenggai_desktop.services.ledger_merging import plan_merge

    ours = _ledger(size, folder)
    theirs = Ledger.open(ours.backup(folder / f"{size}-副本.zgtz"))
    with theirs.step("改") as writer:
        for issue in theirs.snapshot.issues[::10]:
            writer.update(Issue, issue.id, owner="另一位责任人")
    connection = theirs._file.connection
    return Task(lambda: plan_merge(ours, theirs), lambda: load_snapshot(connection), issues_of(size))


def _notice(size: str, folder: Path) -> Task:
    from zhenggai_desktop.domain.notice import compose
    from zhenggai_desktop.domain.schemes import scheme_for

    snapshot = snapshot_of(size)
    return Task(lambda: compose(snapshot, scheme_for(snapshot.facts)), None, issues_of(size))


def _proofread(size: str, folder: Path) -> Task:
    """Everything is read for the first time."""
    from tests.bench.bench_proofread import LEXICON, a_snapshot, subject_of
    from zhenggai_desktop.domain.proofread.checker import Proofreader

    snapshot = a_snapshot(issues_of(size), random.Random(size))
    subject = subject_of(snapshot)
    return Task(lambda: Proofreader(LEXICON).check(subject), lambda: subject_of(snapshot), issues_of(size))


def _recheck(size: str, folder: Path) -> Task:
    """One measure was changed since everything was read."""
    from tests.bench.bench_proofread import LEXICON, a_snapshot, edited, subject_of
    from zhenggai_desktop.domain.proofread.checker import Proofreader

    snapshot = a_snapshot(issues_of(size), random.Random(size))
    reader, states = Proofreader(LEXICON), cycle((subject_of(edited(snapshot)), subject_of(snapshot)))
    reader.check(subject_of(snapshot))
    return Task(lambda: reader.check(next(states)), None, issues_of(size))


def _filter(size: str, folder: Path) -> Task:
    """A word looked for in every issue and measure."""
    from zhenggai_desktop.domain.filters import Filter, Finder
    from zhenggai_desktop.domain.outline import Outline
    from zhenggai_desktop.domain.workflow import Workflow

    snapshot = snapshot_of(size)
    outline = Outline(snapshot)
    finder, wanted = Finder(outline, Workflow(outline)), Filter(words="没有这样的词")
    texts = [f"{issue.title}{issue.original_text}" for issue in snapshot.issues]
    texts += [f"{measure.content}{measure.progress}" for measure in snapshot.measures]
    return Task(
        lambda: finder.find(wanted, dt.date(2025, 11, 1)),
        lambda: [text for text in texts if "没有这样的词" in text],
        issues_of(size),
    )


SUBJECTS: tuple[Subject, ...] = (
    Subject("load", "sqlite3 fetching the same rows as tuples", Promise(ratio=2.5), _load),
    Subject("edit", "a bare commit with the same pragmas", Promise(ratio=3), _edit, (61, 61, 31)),
    Subject("fill", "executemany of the same rows, without a history", Promise(), _fill, (9, 5, 1)),
    Subject("undo", "the deletion that is taken back", Promise(), _undo, (9, 5, 3)),
    Subject("excel", "XlsxWriter, the same cells, formats, heights and merges", Promise(ratio=3), _excel, (15, 5, 1)),
    Subject("cells", "python-calamine, the same sheet", Promise(ratio=2), _cells, (15, 9, 1)),
    Subject("plan", "", Promise(seconds=2), _workbook_plan, (9, 5, 1)),
    Subject("word", "the same paragraphs straight with lxml", Promise(ratio=2), _word, (31, 7, 3)),
    Subject("sample", "", Promise(seconds=1), _sample, (9, 1, 1)),
    Subject("import", "reading and understanding alone", Promise(), _import, (9, 3, 1)),
    Subject("collect", "", Promise(seconds=3), _collect, (3, 3, 1)),
    Subject("endless", "", Promise(), _bad_source, (3, 1, 1)),
    Subject("merge", "loading the copy", Promise(), _merge, (15, 5, 3)),
    Subject("notice", "", Promise(), _notice, (15, 5, 3)),
    Subject("proofread", "composing what is read", Promise(), _proofread, (9, 3, 1)),
    Subject("recheck", "", Promise(), _recheck, (15, 5, 3)),
    Subject("filter", "“in” over the joined texts of the rows", Promise(), _filter, (61, 31, 9)),
    Subject("help", "an interpreter that does nothing", Promise(seconds=0.3), _help, (15, 1, 1)),
    Subject("show", "", Promise(), _show, (5, 3, 1)),
)
