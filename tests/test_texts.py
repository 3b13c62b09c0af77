"""Every value and field that is shown has a Chinese caption."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from enum import StrEnum

import pytest

from zhenggai_desktop import texts
from zhenggai_desktop.domain import records
from zhenggai_desktop.domain.portable import travelling
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock, Status, Track
from zhenggai_desktop.names import some_of

SHOWN_ENUMS = [
    kind
    for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind not in (StrEnum, BlockKind)
]
NEVER_SHOWN = {"id", "uid", "position"}


@pytest.mark.parametrize("kind", SHOWN_ENUMS, ids=lambda kind: kind.__name__)
def test_every_value_of_an_enum_has_a_caption(kind: type[StrEnum]) -> None:
    for value in kind:
        assert isinstance(texts.enum_text(value), str)


def test_values_that_look_alike_keep_their_own_captions() -> None:
    assert texts.enum_text(records.AnswerForm.RUN_IN) != texts.enum_text(records.AnswerPlace.RUN_IN)


@pytest.mark.parametrize("kind", texts.FIELD_NAMES, ids=lambda kind: kind.__name__)
def test_the_fields_of_the_main_records_have_captions(kind: type[records.Record]) -> None:
    names = {field.name for field in fields(kind) if not field.name.endswith("_id")} - NEVER_SHOWN
    names |= {"department_id"} if kind is records.Person else set()  # chosen by its name
    assert texts.FIELD_NAMES[kind].keys() == names


def test_every_record_has_a_name() -> None:
    assert texts.RECORD_NAMES.keys() == set(records.RECORD_TYPES)


@pytest.mark.parametrize(
    ("track", "standing", "text"),
    [
        (None, False, ""),
        (None, True, "长期坚持"),
        (Track.IMMEDIATE, False, "立行立改"),
        (Track.IMMEDIATE, True, "立行立改，长期坚持"),
    ],
)
def test_track_and_standing_are_one_text(track: Track | None, standing: bool, text: str) -> None:
    assert texts.track_text(track, standing=standing) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (True, "是"),
        (False, "否"),
        (Status.MOSTLY_DONE, "基本完成"),
        (dt.date(2024, 5, 6), "2024年5月6日"),
        (("张三", "李四"), "张三、李四"),
        (ChapterBlock(BlockKind.PARAGRAPH, 0, "正文"), "正文"),
        (3, "3"),
    ],
)
def test_any_value_in_words(value: object, text: str) -> None:
    assert texts.value_text(value) == text


def test_every_field_that_travels_has_a_caption_of_its_own_record() -> None:
    for kind in records.RECORD_TYPES:
        captions = [texts.field_name(kind, name) for name in travelling(kind)]
        assert not [caption for caption in captions if "_" in caption or caption.isascii()], kind
        assert len(captions) == len(set(captions)), kind


def test_a_field_without_a_caption_shows_its_own_name() -> None:
    assert texts.field_name(records.MeasureLink, "uid") == "uid"


def test_status_and_list_texts() -> None:
    assert (texts.status_text(None), texts.status_text(Status.DONE)) == ("", "已完成")
    assert texts.list_text(("甲", "乙")) == "甲、乙"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("被巡察单位", "被巡视单位"),
        ("巡察以来", "巡视以来"),
        ("巡察或巡视", "巡察或巡视"),
        (
            "巡察组名称前后不一致：前文为“省委第三巡视组”，此处为“省委巡察三组”",
            "巡视组名称前后不一致：前文为“省委第三巡视组”，此处为“省委巡察三组”",
        ),
        ("反馈日期", "反馈日期"),
    ],
)
def test_words_of_the_program_follow_the_term_of_the_ledger(words: str, told: str) -> None:
    assert texts.in_terms(words, records.InspectionKind.XUNSHI) == told
    assert texts.in_terms(words, records.InspectionKind.XUNCHA) == words


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, ""), (1, "甲"), (3, "甲、乙、丙"), (4, "甲、乙、丙等4份")],
    ids=["none", "one", "all", "more"],
)
def test_a_sentence_names_three_of_many(count: int, text: str) -> None:
    assert some_of("甲乙丙丁"[:count], "份") == text
