"""Templates of documents: what is wrong in one is said in a sentence that names it."""

from __future__ import annotations

import json

import pytest

from zhenggai_desktop.domain.document_template import (
    CellSpec,
    ColumnSpec,
    document_template_text,
    load_document_template,
)
from zhenggai_desktop.errors import UsageError


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([], "没有内容"),
        ({"kind": "title"}, "blocks 写法不对"),
        (["标题"], "一段的写法不对"),
        ([{"kind": "chart"}], "没有“chart”这种段落"),
        ([{"kind": "title", "colour": "red"}], "没有“colour”这一项"),
        ([{"kind": "title", "text": 1}], "text 应当是文字"),
        ([{"kind": "heading", "text": "一", "level": "1"}], "level 应当是0到"),
        ([{"each": "week", "blocks": []}], "不能按“week”重复"),
        ([{"kind": "table", "of": "stars", "columns": []}], "没有“stars”这种表"),
        ([{"kind": "table", "of": "issues", "columns": []}], "没有列或行"),
        ([{"kind": "table", "of": "issues", "columns": [{"key": "height"}]}], "没有“height”这种列"),
        ([{"kind": "form", "rows": []}], "没有列或行"),
        ([{"kind": "form", "rows": ["甲"]}], "rows 的一行 写法不对"),
    ],
)
def test_what_is_wrong_is_named(blocks: object, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load_document_template(json.dumps({"blocks": blocks}))


def test_a_text_that_is_no_template_is_refused() -> None:
    for text, said in (("{", "不是有效的 JSON"), ("[]", "写法不对"), ("[" * 100_000, "不是有效的 JSON")):
        with pytest.raises(UsageError, match=said):
            load_document_template(text)
    with pytest.raises(UsageError, match="edition 不能是“secret”"):
        load_document_template('{"edition": "secret", "blocks": [{"kind": "chapters"}]}')


def test_nesting_without_end_is_refused() -> None:
    blocks: list[object] = [{"kind": "chapters"}]
    for _ in range(20):
        blocks = [{"each": "issue", "blocks": blocks}]
    with pytest.raises(UsageError, match="嵌套超过8层"):
        load_document_template(json.dumps({"blocks": blocks}))


def test_a_single_name_may_stand_without_brackets() -> None:
    template = load_document_template(
        '{"caption": "函", "blocks": [{"kind": "note", "text": "甲", "when": "巡察组"}]}', "函"
    )
    assert (template.name, template.caption, template.blocks[0].when) == ("函", "函", ("巡察组",))


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("level", 0, True), ("level", 2000, True), ("level", 2001, False), ("level", -1, False), ("level", True, False),
        ("least", 2000, True), ("least", 2001, False), ("across", 3, True), ("text", "甲", True), ("text", None, False),
        ("when", "甲", True), ("when", ["甲", "乙"], True), ("when", [1], False), ("when", ["甲"] * 2000, True),
        ("when", ["甲"] * 2001, False), ("heights", [1, 2.5], True), ("heights", ["1"], False), ("heights", 1, False),
        ("heights", [2001], False), ("widths", [0], True),
    ],
)  # fmt: skip
def test_what_an_entry_may_hold(name: str, value: object, fits: bool) -> None:
    text = json.dumps({"blocks": [{"kind": "note", name: value}]})
    if fits:
        assert load_document_template(text).blocks[0].kind == "note"
    else:
        with pytest.raises(UsageError, match=f"{name} (应当是|写法不对)"):
            load_document_template(text)


def test_what_an_entry_leaves_out() -> None:
    block = load_document_template('{"blocks": [{"kind": "note", "across": 0}]}').blocks[0]
    assert (block.level, block.least, block.across, block.landscape, block.total) == (0, 0, 1, False, False)
    assert load_document_template('{"blocks": [{"kind": "note", "across": 4}]}').blocks[0].across == 4
    for name in ("landscape", "roomy", "total"):
        for value, taken in ((True, True), (False, False), ("是", False)):
            found = load_document_template(json.dumps({"blocks": [{"kind": "note", name: value}]})).blocks[0]
            assert getattr(found, name) is taken


def test_cells_and_columns_as_they_are_written() -> None:
    cells = ["甲", {"text": "乙", "rows": 2, "columns": 3, "head": True, "centred": True}, {"rows": 0, "columns": 0}]
    form = load_document_template(json.dumps({"blocks": [{"kind": "form", "rows": [cells]}]})).blocks[0]
    assert form.rows == ((CellSpec("甲"), CellSpec("乙", 2, 3, head=True, centred=True), CellSpec()),)
    columns = [{"key": "issue"}, {"key": "goal", "caption": "目标", "width": 2.5, "centred": True}]
    table = load_document_template(
        json.dumps({"blocks": [{"kind": "table", "of": "issues", "columns": columns}]})
    ).blocks[0]
    assert table.columns == (ColumnSpec("issue", "issue"), ColumnSpec("goal", "目标", 2.5, centred=True))


@pytest.mark.parametrize(("deep", "fits"), [(8, True), (9, False)])
def test_entries_may_stand_eight_deep(deep: int, fits: bool) -> None:
    blocks: list[object] = [{"kind": "chapters"}]
    for _ in range(deep):
        blocks = [{"each": "issue", "blocks": blocks}]
    text = json.dumps({"blocks": blocks})
    if fits:
        load_document_template(text)
    else:
        with pytest.raises(UsageError, match="嵌套"):
            load_document_template(text)


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ('{"caption": "函", "blocks": [{"kind": "note"}]}', "", ("函", "函", "internal")),
        ('{"edition": "public", "blocks": [{"kind": "note"}]}', "甲", ("甲", "甲", "public")),
        ('{"blocks": [{"kind": "note"}]}', "", ("文书", "文书", "internal")),
    ],
)
def test_name_caption_and_edition(text: str, name: str, named: tuple[str, str, str]) -> None:
    found = load_document_template(text, name)
    assert (found.name, found.caption, found.edition) == named


def test_a_template_is_written_without_what_it_does_not_say() -> None:
    text = json.dumps(
        {"caption": "函", "edition": "public", "blocks": [
            {"kind": "note", "text": "甲", "when": ["巡察组"]},
            {"each": "issue", "blocks": [{"kind": "heading", "level": 2, "text": "{问题}"}]},
            {"kind": "table", "of": "issues", "columns": [{"key": "goal", "caption": "目标"}], "least": 3,
             "roomy": True},
            {"kind": "form", "rows": [["甲", {"text": "乙", "columns": 2}]], "widths": [1, 2]},
        ]}
    )  # fmt: skip
    template = load_document_template(text)
    written = document_template_text(template)
    assert load_document_template(written) == template
    assert json.loads(written)["blocks"] == [
        {"kind": "note", "text": "甲", "when": ["巡察组"]},
        {"each": "issue", "blocks": [{"kind": "heading", "text": "{问题}", "level": 2}]},
        {"kind": "table", "of": "issues", "columns": [{"key": "goal", "caption": "目标"}], "least": 3, "roomy": True},
        {"kind": "form", "rows": [[{"text": "甲"}, {"text": "乙", "columns": 2}]], "widths": [1.0, 2.0]},
    ]
    assert len(written.splitlines()) == 6 + 4  # an entry a line
