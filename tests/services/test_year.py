"""A year of a street office, played through with a clock of its own: every expected figure is written here by hand.

Feedback on 3 March 2025: 23 issues in four sections, 44 measures (two for each issue, one for 22 and 23), 12
departments. Issues 1–8 are due on 30 April, 9–16 on 30 June, 17–21 on 30 September, 22 and 23 (standing) on
31 December. Every Friday each open issue gets an entry. What is done when stands in ``DONE_ON``; five deadlines are put
off, three applications for closing come back, two closed issues are reopened, 60 files prove it, two notices go out.
The process has its 15 usual milestones (three months of concentrated rectification) and ten meetings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.chasing import by_department
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.evidence_use import evidence_rows
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.office_rules import PERIODS, office_rules
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.period_report import ReportKind
from zhenggai_desktop.domain.process import MilestoneState, meetings, next_step, process_line
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Department,
    Issue,
    LedgerFacts,
    Measure,
    Outcome,
    OutcomeLink,
    Section,
    Status,
    Track,
)
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.timeline import timeline
from zhenggai_desktop.formats.archive_zip import verify_archive
from zhenggai_desktop.services import archiving, chasing, closing, paperwork, process, progress_entry, proving
from zhenggai_desktop.services.calendars import export_calendar
from zhenggai_desktop.services.chase_letters import Letter, letters
from zhenggai_desktop.services.closing import Decision
from zhenggai_desktop.services.documents import notice_document
from zhenggai_desktop.services.drafts import send_notice
from zhenggai_desktop.services.exporting import export_ledger
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.period_reporting import period_report

DOCUMENTS = Path(__file__).resolve().parents[2] / "resources" / "documents"
LISTS = ("问题清单", "任务清单", "责任清单")
SECTIONS = ("贯彻落实决策部署方面", "为民服务方面", "基层治理方面", "党的建设方面")
ISSUES_IN = (5, 6, 6, 6)
DEPARTMENTS = (
    "党政办", "党建办", "纪工委", "财政所", "民政办", "综治办",
    "城建办", "安监站", "经发办", "文化站", "司法所", "执法队",
)  # fmt: skip
DEADLINES = (
    (range(1, 9), Track.IMMEDIATE, "2025年4月30日前", dt.date(2025, 4, 30)),
    (range(9, 17), Track.DATED, "2025年6月30日前", dt.date(2025, 6, 30)),
    (range(17, 22), Track.STAGED, "2025年9月30日前", dt.date(2025, 9, 30)),
    (range(22, 24), Track.DATED, "2025年12月31日前，长期坚持", dt.date(2025, 12, 31)),
)
DONE_ON: Mapping[dt.date, tuple[int, ...]] = {
    dt.date(2025, 4, 25): (1, 2, 3, 4, 5, 6),
    dt.date(2025, 5, 30): (7, 8),
    dt.date(2025, 6, 27): (9, 10, 11, 12, 13, 14),
    dt.date(2025, 7, 11): (16,),
    dt.date(2025, 7, 25): (15,),
    dt.date(2025, 9, 26): (17, 18, 19, 20),
    dt.date(2025, 11, 28): (21,),
    dt.date(2025, 12, 26): (22, 23),
}
OUTCOMES: Mapping[int, tuple[str, str, str]] = {
    **dict.fromkeys(range(1, 9), ("制度新建", "1", "项")),
    **dict.fromkeys(range(9, 13), ("制度修订", "1", "项")),
    13: ("清退资金", "1.25", "万元"),
    14: ("清退资金", "2.5", "万元"),
    15: ("清退资金", "0.75", "万元"),
    16: ("清退资金", "3.5", "万元"),
    **dict.fromkeys(range(17, 21), ("提醒谈话", "2", "人")),
    21: ("线索移交", "1", "件"),
    22: ("会议", "12", "次"),
    23: ("会议", "10", "次"),
}
NARRATIVE = (
    "反馈的{问题总数}个问题，已完成{已完成问题数}个，完成率{问题完成率}，已销号{已销号问题数}个；"
    "新建制度{新建制度数}项，清退资金{清退资金金额}万元。"
)


@dataclass(frozen=True, slots=True)
class Day:
    """What must be true in the evening of ``on``."""

    on: dt.date
    done: int
    rate: str
    measures_done: int
    closed: int
    late: int
    entries: int
    extensions: int
    files: int
    reminders: tuple[str, ...]
    outcomes: str
    unproven: int  # issues without evidence
    newly_done: int  # in the seven days up to this one
    next_step: str  # of the process, with the days that are left
    meetings: int
    milestones: int  # not done yet


DAYS = (
    Day(dt.date(2025, 3, 10), 0, "0%", 0, 0, 0, 23, 0, 0, (), "", 23, 0, "公开反馈意见 3", 0, 12),
    Day(dt.date(2025, 4, 24), 0, "0%", 0, 0, 0, 161, 0, 0, tuple(f"{n} 6天后到期" for n in range(1, 9)), "",
        23, 0, "集中整改 40", 2, 7),
    Day(dt.date(2025, 5, 5), 6, "26.09%", 12, 0, 0, 201, 2, 18, (), "制度新建6项", 17, 0, "集中整改 29", 2, 7),
    Day(dt.date(2025, 5, 20), 6, "26.09%", 12, 6, 0, 235, 2, 18, (), "制度新建6项", 17, 0, "集中整改 14", 3, 7),
    Day(dt.date(2025, 7, 2), 14, "60.87%", 28, 6, 1, 329, 3, 42, ("16 已逾期2天",),
        "制度新建8项 制度修订4项 清退资金3.75万元", 9, 6, "党内通报 -14", 4, 3),
    Day(dt.date(2025, 7, 22), 15, "65.22%", 30, 14, 0, 355, 3, 44, ("15 9天后到期",),
        "制度新建8项 制度修订4项 清退资金7.25万元", 8, 0, "党内通报 -34", 5, 3),
    Day(dt.date(2025, 9, 16), 14, "60.87%", 32, 12, 2, 412, 3, 46,
        ("2 已逾期139天", "11 已逾期78天", *(f"{n} 14天后到期" for n in range(17, 22))),
        "制度新建8项 制度修订4项 清退资金8万元", 7, 0, "党内通报 -90", 7, 3),
    Day(dt.date(2025, 10, 16), 18, "78.26%", 40, 18, 2, 440, 4, 54,
        ("2 已逾期169天", "11 已逾期108天", "21 15天后到期"),
        "制度新建8项 制度修订4项 清退资金8万元 提醒谈话8人", 3, 0, "向社会公开 -105", 8, 2),
    Day(dt.date(2025, 12, 1), 21, "91.3%", 42, 20, 0, 467, 5, 56, (),
        "制度新建8项 制度修订4项 清退资金8万元 提醒谈话8人 线索移交1件", 2, 1, "向社会公开 -151", 9, 2),
    Day(dt.date(2026, 1, 16), 23, "100%", 44, 23, 0, 475, 5, 60, (),
        "制度新建8项 制度修订4项 清退资金8万元 提醒谈话8人 线索移交1件 会议22次", 0, 0, "", 10, 0),
)  # fmt: skip
MILESTONES: Mapping[str, tuple[dt.date, str]] = {
    "反馈会": (dt.date(2025, 3, 3), "会议记录.docx"),
    "反馈问题清单签收": (dt.date(2025, 3, 6), "签收单.pdf"),
    "成立领导小组": (dt.date(2025, 3, 10), "成立文件.pdf"),
    "公开反馈意见": (dt.date(2025, 3, 13), "公开截图.png"),
    "整改方案审定": (dt.date(2025, 3, 27), "整改方案.docx"),  # its minutes are missing
    "整改方案会审": (dt.date(2025, 3, 31), "会审意见.pdf"),
    "整改方案报备": (dt.date(2025, 4, 3), "报备件.pdf"),
    "专题民主生活会": (dt.date(2025, 4, 18), "对照检查材料、会议记录.docx"),
    "集中整改": (dt.date(2025, 6, 3), ""),
    "整改进展情况报告": (dt.date(2025, 6, 3), "报告.docx"),
    "主要负责人组织落实情况报告": (dt.date(2025, 6, 3), "报告.docx"),
    "拟不公开事项报告": (dt.date(2025, 6, 3), "拟不公开事项表.docx"),
    "党内通报": (dt.date(2025, 10, 15), "党内通报.docx"),
    "成效评估、回头看": (dt.date(2026, 1, 10), "评估材料.pdf"),
    "向社会公开": (dt.date(2026, 1, 15), "公开截图.png"),
}


class Year:
    """The ledger, its clock, and everything that happens, each on its day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.today = dt.date(2025, 3, 4)
        self.ledger = Ledger.create(folder / "柳林街道.zgtz", _facts(), who="王敏", clock=self.now)
        self._redone: set[int] = set()
        self.open = set(range(1, 24))
        self._set_up()
        self._events = sorted(self._planned(), key=lambda event: event[0])
        (folder / "来件").mkdir()

    def now(self) -> dt.datetime:
        return dt.datetime.combine(self.today, dt.time(2), tzinfo=dt.UTC)

    def go_to(self, day: dt.date) -> None:
        """Let everything happen until the evening of ``day``."""
        while self._events and self._events[0][0] <= day:
            self.today, happen = self._events.pop(0)
            happen()
        self.today = day

    def issue(self, number: int) -> Issue:
        return self.ledger.outline.issue(number)

    # --- what happens

    def _set_up(self) -> None:
        with self.ledger.step("建立台账") as writer:
            writer.add_many(Department(name=f"柳林街道{name}", short_name=name) for name in DEPARTMENTS)
            writer.add_many(Section(title=title) for title in SECTIONS)
            sections = [at for at, count in enumerate(ISSUES_IN, 1) for _ in range(count)]
            for numbers, track, deadline, due_on in DEADLINES:
                for number in numbers:
                    writer.add(
                        Issue(
                            section_id=sections[number - 1], title=f"第{number}个问题整改不够到位", track=track,
                            standing=number > 21, deadline=deadline, due_on=due_on,
                            lead_department=DEPARTMENTS[(number - 1) % 12], leaders=("李明" if number < 5 else "周强",),
                        )
                    )  # fmt: skip
            for number in range(1, 24):
                for part in range(1 if number > 21 else 2):
                    writer.add(Measure(issue_id=number, content=f"第{number}个问题的第{part + 1}条措施"))
            writer.add(Chapter(title="整改总体情况", blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, NARRATIVE),)))
            writer.add(Chapter(title="反馈问题整改情况", role=ChapterRole.ISSUES))
        process.choose_period(self.ledger, PERIODS[1])
        process.lay_out(self.ledger)

    def _planned(self) -> Iterator[tuple[dt.date, Callable[[], None]]]:
        friday = dt.date(2025, 3, 7)
        while friday <= dt.date(2025, 12, 26):
            yield friday, self._enter
            friday += dt.timedelta(days=7)
        yield dt.date(2025, 3, 7), self._begin
        for kind, (day, paper) in MILESTONES.items():
            yield day, lambda kind=kind, paper=paper: self._complete(kind, paper)
        for month in range(3, 13):
            yield dt.date(2025, month, 15), self._meet
        for day, numbers in DONE_ON.items():
            yield day, lambda numbers=numbers: self._finish(numbers)
        yield dt.date(2025, 4, 28), lambda: self._extend((7, 8), "2025年5月31日前")
        yield dt.date(2025, 6, 27), lambda: self._extend((15,), "2025年7月31日前")
        yield dt.date(2025, 9, 26), lambda: self._extend((21,), "2025年10月31日前")
        yield dt.date(2025, 10, 31), lambda: self._extend((21,), "2025年11月28日前")
        yield dt.date(2025, 7, 2), self._chase
        yield dt.date(2025, 8, 1), self._hand_over
        yield dt.date(2025, 5, 12), lambda: self._close((1, 2, 3, 4, 5, 6), back=(3,))
        yield dt.date(2025, 5, 19), lambda: self._close((3,))
        yield dt.date(2025, 7, 14), lambda: self._close(range(7, 15), back=(9, 10))
        yield dt.date(2025, 7, 21), lambda: self._close((9, 10))
        yield dt.date(2025, 9, 15), self._reopen
        yield dt.date(2025, 10, 13), lambda: self._close(range(15, 21))
        yield dt.date(2025, 10, 15), lambda: self._send("党内通报.docx", Edition.INTERNAL)
        yield dt.date(2025, 10, 31), self._finish_again
        yield dt.date(2025, 11, 3), lambda: self._close((2, 11))
        yield dt.date(2025, 12, 8), lambda: self._close((21,))
        yield dt.date(2025, 12, 29), lambda: self._close((22, 23))
        yield dt.date(2026, 1, 15), lambda: self._send("社会公开稿.docx", Edition.PUBLIC)

    def _complete(self, kind: str, paper: str) -> None:
        milestone = next(one for one in self.ledger.snapshot.milestones if one.kind == kind)
        process.complete(self.ledger, milestone.id, self.today, files=(paper,) if paper else ())

    def _meet(self) -> None:
        number = f"〔2025〕{self.today.month}号"
        process.add_meeting(self.ledger, "整改专题会议", self.today, place="三楼会议室", minutes_number=number)

    def _begin(self) -> None:
        with self.ledger.step("全面启动") as writer:
            for measure in self.ledger.snapshot.measures:
                writer.update(Measure, measure.id, status=Status.IN_PROGRESS)

    def _enter(self) -> None:
        entries = [
            progress_entry.Entry((Issue, number), f"{self.today.month}月{self.today.day}日推进情况", "各部门")
            for number in sorted(self.open)
        ]
        assert progress_entry.enter(self.ledger, entries, on=self.today) == len(entries)

    def _finish(self, numbers: tuple[int, ...]) -> None:
        for number in numbers:
            self.open.discard(number)
            with self.ledger.step("完成") as writer:
                for measure in self.ledger.snapshot.measures:
                    if measure.issue_id == number:
                        done = {
                            "status": Status.DONE,
                            "completed_on": self.today,
                            "progress": f"已落实{measure.content}。",
                        }
                        writer.update(Measure, measure.id, **done)
                kind, amount, unit = OUTCOMES[number]
                outcome = writer.add(Outcome(kind=kind, number=Decimal(amount), unit=unit, produced_on=self.today))
                writer.add(OutcomeLink(outcome_id=outcome.id, issue_id=number))
            paths = [self.folder / "来件" / f"{number}号材料{part}.pdf" for part in range(3 if number < 15 else 2)]
            for path in paths:
                path.write_bytes(f"%PDF {path.name}".encode())
            proving.add_files(self.ledger, (Issue, number), paths)

    def _extend(self, numbers: tuple[int, ...], deadline: str) -> None:
        keys = [(Issue, number) for number in numbers]
        chasing.extend_deadlines(self.ledger, keys, deadline, reason="需上级批复", approval="党工委会", on=self.today)

    def _chase(self) -> None:
        late = chasing.due_reminders(self.ledger.snapshot, self.today)
        assert chasing.record_chase(self.ledger, late, "超期告诫书", "", on=self.today) == 1

    def _hand_over(self) -> None:
        keys = [(Issue, number) for number in range(1, 24)]
        assert chasing.hand_over(self.ledger, keys, "李明", "张华", on=self.today, note="岗位调整") == 4

    def _close(self, numbers: range | tuple[int, ...], back: tuple[int, ...] = ()) -> None:
        decision = Decision(self.today, taken_by="整改办")
        closing.advance(self.ledger, list(numbers), decision)
        if back:
            closing.send_back(self.ledger, list(back), Decision(self.today, opinion="佐证不充分", taken_by="分管领导"))
        for _ in range(5):
            closing.advance(self.ledger, [number for number in numbers if number not in back], decision)

    def _reopen(self) -> None:
        closing.reopen(self.ledger, [2, 11], Decision(self.today, opinion="回头看发现反弹", taken_by="区委巡察办"))
        self.open |= {2, 11}

    def _finish_again(self) -> None:
        self.open -= {2, 11}
        with self.ledger.step("再次完成") as writer:
            for number in (2, 11):
                writer.update(Issue, number, status=Status.DONE, completed_on=self.today)

    def _send(self, name: str, edition: Edition) -> None:
        assert send_notice(self.ledger, self.folder / name, edition=edition) is not None


