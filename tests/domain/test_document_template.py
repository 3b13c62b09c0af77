"""Templates of documents: what is wrong in one is said in a sentence that names it."""

from __future__ import annotations

import json

import pytest

from zhenggai_desktop.domain.document_template import load_document_template
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
