"""Answers are taken apart so that composing gives them back to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.answers import compose_answer, split_answer, split_enumeration
from zhenggai_desktop.domain.records import AnswerForm, AnswerPlace, Issue, Measure
from zhenggai_desktop.domain.schemes import BUILT_IN

A, D = BUILT_IN["a"].answer, BUILT_IN["d"].answer


@pytest.mark.parametrize(
    ("text", "introduction", "items"),
    [
        ("一是建台账。二是严核查。", "", ("建台账。", "严核查。")),
        ("高度重视。一是建台账；二是严核查；三是抓长效。", "高度重视。", ("建台账；", "严核查；", "抓长效。")),
        ("统一是前提，逐一是要求。", "统一是前提，逐一是要求。", ()),
        ("一是建台账，做到“三是”不变。二是严核查。", "", ("建台账，做到“三是”不变。", "严核查。")),
        ("加强学习，已开会3次。", "加强学习，已开会3次。", ()),
        ("坚持问题导向，一是建台账，二是严核查。", "坚持问题导向，", ("建台账，", "严核查。")),
    ],
)
def test_an_enumeration_is_cut_at_clauses_only(text: str, introduction: str, items: tuple[str, ...]) -> None:
    assert split_enumeration(text) == (introduction, items)


@pytest.mark.parametrize(
    ("paragraphs", "form", "count", "label"),
    [
        (("整改进展情况：一是建台账。二是严核查。",), AnswerForm.AUTO, 2, None),
        (("整改进展情况：已开会3次。",), AnswerForm.AUTO, 1, None),
        (("整改情况：已开会3次。",), AnswerForm.AUTO, 1, "整改情况："),
        (("已开会3次。", "已印发通知。"), AnswerForm.PLAIN, 2, ""),
        (("（一）建台账。", "（二）严核查。"), AnswerForm.NUMBERED, 2, ""),
        (("整改进展情况：", "（一）建台账。", "（二）严核查。"), AnswerForm.NUMBERED, 2, None),
        (("【整改情况】一是建台账。二是严核查。",), AnswerForm.AUTO, 2, "【整改情况】"),
    ],
)
def test_the_usual_forms_become_measures(
    paragraphs: tuple[str, ...], form: AnswerForm, count: int, label: str | None
) -> None:
    split = split_answer(Issue(), paragraphs, A, AnswerPlace.OWN)
    assert (split.issue.answer_form, len(split.items), split.issue.answer_label) == (form, count, label)
    assert not split.issue.public_text


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("整改进展情况：一是建台账。", "有“一是”而没有“二是”"),
        ("整改进展情况：一是建台账。三是严核查。", "“三是”不连续"),
        ("整改进展情况：一是建台账。二是严核查。", ""),
        ("整改进展情况：针对学习：一是建台账。二是严核查。针对作风：一是抓会风。二是抓文风。", ""),
    ],
)
def test_a_broken_enumeration_is_doubted(text: str, doubt: str) -> None:
    assert split_answer(Issue(), (text,), A, AnswerPlace.OWN).doubt == doubt


_PARTS = st.lists(
    st.sampled_from(["一是甲。", "二是乙；", "三是", "说明。", "（一）丙。", "（二）丁", "整改情况：", "1.", "”", "好"])
)


@given(st.lists(_PARTS.map("".join).filter(bool), min_size=1, max_size=4), st.sampled_from([A, D]))
def test_composing_gives_any_answer_back(paragraphs: list[str], pattern: object) -> None:
    split = split_answer(Issue(), paragraphs, pattern, AnswerPlace.OWN)  # type: ignore[arg-type]
    measures = [Measure(progress=item) for item in split.items]
    assert compose_answer(split.issue, measures, pattern) == tuple(paragraphs)  # type: ignore[arg-type]


def test_a_measure_typed_without_stop_does_not_run_into_the_next() -> None:
    measures = [Measure(progress="建立台账"), Measure(progress="严格核查")]
    assert compose_answer(Issue(), measures, A) == ("整改进展情况：一是建立台账。二是严格核查。",)


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        ("修订《办法》（某发〔2025〕3号）", "开会", "一是修订《办法》（某发〔2025〕3号）。二是开会。"),
        ("做到“日清月结”", "推行“一网通办”", "一是做到“日清月结”。二是推行“一网通办”"),
        ("开会（共3次。）", "发文（见附件）", "一是开会（共3次。）二是发文（见附件）"),
        ("要求“立行立改！”", "已完成，", "一是要求“立行立改！”二是已完成。"),
        ("建台账，", "严核查、", "一是建台账，二是严核查。"),
    ],
)  # fmt: skip
def test_an_item_is_parted_from_the_next_by_a_stop(first: str, last: str, printed: str) -> None:
    assert compose_answer(Issue(answer_label=""), [Measure(progress=first), Measure(progress=last)], A) == (printed,)


def test_items_in_paragraphs_of_their_own_end_as_they_were_written() -> None:
    items = [Measure(progress="修订《办法》（某发〔2025〕3号）"), Measure(progress="已完成，")]
    assert compose_answer(Issue(answer_label="", answer_form=AnswerForm.NUMBERED), items, A) == (
        "（一）修订《办法》（某发〔2025〕3号）", "（二）已完成。")  # fmt: skip


def test_items_that_commas_part_become_measures() -> None:
    split = split_answer(Issue(), ("整改进展情况：一是建台账，二是严核查。",), A, AnswerPlace.OWN)
    assert (split.issue.public_text, split.items) == ("", ("建台账，", "严核查。"))


def test_an_issue_without_progress_has_no_answer() -> None:
    assert compose_answer(Issue(), [Measure(content="拟建立台账")], A) == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("整改进展情况：一是", "整改进展情况："),
        ("整改措施及成效：调整", "整改措施及成效："),
        ("【整改情况】调整", "【整改情况】"),
        ("整改落实情况：已完成，长期坚持。一是", "整改落实情况："),
        ("整改期间，街道：调整", ""),
        ("一是加强领导：调整", ""),
    ],
)
def test_labels_are_recognised(text: str, label: str) -> None:
    assert label_of(text) == label


def test_a_measure_that_ends_with_a_quotation_gets_no_stop() -> None:
    assert compose_answer(Issue(), [Measure(progress="做到“日清月结”")], A) == ("整改进展情况：做到“日清月结”",)


def test_numbers_of_two_families_are_no_enumeration() -> None:
    assert split_answer(Issue(), ("1.建台账", "（2）严核查"), A, AnswerPlace.OWN).items == ("1.建台账", "（2）严核查")


def test_the_place_is_left_to_the_scheme_where_it_would_choose_the_same() -> None:
    other = AnswerPlace.RUN_IN if A.place is AnswerPlace.OWN else AnswerPlace.OWN
    for place, kept in ((A.place, AnswerPlace.AUTO), (other, other)):
        assert split_answer(Issue(), ("整改进展情况：已开会。",), A, place).issue.answer_place is kept


def test_an_answer_kept_as_it_stands_has_its_label_in_the_text_alone() -> None:
    split = split_answer(Issue(), ("整改情况：没有句号",), A, AnswerPlace.OWN)
    assert (split.issue.public_text, split.issue.answer_label) == ("整改情况：没有句号", None)