def _facts() -> LedgerFacts:
    return LedgerFacts(
        organisation="中共清河区柳林街道工作委员会", organisation_short="柳林街道党工委", organisation_body="党工委",
        team="区委第三巡察组", feedback_date=dt.date(2025, 3, 3), notice_title="柳林街道党工委关于巡察整改的通报",
        signature_organisation="中共清河区柳林街道工作委员会", scheme="A",
    )  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """One year for all tests of this module, which run in its order."""
    year = Year(tmp_path_factory.mktemp("一年"))
    yield year
    year.ledger.close()


def tables(document: Document) -> list[list[list[str]]]:
    """The texts of a document's tables."""
    return [
        [[cell.text for cell in row if cell is not None] for row in block.table.rows]
        for block in document.blocks
        if block.table is not None
    ]


def words(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.table is None and block.text]


def word_text(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.on.isoformat())
def test_every_figure_and_list_is_right_on(year: Year, day: Day, tmp_path: Path) -> None:
    year.go_to(day.on)
    snapshot = year.ledger.snapshot
    found = {figure.key: figure.text for figure in figures(snapshot)}
    counted = [found[key] for key in ("sections", "issues", "items", "measures", "items_done", "items_rate")]
    assert counted == ["4个", "23个", "23个", "44条", f"{day.done}个", day.rate]
    counted = [found[key] for key in ("measures_done", "closed", "not_closed", "standing")]
    assert counted == [f"{day.measures_done}条", f"{day.closed}个", f"{23 - day.closed}个", "2个"]
    made = [figure.caption + figure.text for figure in figures(snapshot) if figure.key.startswith("outcome:")]
    assert " ".join(made) == day.outcomes
    assert sum(item.late for item in Overview(snapshot, day.on).items) == day.late
    assert [len(rows) for rows in (snapshot.log_entries, snapshot.extensions, snapshot.evidence)] == [
        day.entries,
        day.extensions,
        day.files,
    ]
    reminders = chasing.due_reminders(snapshot, day.on)
    assert tuple(f"{reminder.issue.id} {reminder.words}" for reminder in reminders) == day.reminders
    assert {name for name, _ in by_department(reminders)} == {
        DEPARTMENTS[(int(line.split()[0]) - 1) % 12] for line in day.reminders
    }
    headings = [text for text in words(paperwork.closing_list(snapshot, day.on)) if text[:2] in ("一、", "二、")]
    assert headings == [f"一、已销号（{day.closed}个）", f"二、未销号（{23 - day.closed}个）"]
    listed = tables(paperwork.evidence_list(snapshot))
    assert sum(len(table) - 1 for table in listed) == day.files
    export_ledger(snapshot, tmp_path / "台账.xlsx")
    book = load_workbook(tmp_path / "台账.xlsx", read_only=True)
    cells = [str(value) for row in book.worksheets[0].iter_rows(values_only=True) for value in row if value]
    assert sum(text.endswith("条措施") for text in cells) == 44
    assert sum(text == "已完成" for text in cells) == day.measures_done
    assert sum(text.startswith("已销号") for text in cells) == day.closed
    check_lists({name: list(book[name].iter_rows(min_row=4, values_only=True)) for name in LISTS}, day)
    book.close()
    check_process(year, day)
    check_documents(year, day, tmp_path)


