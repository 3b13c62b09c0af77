"""In the public edition roles stand for persons where the directory says so."""

from __future__ import annotations

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.blocks import Document, Kind, plain
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.notice import going_out
from zhenggai_desktop.domain.public_names import with_roles
from zhenggai_desktop.domain.records import Chapter, ChapterRole, Issue, Measure, Person
from zhenggai_desktop.domain.schemes import BUILT_IN

DIRECTORY = a_snapshot(
    Person(name="王建国", public_role="党工委书记", aliases=("王书记",)),
    Person(name="高明", public_role="相关责任人"),
    Person(name="李秀英"),
)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("王建国同志带队检查。", "党工委书记带队检查。"),
        ("党工委书记王建国主持会议。", "党工委书记主持会议。"),
        ("由王书记牵头，王建国督办。", "由党工委书记牵头，党工委书记督办。"),
        ("对高明同志批评教育。", "对相关责任人批评教育。"),
        ("成效高明显提升。", "成效高明显提升。"),
        ("党支部书记高明显着急。", "党支部书记高明显着急。"),
        ("水平高明。", "水平高明。"),
        ("李秀英负责。", "李秀英负责。"),  # the directory has no role for her
    ],
)  # fmt: skip
def test_a_role_stands_for_the_name(text: str, public: str) -> None:
    found = with_roles(Document("通报", (plain(Kind.PARAGRAPH, text),)), DIRECTORY)
    assert found.blocks[0].text == public


def test_the_person_to_be_asked_keeps_the_name() -> None:
    contact = plain(Kind.PARAGRAPH, "联系人：王建国，联系电话：0312-1234567，地址：柳林路1号。")
    assert with_roles(Document("通报", (contact,)), DIRECTORY).blocks == (contact,)


def test_what_was_replaced_is_told() -> None:
    found = with_roles(Document("通报", (plain(Kind.PARAGRAPH, "王建国与王建国。"),)), DIRECTORY)
    assert found.warnings == ("公开稿中的姓名已换成公开称谓：王建国→党工委书记（2处）",)


def test_only_editions_for_the_public_hide_names() -> None:
    snapshot = a_snapshot(
        Person(name="王建国", public_role="党工委书记"),
        Chapter(role=ChapterRole.ISSUES, title="整改情况"),
        Issue(title="会风不正"),
        Measure(issue_id=1, progress="王建国同志约谈3人。"),
    )
    for edition, hidden in zip(Edition, (True, False, True, False), strict=True):
        text = "".join(block.text for block in going_out(snapshot, BUILT_IN["a"], edition).blocks)
        assert ("王建国" not in text) is hidden, edition
