"""Words of a table, or of a paragraph that a template made, that came back changed: whose field they are."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.document_composing import compose_document
from zhenggai_desktop.domain.document_template import load_document_template
from zhenggai_desktop.domain.draft_text import DraftText, FieldSpan, Span, draft_text, read, written
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    Measure,
    Section,
    Snapshot,
)
from zhenggai_desktop.domain.returned_changes import Returned, looks_like_heading
from zhenggai_desktop.domain.returned_fields import CHANGED_SINCE, FIELD_GONE, FROM_TEMPLATE, IN_TABLE
from zhenggai_desktop.domain.returned_takes import Plan, TakePlanner
from zhenggai_desktop.domain.returned_text import ReturnedParagraph, ReturnedText
from zhenggai_desktop.domain.schemes import BUILT_IN, HeadingPattern
from zhenggai_desktop.domain.takes import SetValue

SCHEME = BUILT_IN["a"]
TABLE = {
    "kind": "table",
    "of": "measures",
    "columns": [{"key": key, "caption": key} for key in ("issue", "goal", "content", "deadline")],
}
PARAGRAPHS = {
    "each": "issue",
    "blocks": [{"kind": "paragraph", "text": "{问题}。目标：{整改目标}措施：{整改措施}"}],
}


def a_ledger() -> Snapshot:
    return a_snapshot(
        Section(uid="s", title="作风方面"),
        Issue(uid="i", section_id=1, title="会风不正", goal="会议减少三成", deadline="年底前"),
        Measure(uid="m", issue_id=1, content="压减各类会议，合并同类会议"),
        Measure(uid="n", issue_id=1, content="会议限时"),
    )


def sent(snapshot: Snapshot, block: dict[str, Any]) -> DraftText:
    template = load_document_template(json.dumps({"blocks": [block]}))
    document = compose_document(template, snapshot, SCHEME, today=dt.date(2025, 6, 1))
    return draft_text(document, snapshot, SCHEME)


def planned(block: dict[str, Any], *changes: tuple[str, str], now: Snapshot | None = None) -> Plan:
    draft = sent(a_ledger(), block)
    lines = list(draft.texts)
    for words, instead in changes:
        at = next(at for at, line in enumerate(lines) if words in line)
        lines[at] = lines[at].replace(words, instead)
    returned = Returned(draft, [""] * len(lines), ReturnedText("稿", tuple(map(ReturnedParagraph, lines))))
    return TakePlanner(now or a_ledger(), returned).plan(returned.changes)


def values(plan: Plan) -> list[tuple[str, str, object]]:
    return [(take.key[1], take.name, take.value) for take in plan.takes if isinstance(take, SetValue)]


@pytest.mark.parametrize("block", [TABLE, PARAGRAPHS], ids=["table", "paragraph"])
@pytest.mark.parametrize(
    ("changes", "set_to"),
    [
        ([("会风不正", "会风不实")], [("i", "title", "会风不实")]),
        ([("减少三成", "减少四成")], [("i", "goal", "会议减少四成")]),
        ([("合并同类", "取消同类")], [("m", "content", "压减各类会议，取消同类会议")]),
        ([("压减各类会议，合并同类", "压减所有会议，取消同类")], [("m", "content", "压减所有会议，取消同类会议")]),
        (
            [("压减各类", "大力压减各类"), ("合并同类会议", "取消会议")],
            [("m", "content", "大力压减各类会议，取消会议")],
        ),
        ([("会议限时", "会议限时一小时")], [("n", "content", "会议限时一小时")]),
        (
            [("压减各类会议，", "压减会议，"), ("会议限时", "会议限时一小时")],
            [("m", "content", "压减会议，合并同类会议"), ("n", "content", "会议限时一小时")],
        ),
        (
            [("会议减少三成", "会议数量逐月减少三成"), ("会议限时", "会议一律限时")],
            [("i", "goal", "会议数量逐月减少三成"), ("n", "content", "会议一律限时")],
        ),
        ([("，合并同类会议", "")], [("m", "content", "压减各类会议")]),
        ([("压减各类会议，", "")], [("m", "content", "合并同类会议")]),
        ([], []),
    ],
)
def test_words_inside_a_field_are_the_fields(
    block: dict[str, Any], changes: list[tuple[str, str]], set_to: list[tuple[str, str, object]]
) -> None:
    plan = planned(block, *changes)
    assert (values(plan), plan.reasons) == (set_to, [])


def test_words_that_are_no_field_are_told() -> None:
    assert planned(TABLE, ("年底前", "月底前")).reasons == [IN_TABLE]
    plan = planned(PARAGRAPHS, ("目标：", "整改目标："))
    assert (plan.takes, plan.reasons) == ([], [FROM_TEMPLATE])


def test_a_record_that_is_gone_and_one_that_was_changed_since_are_told() -> None:
    ledger = a_ledger()
    gone = replace(ledger, measures=ledger.measures[1:])
    assert planned(TABLE, ("合并同类", "取消同类"), now=gone).reasons == [FIELD_GONE]
    rewritten = replace(ledger, measures=(replace(ledger.measures[0], content="另有安排"), ledger.measures[1]))
    plan = planned(TABLE, ("合并同类", "取消同类"), now=rewritten)
    assert (plan.takes, plan.reasons) == ([], [CHANGED_SINCE])
    alike = replace(
        ledger, measures=(replace(ledger.measures[0], content="压减各类会议，取消同类会议"), ledger.measures[1])
    )
    assert planned(TABLE, ("合并同类", "取消同类"), now=alike) == Plan()


@pytest.mark.parametrize(
    ("words", "now"), [("会议限时", "会议限时一小时"), ("会议限时", "各类会议限时"), ("会议限时", "会议")]
)
def test_what_is_in_the_field_already_is_not_taken_again(words: str, now: str) -> None:
    ledger = a_ledger()
    taken = replace(ledger, measures=(ledger.measures[0], replace(ledger.measures[1], content=now)))
    assert planned(TABLE, (words, now), now=taken) == Plan()


def test_a_field_that_stands_in_two_tables_takes_what_was_added_once() -> None:
    draft = sent(a_ledger(), TABLE)
    twice = DraftText((*draft.blocks, *draft.blocks), draft.scheme)
    lines = [text.replace("会议限时", "会议限时一小时") for text in twice.texts]
    returned = Returned(twice, [""] * len(lines), ReturnedText("稿", tuple(map(ReturnedParagraph, lines))))
    plan = TakePlanner(a_ledger(), returned).plan(returned.changes)
    assert (values(plan), plan.reasons) == ([("n", "content", "会议限时一小时")], [])


def test_what_the_ledger_added_round_the_words_since_stays() -> None:
    ledger = a_ledger()
    more = replace(
        ledger, measures=(replace(ledger.measures[0], content="另外，压减各类会议，合并同类会议。"), ledger.measures[1])
    )
    assert values(planned(TABLE, ("合并同类", "取消同类"), now=more)) == [
        ("m", "content", "另外，压减各类会议，取消同类会议。")
    ]


# --- what is kept of a draft


def test_a_draft_says_of_each_word_whose_it_is() -> None:
    notice = draft_text(compose(a_ledger(), SCHEME), a_ledger(), SCHEME)
    heading = next(block for block in notice.blocks if "会风不正" in block.text)
    (span,) = heading.spans
    assert (heading.text[span.start : span.end], span.anchor.uid) == ("会风不正", "i")
    assert heading.heading == len(heading.text)
    for block in sent(a_ledger(), TABLE).blocks:
        for field in block.fields:
            assert isinstance(field, FieldSpan)
            assert (field.start, field.end) == (0, len(block.text))


@pytest.mark.parametrize("letter", sorted(BUILT_IN))
def test_measures_are_found_in_their_answer_in_their_order(letter: str) -> None:
    snapshot = a_snapshot(
        Issue(uid="i", title="甲问题"),
        *(Measure(uid=f"m{at}", issue_id=1, progress=f"已完成第{at}项工作。") for at in (1, 2, 3)),
    )
    draft = draft_text(compose(snapshot, BUILT_IN[letter]), snapshot, BUILT_IN[letter])
    spans: list[tuple[str, Span]] = [
        (block.text[span.start : span.end], span) for block in draft.blocks for span in block.spans
    ]
    assert [(words, span.anchor.uid) for words, span in spans if span.anchor.kind == "measure"] == [
        (f"已完成第{at}项工作。", f"m{at}") for at in (1, 2, 3)
    ]


def test_a_draft_comes_back_from_the_ledger_as_it_was_kept() -> None:
    for draft in (
        sent(a_ledger(), TABLE),
        sent(a_ledger(), PARAGRAPHS),
        draft_text(compose(a_ledger(), SCHEME), a_ledger(), SCHEME),
    ):
        assert read(written(draft)) == draft
    own = replace(SCHEME, section=HeadingPattern("{n}、{title}"))
    assert read(written(DraftText((), own))) == DraftText((), own)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"scheme": {}, "blocks": [{}]}', '{"scheme": {"based_on": "x"}, "blocks": []}',
             '{"scheme": {}, "blocks": [{"kind": "cloud", "text": "甲"}]}', '{"scheme": {"colour": 1}, "blocks": []}',
             "[" * 100_000],
)  # fmt: skip
def test_what_is_no_draft_is_none(text: str) -> None:
    assert read(text) is None


def test_a_chapters_own_heading_is_its_first_and_no_other() -> None:
    prose = (ChapterBlock(BlockKind.HEADING, 2, "（一）小标题"), ChapterBlock(BlockKind.PARAGRAPH, 0, "正文。"))
    snapshot = a_snapshot(
        Chapter(uid="lead", role=ChapterRole.LEAD, blocks=prose), Chapter(uid="c", title="情况", blocks=prose)
    )
    blocks = draft_text(compose(snapshot, SCHEME), snapshot, SCHEME).blocks
    assert [(block.anchor.uid, block.heading) for block in blocks if block.anchor] == [
        ("lead", 0), ("lead", 0), ("c", 4), ("c", 0), ("c", 0),
    ]  # fmt: skip


# --- headings that were typed in


@pytest.mark.parametrize(
    ("letter", "text", "heading"),
    [
        ("a", "3.针对理论武装抓得不实问题。", True),
        ("a", "3.理论武装抓得不实", True),  # numbered like an issue, and short
        ("a", "（三）关于理论武装方面问题", True),
        ("a", "三、下一步打算", True),
        ("a", "理论武装抓得不实", False),
        ("a", "①理论武装", False),  # circled numbers head nothing in this scheme
        ("a", "一是开展了集中学习", False),
        ("a", "3.针对理论武装问题。" + "整改情况：" + "字" * 90, True),
        ("d", "（三）开展了集中学习", False),  # so are its answers numbered
        ("d", "（三）作风建设方面", True),
        ("d", "（三）关于作风建设的问题", True),
        ("d", "（三）作风建设方面，开展了集中学习。", False),
        ("d", "（三）作风建设方面。", False),
        ("d", "三、关于“理论武装”问题的整改情况", True),
        ("e", "问题三：理论武装。", True),
        ("e", "问题三：" + "字" * 90 + "。" + "字" * 9, True),
    ],
)
def test_what_looks_like_a_heading(letter: str, text: str, heading: bool) -> None:
    assert looks_like_heading(text, DraftText((), BUILT_IN[letter])) is heading