def check_lists(sheets: Mapping[str, list[tuple[object, ...]]], day: Day) -> None:
    """三个清单 of the same workbook."""
    issues, tasks, duties = (sheets[name] for name in LISTS)
    assert [row[2] for row in issues] == [f"第{number}个问题整改不够到位" for number in range(1, 24)]
    assert sum(row[8] == "已完成" for row in issues) == day.done
    assert sum(str(row[9]).startswith("已销号") for row in issues) == day.closed
    assert len(tasks) == 44
    assert sum(row[7] == "已完成" for row in tasks) == day.measures_done
    assert [row[0] for row in duties if row[0]] == list(DEPARTMENTS)
    assert len(duties) == 44


def check_process(year: Year, day: Day) -> None:
    """The line of milestones, the meetings, and what lacks evidence."""
    snapshot = year.ledger.snapshot
    rules = office_rules(snapshot.facts)
    line = process_line(snapshot, rules, day.on)
    days = [step.milestone.done_on or step.milestone.due_on for step in line]
    assert days == sorted(days)
    following = next_step(line)
    assert day.next_step == ("" if following is None else f"{following.milestone.kind} {following.left}")
    assert sum(step.milestone.done_on is None for step in line) == day.milestones
    assert [step.milestone.kind for step in line if step.state is MilestoneState.UNPROVEN] == (
        ["整改方案审定"] if day.on > dt.date(2025, 3, 27) else []
    )
    assert dict(meetings(snapshot, rules)).get("整改专题会议", 0) == day.meetings
    rows = evidence_rows(snapshot, day.on)
    assert (len(rows), sum(row.is_bare for row in rows)) == (23, day.unproven)
    listed = words(paperwork.evidence_list(snapshot))
    assert [text for text in listed if text.startswith("没有佐证材料的问题")] == (
        [f"没有佐证材料的问题（{day.unproven}个）"] if day.unproven else []
    )


