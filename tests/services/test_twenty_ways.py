"""Sheets come back in twenty ways, as openpyxl saves them and as LibreOffice saves them again: every edit arrives,
every conflict is shown, nothing else changes."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_ledger

from zhenggai_desktop.domain.portable import portable
from zhenggai_desktop.domain.records import DistributionRound, Issue, LogEntry, Measure, Section, Status
from zhenggai_desktop.services.collecting import apply_collection, plan_collection
from zhenggai_desktop.services.distributing import distribute
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.merge_writing import Decisions

TODAY = dt.date(2025, 11, 1)
HEAD, FIRST, LAST = 3, 4, 6  # rows of the sheet: captions, then three measures
DONE = Status.DONE
Changes = dict[str, dict[str, object]]  # measure → field → value


@dataclass
class Way:
    """What is done to the sheet, what it changes in the ledger, and what is only shown."""

    edit: Callable[[Any], None]
    changes: Changes = field(default_factory=dict)
    conflicts: int = 0
    added: tuple[str, ...] = ()
    missing: int = 0


def put(**cells: object) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        for place, value in cells.items():
            book["填报"][place] = value

    return edit


def rows_of(page: Any) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST, max_row=LAST, max_col=11)]


def write_rows(page: Any, rows: list[list[object]]) -> None:
    for at, row in enumerate(rows, FIRST):
        for column, value in enumerate(row, 1):
            page.cell(at, column).value = value


def resort(book: Any) -> None:
    page = book["填报"]
    rows = rows_of(page)
    rows[1][6] = "已催收"
    write_rows(page, rows[::-1])


def rename_sheet(book: Any) -> None:
    book["填报"]["G4"] = "已清账"
    book["填报"].title = "最终版"


def insert_rows_above(book: Any) -> None:
    book["填报"]["G4"] = "已清账"
    book["填报"].insert_rows(1, 2)


def insert_a_column(book: Any) -> None:
    book["填报"]["G4"] = "已清账"
    book["填报"].insert_cols(3)


def blank_rows_between(book: Any) -> None:
    book["填报"]["G5"] = "已催收"
    book["填报"].insert_rows(5, 2)


def delete_a_row(book: Any) -> None:
    book["填报"]["G5"] = "已催收"
    book["填报"].delete_rows(FIRST)


def doubled_row(book: Any) -> None:
    page = book["填报"]
    page["G4"] = "已清账"
    rows = rows_of(page)
    for column, value in enumerate(rows[0], 1):
        page.cell(LAST + 1, column, value)


def lose_the_hidden_sheet(book: Any) -> None:
    book["填报"]["G4"] = "已清账"
    del book["底稿"]


def unlocked_and_reworded(book: Any) -> None:
    page = book["填报"]
    page.protection.sheet = False
    page["C4"], page["E4"] = "题目改了几个字", "措施改了几个字"
    page["G4"] = "已清账"


def formulas_for_values(book: Any) -> None:
    book["填报"]["G4"] = "已清账"
    book["填报"]["L4"] = "=1+1"


def other_sheets(book: Any) -> None:
    book["填报"]["G4"] = "已清账"
    page = book.create_sheet("草稿", 0)
    page.append(["自己记的", "别管"])


DAY = dt.date(2025, 10, 9)
WAYS: dict[str, Way] = {
    "untouched": Way(put()),
    "progress of several lines": Way(put(G4="一、已清\n二、已公示"), {"清账": {"progress": "一、已清\n二、已公示"}}),
    "status from the list": Way(put(H4="已完成"), {"清账": {"status": DONE}}),
    "status in other words": Way(put(H5="√", H6="否"),
                                 {"催收": {"status": DONE}, "补票": {"status": Status.IN_PROGRESS}}),
    "a real date": Way(put(I4=DAY), {"清账": {"completed_on": DAY}}),
    "a date in words": Way(put(I4="2025年10月9日", I5="2025.10.9"),
                           {"清账": {"completed_on": DAY}, "催收": {"completed_on": DAY}}),
    "a note cleared": Way(put(J4=None), {"清账": {"note": ""}}),
    "text like a formula": Way(put(G4="'=1+1", J5="+86 0717"),
                               {"清账": {"progress": "'=1+1"}, "催收": {"note": "+86 0717"}}),
    "a number for a text": Way(put(G4=2025), {"清账": {"progress": "2025"}}),
    "blanks around": Way(put(G4="  已清账 ", G5="   "), {"清账": {"progress": "已清账"}}),
    "re-sorted": Way(resort, {"催收": {"progress": "已催收"}}),
    "the sheet renamed": Way(rename_sheet, {"清账": {"progress": "已清账"}}),
    "rows inserted above": Way(insert_rows_above, {"清账": {"progress": "已清账"}}),
    "a column inserted": Way(insert_a_column, {"清账": {"progress": "已清账"}}),
    "blank rows between": Way(blank_rows_between, {"催收": {"progress": "已催收"}}),
    "a row deleted": Way(delete_a_row, {"催收": {"progress": "已催收"}}, missing=1),
    "a row doubled": Way(doubled_row, {"清账": {"progress": "已清账"}}),
    "a row added by its number": Way(put(A7="1-1", E7="新措施", G7="已办"), added=("新措施",)),
    "a row added by the issue": Way(put(C7="账目乱", E7="新措施二"), added=("新措施二",)),
    "the hidden sheet lost": Way(lose_the_hidden_sheet, {"清账": {"progress": "已清账"}}),
    "unlocked and reworded": Way(unlocked_and_reworded, {"清账": {"progress": "已清账"}}),
    "a formula beside": Way(formulas_for_values, {"清账": {"progress": "已清账"}}),
    "sheets of their own": Way(other_sheets, {"清账": {"progress": "已清账"}}),
    "a conflict": Way(put(G6="部门写的", J6="部门注"), {"补票": {"note": "部门注"}}, conflicts=1),
}  # fmt: skip
FILES = {name: f"way{at}" for at, name in enumerate(WAYS)}


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ledger, the edited sheets, and in “again” those that LibreOffice saved again."""
    folder = tmp_path_factory.mktemp("ways")
    with a_ledger(
        folder,
        Section(title="党的建设方面"),
        Issue(section_id=1, title="账目乱", lead_department="财政所"),
        Measure(issue_id=1, content="清账", note="旧注"),
        Measure(issue_id=1, content="催收"),
        Measure(issue_id=1, content="补票", progress="已开始"),
        organisation="某镇",
    ) as ledger:
        (sent,) = distribute(ledger, folder / "发", today=TODAY)
        with ledger.step("办公室修改") as writer:
            writer.update(Measure, 3, progress="办公室写的")
    for name, way in WAYS.items():
        book = openpyxl.load_workbook(sent.path)
        way.edit(book)
        book.save(folder / f"{FILES[name]}.xlsx")
    office = shutil.which("soffice")
    if office is not None:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        files = [folder / f"{name}.xlsx" for name in FILES.values()]
        command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "again", *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def measures(ledger: Ledger) -> dict[str, dict[str, object]]:
    records = portable(ledger.snapshot)
    return {str(values["content"]): dict(values) for key, values in records.items() if key[0] is Measure}


