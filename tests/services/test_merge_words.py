"""What a merge of two copies does, in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.merge_places import PLACE
from zhenggai_desktop.domain.merging import FieldChange
from zhenggai_desktop.domain.portable import Portable
from zhenggai_desktop.domain.records import (
    Evidence,
    EvidenceLink,
    InspectionKind,
    Issue,
    LedgerFacts,
    LogEntry,
    Section,
)
from zhenggai_desktop.services.filling import difference, filled_names
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ledger_merging import plan_merge
from zhenggai_desktop.services.merge_words import MergeWords


@pytest.mark.parametrize("value", [None, "", "a", 1])
def test_a_place_that_is_none_is_the_root_or_nothing(value: object) -> None:
    """A copy that was damaged may hold any value there."""
    section = (Section, "s")
    words = MergeWords({section: {"title": "甲"}})
    line = words.line(FieldChange((Issue, "i"), PLACE, value, value, section))
    assert (line.base, line.ours) == ("最上一级", "最上一级")
    assert "甲" in line.theirs
    assert words.line(FieldChange((LogEntry, "l"), PLACE, value, value, None)).ours == ""


def test_the_facts_are_named_in_the_term_that_the_ledger_follows(tmp_path: Path) -> None:
    with a_ledger(tmp_path, kind=InspectionKind.XUNSHI) as ours:
        shutil.copy(ours.path, tmp_path / "副本.zgtz")
        with Ledger.open(tmp_path / "副本.zgtz") as theirs:
            with theirs.step("修改") as writer:
                writer.set_facts(team="第三组")
            found = plan_merge(ours, theirs)
    assert [line.field for line in found.taken.changes] == ["巡视组"]


def test_a_filled_fact_is_named_in_the_term_that_the_ledger_follows() -> None:
    facts = LedgerFacts(kind=InspectionKind.XUNSHI, team="第三组")
    assert filled_names(facts, ["team"]) == "巡视组"
    assert difference(facts, "team", "第四组") == "巡视组：台账为“第三组”，来源为“第四组”"


def test_a_record_without_words_is_known_by_what_it_belongs_to() -> None:
    link, issue, paper = (EvidenceLink, "l"), (Issue, "i"), (Evidence, "e")
    records: Portable = {
        issue: {"title": "公车私用"},
        paper: {"title": "照片"},
        link: {"evidence_id": "e", "issue_id": "i", "measure_id": None, "outcome_id": "gone"},
    }
    assert MergeWords(records, {"i": "1-2"}).place(link) == "佐证关联（佐证材料 照片、1-2 问题 公车私用）"
    assert MergeWords({link: {"issue_id": None}}).place(link) == "佐证关联"