def check_documents(year: Year, day: Day, folder: Path) -> None:
    """The notice, letters, weekly report, calendar and an issue's file as they would go out that evening."""
    snapshot = year.ledger.snapshot
    totals = dict(re.findall(r"(\D+?)([\d.]+)[^\d ]+ ?", day.outcomes))
    made, paid = totals.get("制度新建", "0"), totals.get("清退资金", "0")
    notice = notice_document(snapshot, scheme_for(snapshot.facts), Edition.INTERNAL, folder=DOCUMENTS, today=day.on)
    assert (
        f"反馈的23个问题，已完成{day.done}个，完成率{day.rate}，已销号{day.closed}个；"
        f"新建制度{made}项，清退资金{paid}万元。"
    ) in words(notice)
    check_letters(year, day)
    week = period_report(year.ledger, ReportKind.WEEKLY, day.on - dt.timedelta(days=6), day.on)
    assert words(week.document())[3] == (
        f"整改事项共23个，已完成{day.done}个，完成率{day.rate}（{day.done}÷23）；"
        f"本周新完成{day.newly_done}个；已销号{day.closed}个；逾期{day.late}个。"
    )
    now = dt.datetime.combine(day.on, dt.time(12), tzinfo=dt.UTC)
    count = export_calendar(snapshot, folder / "时限.ics", now=now)
    events = (folder / "时限.ics").read_text("utf-8").count("BEGIN:VEVENT")
    assert count == events == 23 - day.done + day.milestones
    kept = tables(paperwork.issue_file(snapshot, 7))
    deadline = {line[0]: line[1] for line in kept[0]}["整改时限"]
    assert deadline == ("2025年5月31日前（原定2025年4月30日前，延期1次）" if day.extensions else "2025年4月30日前")
    fridays = (min(day.on, dt.date(2025, 5, 30)) - dt.date(2025, 3, 7)).days // 7 + 1
    assert sum(line[1] == "进展" for table in kept for line in table) == fridays


