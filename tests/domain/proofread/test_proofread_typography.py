"""Punctuation, quotes, brackets and what was typed twice."""

from __future__ import annotations

import pytest
from told_of import told_in, told_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("落实“甲“乙”丙”制度。", [("“乙”", "引号内又用双引号")]),
        ("落实“甲“乙“丙”丁”戊”制度。", [("“乙“丙”丁”", "引号内又用双引号")]),
        ("落实“甲”和“乙”制度。", []),
        ("落实“甲“乙”制度。", []),
        ("落实甲”“乙”制度。", []),
        ("“甲“乙””", [("“乙”", "引号内又用双引号")]),
    ],
)
def test_an_inner_quotation_takes_single_marks(text: str, told: list[tuple[str, ...]]) -> None:
    """GB/T 15834 4.8.3.2."""
    assert told_of("nested-quotes", text) == told


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("unpaired", "建立“一户一档台账。", [("“", "双引号““”没有对应的后半个")]),
        ("unpaired", "建立一户一档”台账。", [("”", "双引号“””没有对应的前半个")]),
        ("unpaired", "建立（一户一档台账。", [("（", "括号“（”没有对应的后半个")]),
        ("unpaired", "建立（一户“一档）台账。", [("“", "双引号““”没有对应的后半个")]),
        ("unpaired", "建立“一户（一档”台账。", [("（", "括号“（”没有对应的后半个")]),
        ("unpaired", "建立“一户’一档”台账。", [("’", "单引号“’”没有对应的前半个")]),
        ("unpaired", "建立《办法〕。", [("〕", "六角括号“〕”没有对应的前半个")]),
        ("unpaired", "建立“一户”（一档）《台账》〔2024〕【新】‘好’。", []),
        ("unpaired", "1）建立台账。", []),
        ("unpaired", "12）建立台账。", []),
        ("unpaired", "123）建立台账。", [("）", "括号“）”没有对应的前半个")]),
        ("unpaired", "十一）建立台账。", []),
        ("unpaired", "已整改。2）建立台账。", []),
        ("unpaired", "a）建立台账。", []),
        ("unpaired", "已整改2）建立台账。", [("）", "括号“）”没有对应的前半个")]),
        ("unpaired", "使用Party’s平台。", []),
        ("unpaired", "使用平台’好。", [("’", "单引号“’”没有对应的前半个")]),
        ("unpaired", "建立“甲和“乙台账。", [("“", "双引号““”没有对应的后半个")]),
        ("straight-quote", '建立"台账。', [('"', '直引号“"”不成对')]),
        ("straight-quote", '建立"台账"。', []),
        ("straight-quote", '建立"台账"和"制度。', [('"', '直引号“"”不成对')]),
    ],
)
def test_what_opens_is_closed(code: str, text: str, told: list[tuple[str, ...]]) -> None:
    """And the half that is too much is shown."""
    assert told_of(code, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "学习《甲》、《乙》、《丙》。",
            [("》、《", "并列的书名号之间不用顿号"), ("》、《", "并列的书名号之间不用顿号")],
        ),
        ("做到“甲”、“乙”。", [("”、“", "并列的引号之间不用顿号")]),
        ("学习《甲》、“乙”。", []),
        ("学习《甲》和《乙》、丙。", []),
    ],
)
def test_listed_titles_and_quotations_stand_without_a_comma(text: str, told: list[tuple[str, ...]]) -> None:
    """GB/T 15834 4.5.3.5."""
    assert told_of("needless-comma", text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("核实的的问题。", [("的的", "“的的”多打了一个字")]),
        ("目的的问题，标的的问题。", []),
        ("标志的的问题。", [("的的", "“的的”多打了一个字")]),
        ("了解了了解的情况。", []),
        ("推动推动整改。", [("推动推动", "“推动”重复")]),
        ("一项一项核对，逐条逐条落实，研究研究再定。", []),
        ("哈哈哈哈大笑。", []),
        ("整改措施整改措施到位。", [("整改措施整改措施", "“整改措施”重复")]),
        ("来来来来。", []),
    ],
)
def test_a_sign_or_word_typed_twice(text: str, told: list[tuple[str, ...]]) -> None:
    """Unless the language doubles it."""
    assert told_of("doubled", text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "逐户核查低保对象家庭情况。逐户核查低保对象家庭情况。",
            [("逐户核查低保对象家庭情况", "“逐户核查低保对象家庭情况……”在本段重复出现")],
        ),
        (
            "逐户核查低保对象家庭情况。及时清退。逐户核查低保对象家庭情况。",
            [("逐户核查低保对象家庭情况", "“逐户核查低保对象家庭情况……”在本段重复出现")],
        ),
        ("逐户核查低保对象。及时清退不符合的。逐户核查低保对象。", []),
        ("逐户核查低保对象。逐户核查低保对象。", [("逐户核查低保对象", "“逐户核查低保对象……”在本段重复出现")]),
        ("逐户核查低保户。逐户核查低保户。", []),
        (
            "一是逐户核查低保对象家庭情况。二是逐户核查低保对象家庭情况。",
            [("二是逐户核查低保对象家庭情况", "“逐户核查低保对象家庭情况……”在本段重复出现")],
        ),
        (
            "一是逐户核查低保对象。二是逐户核查低保对象。",
            [("二是逐户核查低保对象", "“逐户核查低保对象……”在本段重复出现")],
        ),
        (
            "整改情况：逐户核查低保对象家庭情况；（1）逐户核查低保对象家庭情况。",
            [("（1）逐户核查低保对象家庭情况", "“逐户核查低保对象家庭情况……”在本段重复出现")],
        ),
        ("逐户核查低保对象家庭情况，并登记。逐户核查低保对象家庭情况。", []),
    ],
)
def test_a_sentence_pasted_twice(text: str, told: list[tuple[str, ...]]) -> None:
    """The same words again in one paragraph."""
    assert told_of("repeated-sentence", text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("完成整改，。", [("，。", "标点“")]),
        ("完成整改。，", [("。，", "标点“。")]),
        ("完成整改。。", [("。。", "标点“。。”连用")]),
        ("完成整改。。。", [("。。。", "标点“。。。”连用")]),
        ("完成整改！？真的？！", []),
        ("完成整改，、并；：报告", [("，、", "标点“"), ("；：", "标点“；：”连用")]),
        ("完成整改，的同志。", [("，的", "“")]),
        ("完成整改，的确不错。", []),
        ("完成整改，的士司机。", []),
        ("完成整改、的同志。", [("、的", "“、的”前后句子断开")]),
        ("建立（，台账）。", [("（，", "“（")]),
        ("建立（台账，）。", [("，）", "“")]),
        ("建立《台账、》。", []),
        ("建立《台账，》。", [("，》", "“")]),
        ("建立“：台账”（：台账）。", []),
        ("建立‘。台账’。", [("‘。", "“‘。”中的标点多余")]),
    ],
)
def test_two_stops_in_a_row(text: str, told: list[tuple[str, ...]]) -> None:
    """The strongest of them was meant; three full stops were an ellipsis."""
    assert told_of("punctuation-run", text) == told


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("year-brackets", "（区办发(2025)4号）", [("(2025)4号", "发文字号的年份应使用六角括号〔〕")]),
        ("year-brackets", "区办发〔2025〕4号", []),
        (
            "year-brackets",
            "区办发[2025]第4号和【1999】14号",
            [("[2025]第4号", "发文字号的年份应使用六角括号〔〕"), ("【1999】14号", "发文字号的年份应使用六角括号〔〕")],
        ),
        ("year-brackets", "区办发（1899）4号", []),
        ("document-number", "区办发〔2024〕第4号", [("第4号", "发文字号的序号不加“第”")]),
        ("document-number", "区办发〔2024〕04号", [("04号", "发文字号的序号不加“第”")]),
        ("document-number", "区办发〔2024〕第04号", [("第04号", "发文字号的序号不加“第”")]),
        ("document-number", "区办发〔2024〕40号", []),
        ("document-number", "区办发〔2024〕第号", []),
        ("stray-signs", "整改到位|", [("|", "段末有多余符号“|”")]),
        ("stray-signs", "整改到位*#", [("*#", "段末有多余符号“*#”")]),
        ("stray-signs", "整改|到位", []),
    ],
)
def test_a_document_number_is_written_by_the_standard(code: str, text: str, told: list[tuple[str, ...]]) -> None:
    """GB/T 9704-2012 7.2.5."""
    assert told_of(code, text) == told


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("half-width", "整改到位,进展顺利。", [("，", "全文有1处半角标点与中文混用")]),
        ("half-width", "整改到位,进展顺利.", [("，", "全文有2处半角标点与中文混用")]),
        ("half-width", "整改到位，进展顺利(含延期)。\n整改到位;进展顺利!好", [("（", "全文有4处半角标点与中文混用")]),
        ("half-width", "整改到位，占50:50。", []),
        ("half-width", "整 改 到位,好。", [("，", "全文有1处半角标点与中文混用")]),
        ("straight-quote", '落实 "三重一大"制度。', [("“", "全文有2处直引号")]),
        ("straight-quote", "落实'四个意识'。", [("'", "全文有2处直引号")]),
        ("straight-quote", "It's a test. 落实到位。", []),
        ("wide-digit", "召开会议２０次，完成率９５％。", [("20", "全文有2处全角的数字、字母或百分号")]),
        ("wide-digit", "召开会议20次，完成率95%。", []),
        ("rate", "应整改80项，已完成72项，完成率92％。", [("92%", "72 ÷ 80 = 90%", "90%")]),
        ("stray-blank", "逐张核实 ，并登记。", [("实，", "标点旁有多余的空格")]),
        ("stray-blank", "逐张核实 ，并登记 。\n全部 整改（ 含延期）。", [("实，", "标点旁有多余的空格（共3处）")]),
        ("stray-blank", "逐张核实，并登记。", []),
        ("stray-blank", "全部 整改", []),
    ],
)
def test_half_width_signs_are_told_once_for_the_whole_text(code: str, text: str, told: list[tuple[str, ...]]) -> None:
    """With how many there are."""
    assert told_in(code, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("某局党组关于巡察整改进展情况的通报\n根据统一部署，对低保对象逐户核查，清退不符合条件的11户，新纳入9户。", []),
        (
            "某局党组关于巡察整改进展情况的通报\n根据统一部署，对低保对象逐户核查，清退不符合条件的11户，",
            [("，", "段末缺少句号", "。")],
        ),
        (
            "某局党组关于巡察整改进展情况的通报\n根据统一部署，对低保对象逐户核查，清退不符合条件的11户、",
            [("、", "段末缺少句号", "。")],
        ),
        ("某局党组关于巡察整改进展情况的通报\n根据统一部署，已整改到位", []),
    ],
)
def test_a_paragraph_of_prose_ends_with_a_stop(text: str, told: list[tuple[str, ...]]) -> None:
    """In a notice; and never with a comma."""
    assert told_in("unfinished-paragraph", text) == told
