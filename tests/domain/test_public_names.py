"""In the public edition roles stand for persons where the directory says so."""

from __future__ import annotations

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.blocks import Document, Kind, plain
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.notice import going_out
from zhenggai_desktop.domain.public_names import public_roles, with_roles
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


def test_whose_names_have_a_role() -> None:
    people = (
        Person(name="王建国", public_role="书记", aliases=("老王", "王")),
        Person(name="李秀英", aliases=("李姐",)),
        Person(name="张", public_role="会计"),
    )
    assert public_roles(a_snapshot(*people)) == {"王建国": "书记", "老王": "书记"}  # one character says nothing


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("高明。", "相关责任人。"),
        ("对高明、王建国", "对相关责任人、党工委书记"),
        ("会计高明（女）", "会计相关责任人（女）"),
        ("不高明，", "不高明，"),
        ("由高明说", "由高明说"),  # nothing behind it says that it is a name
        ("党工委书记、王建国同志。", "党工委书记、党工委书记。"),
        ("没有人", "没有人"),
    ],
)
def test_a_short_name_needs_an_edge_on_either_side(text: str, public: str) -> None:
    assert with_roles(Document("通报", (plain(Kind.PARAGRAPH, text),)), DIRECTORY).blocks[0].text == public


@pytest.mark.parametrize("kind", [Kind.TITLE, Kind.SIGNATURE, Kind.DATE])
def test_title_signature_and_date_keep_names(kind: Kind) -> None:
    document = Document("通报", (plain(kind, "王建国。"),))
    assert with_roles(document, DIRECTORY) == document


def test_a_directory_without_roles_changes_nothing() -> None:
    document = Document("通报", (plain(Kind.PARAGRAPH, "王建国。"),))
    assert with_roles(document, a_snapshot(Person(name="王建国"))) is document
    assert with_roles(Document("通报", ()), DIRECTORY).warnings == ()


def test_each_name_is_told_with_how_often_it_stood_there() -> None:
    text = "王建国、高明。王书记与王建国。"
    found = with_roles(Document("通报", (plain(Kind.PARAGRAPH, text),)), DIRECTORY)
    assert found.warnings == (
        "公开稿中的姓名已换成公开称谓：王建国→党工委书记（2处）、高明→相关责任人（1处）、王书记→党工委书记（1处）",
    )
