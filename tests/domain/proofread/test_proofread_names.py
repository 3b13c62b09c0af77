"""Persons by name, and one office under two names."""

from __future__ import annotations

import pytest
from told_of import told_in, told_of


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("named-penalty", "对张建国同志给予党内警告处分。", [("张建国", "“张建国”的姓名与处理结果并列")]),
        ("named-penalty", "对张建国给予党内警告处分。", [("张建国", "“张建国”的姓名与处理结果并列")]),
        ("named-penalty", "报账员李红诫勉谈话。", [("李红", "“李红”的姓名与处理结果并列")]),
        ("named-penalty", "对相关责任人给予党内警告处分。", []),
        ("named-penalty", "给予原村会计李红党内警告处分。", [("李红", "“李红”的姓名与处理结果并列")]),
        ("named-penalty", "李红老师因违规补课被诫勉谈话。", [("李红", "“李红”的姓名与处理结果并列")]),
        ("named-penalty", "李红艳被诫勉谈话。", [("李红艳", "“李红艳”的姓名与处理结果并列")]),
        ("named-penalty", "李红老师因认真工作受到表扬。", []),
        ("named-penalty", "张建国同志带头学习。", []),
        ("listed-names", "清退2名不在岗人员（赵小明、孙丽）。", [("赵小明、孙丽", "“赵小明、孙丽”是人员姓名")]),
        ("listed-names", "清退2名不在岗人员（甲类、乙类）。", []),
        ("listed-names", "清退人员分别为赵小明、孙丽。", [("赵小明、孙丽", "“赵小明、孙丽”是人员姓名")]),
        ("listed-names", "约谈赵小明、孙丽二人。", [("赵小明、孙丽", "“赵小明、孙丽”是人员姓名")]),
        ("listed-names", "清退2名不在岗人员。", []),
        ("listed-names", "对党员王建国、李淑芬等2名予以纠正。", [("王建国、李淑芬", "“王建国、李淑芬”是人员姓名")]),
        ("listed-names", "走访金沙江、白云山等3个片区，约谈高中、石桥等3人。", []),
    ],
)
def test_a_name_beside_a_penalty_is_a_person(code: str, text: str, told: list[tuple[str, ...]]) -> None:
    """In a public text it is “相关责任人”."""
    assert told_of(code, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("县水利局牵头。\n县水务局配合。", [("县水务局", "单位名称前后不一致：前文为“县水利局”")]),
        ("县水利局牵头。\n县水利局配合。", []),
        ("县水利局牵头。\n市水务局配合。", []),
        ("县水利局牵头。\n原县水务局配合。", []),
        ("县水利局牵头。\n印发《县水务局办法》。", []),
        ("县水利局牵头。\n印发《办法》，县水务局配合。", [("县水务局", "单位名称前后不一致：前文为“县水利局”")]),
        ("县住房和城乡建设局牵头。\n县住建局配合。", []),
        ("县住房和城乡建设局牵头。\n县建设局配合。", [("县建设局", "单位名称前后不一致：前文为“县住房和城乡建设局”")]),
    ],
)
def test_an_office_has_one_name(text: str, told: list[tuple[str, ...]]) -> None:
    """A county has one of them; short forms, titles and former names are none of it."""
    assert told_in("office-name", text) == told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("对王建国、李志强和赵敏3人进行批评教育。", ["王建国", "李志强", "赵敏"]),
        ("对副镇长陈立、民政所长周军约谈。", ["陈立", "周军"]),
        ("王建国因违规报销被给予政务警告处分。", ["王建国"]),
        ("责令王建国作出书面检查。", ["王建国"]),
        ("免去王建国党支部书记职务。", ["王建国"]),
        ("对驾驶员钱伟扣发补贴并通报批评。", ["钱伟"]),
        ("对王建国（原村支书）予以党内警告。", ["王建国"]),
        ("给予买买提·艾力党内警告处分。", ["买买提·艾力"]),
        ("对李明作出诫勉处理。", ["李明"]),
        ("对张三、李四进行诫勉谈话。", ["张三、李四"]),
        ("对工作推诿的村委会委员周大明，由镇党委进行了诫勉。", ["周大明"]),
        ("给予刘梅（时任会计）党内严重警告处分。", ["刘梅"]),
        ("对严管（含支部书记）不力的给予通报批评。", []),
        ("对村委会委员分工不明，由镇党委进行了诫勉谈话。", []),
        ("在发展党员方面，给予党内警告2人。", []),
        ("对村干部任期届满，由镇党委进行谈话提醒。", []),
        ("对车主进行约谈，给予全镇通报批评。", []),
        ("责令党委书记向常委会作出书面检查。", []),
        ("对项目、成本、方案3人次进行约谈。", []),
        ("对高度重视不够的责任人诫勉谈话。", []),
    ],
)
def test_names_beside_a_penalty_are_found_one_by_one(text: str, names: list[str]) -> None:
    assert sorted(words for words, _ in told_of("named-penalty", text)) == sorted(names)


@pytest.mark.parametrize("text", ["给予警告处分2人：王建国、李志强。", "给予处分2人（分别为王建国、李志强）。"])
def test_names_behind_a_count_are_found(text: str) -> None:
    assert told_of("listed-names", text) == [("王建国、李志强", "“王建国、李志强”是人员姓名")]
