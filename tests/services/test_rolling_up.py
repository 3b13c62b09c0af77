"""Many ledgers become one table."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from builders import a_ledger

from zhenggai_desktop.domain.records import InspectionKind, Issue, Outcome, Record, Status, Track
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.rolling_up import roll_up

TODAY = dt.date(2025, 11, 1)


def a_unit(folder: Path, name: str, *records: Record, organisation: str = "") -> Path:
    with a_ledger(folder, *records, name=f"{name}.zgtz", organisation=organisation or name) as ledger:
        return ledger.path


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    return [
        a_unit(
            tmp_path, "甲社区",
            Issue(title="财务报销把关不严", status=Status.DONE, track=Track.IMMEDIATE),
            Issue(title="学习不深入", status=Status.IN_PROGRESS, due_on=dt.date(2025, 10, 1), lead_department="党办"),
            Outcome(kind="制度新建", number=Decimal(2), unit="项"),
            Outcome(kind="追回资金", number=Decimal("1.25"), unit="万元"),
            Outcome(kind="追回资金", number=Decimal(5000), unit="元"),
            Outcome(kind="党纪处分", number=Decimal(1), unit="人"),
        ),
        a_unit(tmp_path, "乙社区", Issue(title="财务报销把关不够严", status=Status.DONE)),
    ]  # fmt: skip


def test_units_are_summed_and_totalled(units: list[Path], tmp_path: Path) -> None:
    sums, _, _ = roll_up(units, tmp_path / "汇总.xlsx", today=TODAY)
    assert sums.rows == (
        ("甲社区", 2, 1, 0, 1, 0, 0.5, 1, 1, 1, 2, 1.75, 1),
        ("乙社区", 1, 1, 0, 0, 0, 1.0, 0, 0, 0, 0, 0, 0),
        ("合计", 3, 2, 0, 1, 0, 2 / 3, 1, 1, 1, 2, 1.75, 1),
    )


def test_what_is_late_and_what_is_shared_is_listed(units: list[Path], tmp_path: Path) -> None:
    _, late, shared = roll_up(units, tmp_path / "汇总.xlsx", today=TODAY)
    assert late.rows == (("甲社区", "2", "学习不深入", "", "党办", "2025年10月1日", 31),)
    assert shared.rows == (("财务报销把关不严", 2, "甲社区、乙社区"),)


def test_the_workbook_has_a_sheet_for_each_table(units: list[Path], tmp_path: Path) -> None:
    roll_up(units, tmp_path / "汇总.xlsx", today=TODAY)
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    assert book.sheetnames == ["汇总", "逾期清单", "共性问题"]
    assert (book["汇总"]["A1"].value, book["汇总"]["G3"].number_format) == ("巡察整改情况汇总·汇总", "0.00%")


@pytest.mark.parametrize(
    ("kinds", "title"),
    [
        ((InspectionKind.XUNSHI, InspectionKind.XUNSHI), "巡视整改情况汇总"),
        ((InspectionKind.XUNSHI, InspectionKind.XUNCHA), "巡察整改情况汇总"),
    ],
)
def test_the_title_follows_the_term_of_the_ledgers(
    kinds: tuple[InspectionKind, ...], title: str, tmp_path: Path
) -> None:
    paths: list[Path] = []
    for at, kind in enumerate(kinds):
        (tmp_path / str(at)).mkdir()
        with a_ledger(tmp_path / str(at), Issue(title="台账不全"), organisation=f"第{at}村", kind=kind) as ledger:
            paths.append(ledger.path)
    roll_up(paths, tmp_path / "汇总.xlsx", today=dt.date(2025, 6, 10))
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    assert any(str(cell.value).startswith(title) for row in book.worksheets[0].iter_rows() for cell in row)


def test_units_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = [a_unit(tmp_path, name, organisation="某社区") for name in ("甲", "乙")]
    sums, _, _ = roll_up(paths, tmp_path / "汇总.xlsx", today=TODAY)
    assert [row[0] for row in sums.rows] == ["某社区", "某社区（乙）", "合计"]


def test_two_copies_of_one_ledger_are_not_counted_twice(units: list[Path], tmp_path: Path) -> None:
    copy = Path(shutil.copy(units[0], tmp_path / "甲社区0918.zgtz"))
    for twice in (copy, units[0]):
        with pytest.raises(UsageError, match="是同一个台账，汇总会重复计算"):
            roll_up([*units, twice], tmp_path / "汇总.xlsx", today=TODAY)
    assert not (tmp_path / "汇总.xlsx").exists()
    with Ledger.open(copy) as ledger, ledger.step("改单位") as writer:  # a prepared ledger that another unit filled in
        writer.set_facts(organisation="丙社区", organisation_short="")
    sums, _, _ = roll_up([*units, copy], tmp_path / "汇总.xlsx", today=TODAY)
    assert [row[0] for row in sums.rows] == ["甲社区", "乙社区", "丙社区", "合计"]


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        roll_up([], tmp_path / "汇总.docx", today=TODAY)
