"""The commands around Excel, from the outside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_ledger

from zhenggai_desktop.cli import main
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.proving import add_files


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    with a_ledger(
        tmp_path,
        Section(title="党的领导方面"),
        Issue(section_id=1, title="学习少", lead_department="党政办"),
        Measure(issue_id=1, content="开会"),
        organisation="某镇",
    ) as made:
        return made.path


def run(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    assert main([str(argument) for argument in arguments]) == code
    return capsys.readouterr().out


def values(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    return json.loads(run(capsys, *arguments, "--json"))


@pytest.mark.parametrize(
    ("kind", "sheets"),
    [("lists", ["问题清单", "任务清单", "责任清单"]), ("figures", ["统计"]), ("data", ["数据", "数据续"])],
)
def test_parts_of_the_workbook_are_exported(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, sheets: list[str]
) -> None:
    run(capsys, "export", ledger, tmp_path / "表.xlsx", "--kind", kind)
    assert openpyxl.load_workbook(tmp_path / "表.xlsx").sheetnames == sheets


def test_columns_follow_a_template(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "列.json").write_text('{"columns": [{"key": "issue", "caption": "问题是"}]}', encoding="utf-8")
    run(capsys, "export", ledger, tmp_path / "表.xlsx", "--template", tmp_path / "列.json")
    assert "问题是" in [cell.value for cell in openpyxl.load_workbook(tmp_path / "表.xlsx")["台账"]["A"]]


def test_a_form_is_filled(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "反馈问题", "整改措施"])
    book.save(tmp_path / "空表.xlsx")
    run(capsys, "export", ledger, tmp_path / "填.xlsx", "--kind", "form", "--form", tmp_path / "空表.xlsx")
    assert openpyxl.load_workbook(tmp_path / "填.xlsx").active["C2"].value == "开会"
    assert main(["export", str(ledger), str(tmp_path / "填.xlsx"), "--kind", "form"]) == 2
    assert "--form" in capsys.readouterr().err


def test_sheets_go_out_and_come_back(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sent,) = values(capsys, "distribute", ledger, tmp_path / "发")
    book = openpyxl.load_workbook(sent["file"])
    book["填报"]["G4"] = "已开会"
    book.save(sent["file"])
    found = values(capsys, "collect", ledger, sent["file"], "--dry-run")
    assert [line["theirs"] for line in found["files"][0]["changes"]] == ["已开会"]
    assert run(capsys, "collect", ledger, sent["file"]).endswith("整改填报表收集情况：已返回1个：党政办。\n")
    with Ledger.open(ledger, read_only=True) as opened:
        assert opened.snapshot.measures[0].progress == "已开会"


def test_only_unreadable_files_are_a_failure(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"x")
    assert "不是表格文件" in run(capsys, "collect", ledger, tmp_path / "坏.xlsx", code=2)


def test_copies_are_merged(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = Path(shutil.copy(ledger, tmp_path / "副本.zgtz"))
    with Ledger.open(copy) as other, other.step("修改") as writer:
        writer.update(Issue, 1, goal="规范")
    assert values(capsys, "merge", ledger, copy, "--dry-run")["changes"][0]["field"] == "整改目标"
    assert run(capsys, "merge", ledger, copy, "--dry-run").startswith("将与“副本.zgtz”合并")
    assert run(capsys, "merge", ledger, copy).startswith("已与“副本.zgtz”合并")
    assert "修改0处" in run(capsys, "merge", ledger, copy)


def test_a_merge_without_a_common_history_says_so(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "archive", ledger, tmp_path / "归档.zip", "--without-history")
    run(capsys, "unarchive", tmp_path / "归档.zip", tmp_path / "家里")
    with Ledger.open(tmp_path / "家里" / ledger.name) as other, other.step("修改") as writer:
        writer.update(Issue, 1, title="家里改的")
    said = run(capsys, "merge", ledger, tmp_path / "家里" / ledger.name)
    assert "没有找到两边共同的修改历史" in said
    assert "原为“（不知道）”" in said
    assert "冲突的地方保留台账里的" in said
    with Ledger.open(ledger, read_only=True) as kept:
        assert kept.snapshot.issues[0].title != "家里改的"


def test_a_merge_brings_files_and_says_what_stayed_out(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "U盘").mkdir()
    with Ledger.open(ledger) as ours:
        with ours.step("增加") as writer:
            writer.add(Issue(section_id=1, title="账目乱"))
        copy = ours.backup(tmp_path / "U盘")
        with ours.step("移动") as writer:
            writer.update(Issue, 1, section_id=None, parent_id=2)
    for name in ("纪要.txt", "照片.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    with Ledger.open(copy) as other:
        add_files(other, (Issue, 1), [tmp_path / "纪要.txt", tmp_path / "照片.txt"])
        with other.step("移动") as writer:
            writer.update(Issue, 2, section_id=None, parent_id=1)
        (other.evidence_folder.path / other.snapshot.evidence[1].file_name).unlink()
    shown = values(capsys, "merge", ledger, copy, "--dry-run")
    assert (len(shown["left_out"]), shown["files_missing"]) == (2, 0)
    said = run(capsys, "merge", ledger, copy)
    assert "1-1 问题 账目乱：副本移到“1-1-1 问题 学习少”" in said
    assert said.endswith("有1份佐证材料只有记录，副本那边的文件找不到或者读不出来，请要来后重新添加。\n")
    assert [path.name[:2] for path in (tmp_path / "台账_佐证材料").iterdir()] == ["纪要"]


def test_ledgers_are_summed(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sums = values(capsys, "rollup", tmp_path / "汇总.xlsx", ledger)
    assert (sums["汇总"][0]["单位"], sums["汇总"][0]["应整改"]) == ("某镇", 1)
    assert "已汇总1个台账" in run(capsys, "rollup", tmp_path / "汇总.xlsx", ledger)
