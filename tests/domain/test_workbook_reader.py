"""Ledgers of many shapes give the same plan; what is not sure is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import Status, Track
from zhenggai_desktop.domain.sheets import Area, CellError, CellValue, Sheet, Workbook
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.domain.workbook_reader import ledger_sheets, understand_workbook
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.sheet_reader import read_workbook

Grid = list[list[CellValue]]

SECTIONS = ("贯彻决策部署方面", "从严治党方面")
# section, issue, measures with department, deadline, its day, status words, status
LEDGER: tuple[tuple[int, str, tuple[tuple[str, str, str, dt.date, str, Status], ...]], ...] = (
    (0, "理论学习不深入", (
        ("制定学习计划，每月集中学习", "党政办公室", "2025年6月底前", dt.date(2025, 6, 30), "已完成", Status.DONE),
        ("建立学习考勤制度", "党建办公室", "2025年12月底前", dt.date(2025, 12, 31), "正在推进", Status.IN_PROGRESS),
    )),
    (0, "河湖治理推进缓慢", (
        ("开展河道清淤专项行动", "农业办公室", "2025年9月15日前", dt.date(2025, 9, 15), "未启动", Status.NOT_STARTED),
    )),
    (1, "财务报销把关不严", (
        ("修订财务管理办法", "财政所", "2025年7月底前", dt.date(2025, 7, 31), "已完成", Status.DONE),
        ("开展票据专项检查", "财政所", "2025年8月底前", dt.date(2025, 8, 31), "基本完成", Status.MOSTLY_DONE),
        ("对经办人批评教育", "纪检办公室", "2025年7月底前", dt.date(2025, 7, 31), "已完成", Status.DONE),
    )),
    (1, "固定资产底数不清", (
        ("清查盘点并登记造册", "综合办公室", "2025年10月底前", dt.date(2025, 10, 31), "正在推进", Status.IN_PROGRESS),
    )),
)  # fmt: skip
HEAD = ["序号", "反馈方面", "反馈问题", "整改措施", "责任单位", "完成时限", "完成情况"]


def rows(
    status: Callable[[str], CellValue] = str, day: Callable[[str, dt.date], CellValue] = lambda text, _: text
) -> Grid:
    """A row for each measure, everything written out."""
    found: Grid = []
    for number, (section, issue, measures) in enumerate(LEDGER, 1):
        for content, department, text, date, words, _ in measures:
            found.append([number, SECTIONS[section], issue, content, department, day(text, date), status(words)])
    return found


def merged_rows(columns: Sequence[int], first: int) -> tuple[Grid, list[Area]]:
    """The rows with equal neighbours in ``columns`` merged; ``first`` is the sheet row of the first one."""
    found, areas = rows(), list[Area]()
    for column in columns:
        start = 0
        for at in range(1, len(found) + 1):
            if at < len(found) and found[at][column] == rows()[start][column]:
                found[at][column] = ""
                continue
            if at - start > 1:
                areas.append(Area(first + start, column, first + at - 1, column))
            start = at
    return found, areas


def sheet(head: Grid, body: Grid, areas: Sequence[Area] = (), name: str = "台账") -> Workbook:
    grid = [*head, *body]
    width = max(map(len, grid))
    return Workbook("甲.xlsx", (Sheet(name, [row + [""] * (width - len(row)) for row in grid], list(areas)),))


def with_columns(order: Sequence[int], captions: Sequence[str] = HEAD) -> Workbook:
    return sheet([[captions[at] for at in order]], [[row[at] for at in order] for row in rows()])


def plain() -> Workbook:
    return sheet([list(HEAD)], rows())


def with_title_rows() -> Workbook:
    head: Grid = [
        ["某街道党工委巡察反馈问题整改台账"],
        ["填报单位：某街道党工委", "", "", "填报日期：2025.11.5"],
        [],
        list(HEAD),
    ]
    return sheet(head, rows(), [Area(0, 0, 0, 6)])


def merged() -> Workbook:
    body, areas = merged_rows((0, 1, 2), 1)
    return sheet([list(HEAD)], body, areas)


def blank_means_same() -> Workbook:
    return sheet([list(HEAD)], merged_rows((0, 1, 2), 1)[0])


def two_row_header() -> Workbook:
    head: Grid = [["序号", "反馈方面", "存在问题", "整改措施", "责任分工", "", "整改落实情况"],
                  ["", "", "", "", "责任单位", "完成时限", "是否完成"]]  # fmt: skip
    areas = [Area(0, column, 1, column) for column in range(4)] + [Area(0, 4, 0, 5)]
    return sheet(head, rows(), areas)


def columns_reversed() -> Workbook:
    return with_columns(range(6, -1, -1))


def columns_shuffled() -> Workbook:
    return with_columns([3, 6, 1, 5, 0, 4, 2])


def renamed() -> Workbook:
    return with_columns(
        range(7), ["编号", "问题类别", "巡察反馈的具体问题", "整改举措", "主责部门", "时间节点", "进度状态"]
    )


def renamed_again() -> Workbook:
    return with_columns(range(7), ["序", "所属方面", "存在的问题", "具体措施", "牵头单位", "整改期限", "是否整改到位"])


def without_numbers() -> Workbook:
    return with_columns(range(1, 7))


def section_rows() -> Workbook:
    body: Grid = []
    for row in rows():
        if [row[1]] not in [line[:1] for line in body]:
            body.append([row[1], "", "", "", "", ""])
        body.append([row[0], *row[2:]])
    areas = [Area(at + 1, 0, at + 1, 5) for at, row in enumerate(body) if row[1] == ""]
    return sheet([[HEAD[0], *HEAD[2:]]], body, areas)


def many_in_one_cell(mark: Callable[[int], str]) -> Workbook:
    """All measures of an issue in one cell; who, when and how far only where they agree."""
    body: Grid = []
    for number, (section, issue, measures) in enumerate(LEDGER, 1):
        words = "\n".join(
            (mark(at) if len(measures) > 1 else "") + measure[0] + "。" for at, measure in enumerate(measures, 1)
        )
        body.append([number, SECTIONS[section], issue, words])
    return sheet([HEAD[:4]], body)


def chinese_marks() -> Workbook:
    return many_in_one_cell(lambda at: f"（{'一二三'[at - 1]}）")


def arabic_marks() -> Workbook:
    return many_in_one_cell(lambda at: f"{at}.")


def spoken_marks() -> Workbook:
    return many_in_one_cell(lambda at: f"{'一二三'[at - 1]}是")


def line_breaks() -> Workbook:
    return many_in_one_cell(lambda _: "")


def true_dates() -> Workbook:
    return sheet([list(HEAD)], rows(day=lambda _, date: date))


def dotted_dates() -> Workbook:
    return sheet([list(HEAD)], rows(day=lambda _, date: f"{date.year}.{date.month}.{date.day}"))


def slashed_dates() -> Workbook:
    return sheet([list(HEAD)], rows(day=lambda _, date: f"{date:%Y/%m/%d}"))


SAID = {"已完成": "√", "基本完成": "阶段性完成", "正在推进": "推进中", "未启动": "尚未启动"}
SHARES: dict[str, CellValue] = {"已完成": 1.0, "基本完成": "基本完成", "正在推进": 0.6, "未启动": 0.0}


def ticks() -> Workbook:
    return sheet([list(HEAD)], rows(status=lambda words: SAID[words]))


def shares() -> Workbook:
    return sheet([list(HEAD)], rows(status=lambda words: SHARES[words]))


def in_place() -> Workbook:
    said = {"已完成": "已整改到位", "基本完成": "基本整改到位", "正在推进": "正在整改", "未启动": "未开展"}
    return sheet([list(HEAD)], rows(status=lambda words: said[words]))


def totals_and_signatures() -> Workbook:
    body = rows()
    body.insert(3, ["小计", "", "", "3条"])
    body += [["合计", "", "", "共7条措施"], ["填表人：甲某", "", "", "审核人：乙某"], ["2025年11月5日"]]
    return sheet([list(HEAD)], body)


def repeated_header() -> Workbook:
    body = rows()
    return sheet([list(HEAD)], [*body[:4], list(HEAD), *body[4:]])


def computed_columns() -> Workbook:
    body = [[*row, 12, "无"] for row in rows()]
    return sheet([[*HEAD, "剩余天数", "备注"]], body)


def moved_to_the_right() -> Workbook:
    return sheet([[], ["", "", *HEAD]], [["", "", *row] for row in rows()])


def decoy_sheets() -> Workbook:
    (ledger,) = plain().sheets
    return Workbook(
        "甲.xlsx",
        (Sheet("填表说明", [["1.由责任部门填写"]]), Sheet("人员", [["姓名", "职务"], ["甲某", "主任"]]), ledger),
    )


def a_sheet_for_each_section() -> Workbook:
    sheets = [
        Sheet(name, [[HEAD[0], *HEAD[2:]], *([row[0], *row[2:]] for row in rows() if row[1] == name)])
        for name in SECTIONS
    ]
    return Workbook("甲.xlsx", tuple(sheets))


def numbers_in_titles() -> Workbook:
    body = [
        [row[0], f"（{'一二'[SECTIONS.index(str(row[1]))]}）{row[1]}", f"{row[0]}.{row[2]}。", *row[3:]]
        for row in rows()
    ]
    return sheet([list(HEAD)], body)


def wrapped_captions() -> Workbook:
    return sheet(
        [["序\n号", "反馈\n方面", "反馈问题（逐条）", "整改\n措施", "责 任 单 位", "完成时限：", "完成情况*"]], rows()
    )


FULL = [
    plain, with_title_rows, merged, blank_means_same, two_row_header, columns_reversed, columns_shuffled, renamed,
    renamed_again, without_numbers, section_rows, true_dates, dotted_dates, slashed_dates, ticks, shares, in_place,
    totals_and_signatures, repeated_header, computed_columns, moved_to_the_right, decoy_sheets,
    a_sheet_for_each_section, numbers_in_titles, wrapped_captions,
]  # fmt: skip
IN_ONE_CELL = [chinese_marks, arabic_marks, spoken_marks, line_breaks]


def tree(plan: ImportPlan) -> list[Any]:
    """Sections with issues and the words of their measures."""
    return [
        (section.record.title if section.record else "",
         [(issue.record.title, [measure.record.content.rstrip("。") for measure in issue.measures])
          for issue in section.issues])
        for section in plan.sections
    ]  # fmt: skip


EXPECTED = [
    (name, [(issue, [measure[0] for measure in measures]) for at, issue, measures in LEDGER if SECTIONS[at] == name])
    for name in SECTIONS
]


@pytest.mark.parametrize("shape", [*FULL, *IN_ONE_CELL], ids=lambda shape: shape.__name__)
def test_a_ledger_of_any_shape_gives_its_tree(shape: Callable[[], Workbook]) -> None:
    assert tree(understand_workbook(shape())) == EXPECTED


@pytest.mark.parametrize("shape", FULL, ids=lambda shape: shape.__name__)
def test_who_until_when_and_how_far_stand_in_their_fields(shape: Callable[[], Workbook]) -> None:
    plan = understand_workbook(shape())
    found: list[Any] = []
    for issue in plan.issues():
        for measure in issue.measures:
            own, above = measure.record, issue.record
            found.append(
                (own.lead_department or above.lead_department, own.due_on or above.due_on, own.status or above.status)
            )
    assert found == [(m[1], m[3], m[5]) for _, _, measures in LEDGER for m in measures]


def test_title_rows_tell_the_unit() -> None:
    assert understand_workbook(with_title_rows()).facts.organisation == "某街道党工委"


def test_two_meanings_in_one_column_and_two_departments_are_told_apart() -> None:
    head: Grid = [["问题", "整改措施", "责任领导/责任人", "牵头部门", "配合部门"]]
    plan = understand_workbook(sheet(head, [["学习少", "开会", "党委副书记、主任/甲某", "党政办", "财政所、党建办"]]))
    (issue,) = plan.issues()
    record = issue.record
    assert (record.leaders, record.owner) == (("党委副书记、主任",), "甲某")
    assert (record.lead_department, record.supporting_departments) == ("党政办", ("财政所", "党建办"))


def test_a_blank_cell_beside_a_filled_one_stays_blank_where_rows_differ() -> None:
    head: Grid = [["问题", "整改措施", "配合部门"]]
    body: Grid = [["学习少", "开会", ""], ["", "考试", "党建办"], ["账目乱", "清账", "财政所"], ["", "补票", ""]]
    first, second = understand_workbook(sheet(head, body)).issues()
    assert [m.record.supporting_departments for m in first.measures] == [(), ("党建办",)]
    assert [m.record.supporting_departments for m in second.measures] == [("财政所",), ()]
    assert (first.record.supporting_departments, second.record.supporting_departments) == ((), ())


def test_a_phrase_is_kept_with_its_track() -> None:
    plan = understand_workbook(sheet([["问题", "整改措施", "时限"]], [["学习少", "开会", "立行立改，长期坚持"]]))
    record = next(plan.issues()).record
    assert (record.deadline, record.track, record.standing) == ("立行立改，长期坚持", Track.IMMEDIATE, True)
    assert record.due_on is None


def months(*captions: str, above: str = "", deadline: CellValue = "") -> ImportPlan:
    head: Grid = [*([[above]] if above else []), ["问题", "整改措施", "时限", *captions]]
    body: Grid = [["学习少", "开会", deadline, *(f"进展{at}" for at in range(len(captions)))]]
    return understand_workbook(sheet(head, body))


@pytest.mark.parametrize(
    ("plan", "days"),
    [
        (months("2024年11月进展", "12月进展", "1月进展"), [(2024, 11, 30), (2024, 12, 31), (2025, 1, 31)]),
        (months("2024年12月进展", "1月进展"), [(2024, 12, 31), (2025, 1, 31)]),
        (months("11月份进展", "12月份进展", above="填报日期：2025.12.3"), [(2025, 11, 30), (2025, 12, 31)]),
        (months("12月进展", "1月进展", above="填报日期：2026年1月5日"), [(2025, 12, 31), (2026, 1, 31)]),
        (months("9月进展", deadline=dt.date(2025, 12, 31)), [(2025, 9, 30)]),
    ],
    ids=["written", "written with December", "reported", "over the new year", "from the deadlines"],
)
def test_columns_of_months_are_dated_entries(plan: ImportPlan, days: list[tuple[int, int, int]]) -> None:
    log = next(plan.issues()).log
    assert [entry.entered_on for entry in log] == [dt.date(*day) for day in days]
    assert [entry.text for entry in log] == [f"进展{at}" for at in range(len(days))]


def test_a_guessed_year_is_doubted_and_a_missing_one_keeps_the_month_in_the_words() -> None:
    assert [note.code for note in months("9月进展", deadline="2025年底前").doubts] == ["month"]
    plan = months("9月进展")
    assert [(entry.entered_on, entry.text) for entry in next(plan.issues()).log] == [(None, "9月进展：进展0")]
    assert [note.code for note in plan.doubts] == ["month"]


def test_as_above_means_the_words_above() -> None:
    body: Grid = [["学习少", "开会", "党政办"], ["账目乱", "清账", "同上"], ["资产乱", "盘点", "同上"]]
    plan = understand_workbook(sheet([["问题", "整改措施", "责任部门"]], body))
    assert [issue.record.lead_department for issue in plan.issues()] == ["党政办"] * 3


def test_unknown_columns_hidden_rows_and_errors_are_said() -> None:
    grid: Grid = [["问题", "整改措施", "颜色"], ["学习少", "开会", "红"], ["账目乱", CellError("#REF!"), "蓝"]]
    plan = understand_workbook(Workbook("甲.xlsx", (Sheet("台账", grid, (), hidden_rows=frozenset({2})),)))
    assert [note.text for note in plan.doubts] == [
        "不认识这些列，内容记入备注：颜色", "工作表“台账”有1行是隐藏的，也已读入",
    ]  # fmt: skip


def test_a_column_can_be_given_another_meaning_and_is_known_by_the_shape_of_the_form() -> None:
    book = sheet([["问题", "整改措施", "颜色"]], [["学习少", "开会", "党政办"]])
    (ledger,) = ledger_sheets(book)
    plan = understand_workbook(book, {ledger.shape: {"颜色": Column.LEAD_DEPARTMENT}})
    assert next(plan.issues()).record.lead_department == "党政办"
    assert plan.doubts == []


@pytest.mark.parametrize(
    ("book", "sentence"),
    [
        (Workbook("甲.xlsx", (Sheet("表", [["姓名", "职务"], ["甲", "乙"]]),)), "没有找到台账的表头"),
        (sheet([list(HEAD)], []), "表头下面没有问题"),
    ],
)
def test_a_sheet_that_is_no_ledger_is_refused(book: Workbook, sentence: str) -> None:
    with pytest.raises(SourceFormatError, match=sentence):
        understand_workbook(book)


SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def sample(name: str) -> ImportPlan:
    if not (SAMPLES / name).exists():
        pytest.skip(f"{name} is not at hand")
    return understand_workbook(read_workbook(SAMPLES / name))


def test_the_real_ledger_with_merged_cells() -> None:
    plan = sample("ledger-merged-cells.xlsx")
    issues = list(plan.issues())
    measures = [measure.record for issue in issues for measure in issue.measures]
    assert (len(plan.sections), len(issues), len(measures)) == (3, 23, 44)
    assert plan.facts.team.endswith("第三巡察组")
    assert issues[0].record.track is Track.IMMEDIATE
    assert issues[0].record.deadline == "立行立改，长期坚持"
    assert [note.code for note in plan.leftovers if note.line == 49] == ["total"]
    assert issues[1].measures[0].record.lead_department != issues[1].measures[0].record.supporting_departments[0]
    assert {record.due_on for record in measures if record.due_on} == {
        dt.date(2021, 9, 30), dt.date(2021, 10, 31), dt.date(2021, 12, 31),
    }  # fmt: skip
    assert all((own.status or issue.record.status) is not None for issue in issues for own in
               (measure.record for measure in issue.measures))  # fmt: skip


def test_the_real_ledger_with_months() -> None:
    plan = sample("ledger-monthly.xlsx")
    issues = list(plan.issues())
    assert (len(plan.sections), len(issues)) == (3, 23)
    assert [entry.entered_on for entry in issues[0].log] == [
        dt.date(2021, 9, 30), dt.date(2021, 10, 31), dt.date(2021, 11, 30),
    ]  # fmt: skip
    assert sum(len(issue.log) for issue in issues) == 69
    assert issues[2].record.completed_on == dt.date(2021, 11, 3)
    assert all(entry.text != "同上" for issue in issues for entry in issue.log)


SMALL = ["序号", "存在问题", "整改措施"]


@pytest.mark.parametrize(
    ("above", "facts"),
    [
        ([["青川镇落实县委第一巡察组反馈意见整改台账", "", ""]], ("县委第一巡察组", "xuncha", "", None)),
        ([["落实省委第二巡视组反馈意见整改台账", "", ""]], ("省委第二巡视组", "xunshi", "", None)),
        ([["县委第一巡察组", "县委第二巡察组", ""]], ("县委第一巡察组", "xuncha", "", None)),
        ([["填报单位：青川镇党委", "", ""]], ("", "xuncha", "青川镇党委", None)),
        ([["填报单位：", "青川镇党委", ""]], ("", "xuncha", "青川镇党委", None)),
        ([["填报单位：", "", ""], ["青川镇党委", "", ""]], ("", "xuncha", "", None)),
        ([["填报单位：", "填表人：张三", ""]], ("", "xuncha", "", None)),
        ([["填报单位：青川镇党委", "责任单位：白鹿镇", ""]], ("", "xuncha", "青川镇党委", None)),
        ([["反馈时间：2025年3月20日", "", ""]], ("", "xuncha", "", dt.date(2025, 3, 20))),
        ([["反馈时间：", "2025年3月20日", ""]], ("", "xuncha", "", dt.date(2025, 3, 20))),
        ([["填报日期：2025年3月20日", "", ""]], ("", "xuncha", "", None)),
    ],
)
def test_facts_stand_above_the_header(above: Grid, facts: tuple[str, str, str, dt.date | None]) -> None:
    """In one cell or in that and the next of its row; the first of each counts."""
    plan = understand_workbook(Workbook("甲.xlsx", (Sheet("台账", [*above, SMALL, [1, "甲", "乙"]], ()),)))
    found = plan.facts
    assert (found.team, found.kind.value, found.organisation, found.feedback_date) == facts


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        (set(), []),
        ({0}, []),
        ({1}, []),
        ({2}, [(3, "1行")]),
        ({3}, []),
        ({4}, [(5, "1行")]),
        ({2, 4}, [(3, "2行")]),
        ({9}, []),
    ],
)
def test_hidden_rows_below_the_header_are_told_where_they_say_something(
    hidden: set[int], told: list[tuple[int, str]]
) -> None:
    grid: Grid = [["整改台账", "", ""], SMALL, [1, "甲", "乙"], ["", "", ""], [2, "丙", "丁"]]
    plan = understand_workbook(Workbook("甲.xlsx", (Sheet("台账", grid, (), hidden_rows=frozenset(hidden)),)))
    notes = [note for note in plan.doubts if note.code == "hidden_rows"]
    assert [(note.line, count) for note, (_, count) in zip(notes, told, strict=True) if count in note.text] == told


def of_months(*names: str) -> ImportPlan:
    head: list[CellValue] = ["序号", "问题", "整改措施", "责任人", "整改进展", "完成情况"]
    said = {"6月": ("起草", "未启动"), "7月进展": ("已报审", "正在推进"), "8月": ("已印发", "已完成")}
    sheets = [Sheet(name, [head, [1, "制度不全", "定制度", "张三", *said[name]]]) for name in names]
    return understand_workbook(Workbook("甲.xlsx", tuple(sheets)))


@pytest.mark.parametrize("names", [("6月", "7月进展", "8月"), ("8月", "7月进展", "6月")])
def test_of_a_sheet_for_each_month_the_latest_counts(names: tuple[str, ...]) -> None:
    plan = of_months(*names)
    (issue,) = plan.issues()
    (measure,) = issue.measures
    assert (issue.record.status, measure.record.progress) == (Status.DONE, "已印发")
    assert [entry.text for entry in measure.log] == ["6月：起草", "7月进展：已报审"]
    assert [doubt.code for doubt in plan.doubts] == ["months"]


def test_a_sheet_named_after_an_office_names_who_answers() -> None:
    head: list[CellValue] = ["序号", "问题", "整改措施", "完成情况"]
    sheets = [Sheet(name, [head, [1, f"{name}会多", "减会", "已完成"]]) for name in ("党建办", "财政所")]
    plan = understand_workbook(Workbook("甲.xlsx", tuple(sheets)))
    assert [issue.record.lead_department for issue in plan.issues()] == ["党建办", "财政所"]
    assert [doubt.code for doubt in plan.doubts] == ["office", "office"]


@pytest.mark.parametrize(
    "below",
    [["合计", "2个", "", ""], ["备注：略", "", "", ""], ["注：一式三份", "", "", ""], ["1", "", "开会", "甲"]],
)
def test_issues_that_are_counted_with_words_are_no_sections(below: list[CellValue]) -> None:
    rows: Grid = [["一", "学习少", "", ""], ["二", "账目乱", "", ""], [*below]]
    plan = understand_workbook(sheet([["序号", "问题", "整改措施", "责任人"]], rows))
    assert [issue.record.title for issue in plan.issues()] == ["学习少", "账目乱"]


def test_a_person_in_brackets_on_a_line_of_its_own_loses_them() -> None:
    head: Grid = [["问题", "整改措施", "责任单位（责任人）"]]
    (issue,) = understand_workbook(sheet(head, [["学习少", "开会", "党政办\n（甲某）"]])).issues()
    assert (issue.record.lead_department, issue.record.owner) == ("党政办", "甲某")


def test_posts_in_brackets_are_no_persons() -> None:
    head: Grid = [["问题", "整改措施", "责任领导/责任人"]]
    (issue,) = understand_workbook(sheet(head, [["学习少", "开会", "甲某（局长）、乙某（副局长）"]])).issues()
    assert ("、".join(issue.record.leaders), issue.record.owner) == ("甲某（局长）、乙某（副局长）", "")


def test_a_sheet_of_all_or_of_a_subject_is_no_office() -> None:
    head: list[CellValue] = ["序号", "问题", "整改措施", "完成情况"]
    sheets = [
        Sheet(name, [head, [1, f"{name}会多", "减会", "已完成"]]) for name in ("全部", "领导干部", "农村", "区委")
    ]
    plan = understand_workbook(Workbook("甲.xlsx", tuple(sheets)))
    assert [issue.record.lead_department for issue in plan.issues()] == ["", "", "", ""]


def test_a_sheet_with_the_form_of_one_issue_is_its_row_and_is_left_as_it_stands_to_be_filled() -> None:
    rows: Grid = [
        ["整改登记表", "", "", ""],
        ["反馈问题", "学习少", "", ""],
        ["整改措施", "开会", "", ""],
        ["责任领导", "", "责任单位", "党建办"],
        ["整改时限", "2025年6月", "整改状态", "推进中"],
        ["单位意见", "", "", ""],
    ]
    book = Workbook("甲.xlsx", (Sheet("1", rows),))
    (issue,) = understand_workbook(book).issues()
    assert (issue.record.title, issue.record.leaders, issue.record.lead_department) == ("学习少", (), "党建办")
    assert (issue.record.status, issue.measures[0].record.content) == (Status.IN_PROGRESS, "开会")
    assert all(ledger.table.rows == len(rows) for ledger in ledger_sheets(book, to_fill=True))


def test_the_unit_may_stand_beside_its_caption() -> None:
    rows: Grid = [["填报单位", "某镇党委", ""], ["序号", "问题", "整改措施"], [1, "学习少", "开会"]]
    assert understand_workbook(Workbook("甲.xlsx", (Sheet("1", rows),))).facts.organisation == "某镇党委"


def test_sheets_of_months_with_issues_of_their_own_stay_in_their_order() -> None:
    head: list[CellValue] = ["序号", "问题", "整改措施"]
    sheets = [Sheet(name, [head, [1, f"{name}会多", "减会"]]) for name in ("6月", "7月", "8月")]
    plan = understand_workbook(Workbook("甲.xlsx", tuple(sheets)))
    assert [issue.record.title for issue in plan.issues()] == ["6月会多", "7月会多", "8月会多"]
    assert plan.doubts == []
