"""The flat tables of a ledger give the same records back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from builders import a_snapshot, a_tree, one_of_each
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.data_table import (
    LONGEST,
    MAIN_CAPTIONS,
    MAIN_SHEET,
    MORE_CAPTIONS,
    MORE_SHEET,
    filled,
    is_data,
    main_rows,
    more_rows,
    read_data,
)
from zhenggai_desktop.domain.portable import Portable, portable
from zhenggai_desktop.domain.records import (
    Chase,
    Issue,
    LogEntry,
    Measure,
    Milestone,
    Outcome,
    Section,
    Snapshot,
    Status,
    Track,
    Waiver,
)
from zhenggai_desktop.domain.sheets import Sheet, Workbook
from zhenggai_desktop.texts import FIELD_NAMES, field_name

HOSTILE = st.sampled_from(
    ["=SUM(A1)", "+86", "@甲", "-5", " 前后 ", "换\n行", "_x0041_", "&<>\"'", "𠮷", "0012", "是", "[1]", '""', "",
     "#REF!", "2025-01-02", "（全文见）", "1e5", "\t"]
)  # fmt: skip


def a_book(snapshot: Snapshot) -> Workbook:
    return Workbook(
        "甲.xlsx",
        (
            Sheet(MAIN_SHEET, _cells([MAIN_CAPTIONS, *main_rows(snapshot)])),
            Sheet(MORE_SHEET, _cells([MORE_CAPTIONS, *more_rows(snapshot)])),
        ),
    )


def _cells(rows: list[Any]) -> list[list[Any]]:
    return [["" if value is None else value for value in row] for row in rows]


def again(snapshot: Snapshot) -> Portable:
    records, doubts = read_data(a_book(snapshot))
    assert doubts == []
    return filled(records)


def test_every_record_and_field_comes_back() -> None:
    snapshot = a_snapshot(*one_of_each(), organisation="某街道")
    assert again(snapshot) == portable(snapshot)


def test_a_workbook_in_which_fields_stood_by_their_own_names_is_still_read() -> None:
    """The milestones, chases and hand-overs of earlier versions had no captions in this sheet."""
    snapshot = a_snapshot(
        Milestone(kind="反馈会", place="三楼"), Chase(kind="督办通知单", text="催"), organisation="某街道"
    )
    own = {field_name(kind, name): name for kind in (Milestone, Chase) for name in FIELD_NAMES[kind]}
    rows = [(kind, uid, own.get(caption, caption), *rest) for kind, uid, caption, *rest in more_rows(snapshot)]
    book = a_book(snapshot)
    old = Workbook(book.name, (book.sheets[0], Sheet(MORE_SHEET, _cells([MORE_CAPTIONS, *rows]))))
    assert "place" in [row[2] for row in rows]
    records, doubts = read_data(old)
    assert (filled(records), doubts) == (portable(snapshot), [])


def test_every_column_and_every_field_is_called_in_chinese() -> None:
    called = [*MAIN_CAPTIONS, *(str(row[2]) for row in more_rows(a_snapshot(*one_of_each())))]
    assert [caption for caption in called if caption and caption.isascii()] == []
    assert [caption for caption in called if "_" in caption] == []


def test_a_column_that_was_called_by_its_own_name_is_still_read() -> None:
    book = a_book(a_snapshot(*one_of_each()))
    main = book.sheets[0].rows
    assert main[0][MAIN_CAPTIONS.index("方面·所在章")] == "方面·所在章"
    main[0][MAIN_CAPTIONS.index("方面·所在章")] = "方面·chapter_id"
    assert read_data(book) == read_data(a_book(a_snapshot(*one_of_each())))


def test_a_tree_has_a_line_for_each_measure_and_keeps_its_order() -> None:
    snapshot = a_snapshot(*a_tree(2, 3, 2))
    assert len(list(main_rows(snapshot))) == 12
    assert list(again(snapshot)) == list(portable(snapshot))


def test_empty_sections_and_issues_have_a_line_too() -> None:
    snapshot = a_snapshot(Section(title="甲"), Section(title="乙"), Issue(section_id=2, title="丙"), Issue(parent_id=1))
    assert again(snapshot) == portable(snapshot)


def test_a_text_too_long_for_a_cell_goes_on_elsewhere() -> None:
    snapshot = a_snapshot(Issue(title="甲" * (LONGEST * 2 + 1)))
    assert again(snapshot) == portable(snapshot)
    assert all(len(str(value)) <= LONGEST for row in [*main_rows(snapshot), *more_rows(snapshot)] for value in row)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_hostile_texts_come_back(data: st.DataObject) -> None:
    words = [data.draw(HOSTILE) for _ in range(9)]
    status, track = data.draw(st.sampled_from([None, *Status])), data.draw(st.sampled_from([None, *Track]))
    snapshot = a_snapshot(
        Section(title=words[0], note=words[1]),
        Issue(section_id=1, title=words[2], leaders=(words[3], words[4]), status=status, track=track,
              answer_label=data.draw(st.none() | HOSTILE), recommendations=(words[5],)),
        Measure(issue_id=1, content=words[6], completed_on=dt.date(1880, 1, 2)),
        LogEntry(measure_id=1, text=words[7], reporter=words[8]),
    )  # fmt: skip
    assert again(snapshot) == portable(snapshot)


def test_a_cell_that_is_no_value_is_named_and_left_out() -> None:
    snapshot = a_snapshot(Issue(title="甲", status=Status.DONE))
    rows = _cells([MAIN_CAPTIONS, *main_rows(snapshot)])
    rows[1][MAIN_CAPTIONS.index("问题·完成情况")] = "很好"
    records, doubts = read_data(Workbook("甲.xlsx", (Sheet(MAIN_SHEET, rows),)))
    assert doubts == [(2, "问题的“完成情况”不能是“很好”，这一格没有导入")]
    assert "status" not in records[Issue, "Issue-1"]


def test_another_workbook_is_no_data() -> None:
    assert not is_data(Workbook("甲.xlsx", (Sheet("数据", [["序号", "问题"]]),)))


def captions(*names: str) -> list[int]:
    return [MAIN_CAPTIONS.index(name) for name in names]


def test_the_lines_of_the_main_sheet_say_where_each_measure_stands() -> None:
    snapshot = a_snapshot(
        Section(title="甲", uid="s"), Section(title="乙", uid="t"),
        Issue(section_id=1, uid="i", title="大"), Issue(parent_id=1, uid="j", title="小", printed_level=2),
        Measure(issue_id=2, uid="m", due_on=dt.date(2025, 3, 1)), Measure(issue_id=2, uid="n"),
    )  # fmt: skip
    number, section, issue, parent, measure = captions("序号", "方面标识", "问题标识", "上级问题标识", "措施标识")
    rows = list(main_rows(snapshot))
    assert [(row[section], row[issue], row[parent], row[measure]) for row in rows] == [
        ("s", "i", "", ""), ("s", "j", "i", "m"), ("s", "j", "i", "n"), ("t", "", "", ""),
    ]  # fmt: skip
    assert [bool(row[number]) for row in rows] == [True, True, True, False]
    assert {len(row) for row in rows} == {len(MAIN_CAPTIONS)}
    due, level, emphasis = captions("措施·到期日", "问题·通报中的层级", "问题·重点")
    assert rows[1][due] == dt.date(2025, 3, 1)  # a day is a day, to be sorted by
    assert rows[1][level] == 2  # and a number a number
    assert rows[1][emphasis] == "否"


def test_what_the_second_sheet_holds() -> None:
    snapshot = a_snapshot(Issue(title="甲", uid="i"), LogEntry(issue_id=1, uid="l", text="乙"), Chase(uid="c"))
    rows = list(more_rows(snapshot))
    assert [row for row in rows if row[1] == "i"] == []  # all of it stands in the first
    assert [row for row in rows if row[1] == "l"] == [
        ("进展记录", "l", "所属问题", "i", 1), ("进展记录", "l", "进展", "乙", 1),
    ]  # fmt: skip
    assert [row[2:] for row in rows if row[1] == "c"] == [("", "", 1)]  # nothing in it, but it is there


def test_the_parts_of_a_long_text_are_counted() -> None:
    length = LONGEST * 2
    rows = list(more_rows(a_snapshot(Issue(title="甲" * length, goal="乙" * LONGEST, note="丙" * (LONGEST + 1)))))
    assert [(len(str(row[3])), row[4]) for row in rows if str(row[3]).startswith("甲")] == [
        (LONGEST, 1), (LONGEST, 2),
    ]  # fmt: skip
    assert [(len(str(row[3])), row[4]) for row in rows if str(row[3]).startswith("丙")] == [(LONGEST, 1), (1, 2)]
    assert [row for row in rows if str(row[3]).startswith("乙")] == []  # it fits its cell


def test_columns_may_be_missing_or_stand_in_another_order() -> None:
    snapshot = a_snapshot(Section(uid="s", title="甲"), Issue(uid="i", section_id=1, title="乙"))
    kept = captions("问题·问题", "问题标识", "措施标识", "方面标识")
    rows = [[row[at] for at in kept] for row in _cells([MAIN_CAPTIONS, *main_rows(snapshot)])]
    records, doubts = read_data(Workbook("甲.xlsx", (Sheet(MAIN_SHEET, rows),)))
    assert doubts == []
    assert records[Issue, "i"]["title"] == "乙"
    assert records[Issue, "i"]["section_id"] == "s"


def test_of_lines_that_differ_the_first_counts() -> None:
    snapshot = a_snapshot(Issue(uid="i", title="甲"), Measure(issue_id=1), Measure(issue_id=1))
    rows = _cells([MAIN_CAPTIONS, *main_rows(snapshot)])
    at = rows[1].index("甲")
    rows[2][at] = "乙"
    records, _ = read_data(Workbook("甲.xlsx", (Sheet(MAIN_SHEET, rows),)))
    assert records[Issue, "i"]["title"] == "甲"
    assert [key for key in records if key[0] is Measure] == [(Measure, "Measure-1"), (Measure, "Measure-2")]


def test_lines_of_unknown_records_and_without_uid_are_left_out() -> None:
    snapshot = a_snapshot(Milestone(kind="反馈会", uid="m"))
    rows = _cells(
        [MORE_CAPTIONS, *more_rows(snapshot), ("别的", "x", "甲", "乙", 1), ("流程节点", "", "类别", "丙", 1)]
    )
    sheets = (Sheet(MAIN_SHEET, [list(MAIN_CAPTIONS)]), Sheet(MORE_SHEET, rows))
    records, doubts = read_data(Workbook("甲.xlsx", sheets))
    assert doubts == []
    assert [uid for kind, uid in records if kind is Milestone] == ["m"]


def test_a_name_too_long_for_the_next_workbook_gives_way_to_a_short_one_everywhere() -> None:
    endless = "d5c20422" * 5000
    snapshot = a_snapshot(Section(title="甲"), Issue(section_id=1, uid=endless), Measure(issue_id=1))
    records, _doubts = read_data(a_book(snapshot))
    (uid,) = {uid for kind, uid in records if kind is Issue}
    assert len(uid) == 36
    assert [records[key]["issue_id"] for key in records if key[0] is Measure] == [uid]


def test_a_workbook_with_the_words_of_before_is_read_whole() -> None:
    """What is called otherwise by now must not be lost from a workbook that was exported earlier."""
    snapshot = a_snapshot(
        Issue(title="甲"),
        Chase(uid="chase", issue_id=1, kind="督办通知单"),
        Waiver(uid="waiver", reason="原文如此"),
        Outcome(uid="outcome", kind="诫勉"),
    )
    before = {"催办": "督办", "保留不改": "免改", "种类": "类别", "按标题方案": "按方案"}
    rows = [
        [before.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
        for row in _cells([MORE_CAPTIONS, *more_rows(snapshot)])
    ]
    main = [
        [before.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
        for row in _cells([MAIN_CAPTIONS, *main_rows(snapshot)])
    ]
    assert {row[0] for row in rows} >= {"督办", "免改"}
    assert "按方案" in main[1]
    records, doubts = read_data(Workbook("甲.xlsx", (Sheet(MAIN_SHEET, main), Sheet(MORE_SHEET, rows))))
    assert doubts == []
    assert filled(records) == portable(snapshot)


def test_a_sheet_is_known_by_its_name_and_by_what_tells_records_apart() -> None:
    keys = ["方面标识", "问题标识", "措施标识"]
    assert is_data(Workbook("甲.xlsx", (Sheet("封面", []), Sheet(MAIN_SHEET, [["别的", *keys]]))))
    assert not is_data(Workbook("甲.xlsx", (Sheet("封面", [keys]),)))
    assert not is_data(Workbook("甲.xlsx", (Sheet(MAIN_SHEET, [keys[:2]]),)))
    assert not is_data(Workbook("甲.xlsx", (Sheet(MAIN_SHEET, []),)))