def check_letters(year: Year, day: Day) -> None:
    """Who gets which letter about what."""
    for kind in Letter:
        expected: dict[str, set[str]] = {}
        for line in day.reminders:
            late = "已逾期" in line
            if kind is Letter.CHASE or late is (kind is Letter.OVERDUE):
                expected.setdefault(DEPARTMENTS[(int(line.split()[0]) - 1) % 12], set()).add(line)
        sent = letters(year.ledger.snapshot, kind, folder=DOCUMENTS, today=day.on)
        assert {one.recipient: {f"{it.issue.id} {it.words}" for it in one.reminders} for one in sent} == expected


@pytest.mark.full
def test_the_weekly_report_of_september_and_the_monthly_one_of_december(tmp_path: Path) -> None:
    year = Year(tmp_path)
    with year.ledger as ledger:
        year.go_to(dt.date(2025, 9, 26))
        week = period_report(ledger, ReportKind.WEEKLY, dt.date(2025, 9, 22), dt.date(2025, 9, 26))
        assert sorted(row.item.id for row in week.rows()) == [2, 11, 17, 18, 19, 20, 21, 22, 23]
        assert sorted(row.item.id for row in week.rows() if row.changed) == [17, 18, 19, 20]
        assert words(week.document())[3] == (
            "整改事项共23个，已完成18个，完成率78.26%（18÷23）；本周新完成4个；已销号12个；逾期2个。"
        )
        year.go_to(dt.date(2025, 12, 31))
        month = period_report(ledger, ReportKind.MONTHLY, dt.date(2025, 12, 1), dt.date(2025, 12, 31))
        assert words(month.document())[3] == (
            "整改事项共23个，已完成23个，完成率100%（23÷23）；本月新完成2个；已销号23个；逾期0个。"
        )


