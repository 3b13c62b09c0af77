"""Which file is which draft, what cannot be taken, what the ledger changed meanwhile; bad files end in a sentence."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from builders import a_ledger
from returned_files import DONE, TITLES, Office, a_notice_ledger, saved_by_libreoffice

from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    DocumentKind,
    Issue,
    LedgerFacts,
    Measure,
    Person,
    Section,
    Status,
    WithheldGround,
)
from zhenggai_desktop.domain.returned_held import NOT_HELD
from zhenggai_desktop.errors import ReturnedFileError, SourceError, SourceLimitError, UsageError
from zhenggai_desktop.services.backups import compare
from zhenggai_desktop.services.drafts import send_notice, text_now
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.publishing import approved_draft, check_pasted, check_published
from zhenggai_desktop.services.returning import open_returned, take_returned

DOCUMENTS = Path(__file__).parents[2] / "resources" / "documents"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_notice_ledger(tmp_path, "a") as ledger:
        send_notice(ledger, tmp_path / "稿.docx")
        yield ledger


@pytest.fixture
def office(ledger: Ledger) -> Office:
    return Office(ledger.path.with_name("稿.docx"))


def refused(ledger: Ledger, path: Path, words: str, error: type[SourceError] = SourceError) -> None:
    """Opening ends in one sentence and nothing is written."""
    before = ledger.path.read_bytes()
    with pytest.raises(error, match=words):
        open_returned(ledger.snapshot, path)
    assert ledger.path.read_bytes() == before


def test_a_file_of_another_ledger_is_refused(ledger: Ledger, office: Office, tmp_path: Path) -> None:
    (tmp_path / "另").mkdir()
    with a_notice_ledger(tmp_path / "另", "a") as other:
        send_notice(other, tmp_path / "另" / "稿.docx")
    refused(ledger, tmp_path / "另" / "稿.docx", "从另一个台账导出", ReturnedFileError)


def test_a_file_that_is_not_from_this_program_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "会议纪要.docx"
    other = docx.Document()
    other.add_paragraph("会议研究了防汛工作，要求各村做好值班值守。")
    other.save(str(path))
    refused(ledger, path, "不是从本台账导出", ReturnedFileError)


def test_a_ledger_without_drafts_has_nothing_to_compare(tmp_path: Path) -> None:
    with a_notice_ledger(tmp_path, "a") as ledger, pytest.raises(ReturnedFileError, match="还没有登记过"):
        open_returned(ledger.snapshot, tmp_path / "稿.docx")


def test_a_damaged_file_is_refused(ledger: Ledger, office: Office) -> None:
    data = office.path.read_bytes()
    office.path.write_bytes(data[: len(data) // 2])
    refused(ledger, office.path, "损坏|没有下载完整")


def test_a_million_characters_are_refused(ledger: Ledger, office: Office) -> None:
    for _ in range(50):
        office.document.add_paragraph("整改" * 10_000)
    office.save()
    refused(ledger, office.path, "1000\\d{3}字", SourceLimitError)


def test_macros_are_told_and_the_words_are_read(ledger: Ledger, office: Office) -> None:
    office.reword("解决堵点难点问题十七个", "解决堵点难点问题十八个")
    office.save()
    with zipfile.ZipFile(office.path, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xcc\x61\xff\xff")
    file = open_returned(ledger.snapshot, office.path)
    assert file.remarks == ("文件里带有宏，没有运行，只读取了文字",)
    assert len(file.offers) == 1


def test_an_older_draft_is_told_and_taken_only_where_it_is_meant(ledger: Ledger, office: Office) -> None:
    send_notice(ledger, ledger.path.with_name("第二稿.docx"))
    office.reword("解决堵点难点问题十七个", "解决堵点难点问题十八个")
    office.save()
    file = open_returned(ledger.snapshot, office.path)
    assert (file.older, file.draft.version) == (True, "第1稿")
    assert "退回的是第1稿，之后又导出过第2稿" in file.remarks[0]
    before = ledger.snapshot
    with pytest.raises(UsageError, match="较早的第1稿"):
        take_returned(ledger, file)
    assert ledger.snapshot == before
    assert ledger.backups.backups() == ()
    assert take_returned(ledger, file, older=True).count == 1
    (backup,) = ledger.backups.backups()
    assert backup.reason == "收入退回稿前"
    assert not compare(backup, before)


def test_without_its_id_a_file_is_known_by_its_words(ledger: Ledger, office: Office) -> None:
    send_notice(ledger, ledger.path.with_name("内.docx"), edition=Edition.INTERNAL)
    office.strip_properties()
    office.strip_bookmarks()
    office.reword("解决堵点难点问题十七个", "解决堵点难点问题十八个")
    office.save()
    file = open_returned(ledger.snapshot, office.path)
    assert file.draft in ledger.snapshot.drafts
    assert "文件里没有文稿编号，按文字认出是" in file.remarks[0]
    assert len(file.offers) == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_an_old_word_file_comes_back_through_the_converter(ledger: Ledger, office: Office) -> None:
    office.tracked_insert("完善首问负责", "、一次告知", "纪委审核")
    office.save()
    path = saved_by_libreoffice(office.path, "doc")
    file = open_returned(ledger.snapshot, path)
    assert [(offer.change.kind, offer.place, offer.change.authors) for offer in file.offers] == [
        (ChangeKind.REWORDED, f"问题2-1 {TITLES[3]}", ("纪委审核",))
    ]
    assert "转换为docx" in file.remarks[0]


def test_what_the_ledger_changed_meanwhile_stays_beside_what_came_back(ledger: Ledger, office: Office) -> None:
    office.reword("每周调度一次", "每周调度两次")
    office.reword("区委第三巡察组", "区委第三轮巡察第二组")
    office.save()
    with ledger.step("修改") as writer:
        writer.update(Measure, 6, progress=DONE[2][1].replace("十七", "二十"))
    take_returned(ledger, open_returned(ledger.snapshot, office.path))
    measure = next(one for one in ledger.snapshot.measures if one.id == 6)
    assert measure.progress == "每周调度两次，解决堵点难点问题二十个。"
    assert "区委第三轮巡察第二组" in ledger.snapshot.chapters[0].blocks[0].text
    assert "{问题总数}" in ledger.snapshot.chapters[0].blocks[0].text


def test_a_conflict_is_left_to_a_person(ledger: Ledger, office: Office) -> None:
    office.reword("每周调度一次", "每周调度两次")
    office.reword("开展明察暗访九轮", "开展明察暗访十轮")
    office.save()
    with ledger.step("修改") as writer:
        writer.update(Measure, 6, progress=DONE[2][1].replace("一次", "三次"))
    file = open_returned(ledger.snapshot, office.path)
    assert [offer.conflict for offer in file.offers] == [True, False]
    taken = take_returned(ledger, file)
    assert (taken.count, taken.conflicts) == (1, (1,))
    take_returned(ledger, file, [1])
    measure = next(one for one in ledger.snapshot.measures if one.id == 6)
    assert measure.progress == DONE[2][1].replace("一次", "两次")


def test_what_has_no_place_in_the_ledger_is_listed_with_the_reason(ledger: Ledger, office: Office) -> None:
    office.reword("1.针对" + TITLES[0], "一、针对" + TITLES[0])
    office.insert("对落实不力的两个科室负责人", "（三）关于服务群众方面问题")
    office.delete(TITLES[5])
    office.insert("2025年6月1日", "附注：本稿仅供审核使用。")
    office.save()
    file = open_returned(ledger.snapshot, office.path)
    assert [(offer.change.kind.value, offer.takable, bool(offer.reason)) for offer in file.offers] == [
        ("reworded", False, True), ("deleted", False, True), ("inserted", False, True), ("inserted", False, True),
    ]  # fmt: skip
    with pytest.raises(UsageError, match="没有可以收入"):
        take_returned(ledger, file)
    with pytest.raises(UsageError, match="第1处不能收入：只改了编号"):
        take_returned(ledger, file, [1])
    with pytest.raises(UsageError, match="没有第9处"):
        take_returned(ledger, file, [9])


def test_a_moved_issue_moves_in_the_ledger(ledger: Ledger, office: Office) -> None:
    answer = office.paragraph(DONE[0][0])
    last = office.paragraph(DONE[2][0])._p
    heading = office.paragraph(TITLES[0])._p
    last.addnext(answer._p)
    last.addnext(heading)
    office.save()
    file = open_returned(ledger.snapshot, office.path)
    assert ChangeKind.MOVED in {offer.change.kind for offer in file.offers}
    take_returned(ledger, file)
    assert [one.title for one in ledger.snapshot.issues if one.section_id == 1] == [TITLES[1], TITLES[2], TITLES[0]]


def test_an_issue_that_is_gone_is_told(ledger: Ledger, office: Office) -> None:
    office.reword("每周调度一次", "每周调度两次")
    office.save()
    with ledger.step("删除") as writer:
        writer.remove(Issue, 3)
    (offer,) = open_returned(ledger.snapshot, office.path).offers
    assert offer.reason == "台账里已经没有这一条"


def test_the_words_of_a_withheld_issue_go_where_they_came_from(tmp_path: Path) -> None:
    records = (Section(title="作风"), Issue(section_id=1, title="某案件线索", withheld=WithheldGround.OPEN_CASE,
                                            withheld_wording="个别干部作风不实"))  # fmt: skip
    with a_ledger(tmp_path, *records, organisation="柳林镇党委") as ledger:
        send_notice(ledger, tmp_path / "稿.docx")
        office = Office(tmp_path / "稿.docx")
        office.reword("个别干部作风不实", "少数干部作风不实")
        office.save()
        take_returned(ledger, open_returned(ledger.snapshot, office.path))
        (issue,) = ledger.snapshot.issues
        assert (issue.title, issue.withheld_wording) == ("某案件线索", "少数干部作风不实")


def test_a_change_in_the_frame_makes_it_the_ledgers_own(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Section(title="作风"), Issue(section_id=1, title="作风不实", public_text="已经整改。"),
                  organisation="柳林镇党委", team="区委第三巡察组") as ledger:  # fmt: skip
        send_notice(ledger, tmp_path / "稿.docx")
        office = Office(tmp_path / "稿.docx")
        office.reword("欢迎干部群众监督整改工作", "欢迎广大干部群众监督整改工作")
        office.reword("已经整改。", "已经全部整改到位。")
        office.save()
        file = open_returned(ledger.snapshot, office.path)
        take_returned(ledger, file)
        assert text_now(ledger.snapshot, file.draft).texts == file.returned.texts
        assert any(isinstance(one, Chapter) for one in ledger.snapshot.chapters)
        assert ledger.snapshot.issues[0].public_text == "已经全部整改到位。"
        ledger.undo()
        assert ledger.snapshot.chapters == ()


def test_a_later_internal_release_is_not_what_the_public_was_given(ledger: Ledger, tmp_path: Path) -> None:
    public = send_notice(ledger, tmp_path / "公开.docx", final=True)
    internal = send_notice(ledger, tmp_path / "党内.docx", final=True, edition=Edition.INTERNAL)
    assert approved_draft(ledger.snapshot) == public
    assert internal is not None
    only = replace(ledger.snapshot, drafts=(internal,))
    assert approved_draft(only) == internal


def test_what_was_published_is_held_against_what_was_approved(ledger: Ledger, tmp_path: Path) -> None:
    draft = send_notice(ledger, tmp_path / "发布.docx", final=True)
    send_notice(ledger, tmp_path / "再.docx")
    assert approved_draft(ledger.snapshot) == draft
    send_notice(ledger, tmp_path / "网页.html")
    assert check_published(ledger.snapshot, tmp_path / "发布.docx").changes == ()
    assert check_published(ledger.snapshot, tmp_path / "网页.html").changes == ()
    text = "\n".join(text_now(ledger.snapshot, ledger.snapshot.drafts[0]).texts)
    assert check_pasted(ledger.snapshot, text.replace("。", "。\n　　 ")).changes == ()
    assert check_pasted(ledger.snapshot, text.replace("\n", "")).changes == ()
    wrong = check_pasted(ledger.snapshot, text.replace("十七个", "十个"))
    assert [change.kind for change in wrong.changes] == [ChangeKind.REWORDED]
    for broken in (text.replace("\n", ""), text.replace("。", "。\n"), text.replace("\n", "", 12)):
        wrong = check_pasted(ledger.snapshot, broken.replace("十七个", "十个").replace("九轮", "十轮"))
        found = [(change.kind, change.before[:3]) for change in wrong.changes]
        assert found == [(ChangeKind.REWORDED, "整改进"), (ChangeKind.REWORDED, "整改进")]
    with pytest.raises(UsageError, match="没有粘贴"):
        check_pasted(ledger.snapshot, " \n")
    with pytest.raises(ReturnedFileError, match="不是同一篇"):
        check_pasted(ledger.snapshot, "今天天气很好，适合春游。")


def test_a_heading_in_a_chapters_prose_is_prose(tmp_path: Path) -> None:
    blocks = (
        ChapterBlock(BlockKind.HEADING, 2, "（一）加强组织领导"),
        ChapterBlock(BlockKind.PARAGRAPH, 0, "成立整改工作领导小组，定期研究推进。"),
        ChapterBlock(BlockKind.HEADING, 2, "（二）强化跟踪问效"),
    )
    chapter = Chapter(document=DocumentKind.NOTICE, title="主要做法", blocks=blocks)
    with a_ledger(tmp_path, chapter, organisation="柳林镇党委") as ledger:
        send_notice(ledger, tmp_path / "稿.docx")
        office = Office(tmp_path / "稿.docx")
        office.reword("强化跟踪问效", "强化跟踪督办问效")
        office.delete("加强组织领导")
        office.save()
        file = open_returned(ledger.snapshot, office.path)
        take_returned(ledger, file)
        assert text_now(ledger.snapshot, file.draft).texts == file.returned.texts
        assert [block.text for block in ledger.snapshot.chapters[0].blocks] == [
            "成立整改工作领导小组，定期研究推进。", "（二）强化跟踪督办问效",
        ]  # fmt: skip
        assert ledger.snapshot.chapters[0].title == "主要做法"


def test_what_would_tear_records_apart_is_left_to_the_clerk(ledger: Ledger, office: Office) -> None:
    office.join(DONE[0][1], "2.针对" + TITLES[1])
    office.move("3.针对" + TITLES[2], "2025年6月1日")
    office.save()
    reasons = {offer.change.kind: offer.reason for offer in open_returned(ledger.snapshot, office.path).offers}
    assert reasons[ChangeKind.JOINED] == "把两处内容并成了一段，请在台账里修改"
    assert reasons[ChangeKind.MOVED] == "只移动了标题，下面的文字没有一起移动，请在台账里移动"


def test_what_the_ledger_cannot_hold_is_not_said_to_be_there(ledger: Ledger, office: Office) -> None:
    office.join("一、整改工作组织开展情况", "镇党委第一时间召开")
    office.save()
    (offer,) = open_returned(ledger.snapshot, office.path).offers
    assert (offer.takable, offer.already, offer.reason) == (False, False, NOT_HELD)


def test_a_sentence_beside_a_figure_is_taken_once(ledger: Ledger, office: Office) -> None:
    office.reword("个问题。", "个问题。现予以通报。")
    office.save()
    take_returned(ledger, open_returned(ledger.snapshot, office.path))
    (offer,) = open_returned(ledger.snapshot, office.path).offers
    assert (offer.already, ledger.snapshot.chapters[0].blocks[0].text.count("现予以通报")) == (True, 1)


def test_a_measure_that_is_told_as_done_does_not_reopen_its_issue(ledger: Ledger, office: Office) -> None:
    with ledger.step("完成") as writer:
        for measure in ledger.snapshot.measures:
            writer.update(Measure, measure.id, status=Status.DONE)
    first, second = DONE[0]
    office.reword(f"二是{second}", f"二是{second}三是邀请专家授课三次。四是正在筹建党员教育基地。")
    office.save()
    take_returned(ledger, open_returned(ledger.snapshot, office.path))
    assert [(one.progress, one.status) for one in ledger.snapshot.measures if one.issue_id == 1] == [
        (first, Status.DONE), (second, Status.DONE),
        ("邀请专家授课三次。", Status.DONE), ("正在筹建党员教育基地。", Status.IN_PROGRESS),
    ]  # fmt: skip


def test_what_is_written_on_the_sheet_for_approval_does_not_go_into_the_notice(ledger: Ledger, tmp_path: Path) -> None:
    send_notice(ledger, tmp_path / "送审.docx", edition=Edition.PUBLIC_REVIEW, documents=DOCUMENTS)
    office = Office(tmp_path / "送审.docx")
    cells = office.document.tables[1].rows[1].cells
    cells[1].text, cells[3].text = "同意，建议核实数据后公开。", "王某某"
    office.paragraph("整改进展情况的通报").insert_paragraph_before("附件2")
    office.save()
    offers = open_returned(ledger.snapshot, office.path).offers
    assert [(offer.change.after, offer.takable) for offer in offers] == [
        ("同意，建议核实数据后公开。", False), ("王某某", False), ("附件2", False),
    ]  # fmt: skip


def test_a_title_broken_into_lines_is_no_change(ledger: Ledger, office: Office, tmp_path: Path) -> None:
    office.split("关于巡察整改进展情况的通报")
    office.save()
    assert open_returned(ledger.snapshot, office.path).offers == ()
    with ledger.step("修改") as writer:
        writer.update(LedgerFacts, 1, notice_title="中共柳林镇委员会\n关于巡察整改进展情况的通报")
    for name in ("稿.txt", "稿.html"):
        send_notice(ledger, tmp_path / name)
        assert open_returned(ledger.snapshot, tmp_path / name).offers == ()


def test_names_stay_in_the_ledger_where_roles_went_out(tmp_path: Path) -> None:
    with a_ledger(
        tmp_path,
        Section(title="作风"),
        Issue(section_id=1, title="作风不实"),
        Measure(issue_id=1, progress="对责任人王建国进行提醒谈话，责令作出书面检查。"),
        Measure(issue_id=1, progress="修订考勤制度一项，每周抽查通报。"),
        Person(name="王建国", public_role="办公室负责人"),
        organisation="柳林镇党委",
    ) as ledger:
        send_notice(ledger, tmp_path / "稿.docx")
        office = Office(tmp_path / "稿.docx")
        assert "王建国" not in "".join(one.text for one in office.document.paragraphs)
        office.reword("责令作出书面检查", "责令作出深刻书面检查")
        office.reword("每周抽查通报", "每月抽查通报")
        office.save()
        take_returned(ledger, open_returned(ledger.snapshot, office.path))
        assert [one.progress for one in ledger.snapshot.measures] == [
            "对责任人王建国进行提醒谈话，责令作出深刻书面检查。", "修订考勤制度一项，每月抽查通报。",
        ]  # fmt: skip
        assert ledger.snapshot.issues[0].public_text == ""
