"""Tables and paragraphs of the other documents come back: what is a record's own words goes into its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from builders import a_ledger
from docx.document import Document as WordDocument

from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.records import Issue, Measure, PublicComment, Section, WithheldGround
from zhenggai_desktop.domain.returned_fields import CHANGED_SINCE, FROM_TEMPLATE, IN_TABLE
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.documents import chosen_template, drop_own, keep_own, send_document, template_name
from zhenggai_desktop.services.drafts import compare_drafts
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.returning import ReturnedFile, open_returned, take_returned

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "documents"
TODAY = dt.date(2025, 1, 8)
TITLE, GOAL = "基层党建工作抓得不实", "党建责任层层压实"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = a_ledger(
        tmp_path,
        Section(id=1, title="落实党建责任方面"),
        Issue(id=1, section_id=1, title=TITLE, goal=GOAL, lead_department="党建办", deadline="2025年6月底前"),
        Measure(id=1, issue_id=1, content="制定党建责任清单，每季度检查一次"),
        Measure(id=2, issue_id=1, content="开展支部书记述职评议"),
        Issue(
            id=2,
            section_id=1,
            title="某事项处置不当",
            withheld=WithheldGround.SECRET,
            withheld_wording="某项工作不规范",
        ),
        PublicComment(id=1, text="建议公开整改进度", answered_by="综合办", answer="已在网站公开"),
        organisation="中共清河区柳林街道工作委员会",
    )
    yield made
    made.close()


def come_back(ledger: Ledger, folder: Path, kind: str, change: Callable[[WordDocument], None]) -> Path:
    path = folder / f"{kind}.docx"
    send_document(ledger, path, chosen_template(kind, FOLDER), today=TODAY, profile=GUOBIAO)
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))
    return path


def replace_in_tables(old: str, new: str, *, most: int = 99) -> Callable[[WordDocument], None]:
    def change(document: WordDocument) -> None:
        left = most
        for table in document.tables:
            for cell in (cell for row in table.rows for cell in row.cells):
                for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                    if old in run.text and left:
                        run.text = run.text.replace(old, new)
                        left -= 1

    return change


def offered(file: ReturnedFile) -> list[tuple[str, str, str]]:
    return [(offer.change.before, offer.change.after, offer.reason) for offer in file.offers]


def test_an_untouched_document_comes_back_without_changes(ledger: Ledger, tmp_path: Path) -> None:
    for kind in ("plan", "withheld", "comments", "submission", "statistics"):
        path = come_back(ledger, tmp_path, kind, lambda _document: None)
        assert open_returned(ledger.snapshot, path).offers == ()


def test_a_cell_that_is_a_field_is_taken_and_can_be_undone(ledger: Ledger, tmp_path: Path) -> None:
    path = come_back(ledger, tmp_path, "plan", replace_in_tables("每季度检查", "每月检查", most=1))
    file = open_returned(ledger.snapshot, path)
    (offer,) = file.offers
    assert offer.takable
    assert "基层党建" in offer.place
    take_returned(ledger, file)
    assert ledger.snapshot.measures[0].content == "制定党建责任清单，每月检查一次"
    assert open_returned(ledger.snapshot, path).offers[0].already
    ledger.undo()
    assert ledger.snapshot.measures[0].content == "制定党建责任清单，每季度检查一次"


def test_the_same_words_in_several_tables_are_set_once(ledger: Ledger, tmp_path: Path) -> None:
    path = come_back(ledger, tmp_path, "plan", replace_in_tables(TITLE, "基层党建工作抓得不够实"))
    file = open_returned(ledger.snapshot, path)
    assert len(file.offers) > 1
    assert all(offer.takable for offer in file.offers)
    take_returned(ledger, file)
    assert ledger.snapshot.issues[0].title == "基层党建工作抓得不够实"
    assert all(offer.already for offer in open_returned(ledger.snapshot, path).offers)


def test_words_that_are_made_are_listed_with_the_reason(ledger: Ledger, tmp_path: Path) -> None:
    path = come_back(ledger, tmp_path, "plan", replace_in_tables("2025年6月底前", "2025年3月底前", most=1))
    assert offered(open_returned(ledger.snapshot, path)) == [("2025年6月底前", "2025年3月底前", IN_TABLE)]


def test_a_field_that_was_changed_meanwhile_is_left_to_a_person(ledger: Ledger, tmp_path: Path) -> None:
    path = come_back(ledger, tmp_path, "plan", replace_in_tables("每季度检查", "每月检查", most=1))
    with ledger.step("改措施") as writer:
        writer.update(Measure, ledger.snapshot.measures[0].id, content="另拟措施")
    (offer,) = open_returned(ledger.snapshot, path).offers
    assert offer.reason == CHANGED_SINCE
    assert not offer.takable


def test_a_paragraph_of_the_template_goes_into_the_plan_and_never_into_the_notice(
    ledger: Ledger, tmp_path: Path
) -> None:
    def change(document: WordDocument) -> None:
        for paragraph in document.paragraphs:
            for old, new in (("开展支部书记述职评议", "开展支部书记述职评议考核"), ("责任领导：", "主管领导：")):
                if old in paragraph.text:
                    paragraph.runs[-1].text = paragraph.text.replace(old, new)
                    for run in paragraph.runs[:-1]:
                        run.text = ""

    path = come_back(ledger, tmp_path, "plan", change)
    file = open_returned(ledger.snapshot, path)
    reasons = {offer.change.after: offer.reason for offer in file.offers}
    assert {reason for text, reason in reasons.items() if "主管领导" in text} == {FROM_TEMPLATE}
    take_returned(ledger, file)
    assert ledger.snapshot.measures[1].content == "开展支部书记述职评议考核"
    assert {issue.public_text for issue in ledger.snapshot.issues} == {""}


def test_the_wording_of_what_is_withheld_and_the_answer_to_the_public_come_back(ledger: Ledger, tmp_path: Path) -> None:
    path = come_back(ledger, tmp_path, "withheld", replace_in_tables("某项工作不规范", "某项工作不够规范"))
    take_returned(ledger, open_returned(ledger.snapshot, path))
    assert ledger.snapshot.issues[1].withheld_wording == "某项工作不够规范"
    path = come_back(ledger, tmp_path, "comments", replace_in_tables("已在网站公开", "已在网站和公示栏公开"))
    take_returned(ledger, open_returned(ledger.snapshot, path))
    assert ledger.snapshot.public_comments[0].answer == "已在网站和公示栏公开"


def test_a_document_is_compared_with_the_ledger_as_it_is_now(ledger: Ledger, tmp_path: Path) -> None:
    for kind in ("plan", "withheld"):
        come_back(ledger, tmp_path, kind, lambda _document: None)
    plan, withheld = ledger.snapshot.drafts
    with ledger.step("改措施") as writer:
        writer.update(Measure, ledger.snapshot.measures[1].id, content="开展支部书记述职评议考核")
    changes = [change for change in compare_drafts(ledger.snapshot, plan, None, FOLDER) if "述职" in change.after]
    assert len(changes) == 3  # in the text, the list of tasks and the list of duties
    assert not any("不公开" in change.after for change in compare_drafts(ledger.snapshot, withheld, None, FOLDER))
    with pytest.raises(UsageError, match="模板不在本机"):
        compare_drafts(ledger.snapshot, replace(plan, kind="别处的文书"), None, FOLDER)


def test_an_own_template_stands_in_for_the_built_in_one_until_it_is_dropped(ledger: Ledger, tmp_path: Path) -> None:
    own = tmp_path / "own"
    built_in = chosen_template(template_name("statistics", own), FOLDER)
    keep_own(replace(built_in, caption="本街道统计表"), own)
    assert chosen_template(template_name("statistics", own), FOLDER) == replace(built_in, caption="本街道统计表")
    drop_own("statistics", own)
    drop_own("statistics", own)
    assert chosen_template(template_name("statistics", own), FOLDER) == built_in
    assert ledger.snapshot.drafts == ()
