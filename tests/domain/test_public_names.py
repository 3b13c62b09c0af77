"""In the public edition roles stand for persons where the directory says so."""

from __future__ import annotations

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind, Run, RunRole, plain
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


PEOPLE = a_snapshot(
    Person(name="李明", public_role="相关责任人"),
    Person(name="张三丰", public_role="相关责任人"),
    Person(name="高明", public_role="相关责任人"),
)


def public(text: str, anchor: Anchor | None = None) -> str:
    return with_roles(Document("通报", (plain(Kind.PARAGRAPH, text, anchor=anchor),)), PEOPLE).blocks[0].text


@pytest.mark.parametrize(
    "text",
    [
        "对李明进行批评教育。",
        "给予李明党内警告处分。",
        "李明受到党内警告处分。",
        "对李明诫勉谈话。",
        "约谈李明等3人。",
        "李明被立案审查。",
        "其中李明，已免去职务。",
        "村民李明退还补贴。",
        "时任会计的李明受到政务警告处分。",
        "李明在担任会计期间违规报销。",
        "责任人是李明。",
        "对李明的违纪行为立案。",
        "责任领导李明带队检查。",
        "对李明和张三丰约谈。",
        "处分2人（李明、张三丰）。",
        "经查，李明存在违规问题。",
        "责成李明退缴补贴，督促李明归还公款。",
        "撤销李明村主任职务。",
        "反映李明的问题线索。",
        "追缴李明3.2万元。",
        "深刻汲取李明案教训。",
        "以李明名义冒领，存入李明账户。",
        "对李明及其亲属核查。",
        "对张三丰进行诫勉谈话，同时公布监督电话、举报邮箱。",
        "更新联系地址、办公电话后，张三丰退还违规领取的补贴。",
    ],
)
def test_who_was_punished_is_not_named(text: str) -> None:
    found = public(text)
    assert "李明" not in found
    assert "张三丰" not in found
    assert "相关责任人" in found


@pytest.mark.parametrize(
    "text",
    [
        "在高明区召开现场会。",
        "与高明街道对接。",
        "对高明区推进情况督查。",
        "对李明博进行走访。",
        "手段较为高明，",
        "更为高明。",
    ],
)
def test_a_short_name_inside_another_word_stays(text: str) -> None:
    assert public(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "对李明博走访。",
        "李明博被免职。",
        "李明和进行检讨。",
        "王李明受到警告。",
        "约谈李明亮等3人。",
        "陈李明，李明华。",
    ],
)
def test_what_may_be_part_of_another_name_is_left_to_a_person(text: str) -> None:
    document = Document("通报", (plain(Kind.PARAGRAPH, text),))
    found = with_roles(document, PEOPLE)
    assert found.blocks == document.blocks
    assert len(found.warnings) == 1
    assert "李明" in found.warnings[0]


@pytest.mark.parametrize("text", ["推进精神高明建设。", "早晚高明错开。", "成效高明显。", "越来越高明，"])
def test_a_name_that_is_a_word_needs_edges_on_both_sides(text: str) -> None:
    document = Document("通报", (plain(Kind.PARAGRAPH, text),))
    assert with_roles(document, PEOPLE) is document


def test_what_may_be_a_name_stays_and_is_told() -> None:
    document = Document("通报", (plain(Kind.PARAGRAPH, "对李明博走访，王高明受到警告。在高明区开会。"),))
    found = with_roles(document, PEOPLE)
    assert found.blocks == document.blocks
    assert found.warnings == ("公开稿中有的字可能是姓名，没有替换，请逐处核对：李明（1处）、高明（1处）",)


def test_an_answer_never_counts_as_contacts() -> None:
    text = "对张三丰进行诫勉谈话，公布举报电话0312-1234567、举报邮箱a@b.cn。联系人：张三丰，联系电话：0312-1234567。"
    for kind in ("issue", "section"):
        assert "张三丰" not in public(text, Anchor(kind, "u1"))
    assert public(text, Anchor("chapter", "u1")) == text.replace("张三丰", "相关责任人", 1)


def test_the_closing_keeps_the_person_to_be_asked() -> None:
    closing = Chapter(uid="c9", role=ChapterRole.CLOSING)
    text = "欢迎监督。来信请寄柳林路1号张三丰收，邮编：072550，举报电话：0312-1234567。"
    document = Document("通报", (plain(Kind.PARAGRAPH, text, anchor=Anchor("chapter", "c9")),))
    assert with_roles(document, a_snapshot(*PEOPLE.persons, closing)) == document
    assert with_roles(document, PEOPLE) != document  # another chapter than the closing


def test_a_name_behind_a_heading_of_its_paragraph_is_found() -> None:
    block = Block(Kind.PARAGRAPH, (Run("1.针对会风不正的问题。", RunRole.HEADING), Run("李明受到警告，李明退款。")), 3)
    found = with_roles(Document("通报", (block,)), PEOPLE).blocks[0]
    assert [run.text for run in found.runs] == ["1.针对会风不正的问题。", "相关责任人受到警告，相关责任人退款。"]


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("党委书记王建国主持会议。", "党委主要负责人主持会议。"),
        ("会议由党委书记王建国同志主持。", "会议由党委主要负责人主持。"),
        ("村党委书记王建国主持会议。", "村党委书记党委主要负责人主持会议。"),  # another post: for a person to look at
    ],
)
def test_the_post_before_a_name_goes_with_it(text: str, public: str) -> None:
    directory = a_snapshot(Person(name="王建国", post="党委书记", public_role="党委主要负责人"))
    found = with_roles(Document("通报", (plain(Kind.PARAGRAPH, text),)), directory)
    assert found.blocks[0].text == public