def everything_else(ledger: Ledger) -> Mapping[object, object]:
    kinds = (Measure, DistributionRound, LogEntry)  # that the sheet came back is written down, and what it told anew
    return {key: values for key, values in portable(ledger.snapshot).items() if key[0] not in kinds}


def told(ledger: Ledger) -> dict[str, list[tuple[str, dt.date | None]]]:
    """The entries of each measure."""
    contents = {measure.id: measure.content for measure in ledger.snapshot.measures}
    found: dict[str, list[tuple[str, dt.date | None]]] = {}
    for entry in ledger.snapshot.log_entries:
        found.setdefault(contents[entry.measure_id or 0], []).append((entry.text, entry.entered_on))
    return found


@pytest.mark.parametrize("saved", ["", "again"], ids=["openpyxl", "libreoffice"])
@pytest.mark.parametrize("name", WAYS)
def test_what_was_edited_arrives_and_nothing_else(returned: Path, tmp_path: Path, name: str, saved: str) -> None:
    if saved and not (returned / saved).is_dir():
        pytest.skip("LibreOffice is not installed here")
    way, path = WAYS[name], Path(shutil.copy(returned / "台账.zgtz", tmp_path))
    with Ledger.open(path) as ledger:
        before, others = measures(ledger), everything_else(ledger)
        found = plan_collection(ledger.snapshot, [returned / saved / f"{FILES[name]}.xlsx"])
        (report,) = found.files
        assert report.error == ""
        assert len(found.conflicts) == way.conflicts
        assert len(report.missing) == way.missing
        apply_collection(ledger, found, Decisions(additions=None), today=TODAY)
        after = measures(ledger)
        assert set(after) - set(before) == set(way.added)
        for content, values in before.items():
            assert after[content] == {**values, **way.changes.get(content, {})}, content
        assert everything_else(ledger) == others
        changed = {*way.added, *(content for content, values in way.changes.items() if "progress" in values)}
        said = {content: str(after[content]["progress"]) for content in changed}
        assert told(ledger) == {content: [(progress, TODAY)] for content, progress in said.items() if progress}
        if ledger.undo_label and ledger.undo_label.startswith("收回"):
            ledger.undo()
        assert (measures(ledger), told(ledger)) == (before, {})
