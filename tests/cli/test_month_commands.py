"""Letters, extensions and closing on the command line, on a real ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger
from docx import Document as WordDocument

from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.services.ledger import Ledger

Run = Any  # the fixture of conftest
DAY = ("--on", "2025-06-10")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    records = (
        Section(title="财务管理方面"),
        Issue(section_id=1, title="台账不全", lead_department="财政所", due_on=dt.date(2025, 6, 1)),
        Issue(section_id=1, title="制度不全", lead_department="党建办", due_on=dt.date(2025, 6, 12)),
        Measure(issue_id=1, content="补齐台账", status=Status.DONE, progress="已补齐。"),
    )
    with a_ledger(tmp_path, *records, organisation="中共云溪街道工作委员会") as made:
        return made.path


def test_letters_are_written_and_kept(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    done = zhenggai("letters", ledger, "督办.docx", "--to", "党建办", *DAY)
    assert done.out == "已写出1份督办通知单 督办.docx，已登记催办1项\n"
    words = [paragraph.text for paragraph in WordDocument(str(tmp_path / "督办.docx")).paragraphs]
    assert "党建办：" in words
    with Ledger.open(ledger, read_only=True) as made:
        assert [(one.issue_id, one.chased_on) for one in made.snapshot.chases] == [(2, dt.date(2025, 6, 10))]


def test_letters_leave_no_record_where_none_is_wanted(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "文书").mkdir()
    assert zhenggai("letters", ledger, "文书", "--no-record", *DAY).out.endswith("，没有登记催办\n")
    assert len(list((tmp_path / "文书").iterdir())) == 1
    with Ledger.open(ledger, read_only=True) as made:
        assert made.snapshot.chases == ()


def test_letters_beside_those_of_last_month_say_how_they_are_called(
    zhenggai: Run, ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "文书").mkdir()
    (tmp_path / "文书" / "督办通知单_党建办.docx").write_text("上月")
    done = zhenggai("letters", ledger, "文书", "--to", "党建办", *DAY)
    assert done.out.endswith("；有1份因为重名，另存为“督办通知单_党建办 (2).docx”，原有文件没有改动\n")
    assert (tmp_path / "文书" / "督办通知单_党建办.docx").read_text() == "上月"


def test_letters_to_nobody_are_refused(zhenggai: Run, ledger: Path) -> None:
    done = zhenggai("letters", ledger, "告诫.docx", "--kind", "overdue_warning", "--to", "党建办", *DAY)
    assert done.code == 2
    assert "“党建办”没有要发超期告诫书的事项" in done.err
    assert zhenggai("letters", ledger, "告诫.pdf", *DAY).code == 2


def test_a_deadline_is_put_off_by_its_number(zhenggai: Run, ledger: Path) -> None:
    done = zhenggai("extend", ledger, "1-1", "1-2", "--until", "2025年9月底前", "--reason", "工程延期", *DAY)
    assert done.out == "已延期2项，延至2025年9月底前\n"
    with Ledger.open(ledger, read_only=True) as made:
        assert [issue.due_on for issue in made.snapshot.issues] == [dt.date(2025, 9, 30)] * 2
        assert len(made.snapshot.extensions) == 2
    assert "台账里没有序号为“9-9”的问题或措施" in zhenggai(
        "extend", ledger, "9-9", "--until", "2025年12月底前", "--reason", "忙"
    ).err  # fmt: skip


def test_what_is_not_closed_is_listed_and_goes_its_way(zhenggai: Run, ledger: Path) -> None:
    assert zhenggai("close", ledger, *DAY).out == (
        "已销号 0/2，未销号 2：\n"
        "1-1 台账不全，待申请，没有佐证材料\n"  # done in time or not: it is no longer late
        "1-2 制度不全，还有2天，待申请，还没有整改措施，完成情况也不是“已完成”；"
        "没有写明取得的成效（整改进展或成果）；没有佐证材料\n"
    )
    assert "没有佐证材料" in zhenggai("close", ledger, "1-1", *DAY).err
    done = zhenggai("close", ledger, "1-1", "--override", "材料在档案室", "--by", "王主任", *DAY)
    assert done.out == "1-1 台账不全：申请 1/6，下一步：分管领导审核\n"
    assert zhenggai("close", ledger, "1-1", "--back", *DAY).code != 0
    back = zhenggai("close", ledger, "1-1", "--back", "--opinion", "材料不全", *DAY)
    assert back.out == "1-1 台账不全：待申请，退回1次\n"
    values = zhenggai("close", ledger, "--json", *DAY).json
    assert [(one["number"], one["returns"], one["left"]) for one in values] == [("1-1", 1, -9), ("1-2", 0, 2)]


def test_measures_are_not_closed(zhenggai: Run, ledger: Path) -> None:
    assert "销号只能办理问题" in zhenggai("close", ledger, "1-1-1", *DAY).err


@pytest.fixture
def doubled(tmp_path: Path) -> Path:
    """Issue 2 is a part of an issue without section, issue 3 the first of the first section: both are 1-1. Issue 4 is
    its part, and measure 1 its measure: both were 1-1-1 once."""
    records = (
        Section(title="财务管理方面"),
        Issue(title="没有方面"),
        Issue(parent_id=1, title="没有方面的表现", due_on=dt.date(2025, 6, 1)),
        Issue(section_id=1, title="台账不全", due_on=dt.date(2025, 6, 1)),
        Issue(parent_id=3, title="底数不清", due_on=dt.date(2025, 6, 1)),
        Measure(issue_id=3, content="补齐台账", due_on=dt.date(2025, 5, 1)),
        Measure(issue_id=4, content="摸清底数", due_on=dt.date(2025, 5, 1)),
    )
    with a_ledger(tmp_path, *records) as made:
        return made.path


PUT_OFF = ("--until", "2025年9月底前", "--reason", "工程延期", *DAY)


@pytest.mark.parametrize(
    ("number", "named"),
    [
        ("1-1", "台账里有2条的序号都是“1-1”：问题“没有方面的表现”（{issue2}）、问题“台账不全”（{issue3}）；"),
        ("1-1-1", "台账里有2条的序号都是“1-1-1”：问题“底数不清”（{issue4}）、整改措施“补齐台账”（1-1-措1）；"),
    ],
)
def test_a_number_of_two_records_changes_neither_and_names_both(
    zhenggai: Run, doubled: Path, number: str, named: str
) -> None:
    with Ledger.open(doubled, read_only=True) as made:
        before = made.snapshot
    done = zhenggai("extend", doubled, number, *PUT_OFF)
    assert done.code == 2
    assert named.format(**{f"issue{issue.id}": issue.uid for issue in before.issues}) in done.err
    with Ledger.open(doubled, read_only=True) as made:
        assert made.snapshot == before


@pytest.mark.parametrize(("kind", "at"), [(Issue, 2), (Issue, 3), (Issue, 4)])
def test_what_has_no_number_of_its_own_is_meant_by_its_uid(zhenggai: Run, doubled: Path, kind: type, at: int) -> None:
    with Ledger.open(doubled, read_only=True) as made:
        (uid,) = (issue.uid for issue in made.snapshot.issues if issue.id == at)
    assert zhenggai("extend", doubled, uid, *PUT_OFF).out == "已延期1项，延至2025年9月底前\n"
    with Ledger.open(doubled, read_only=True) as made:
        assert [issue.id for issue in made.snapshot.issues if issue.due_on == dt.date(2025, 9, 30)] == [at]


def test_a_measure_is_put_off_by_the_number_that_it_is_listed_under(zhenggai: Run, doubled: Path) -> None:
    assert "1-1-措1 补齐台账" in zhenggai("remind", doubled, *DAY).out
    zhenggai("extend", doubled, "1-1-措1", *PUT_OFF)
    zhenggai("extend", doubled, "1-1-1-1", *PUT_OFF)  # nothing else has this number
    with Ledger.open(doubled, read_only=True) as made:
        assert [measure.due_on for measure in made.snapshot.measures] == [dt.date(2025, 9, 30)] * 2
        assert dt.date(2025, 9, 30) not in {issue.due_on for issue in made.snapshot.issues}


def test_closing_means_issues_and_refuses_two_of_a_number(zhenggai: Run, doubled: Path) -> None:
    done = zhenggai("close", doubled, "1-1", "--override", "材料在档案室", *DAY)
    assert "台账里有2条的序号都是“1-1”" in done.err
    done = zhenggai("close", doubled, "1-1-1", "--override", "材料在档案室", *DAY)  # a measure is never closed
    assert done.out == "1-1-1 底数不清：申请 1/6，下一步：分管领导审核\n"
