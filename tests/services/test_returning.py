"""What reviewers do to a file is found, belongs to the right record, and goes into the ledger; nothing is invented."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from returned_files import DONE, TITLES, Change, Office, a_notice_ledger, saved_by_libreoffice

from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.services.drafts import send_notice, text_now, text_of
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.returning import Offered, ReturnedFile, open_returned, take_returned

SCHEMES = ("a", "b", "c", "d", "e")
NEEDS_OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")


@pytest.fixture(params=SCHEMES)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    with a_notice_ledger(tmp_path, request.param) as ledger:
        send_notice(ledger, tmp_path / "稿.docx")
        yield ledger


def back(ledger: Ledger, *changes: Change) -> ReturnedFile:
    """What the ledger makes of the exported file with these changes."""
    path = ledger.path.with_name("稿.docx")
    office = Office(path)
    for change in changes:
        change(office)
    office.save()
    return open_returned(ledger.snapshot, path)


def seen(offers: tuple[Offered, ...]) -> list[tuple[str, str]]:
    return [(offer.change.kind.value, offer.place) for offer in offers]


def printed(ledger: Ledger) -> list[str]:
    """What the ledger would export now."""
    return text_now(ledger.snapshot, ledger.snapshot.drafts[0]).texts


def progress(ledger: Ledger) -> list[str]:
    """The measures' progress in the order in which they were made."""
    return [one.progress for one in sorted(ledger.snapshot.measures, key=lambda one: one.id)]


def takes_all(ledger: Ledger, file: ReturnedFile) -> None:
    """Taking all makes the ledger print what came back, in one step that can be undone."""
    before, words = ledger.snapshot, file.returned.texts
    steps = len(ledger.history())
    take_returned(ledger, file)
    assert printed(ledger) == words
    assert len(ledger.history()) == steps + 1
    assert open_returned(ledger.snapshot, ledger.path.with_name("稿.docx")).clean == ()
    ledger.undo()
    assert ledger.snapshot == before


def test_nothing_is_invented_on_an_untouched_file(ledger: Ledger) -> None:
    assert back(ledger).offers == ()
    assert back(ledger, Office.strip_bookmarks).offers == ()


@pytest.mark.full
@NEEDS_OFFICE
def test_nothing_is_invented_on_a_file_that_libreoffice_saved(ledger: Ledger) -> None:
    path = saved_by_libreoffice(ledger.path.with_name("稿.docx"))
    file = open_returned(ledger.snapshot, path)
    assert (file.offers, file.draft) == ((), ledger.snapshot.drafts[0])


@pytest.mark.parametrize("stripped", [False, True], ids=["bookmarks", "stripped"])
def test_a_reworded_measure(ledger: Ledger, stripped: bool) -> None:
    file = back(
        ledger,
        lambda office: office.reword("解决堵点难点问题十七个", "协调解决堵点难点问题二十三个"),
        *([Office.strip_bookmarks] if stripped else []),
    )
    assert seen(file.offers) == [("reworded", f"问题1-3 {TITLES[2]}")]
    take_returned(ledger, file, [1])
    expected = [text for pair in DONE for text in pair]
    expected[5] = "每周调度一次，协调解决堵点难点问题二十三个。"
    assert progress(ledger) == expected
    ledger.undo()
    takes_all(ledger, file)


def test_a_reworded_title(ledger: Ledger) -> None:
    file = back(ledger, lambda office: office.reword("重点项目推进迟缓", "重点项目推进不够有力"))
    assert seen(file.offers) == [("reworded", f"问题1-3 {TITLES[2]}")]
    take_returned(ledger, file, [1])
    issue = next(one for one in ledger.snapshot.issues if one.id == 3)
    assert (issue.title, issue.printed_heading) == ("重点项目推进不够有力", "")
    ledger.undo()
    takes_all(ledger, file)


