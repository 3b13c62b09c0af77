"""Lines, plan and report follow each correction, and go back with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.corrections import Place
from zhenggai_desktop.domain.line_uses import LineUse
from zhenggai_desktop.domain.records import DocumentKind, Snapshot
from zhenggai_desktop.services.import_assistant import ImportAssistant, assist, has_lines
from zhenggai_desktop.services.importing import apply, plan_source


@pytest.fixture
def feedback(resources: Path) -> Path:
    return resources / "samples" / "示例反馈意见.txt"


@pytest.fixture
def assistant(feedback: Path) -> ImportAssistant:
    return assist(feedback, Snapshot())


def line_with(assistant: ImportAssistant, words: str) -> Place:
    return next(line.place for line in assistant.lines if words in line.text)


def test_begins_with_the_plan_of_the_source(assistant: ImportAssistant, feedback: Path) -> None:
    plan = plan_source(feedback)
    assert [issue.record.title for issue in assistant.plan.issues()] == [i.record.title for i in plan.issues()]
    assert assistant.plan.sha256 == plan.sha256
    counts = assistant.report.counts()
    assert counts["问题"] + counts["具体表现"] == len(list(plan.issues()))
    assert not assistant.can_step_back


def test_a_correction_changes_all_three_and_can_be_taken_back(assistant: ImportAssistant) -> None:
    place = line_with(assistant, "送学到基层")
    before = assistant.report.counts()["具体表现"], assistant.lines
    assistant.correct(lambda said: said.leave_out(place))
    assert assistant.report.counts()["具体表现"] == before[0] - 1
    assert assistant.lines[assistant.row_of(place)].use is LineUse.LEFT_OUT
    assistant.step_back()
    assert assistant.report.counts()["具体表现"] == before[0]
    assert [line.use for line in assistant.lines] == [line.use for line in before[1]]
    assert not assistant.can_step_back


def test_what_changes_nothing_is_no_correction(assistant: ImportAssistant) -> None:
    plan = assistant.plan
    assistant.correct(lambda said: said.as_read(Place(1)))
    assert assistant.plan is plan
    assert not assistant.can_step_back


def test_a_correction_that_fails_is_not_kept(assistant: ImportAssistant) -> None:
    with pytest.raises(ValueError, match="0"):
        assistant.correct(lambda said: said.split(Place(1), 0))
    assert not assistant.can_step_back


def test_the_kind_of_the_document_is_told(assistant: ImportAssistant) -> None:
    assistant.correct(lambda said: said.of_kind(DocumentKind.NOTICE))
    assert assistant.plan.document is DocumentKind.NOTICE


def test_what_is_agreed_to_enters_the_ledger(assistant: ImportAssistant, tmp_path: Path) -> None:
    place = line_with(assistant, "老旧小区")
    assistant.correct(lambda said: said.as_role(place, LineRole.SUB_ISSUE))
    with a_ledger(tmp_path) as ledger:
        apply(ledger, assistant.plan)
        moved = next(issue for issue in ledger.snapshot.issues if issue.title.startswith("老旧小区"))
        assert moved.parent_id is not None


def test_a_source_that_was_imported_is_already_there(feedback: Path, tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        apply(ledger, plan_source(feedback))
        again = assist(feedback, ledger.snapshot)
    assert not again.report.writes
    assert again.report.already_there


def test_only_sources_of_lines_can_be_corrected() -> None:
    assert has_lines(Path("反馈意见.docx"))
    assert not has_lines(Path("台账.XLSX"))
