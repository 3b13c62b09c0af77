"""Every export is registered with its words, in one step with its file; two drafts can be told apart."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain import draft_text
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    DocumentKind,
    Draft,
    Issue,
    Measure,
    Record,
    Section,
)
from zhenggai_desktop.errors import LedgerFileError, TargetError, UsageError
from zhenggai_desktop.formats.returned_reader import read_returned
from zhenggai_desktop.services import drafts
from zhenggai_desktop.services.ledger import Ledger

TREE: tuple[Record, ...] = (
    Chapter(
        document=DocumentKind.NOTICE,
        role=ChapterRole.LEAD,
        blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "反馈的{问题总数}个问题正在整改。"),),
    ),
    Chapter(document=DocumentKind.NOTICE, role=ChapterRole.ISSUES, title="问题整改情况"),
    Section(title="关于作风方面问题"),
    Issue(section_id=1, title="作风不实"),
    Measure(issue_id=1, progress="开展检查3次。"),
    Measure(issue_id=1, progress="修订制度2项。"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return a_ledger(tmp_path, *TREE, organisation="柳林镇党委", notice_title="柳林镇党委关于整改情况的通报")


def test_an_export_is_one_labelled_step_with_everything_that_is_known_of_it(ledger: Ledger, tmp_path: Path) -> None:
    before = len(ledger.history())
    draft = drafts.send_notice(ledger, tmp_path / "送审.docx")
    assert draft is not None
    assert (draft.kind, draft.edition, draft.version, draft.file_name) == ("整改通报", "public", "第1稿", "送审.docx")
    assert draft.exported_at is not None
    assert dt.datetime.now(dt.UTC) - draft.exported_at < dt.timedelta(minutes=5)
    assert [entry.label for entry in ledger.history()[: len(ledger.history()) - before]] == [
        "登记整改通报（社会公开稿）第1稿"
    ]
    assert ledger.snapshot.drafts == (draft,)
    assert read_returned(tmp_path / "送审.docx").draft_id == draft.draft_id
    assert draft.draft_id.startswith(f"{ledger.snapshot.facts.uid}/")


def test_each_edition_counts_its_own_drafts(ledger: Ledger, tmp_path: Path) -> None:
    for edition in (Edition.PUBLIC, Edition.INTERNAL, Edition.PUBLIC):
        drafts.send_notice(ledger, tmp_path / "稿.docx", edition=edition)
    drafts.send_notice(ledger, tmp_path / "稿.docx", final=True)
    drafts.send_notice(ledger, tmp_path / "稿.txt")
    assert [(draft.edition, draft.version) for draft in ledger.snapshot.drafts] == [
        ("public", "第1稿"), ("internal", "第1稿"), ("public", "第2稿"), ("public", "发布稿"), ("public", "第3稿"),
    ]  # fmt: skip


def test_the_words_are_kept_with_the_records_they_came_from(ledger: Ledger, tmp_path: Path) -> None:
    draft = drafts.send_notice(ledger, tmp_path / "稿.docx")
    assert draft is not None
    text = drafts.text_of(draft)
    answer = next(block for block in text.blocks if "检查3次" in block.text)
    assert answer.text == "整改进展情况：一是开展检查3次。二是修订制度2项。"
    uids = [measure.uid for measure in ledger.snapshot.measures]
    assert [(answer.text[s.start : s.end], s.anchor.kind, s.anchor.uid) for s in answer.spans] == [
        ("开展检查3次。", "measure", uids[0]), ("修订制度2项。", "measure", uids[1]),
    ]  # fmt: skip
    heading = next(block for block in text.blocks if "作风不实" in block.text)
    assert [heading.text[s.start : s.end] for s in heading.spans] == ["作风不实"]
    assert heading.heading == len(heading.text)
    assert draft_text.read(draft_text.written(text)) == text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"blocks":1,"scheme":{}}', '{"scheme":{"based_on":"x"},"blocks":[]}']
)
def test_a_damaged_register_is_told(ledger: Ledger, tmp_path: Path, text: str) -> None:
    draft = drafts.send_notice(ledger, tmp_path / "稿.docx")
    assert draft is not None
    with ledger.step("损坏") as writer:
        writer.update(type(draft), draft.id, blocks=text)
    with pytest.raises(UsageError, match="读不出来"):
        drafts.compare_drafts(ledger.snapshot, ledger.snapshot.drafts[0], None)


def test_without_a_file_there_is_no_registration(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        drafts.send_notice(ledger, tmp_path / "没有" / "稿.docx")
    with pytest.raises(UsageError):
        drafts.send_notice(ledger, tmp_path / "稿.doc")
    assert ledger.snapshot.drafts == ()
    assert [path.name for path in tmp_path.glob("*.doc*")] == []


def test_a_ledger_to_read_only_exports_without_register(ledger: Ledger, tmp_path: Path) -> None:
    ledger.close()
    before = (tmp_path / "台账.zgtz").read_bytes()
    with Ledger.open(tmp_path / "台账.zgtz", read_only=True) as reading:
        assert drafts.send_notice(reading, tmp_path / "稿.docx") is None
    assert read_returned(tmp_path / "稿.docx").draft_id == ""
    assert (tmp_path / "台账.zgtz").read_bytes() == before
    assert "没有登记" in drafts.sending_words(None)


def test_a_ledger_that_somebody_writes_is_opened_to_read(ledger: Ledger) -> None:
    with drafts.opened_to_send(ledger.path, "") as other:
        assert other.read_only
    ledger.close()
    with drafts.opened_to_send(ledger.path, "") as other:
        assert not other.read_only
    with pytest.raises(LedgerFileError), drafts.opened_to_send(ledger.path.with_name("没有.zgtz"), ""):
        pass


def test_what_is_published_carries_nothing_but_its_words(ledger: Ledger, tmp_path: Path) -> None:
    drafts.send_notice(ledger, tmp_path / "稿.docx")
    drafts.send_notice(ledger, tmp_path / "发布.docx", final=True)
    draft, release = (read_returned(tmp_path / name) for name in ("稿.docx", "发布.docx"))
    assert [one.text for one in draft.paragraphs] == [one.text for one in release.paragraphs]
    with zipfile.ZipFile(tmp_path / "发布.docx") as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        core = package.read("docProps/core.xml").decode()
        assert "docProps/custom.xml" not in package.namelist()
    assert b"bookmarkStart" not in everything
    assert b"zgi_" not in everything
    assert "柳林镇党委</dc:creator>" not in core
    assert "柳林镇党委</cp:lastModifiedBy>" not in core
    assert not any("comments" in name for name in zipfile.ZipFile(tmp_path / "发布.docx").namelist())
    assert ledger.snapshot.drafts[-1].version == drafts.RELEASE


def test_two_drafts_differ_where_the_ledger_was_changed_between_them(ledger: Ledger, tmp_path: Path) -> None:
    for name in ("一.docx", "二.docx"):
        drafts.send_notice(ledger, tmp_path / name)
        with ledger.step("修改") as writer:
            writer.update(Measure, 1, progress=f"开展专项检查{len(name)}次。")
    one, two = ledger.snapshot.drafts
    (change,) = drafts.compare_drafts(ledger.snapshot, one, two)
    assert change.kind is ChangeKind.REWORDED
    assert [(piece.fate.value, piece.text) for piece in change.pieces if piece.fate.value != "kept"] == [
        ("added", "专项"), ("removed", "3"), ("added", "6"),
    ]  # fmt: skip
    assert drafts.compare_drafts(ledger.snapshot, two, None) == ()
    assert len(drafts.compare_drafts(ledger.snapshot, one, None)) == 1


def test_the_register_counts_from_one(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="导出一次"):
        drafts.draft_at(ledger.snapshot, 1)
    draft = drafts.send_notice(ledger, tmp_path / "稿.docx")
    assert drafts.draft_at(ledger.snapshot, "1") == draft
    for wrong in ("0", "2", "甲", ""):
        with pytest.raises(UsageError, match="没有第"):
            drafts.draft_at(ledger.snapshot, wrong)


def test_only_the_notice_has_its_edition_in_its_name() -> None:
    plan = Draft(kind="整改方案（附三个清单）", edition="internal", version="第1稿")
    assert drafts.draft_name(plan) == "整改方案（附三个清单）第1稿"
    assert drafts.sending_words(plan) == "已登记为整改方案（附三个清单）第1稿。"
    notice = Draft(kind="整改通报", edition="internal", version="第2稿")
    assert drafts.draft_name(notice) == "整改通报（党内通报稿）第2稿"