def test_a_split_paragraph(ledger: Ledger) -> None:
    file = back(ledger, lambda office: office.split("实行挂图作战"))
    assert seen(file.offers)[0][0] == "split"
    assert "整改工作组织开展情况" in file.offers[0].place or ledger.snapshot.facts.scheme == "d"
    takes_all(ledger, file)


def test_two_joined_paragraphs(ledger: Ledger) -> None:
    file = back(ledger, lambda office: office.join("持续深化理论武装", "持续巩固整改成果"))
    assert [kind for kind, _ in seen(file.offers)] == ["joined"]
    takes_all(ledger, file)


def test_a_deleted_and_an_inserted_paragraph(ledger: Ledger) -> None:
    file = back(
        ledger,
        lambda office: office.delete("坚持举一反三"),
        lambda office: office.insert("持续巩固整改成果", "主动接受群众监督，及时回应社会关切。"),
    )
    assert [kind for kind, _ in seen(file.offers)] == ["deleted", "inserted"]
    takes_all(ledger, file)
    take_returned(ledger, file, [2])
    assert "坚持举一反三" in "".join(printed(ledger))
    assert ledger.snapshot.chapters[3].blocks[-1].text == "主动接受群众监督，及时回应社会关切。"


def test_a_moved_paragraph(ledger: Ledger) -> None:
    file = back(ledger, lambda office: office.move("镇党委第一时间召开", "坚持举一反三"))
    assert [kind for kind, _ in seen(file.offers)] == ["moved"]
    takes_all(ledger, file)


def test_two_authors_in_one_paragraph_are_two_changes(ledger: Ledger) -> None:
    file = back(
        ledger,
        lambda office: office.tracked_insert("完善首问负责", "、一次告知", "纪委审核"),
        lambda office: office.tracked_delete("典型", "组织部审核"),
        lambda office: office.reword("明察暗访九轮", "明察暗访十轮"),
    )
    assert {offer.place for offer in file.offers} == {f"问题2-1 {TITLES[3]}"}
    assert {offer.change.authors: offer.change.kind for offer in file.offers} == {
        ("纪委审核",): ChangeKind.REWORDED, ("组织部审核",): ChangeKind.REWORDED, (): ChangeKind.REWORDED,
    }  # fmt: skip
    first = next(offer for offer in file.offers if offer.change.authors == ("纪委审核",))
    assert first.change.when == "2025-06-03T09:00:00Z"
    take_returned(ledger, file, [first.number])
    assert progress(ledger)[6:8] == [DONE[3][0], "完善首问负责、一次告知和限时办结两项工作机制。"]
    ledger.undo()
    takes_all(ledger, file)


def test_a_paragraph_deleted_with_tracking_names_its_author(ledger: Ledger) -> None:
    file = back(ledger, lambda office: office.tracked_delete_paragraph("坚持举一反三", "巡察办"))
    assert [(offer.change.kind, offer.change.authors) for offer in file.offers] == [(ChangeKind.DELETED, ("巡察办",))]
    takes_all(ledger, file)


def test_a_comment_becomes_an_opinion(ledger: Ledger) -> None:
    file = back(ledger, lambda office: office.comment("每周调度一次", "请补充具体时间", "宣传部"))
    (offer,) = file.offers
    assert (offer.change.kind, offer.place, offer.change.authors) == (
        ChangeKind.COMMENTED, f"问题1-3 {TITLES[2]}", ("宣传部",),
    )  # fmt: skip
    take_returned(ledger, file)
    (opinion,) = ledger.snapshot.review_opinions
    assert (opinion.body, opinion.adopted, opinion.draft_id) == ("宣传部", None, file.draft.id)
    assert opinion.text.endswith("：请补充具体时间")
    assert open_returned(ledger.snapshot, ledger.path.with_name("稿.docx")).offers[0].already


