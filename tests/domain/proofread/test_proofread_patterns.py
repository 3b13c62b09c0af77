"""Rules that are regular expressions kept as data: each finds its fault, and leaves what is right alone."""

from __future__ import annotations

import pytest
from told_of import told_of


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("left-blank", "联系地址：XX市文昌路9号。", ["XX"]),
        ("left-blank", "联系地址：××县中心街9号。", ["××"]),
        ("left-blank", "引进XX型设备1台。", []),
        ("broken-number", "邮编：62213；电子邮箱见下。", ["邮编：62213"]),
        ("broken-number", "邮政编码：6221301。", ["邮政编码：6221301"]),
        ("broken-number", "邮编：622130；邮政编码：622131。", []),
        ("broken-number", "联系电话：0875—51236；", ["电话：0875—51236"]),
        ("broken-number", "联系电话：0875-512360812。", ["电话：0875-512360812"]),
        ("broken-number", "联系电话：0875-5123608；010-65120001；0875-12388。", []),
        ("broken-number", "联系电话：0875-5123608-8012（工作日）。", []),
        ("broken-number", "监督电话：1390875123。", ["电话：1390875123"]),
        ("broken-number", "监督电话：13908751234。", []),
        ("broken-number", "听众1.2余万人次。", ["1.2余万"]),
        ("broken-number", "听众1.2万余人次，其中10余万元来自捐赠。", []),
        ("needless-comma", "对已完成的问题开展“回头看，”防止反弹。", ["，”"]),
        ("needless-comma", "对已完成的问题开展“回头看”，防止反弹。", []),
        ("needless-comma", "培训支部书记、组织委员、等93人。", ["、"]),
        ("needless-comma", "按特等、等级外两类登记。", []),
        ("needless-comma", "“合同超期”、和“食堂亏损”；安康、莲安、和津3个社区。", ["”、和"]),
        ("missing-unit", "扣发绩效共计2.7万。", ["共计2.7万"]),
        ("missing-unit", "扣发绩效共计2.7万元，培训合计2.7万人次。", []),
        ("missing-unit", "5万元以上20万以下的由院长办公会研究。", ["元以上20万"]),
        ("redundant", "每月至少联系不少于1次。", ["至少联系不少于"]),
        ("redundant", "每月至少联系1次，每季度不少于3次。", []),
        ("redundant", "继续加强强化理论武装。", ["加强强化"]),
        ("redundant", "不断加强、强化理论武装，健全完善制度。", []),
        ("wrong-word", "持续发力，即抓当前整改，又抓长远治理。", ["即抓"]),
        ("wrong-word", "做到即能发现问题，又能解决问题。", ["即能"]),
        ("wrong-word", "接诉即办，即知即改，扫码即能查询，又能缴费。", []),
        ("wrong-word", "在村务公开拦张贴。", ["公开拦"]),
        ("wrong-word", "公开拦截查处一起，设置公开栏3处。", []),
        ("wrong-word", "结果在公开栏公式，公式期满无异议。", ["公式", "公式"]),
        ("wrong-word", "按照公式计算，避免教条化、公式化。", []),
        ("wrong-word", "反馈支部29个，均以整改。", ["均以"]),
        ("wrong-word", "均以完成年度任务为目标，均以清单管理。", []),
        ("wrong-word", "14.5亩列人退耕计划。", ["列人"]),
        ("wrong-word", "系列人才计划，罗列人员名单，列人员清单。", []),
        ("wrong-word", "31批次，以全部补充说明，人员管里混乱。", ["以全部", "管里"]),
        ("wrong-word", "以全部村组为单位；水管里的水。", []),
        ("wrong-word", "作风慢散，轮流座班。", ["慢散", "座班"]),
        ("wrong-word", "举办知识讲座班次3期。", []),
        ("doubled-sign", "带头讲党课课5次，开展培训训3期。", ["课课", "训训"]),
        ("doubled-sign", "带头讲党课5次。", []),
        ("status-words", "中心正在施工，现已建成并投入使用。", ["正在施工，现已建成并投入使用"]),
        ("status-words", "中心正在施工，已完成主体工程的80%。", []),
        ("status-words", "该项整改已全部完成，计划2026年底前完成。", ["该项整改已全部完成，计划2026年底前完成"]),
        ("status-words", "主体工程已完成，预计2026年底前完成。", []),
    ],
)
def test_slips_of_writing_are_found_and_the_right_words_left_alone(code: str, text: str, words: list[str]) -> None:
    assert [told for told, _ in told_of(code, text)] == words
