"""Branches on the clipboard: copies with identities of their own, in this ledger and in another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.errors import EditRefusedError, UsageError
from zhenggai_desktop.services import branches
from zhenggai_desktop.services.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path, *a_tree(2, 2, 1), Issue(parent_id=1, title="具体表现", closed=True)) as ledger:
        yield ledger


def test_a_copied_issue_comes_with_all_below_it_and_a_new_identity(ledger: Ledger) -> None:
    text = branches.copy_branches(ledger.snapshot, [(Issue, 1), (Measure, 1)])
    (key,) = branches.paste_branches(ledger, (Issue, 3), text)
    issues = {issue.id: issue for issue in ledger.snapshot.issues}
    copy, original = issues[key[1]], issues[1]
    assert (copy.parent_id, copy.title, copy.leaders) == (3, original.title, original.leaders)
    assert copy.uid != original.uid
    child = next(issue for issue in issues.values() if issue.parent_id == copy.id)
    assert (child.title, child.closed) == ("具体表现", False)
    assert [measure.content for measure in ledger.snapshot.measures if measure.issue_id == copy.id] == [
        next(measure.content for measure in ledger.snapshot.measures if measure.id == 1)
    ]
    assert ledger.undo_label == "粘贴问题“第1项工作抓得不够紧…”"


def test_a_section_goes_into_another_ledger(ledger: Ledger, tmp_path: Path) -> None:
    text = branches.copy_branches(ledger.snapshot, [(Section, 1)])
    with a_ledger(tmp_path, name="另一个.zgtz") as other:
        branches.paste_branches(other, None, text)
        counts = [len(other.snapshot.sections), len(other.snapshot.issues), len(other.snapshot.measures)]
        assert counts == [1, 3, 2]
        assert other.snapshot.sections[0].title == ledger.snapshot.sections[0].title


def test_a_measure_pasted_on_a_measure_follows_it(ledger: Ledger) -> None:
    text = branches.copy_branches(ledger.snapshot, [(Measure, 3)])
    (key,) = branches.paste_branches(ledger, (Measure, 1), text)
    assert [measure.id for measure in ledger.snapshot.measures if measure.issue_id == 1] == [1, key[1]]


def test_what_would_be_too_deep_goes_beside(ledger: Ledger) -> None:
    text = branches.copy_branches(ledger.snapshot, [(Issue, 1)])
    deep = next(issue.id for issue in ledger.snapshot.issues if issue.parent_id == 1)
    (key,) = branches.paste_branches(ledger, (Issue, deep), text)
    assert next(issue.parent_id for issue in ledger.snapshot.issues if issue.id == key[1]) == 1


def test_what_can_stand_nowhere_near_is_refused(ledger: Ledger) -> None:
    text = branches.copy_branches(ledger.snapshot, [(Measure, 1)])
    with pytest.raises(EditRefusedError, match="问题下面"):
        branches.paste_branches(ledger, (Section, 1), text)


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"format": "other"}', '{"format": "zhenggai-branches-1", "branches": [{"type": "Chapter"}]}', "1"],
)
def test_foreign_text_is_refused(ledger: Ledger, text: str) -> None:
    with pytest.raises(UsageError, match="不是本程序复制的"):
        branches.paste_branches(ledger, None, text)


@pytest.mark.parametrize("value", [7, -1, True, 1.5, ["甲"], {"甲": 1}, 10**30, "\ud800", None], ids=repr)
def test_values_of_the_wrong_type_are_refused_or_taken_as_they_are(ledger: Ledger, value: object) -> None:
    """Nothing else becomes of them where the field may hold them, and a refusal writes nothing."""
    raw = json.loads(branches.copy_branches(ledger.snapshot, [(Issue, 1)]))
    good = dict(raw["branches"][0]["values"])
    own = {"id", "uid", "position", "closed", "section_id", "parent_id"}  # given anew whatever was said
    for field in good:
        raw["branches"][0]["values"] = good | {field: value}
        before = ledger.snapshot
        try:
            (key,) = branches.paste_branches(ledger, (Section, 1), json.dumps(raw))
        except UsageError:
            assert ledger.snapshot == before
            continue
        pasted = next(issue for issue in ledger.snapshot.issues if issue.id == key[1])
        assert field in own or getattr(pasted, field) == (value if value != "\ud800" else ""), field


def test_reads_as_text_elsewhere(ledger: Ledger) -> None:
    lines = branches.as_text(ledger.snapshot, [(Issue, 1)]).splitlines()
    assert lines[0].startswith("1-1 第1项工作")
    assert lines[1] == "  1-1-1 具体表现"
    assert lines[2].startswith("  制定第1项措施")