def test_the_two_notices_state_what_the_ledger_counted_on_their_days(year: Year) -> None:
    year.go_to(DAYS[-1].on)
    october, january = (word_text(year.folder / name) for name in ("党内通报.docx", "社会公开稿.docx"))
    assert "反馈的23个问题，已完成18个，完成率78.26%，已销号18个；新建制度8项，清退资金8万元。" in october
    assert "反馈的23个问题，已完成23个，完成率100%，已销号23个；新建制度8项，清退资金8万元。" in january
    for number in range(1, 24):
        assert january.count(f"第{number}个问题整改不够到位") == 1
    assert january.count("已落实第") == 44
    assert october.count("已落实第") == 40
    assert [(draft.edition, draft.version) for draft in year.ledger.snapshot.drafts] == [
        ("internal", "第1稿"),
        ("public", "第1稿"),
    ]


def test_what_was_sent_back_put_off_reopened_and_handed_on_stands_with_its_issue(year: Year) -> None:
    year.go_to(DAYS[-1].on)
    snapshot = year.ledger.snapshot
    outline = Outline(snapshot)
    states = {number: closing.state_of(snapshot, year.issue(number)) for number in range(1, 24)}
    assert [number for number, state in states.items() if state.returns] == [3, 9, 10]
    assert [number for number, state in states.items() if state.reopenings] == [2, 11]
    assert chasing.original_deadline(snapshot, (Issue, 21)) == "2025年9月30日前"
    assert year.issue(21).deadline == "2025年11月28日前"
    whole = timeline(snapshot, outline, year.issue(21))
    assert [event.what for event in whole if event.what not in ("进展", "佐证")] == [
        "反馈", "延期", "延期", "完成", "完成", *["销号"] * 6,
    ]  # fmt: skip
    assert sum(event.what == "进展" for event in whole) == 39
    assert [event.text for event in timeline(snapshot, outline, year.issue(16)) if event.what == "超期告诫书"] == [
        "已逾期2天"
    ]
    assert [year.issue(number).leaders for number in (1, 4, 5)] == [("张华",), ("张华",), ("周强",)]