def test_a_measure_written_into_an_answer(ledger: Ledger) -> None:
    """Between two others, renumbered by the reviewer as the scheme numbers."""
    new = "邀请群众代表参与评议并公开结果。"

    def change(office: Office) -> None:
        scheme = ledger.snapshot.facts.scheme
        if scheme == "c":
            office.insert(DONE[4][0], new)
        elif scheme == "d":
            office.reword("（二）" + DONE[4][1], "（三）" + DONE[4][1])
            office.insert(DONE[4][0], "（二）" + new)
        else:
            office.reword("二是" + DONE[4][1], "二是" + new + "三是" + DONE[4][1])

    file = back(ledger, change)
    assert {place for _, place in seen(file.offers)} == {f"问题2-2 {TITLES[4]}"}
    assert [offer.reason for offer in file.offers if not offer.takable] == (
        ["只改了编号，编号由标题方案排定"] if ledger.snapshot.facts.scheme == "d" else []
    )
    take_returned(ledger, file)
    measures = [one.progress for one in ledger.snapshot.measures if one.issue_id == 5]
    assert measures == [DONE[4][0], new, DONE[4][1]]
    assert not any(one.public_text for one in ledger.snapshot.issues)
    ledger.undo()
    takes_all(ledger, file)


def test_measures_written_at_the_head_of_two_answers_stand_each_in_its_own(ledger: Ledger) -> None:
    new = ("主要负责人带头研究部署并抓好落实。", "组织力量逐项摸清底数并建立清单。")

    def change(office: Office) -> None:
        scheme = ledger.snapshot.facts.scheme
        for words, issue in zip(new, (0, 2), strict=True):
            first, second = DONE[issue]
            if scheme in "cd":
                mark = "（一）" if scheme == "d" else ""
                office.insert_before(mark + first, mark + words)
            else:
                office.reword(f"一是{first}二是{second}", f"一是{words}二是{first}三是{second}")

    file = back(ledger, change)
    take_returned(ledger, file)
    for words, issue in zip(new, (0, 2), strict=True):
        assert [one.progress for one in ledger.snapshot.measures if one.issue_id == issue + 1] == [words, *DONE[issue]]


def test_everything_at_once_with_all_bookmarks_stripped(ledger: Ledger) -> None:
    file = back(ledger, *EVERYTHING, Office.strip_bookmarks)
    found = sorted(offer.change.kind.value for offer in file.offers)
    assert found == sorted(
        ["reworded"] * 4 + ["split", "joined", "deleted", "inserted", "moved", "commented", "deleted"]
    )
    takes_all(ledger, file)


@pytest.mark.full
@NEEDS_OFFICE
def test_everything_at_once_saved_again_by_libreoffice(ledger: Ledger) -> None:
    here = back(ledger, *EVERYTHING)
    there = open_returned(ledger.snapshot, saved_by_libreoffice(ledger.path.with_name("稿.docx")))
    assert [(offer.change.kind, offer.place, offer.change.authors, offer.change.pieces) for offer in there.offers] == [
        (offer.change.kind, offer.place, offer.change.authors, offer.change.pieces) for offer in here.offers
    ]


EVERYTHING: tuple[Change, ...] = (
    lambda office: office.reword("组织集中学习十二次", "组织集中学习十五次"),
    lambda office: office.reword("调查研究走了过场", "调查研究不深不实"),
    lambda office: office.split("实行挂图作战"),
    lambda office: office.join("持续深化理论武装", "持续巩固整改成果"),
    lambda office: office.delete("坚持举一反三"),
    lambda office: office.insert("根据区委统一部署", "现将整改进展情况向社会公布，请予监督。"),
    lambda office: office.move("欢迎广大干部群众", "根据区委统一部署"),
    lambda office: office.tracked_insert("完善首问负责", "、一次告知", "纪委审核"),
    lambda office: office.tracked_delete("通报典型问题四起", "组织部审核"),
    lambda office: office.comment("每周调度一次", "请补充具体时间", "宣传部"),
    lambda office: office.tracked_delete_paragraph("镇党委第一时间", "巡察办"),
)


def test_the_draft_is_kept_as_it_was(ledger: Ledger) -> None:
    assert text_of(ledger.snapshot.drafts[0]).texts == printed(ledger)
