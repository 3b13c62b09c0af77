"""Each rule finds its fault at the right words, and leaves clean text alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.lengths import LONG_PARAGRAPH
from zhenggai_desktop.domain.proofread.checker import Proofreader, mended
from zhenggai_desktop.domain.proofread.findings import Finding, Severity, TextRule
from zhenggai_desktop.domain.proofread.lexicon import lexicon_of
from zhenggai_desktop.domain.proofread.subject import subject_of_source

ROOT = Path(__file__).parents[3]
WORDS = json.loads((ROOT / "resources" / "words" / "proofreading.json").read_text("utf-8"))
READER = Proofreader(lexicon_of(WORDS))
CLEAN = (ROOT / "resources" / "samples" / "示例整改通报.txt").read_text("utf-8")


def hits(code: str, text: str) -> list[str]:
    rules = [rule for rule in READER.rules if rule.code == code and isinstance(rule, TextRule)]
    assert rules, code
    return [text[hit.start : hit.end] for rule in rules for hit in rule.check(text)]


def findings(text: str) -> tuple[Finding, ...]:
    lines = [SourceParagraph(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    source = SourceDocument("文本", tuple(lines))
    return READER.check(subject_of_source(source, understand(source)))


def in_notice(answer: str) -> list[tuple[str, str]]:
    """Codes and words found when ``answer`` is put into the clean notice."""
    text = CLEAN.replace(
        "组建由12名骨干组成的宣讲小分队，深入社区、企业和商圈宣讲21场，覆盖党员群众1300余人次。", answer
    )
    return [(f.code, f.words) for f in findings(text) if f.code != "stopped-heading"]


def test_a_paragraph_is_long_from_the_first_character_over_the_limit() -> None:
    assert hits("long-paragraph", "长" * LONG_PARAGRAPH) == []
    assert hits("long-paragraph", "长" * (LONG_PARAGRAPH + 1)) == ["长" * (LONG_PARAGRAPH + 1)]


def test_work_told_before_a_count_is_no_list_of_names() -> None:
    assert hits("named-things", "走访东岭村、帮扶了西塘村、南湾村5个村。") == []
    assert hits("named-things", "走访东岭村、西塘村、南湾村5个村。") != []


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("rate", "抽检1200批次，不合格18批次，不合格率为1.8%。", "1.8%"),
        ("bank-card", "发至本人工资卡（卡号6222021904001234567）。", "6222021904001234567"),
        (
            "exceeding-parts",
            "处理41人，其中党纪处分3人、政务处分1人、诫勉6人、提醒谈话19人、批评教育14人。",
            "41人，其中党纪处分3人、政务处分1人、诫勉6人、提醒谈话19人、批评教育14人",
        ),
        ("announced-items", "采取四项措施推进整改：一是公示。二是清理。三是通报。", "四项措施推进整改："),
        (
            "stated-sum",
            "党纪处分2人，其中警告1人、严重警告1人；组织处理7人，其中诫勉3人、谈话4人；两项合计处理8人。",
            "8人",
        ),
        ("exceeding-parts", "立案5件，其中甲类3件、乙类4件。", "5件，其中甲类3件、乙类4件"),
        ("exceeding-parts", "追回资金3万元，其中补贴2万元、津贴1.5万元。", "3万元，其中补贴2万元、津贴1.5万元"),
        ("exceeding-parts", "处分8人，其中诫勉9人。", "8人，其中诫勉9人"),
        ("missing-parts", "处分25人，其中警告10人、严重警告14人。", "25人，其中警告10人、严重警告14人"),
        ("missing-parts", "处分二十五人，其中警告十人，严重警告十四人。", "二十五人，其中警告十人，严重警告十四人"),
        ("remainder", "梳理资金43项，目前已使用30项，剩下12项已明确计划。", "43项，目前已使用30项，剩下12项"),
        ("remainder", "移交线索21件，办结17件，在办5件。", "21件，办结17件，在办5件"),
        ("rate", "共697项，已完成688项，完成率99.71%。", "99.71%"),
        ("announced-items", "采取以下3项措施：一是甲。二是乙。三是丙。四是丁。", "3项措施："),
        (
            "named-things",
            "东岭、西塘、南湾、和庄、北坡5个村和甲、乙2个社区，上河、下河、中河9个社区。",
            "上河、下河、中河9个社区",
        ),
        ("id-number", "身份证号11010519491231002X。", "11010519491231002X"),
        ("bank-card", "账号6222021234567890128。", "6222021234567890128"),
        ("plate", "公车鲁M12345停用。", "鲁M12345"),
        ("someone", "对张某某给予警告。", "张某某"),
        ("punished-by-post", "对南湾村主要负责人诫勉谈话。", "南湾村主要负责人"),
        ("punished-by-post", "对灵溪、和津社区党支部书记给予党内警告处分。", "和津社区党支部书记"),
        ("secrecy-mark", "文件标注机密★10年。", "机密★"),
        ("open-case", "相关人员已被采取留置措施。", "被采取留置"),
        ("personal-mail", "邮箱：abc@qq.com。", "abc@qq.com"),
        ("impossible-date", "2025年2月30日召开会议。", "2025年2月30日"),
        ("incomplete-date", "9月10召开了民主生活会。", "9月10"),
        ("incomplete-date", "自2016以来选拔干部12名。", "2016"),
        ("nested-quotes", "落实“甲“乙”丙”制度。", "“乙”"),
        ("unpaired", "建立“一户一档台账。", "“"),
        ("unpaired", "制定管理办法》。", "》"),
        ("needless-comma", "学习《条例》、《准则》。", "》、《"),
        ("doubled", "核实的的问题。", "的的"),
        ("doubled", "推动推动整改。", "推动推动"),
        ("punctuation-run", "完成整改，。", "，。"),
        ("punctuation-run", "书记为组长，的领导小组。", "，的"),
        ("year-brackets", "（区办发(2025)4号）", "(2025)4号"),
        ("stray-signs", "整改到位|", "|"),
        ("wrong-word", "截止目前已完成。", "截止目前"),
        ("wrong-word", "建立台帐。", "台帐"),
        ("wrong-word", "争求意见。", "争求"),
        ("long-paragraph", "长" * 801, "长" * 801),
    ],
)
def test_a_fault_is_found_at_its_words(code: str, text: str, words: str) -> None:
    assert words in hits(code, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("exceeding-parts", "立案5件，其中甲类3件、乙类2件。"),
        ("exceeding-parts", "共立案25件，其中已结案24件，涉法类15件，自办9件。"),
        ("exceeding-parts", "召开会议5次，其中党委会3次，参会86人次。"),
        ("missing-parts", "立案25件，其中甲类15件、乙类10件。"),
        ("missing-parts", "处分25人，其中警告10人。"),
        ("missing-parts", "资产52.9万元，其中6.5万元资产暂存我单位，3.8万元资产归我单位使用。"),
        ("remainder", "共梳理43项，目前已使用30项，剩下13项已明确计划。"),
        ("remainder", "移交线索21件，办结17件，在办4件。"),
        ("rate", "共697项，已完成688项，完成率98.71%。"),
        ("rate", "共697项，已完成688项，完成率98.7%。"),
        ("announced-items", "采取以下3项措施：一是甲。二是乙。三是丙。"),
        ("named-things", "对安康、莲安、和津和文康4个社区开展巡察。"),
        ("id-number", "编号110105194912310021。"),
        ("bank-card", "合同编号6222021234567890123。"),
        ("plate", "鲁M类项目"),
        ("someone", "某些某单位某个方面，李家店村。"),
        ("punished-by-post", "对各村主要负责人进行廉政谈话，督促村主要负责人履职，对相关责任人诫勉谈话。"),
        ("impossible-date", "2024年2月29日召开会议。"),
        ("incomplete-date", "9月10日召开会议，2016年以来，2016-2020年度，12月3场培训，11月30户。"),
        ("nested-quotes", "落实“甲‘乙’丙”制度，建立“三会一课”“一岗双责”。"),
        ("unpaired", "1）建立“一户一档”台账（含电子台账）。"),
        ("needless-comma", "学习《条例》《准则》，做到“快”“准”“实”。"),
        ("doubled", "一项一项核对，逐条逐条落实，有的的确存在。"),
        ("punctuation-run", "完成整改。持续巩固，不断提升。"),
        ("year-brackets", "（区办发〔2025〕4号）"),
        ("wrong-word", "截至目前，建立台账，截止日期为3月，工程竞争激烈。"),
        ("stated-sum", "党纪处分2人，其中警告1人、严重警告1人；组织处理7人，其中诫勉3人、谈话4人；两项合计处理9人。"),
        ("rate", "共追缴3.6万元，其中企业2.1万元、居民1.5万元。第三季度线上缴费率达到76.4%。"),
        ("rate", "抽检1200批次，不合格18批次，不合格率为1.5%。"),
        ("exceeding-parts", "减少142人：退休96人、解除合同31人、调出27人，新招12人。"),
        ("announced-items", "采取三项措施推进整改：一是公示。二是清理。三是通报。"),
    ],
)
def test_clean_text_is_left_alone(code: str, text: str) -> None:
    assert hits(code, text) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("2025年2月制定管理办法，开展检查3次。", ("before-inspection", "2025年2月")),
        ("2025年5月30日印发管理细则，开展检查3次。", ("before-feedback", "2025年5月30日")),
        ("2026年3月已完成整改验收3项。", ("after-notice", "2026年3月")),
        ("预计10月底进场施工，已清理杂物3车。", ("past-future", "预计10月底")),
        ("联系人手机13812345678，已接待群众3次。", ("mobile", "13812345678")),
        ("一是组建宣讲队，宣讲21场。", ("enumeration", "一是")),
        (
            "进一步加强宣传教育，不断提高思想认识。",
            ("boilerplate", "整改进展情况：进一步加强宣传教育，不断提高思想认识。"),
        ),
        ("区委第三巡察组反馈后，宣讲21场。", ("team-name", "区委第三巡察组")),
    ],
)
def test_a_fault_in_an_answer_is_found_in_the_notice(answer: str, expected: tuple[str, str]) -> None:
    assert expected in in_notice(answer)


def test_the_clean_notice_has_nothing_but_the_stops_of_its_headings() -> None:
    assert [finding.code for finding in findings(CLEAN)] == ["stopped-heading"]


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("中共清河区云溪街道工作委员会关于区委巡察整改进展情况的通报\n", "缺少标题"),
        ("2025年12月25日", "缺少落款日期"),
        ("，2025年3月10日至5月16日", "开头没有写明巡察的起止日期"),
    ],
)
def test_a_missing_part_is_an_error(gone: str, message: str) -> None:
    found = list(findings(CLEAN.replace(gone, "", 1) if gone[0] != "2" else CLEAN.rstrip().removesuffix(gone)))
    assert (message, Severity.ERROR) in [(f.message, f.severity) for f in found]


def test_what_is_missing_is_named_in_the_term_of_the_text() -> None:
    text = CLEAN.replace("巡察", "巡视").replace("，2025年3月10日至5月16日", "", 1)
    assert "开头没有写明巡视的起止日期" in [finding.message for finding in findings(text)]


def test_a_mend_changes_what_the_finding_names_and_nothing_else() -> None:
    text = "截止目前，建立台帐，核实的的问题，学习《甲》、《乙》。"
    source = SourceDocument("文本", (SourceParagraph(1, text),))
    found = tuple(f for f in READER.check(subject_of_source(source, understand(source))) if f.paragraph == 0)
    once = mended(text, found)
    assert once == "截至目前，建立台账，核实的问题，学习《甲》《乙》。"
    again = SourceDocument("文本", (SourceParagraph(1, once),))
    assert mended(once, READER.check(subject_of_source(again, understand(again)))) == once


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("列入台账（，见附件）。", "列入台账（见附件）。"),
        ("列入台账（见附件，）。", "列入台账（见附件）。"),
        ("学习“，有关精神”。", "学习“有关精神”。"),
        ("完成整改。。", "完成整改。"),
        ("完成整改，。", "完成整改。"),
        ("党建工作等。。。", "党建工作等……"),
        ("书记为组长，的领导小组。", "书记为组长的领导小组。"),
    ],
)
def test_stops_that_run_together_are_mended_to_the_one_that_was_meant(text: str, right: str) -> None:
    (rule,) = [rule for rule in READER.rules if rule.code == "punctuation-run"]
    assert isinstance(rule, TextRule)
    (hit,) = rule.check(text)
    assert text[: hit.start] + str(hit.mend) + text[hit.end :] == right


def test_unchanged_paragraphs_are_not_checked_again() -> None:
    reader = Proofreader()
    source = SourceDocument("文本", tuple(SourceParagraph(i, line) for i, line in enumerate(CLEAN.split("\n"), 1)))
    subject = subject_of_source(source, understand(source))
    assert reader.check(subject) == reader.check(subject)


def test_a_report_to_those_above_needs_no_contacts_and_no_basis() -> None:
    report = "某中学党支部关于巡察整改进展的报告\n县教育局党组：\n3月29日县委第六巡察组反馈意见以来，学校认真整改。\n"
    report += "（一）食堂管理\n更换供应商2家，建立三方验货制度。\n某中学党支部\n2024年10月15日"
    assert "required-part" not in {finding.code for finding in findings(report)}
    notice = report.replace("报告", "通报").replace("县教育局党组：\n", "")
    assert "required-part" in {finding.code for finding in findings(notice)}


def test_paragraphs_that_begin_with_first_and_second_count_on() -> None:
    lines = [f"第{number}，清理合同{at}份，逐份登记。" for at, number in enumerate("一二三四", 3)]
    text = "某局关于整改工作的情况报告\n一、主要工作\n{}\n二、下步安排\n继续抓好落实。"
    assert "enumeration" not in {f.code for f in findings(text.format("\n".join(lines)))}
    skipped = findings(text.format("\n".join((*lines[:2], lines[3]))))
    assert [f.words for f in skipped if f.code == "enumeration"] == ["第四，"]


def test_numbered_paragraphs_of_one_answer_count_on() -> None:
    text = "\n".join((
        "中共青川镇委员会关于巡察整改进展情况的通报",
        "根据县委统一部署，2024年3月1日至5月10日，县委第一巡察组对青川镇党委进行了巡察，6月20日反馈了意见。",
        "一、整改落实情况",
        "（一）社区减负不实",
        "1．清理社区挂牌。摘除标牌93块；",
        "2．精简报表。停用报表30张；",
        "{}．规范出具证明。公布不应由社区出具的证明事项20项。",
        "（二）财务管理不严",
        "一是复核凭证1204份。二是开展财务培训2期。",
        "中共青川镇委员会",
        "2024年12月8日",
    ))  # fmt: skip
    told = {n: [f.words for f in findings(text.format(n)) if f.code == "paragraph-number"] for n in (2, 3, 4)}
    assert told == {2: ["2．"], 3: [], 4: ["4．"]}


def test_what_a_whole_is_divided_into_is_no_whole_of_what_is_left() -> None:
    assert hits("remainder", "水库36座，其中中型4座、小型32座。目前已完成加固30座，剩余6座。") == []
    assert hits("remainder", "水库36座，其中中型4座、小型32座。目前已完成加固30座，剩余5座。") != []


def test_more_penalties_than_persons_are_told_unless_the_text_says_why() -> None:
    told = "对9人作出处理，其中警告2人、记过3人、诫勉5人"
    assert hits("exceeding-parts", f"{told}。") == ["9人作出处理，其中警告2人、记过3人、诫勉5人"]
    assert hits("exceeding-parts", f"{told}，有1人受两种处分。") == []


def test_numbers_for_each_are_multiplied() -> None:
    assert hits("exceeding-parts", "6条问题由镇长牵头3条、副镇长牵头2条、两名委员各牵头1条。") != []
    assert hits("exceeding-parts", "7条问题由镇长牵头3条、副镇长牵头2条、两名委员各牵头1条。") == []


def test_what_is_told_of_other_things_is_no_fault_of_figures() -> None:
    fine = (
        "消防检查发现隐患45处，立即整改38处，限期整改7处，限期整改的7处中，已完成5处，尚有2处待整改。",
        "“一事一议”项目4个，完成3个，完成的3个投入分别为8万元、11.5万元和6.2万元，未完成的1个为修缮。",
        "发放620份，收回589份，回收率95%，其中满意554份、基本满意29份、不满意6份。",
        "29项问题均完成“问题—原因—措施”三个清单，其中措施87项。",
        "反馈问题33个（甲类8个、乙类15个、丙类10个），其中完成31个。",
        "收到捐款312.6万元，支出254.2万元，结余58.4万元，其中奖学金101.3万元、助学金86.5万元、其他66.4万元。",
        "共35个，涉及四个方面。其中，落实部署方面13个、作风方面8个、队伍方面6个、整改方面8个。",
        "预算500万元，中标价450万元，节约率10%。",
        "负债率分别为81.2%和76.8%，两家平均负债率为79%。",
        "播种面积4.6万亩，比上年增加0.3万亩；其中水稻2.8万亩、玉米0.9万亩。",
    )
    figures = ("exceeding-parts", "missing-parts", "remainder", "rate", "growth", "stated-sum", "difference")
    assert [(code, text) for text in fine for code in figures if hits(code, text)] == []


def test_what_is_told_of_each_or_of_another_kind_is_no_part() -> None:
    fine = (
        "工委书记领办问题6个，办事处主任领办5个，其余7名班子成员各领办2个，共25个。",
        "限期整改的9条完成8条；长期坚持的2条按节点推进。",
        "在建项目8个，2024年底前竣工5个，2025年一季度竣工2个，剩余1个为业务用房。",
        "已办结30件，在办4件，办结率88.2%。",
        "反馈问题分三类11个：一是政策落实类3个，二是服务群众类5个，三是组织建设类3个。",
        "以实实在在的整改成效取信于民，纳入在在建单元统计。",
        "惠民资金年初结转6.8万元，本年拨入20万元，支出23.5万元，目前结余3.3万元。",
        "实到57人，赞成54票、反对2票、弃权1票。",
    )
    codes = ("remainder", "exceeding-parts", "rate", "announced-items", "doubled", "balance")
    assert [(code, text) for text in fine for code in codes if hits(code, text)] == []
    assert hits("balance", fine[-2].replace("3.3万元", "3.1万元")) == ["3.1万元"]
    assert hits("balance", fine[-1].replace("弃权1票", "弃权2票")) != []
