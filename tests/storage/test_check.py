"""The check of the file finds what is wrong, says it in a sentence and changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from builders import a_ledger, a_tree
from damage import write_by_hand

from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.office_rules import OfficeRules, office_rules
from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.domain.schemes import BUILT_IN, scheme_for
from zhenggai_desktop.services.checking import check_file
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.repairing import repair
from zhenggai_desktop.storage.check import CheckCode, CheckFinding


def checked_after(path: Path, *statements: str) -> tuple[CheckFinding, ...]:
    """The findings in a ledger after somebody wrote into it by hand."""
    write_by_hand(path, *statements)
    before = path.read_bytes()
    findings = check_file(path)
    assert path.read_bytes() == before
    return findings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_ledger(tmp_path, *a_tree(2, 3, 2)) as ledger:
        return ledger.path


def test_a_sound_ledger_has_no_findings(path: Path) -> None:
    assert checked_after(path) == ()


def test_a_row_whose_parent_is_gone(path: Path) -> None:
    (finding,) = checked_after(path, "UPDATE measures SET issue_id = 99, position = 1 WHERE id = 2")
    assert (finding.code, finding.table, finding.record_id) == (CheckCode.ORPHAN, "measures", 2)
    assert finding.text == "整改措施（编号2）所属的问题已经不存在。"


def test_a_position_that_two_siblings_share(path: Path) -> None:
    (finding,) = checked_after(path, "UPDATE issues SET position = 2 WHERE id = 3")
    assert (finding.code, finding.record_id) == (CheckCode.POSITION_DOUBLE, 3)
    assert finding.text == "问题（编号3）的顺序号2与同级的另一项重复。"


def test_a_position_that_nobody_has(path: Path) -> None:
    (finding,) = checked_after(path, "UPDATE sections SET position = 5 WHERE id = 2")
    assert (finding.code, finding.record_id) == (CheckCode.POSITION_GAP, 2)
    assert "应为2" in finding.text


def test_issues_that_stand_below_each_other(path: Path) -> None:
    findings = checked_after(
        path,
        "UPDATE issues SET section_id = NULL, parent_id = 3, position = 1 WHERE id = 2",
        "UPDATE issues SET section_id = NULL, parent_id = 2, position = 1 WHERE id = 3",
    )
    assert {(finding.code, finding.record_id) for finding in findings} == {(CheckCode.CIRCLE, 2), (CheckCode.CIRCLE, 3)}


def test_issues_that_nest_too_deep(tmp_path: Path) -> None:
    nested = [
        Section(),
        Issue(section_id=1),
        *(Issue(parent_id=above, title=f"第{above + 1}层") for above in (1, 2, 3)),
    ]
    with a_ledger(tmp_path, *nested) as ledger:
        (finding,) = ledger.check()
    assert (finding.code, finding.record_id) == (CheckCode.TOO_DEEP, 4)
    assert finding.text == "问题“第4层”在第4层，问题最多分3层。"


def test_damage_is_told_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE sections SET position = 9")
    connection.commit()
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'issues_by_section_id'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    with Ledger.open(path, read_only=True) as ledger:  # an index is not needed to read
        findings = ledger.check()
    assert {finding.code for finding in findings} == {CheckCode.DAMAGE}
    assert "备份" in findings[0].text


def test_an_index_that_lacks_rows_is_damage(path: Path) -> None:
    findings = checked_after(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX issues_by_parent_id ON issues (title)' "
        "WHERE name = 'issues_by_parent_id'",
    )
    assert {finding.code for finding in findings} == {CheckCode.DAMAGE}


@pytest.mark.parametrize(("length", "shown"), [(20, "字" * 20), (21, "字" * 20 + "…")])
def test_a_long_title_is_cut(tmp_path: Path, length: int, shown: str) -> None:
    nested = [
        Section(),
        Issue(section_id=1),
        *(Issue(parent_id=above) for above in (1, 2)),
        Issue(parent_id=3, title="字" * length),
    ]
    with a_ledger(tmp_path, *nested) as ledger:
        (finding,) = ledger.check()
    assert finding.text.startswith(f"问题“{shown}”在第4层")


def test_what_stands_below_a_circle_never_comes_to_an_end_either(path: Path) -> None:
    findings = checked_after(
        path,
        "UPDATE issues SET section_id = NULL, parent_id = 3, position = 1 WHERE id = 2",
        "UPDATE issues SET section_id = NULL, parent_id = 2, position = 1 WHERE id = 3",
        "UPDATE issues SET section_id = NULL, parent_id = 3, position = 2 WHERE id = 1",
    )
    assert {(finding.code, finding.record_id) for finding in findings} == {(CheckCode.CIRCLE, at) for at in (1, 2, 3)}


def test_a_gap_is_told_once_and_what_follows_it_counts_on(path: Path) -> None:
    findings = checked_after(path, "UPDATE issues SET position = position + 5 WHERE id IN (2, 3)")
    assert [(finding.code, finding.record_id) for finding in findings] == [(CheckCode.POSITION_GAP, 2)]
    assert findings[0].text == "问题（编号2）的顺序号7之前有空缺，应为2。"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        *(("rules", rules, "本单位规定无法识别") for rules in ("{", "[1]", '{"dated": 3}', "NaN")),
        ("scheme", "zz", "标题方案无法识别"),
        ("scheme_changes", "{", "标题方案无法识别"),
        ("scheme_changes", '{"section": 7}', "标题方案无法识别"),
        ("layout_profile", "{", "版式无法识别"),
        ("layout_profile", "宽松", "版式无法识别"),
    ],
)
def test_what_an_office_chose_and_nobody_can_read_is_told_and_the_usual_holds(
    path: Path, column: str, value: str, said: str
) -> None:
    (finding,) = checked_after(path, "UPDATE facts SET scheme = 'b'", f"UPDATE facts SET {column} = '{value}'")
    assert finding.code is CheckCode.SETTINGS
    assert finding.text.startswith(said)
    with Ledger.open(path) as ledger:
        facts = ledger.snapshot.facts
        assert office_rules(facts) == OfficeRules()
        assert scheme_for(facts) == BUILT_IN["a" if column == "scheme" else "b"]
        assert ledger_profile(facts) == GUOBIAO
    done = repair(path)
    assert finding.text in done.lines
    assert check_file(done.path) == ()