def test_issue_files_archive_and_history_hold_the_whole_year(year: Year, tmp_path: Path) -> None:
    year.go_to(DAYS[-1].on)
    ledger = year.ledger
    written = paperwork.write_issue_files(ledger.snapshot, tmp_path / "一题一档", today=year.today)
    assert len(written) == 25
    assert "第1个问题整改不够到位" in written[0].name
    document = paperwork.issue_file(ledger.snapshot, 3)
    assert any("佐证不充分" in cell for table in tables(document) for row in table for cell in row)
    done = archiving.make_archive(ledger, tmp_path / "归档.zip", password="口令 2026", purge_history=True)
    assert (done.evidence, done.missing) == (60, ())
    assert verify_archive(tmp_path / "归档.zip", password="口令 2026") == ()
    (tmp_path / "新电脑").mkdir()
    opened = archiving.open_archive(tmp_path / "归档.zip", tmp_path / "新电脑", password="口令 2026")
    with Ledger.open(opened) as there:
        assert there.snapshot == ledger.snapshot
        assert there.check() == ()
        assert there.history() == ()
    assert {entry.who for entry in ledger.history()} == {"王敏"}
    (outside,) = ledger.check()
    assert "“党内通报.docx”没有收进台账" in outside.text, "it lies beside the ledger and was only named"
