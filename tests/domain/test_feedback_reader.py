"""Feedback documents as county, township and district teams write them, held against what a clerk would type."""

from __future__ import annotations

import datetime as dt

import pytest
from ledger_tables import document

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import ChapterRole, DocumentKind

TITLE = "县委第三巡察组关于巡察双河镇党委的反馈意见\n"
LEAD = "2025年3月4日至5月16日，县委第三巡察组对双河镇党委开展了常规巡察。现将巡察情况反馈如下：\n"
SIGNED = "\n县委第三巡察组\n2025年6月18日"

Tree = list[tuple[str, list[str]]]


def read(text: str) -> ImportPlan:
    lines = [SourceParagraph(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    return understand(SourceDocument("反馈意见", tuple(lines)))


def told(issue: ProposedIssue) -> str:
    """The issue's title, with its sub-issues in brackets."""
    below = "，".join(map(told, issue.issues))
    return issue.record.title + (f"【{below}】" if below else "")


def tree(text: str) -> Tree:
    return tree_of(read(TITLE + LEAD + text + SIGNED))


def tree_of(plan: ImportPlan) -> Tree:
    sections = plan.sections
    return [(s.record.title if s.record else "", [told(issue) for issue in s.issues]) for s in sections]


def recommendations(text: str) -> tuple[str, ...]:
    return read(TITLE + LEAD + text + SIGNED).facts.recommendations


class TestChapters:
    def test_sections_stay_sections_where_one_of_them_speaks_of_problems(self) -> None:
        text = (
            "一、贯彻落实决策部署不够有力\n1.学习不深。\n二、群众身边腐败问题整治不彻底\n1.补贴发放不严。\n"
            "三、队伍建设薄弱，担当精神不足\n1.党员教育松散。\n四、整改责任压得不紧，整改成效不够明显\n1.整改不到位。\n"
        )
        assert tree(text) == [
            ("贯彻落实决策部署不够有力", ["学习不深"]),
            ("群众身边腐败问题整治不彻底", ["补贴发放不严"]),
            ("队伍建设薄弱，担当精神不足", ["党员教育松散"]),
            ("整改责任压得不紧，整改成效不够明显", ["整改不到位"]),
        ]

    def test_a_title_says_how_many_issues_stand_below_it(self) -> None:
        text = (
            "一、巡察发现的主要问题\n（一）贯彻决策部署方面（2个问题）\n1.学习不深。\n2.落实不力。\n"
            "（二）从严治党方面（共3个）：\n1.抓得不严。\n2.制度不健全（3项）。\n（三）两个维护（2023年）方面\n1.认识不高。\n"
        )
        plan = read(TITLE + LEAD + text + SIGNED)
        assert tree_of(plan) == [
            ("贯彻决策部署方面", ["学习不深", "落实不力"]),
            ("从严治党方面", ["抓得不严", "制度不健全（3项）"]),
            ("两个维护（2023年）方面", ["认识不高"]),
        ]
        assert [note.text for note in plan.doubts] == ["“从严治党方面”：标题称3个问题，读出2个"]
        assert [note.line for note in plan.normalisations if note.code == "counted_title"] == [4, 7]

    @pytest.mark.parametrize(
        "causes",
        [
            "三、原因分析\n（一）认识不到位。\n",
            "三、存在问题的原因分析\n1.认识不到位。\n2.责任不落实。\n",
            "三、产生问题的主要原因\n（一）认识不到位。\n（二）责任不落实。\n",
            "（三）原因分析\n1.认识不到位。\n2.责任不落实。\n",
        ],
    )
    def test_causes_in_or_behind_the_chapter_of_issues_are_none(self, causes: str) -> None:
        text = "一、总体评价\n好。\n二、主要问题\n（一）党的领导方面\n1.学习不深。\n（二）从严治党方面\n1.抓得不严。\n"
        assert tree(text + causes) == [("党的领导方面", ["学习不深"]), ("从严治党方面", ["抓得不严"])]

    def test_each_inspected_body_is_a_section_beside_what_is_common(self) -> None:
        text = (
            "一、幸福里社区党委\n（一）学习不深。\n（二）服务不到位。\n二、向阳社区党总支\n（一）财务不规范。\n"
            "三、共性问题\n（一）公开不及时。\n四、整改要求\n（一）要改。\n"
        )
        assert tree(text) == [
            ("幸福里社区党委", ["学习不深", "服务不到位"]),
            ("向阳社区党总支", ["财务不规范"]),
            ("共性问题", ["公开不及时"]),
        ]

    def test_everything_may_be_numbered_in_decimals(self) -> None:
        text = (
            "1.总体评价\n好。\n2.巡察发现的主要问题\n2.1决策部署方面\n2.1.1学习不深。\n2.1.2落实不力。\n2.2从严治党方面\n"
            "2.2.1.分包管理不严。\n3.整改建议\n3.1加强学习。\n3.2压实责任。\n"
        )
        assert tree(text) == [("决策部署方面", ["学习不深", "落实不力"]), ("从严治党方面", ["分包管理不严"])]
        assert recommendations(text) == ("加强学习。", "压实责任。")

    def test_headings_without_numbers_are_what_their_styles_say(self) -> None:
        given = [(1, "主要问题"), (2, "决策部署方面"), (3, "学习不深"), (0, "次数少。"), (3, "落实不力"),
                 (0, "有差距。"), (2, "从严治党方面"), (3, "抓得不严"), (1, "意见建议"), (0, "●要改。")]  # fmt: skip
        lines = [SourceParagraph(0, TITLE.strip()), SourceParagraph(1, LEAD.strip())]
        lines += [SourceParagraph(at, text, level) for at, (level, text) in enumerate(given, 2)]
        plan = understand(SourceDocument("反馈意见", tuple(lines)))
        assert tree_of(plan) == [("决策部署方面", ["学习不深", "落实不力"]), ("从严治党方面", ["抓得不严"])]
        assert plan.facts.recommendations == ("要改。",)

    def test_sections_and_issues_may_stand_behind_signs(self) -> None:
        text = (
            "◆政治建设方面\n①学习不深；\n②主业弱化。\n◆廉政建设方面\n①出租未公开②挂账多③报销乱\n"
            "请你单位高度重视。整改方案于7月底前报县委巡察办。"
        )
        plan = read(TITLE + LEAD + text + SIGNED)
        assert tree_of(plan) == [
            ("政治建设方面", ["学习不深", "主业弱化"]),
            ("廉政建设方面", ["出租未公开", "挂账多", "报销乱"]),
        ]
        assert [issue.record.original_text for issue in plan.issues()] == [""] * 5
        assert plan.facts.plan_due == dt.date(2025, 7, 31)

    def test_villages_looked_into_besides_have_their_issues_beside_the_chapter_of_sections(self) -> None:
        text = (
            "一、存在的主要问题\n（一）党的领导方面\n1.学习不深。\n二、东河村党支部\n（一）财务混乱。\n三、要求\n要改。"
        )
        assert tree(text) == [("党的领导方面", ["学习不深"]), ("", ["财务混乱"])]

    def test_the_last_sentence_asks_for_the_plan(self) -> None:
        text = "发现以下问题：\n1.学习不深。\n2.班子不强。\n请于6月底前报整改方案，9月底前报整改报告。\n"
        assert [issue.record.original_text for issue in read(TITLE + text + SIGNED).issues()] == ["", ""]

    def test_what_stands_in_brackets_behind_a_section_is_no_issue(self) -> None:
        text = "一、主要问题\n（一）作风不实\n1.文多。\n（二）安全责任不实。（责任单位：应急办）\n发生火灾3起。\n"
        assert tree(text)[1] == ("安全责任不实", ["发生火灾3起"])

    def test_issues_and_causes_in_one_chapter_are_issues(self) -> None:
        text = "一、总体评价\n好。\n二、主要问题及原因分析\n1.学习不深。\n2.抓得不严。\n"
        assert [title for _, titles in tree(text) for title in titles] == ["学习不深", "抓得不严"]

    def test_an_issue_titled_as_a_chapter_is_one_where_it_tells_what_was_not_done(self) -> None:
        text = (
            "一、主要问题\n（一）巡察整改方面\n1.整改要求\n上级的整改要求没有落实，有3项没有完成。\n"
            "2.意见建议\n群众意见建议办理不及时。\n3.工作情况\n不按规定报告工作情况。\n（二）整改意见\n1.要改。\n"
        )
        assert tree(text) == [("巡察整改方面", ["整改要求", "意见建议", "工作情况"])]
        assert recommendations(text) == ("要改。",)
        assert recommendations("一、主要问题\n1.学习不深。\n2.整改要求\n要加强学习，不走过场。\n") == (
            "要加强学习，不走过场。",
        )

    @pytest.mark.parametrize("title", ["存在的不足及原因分析", "巡察发现的主要问题，以及产生的原因", "问题和原因"])
    def test_a_chapter_of_issues_may_tell_their_causes_too(self, title: str) -> None:
        text = f"一、总体评价\n好。\n二、{title}\n（一）政治建设方面\n1.学习不深。\n三、意见建议\n1.要改。\n"
        assert tree(text) == [("政治建设方面", ["学习不深"])]

    def test_a_figure_behind_what_was_found_is_a_word_of_the_title(self) -> None:
        text = (
            "一、存在问题\n（一）软弱涣散党组织整顿不力（5个）\n1.甲村不强。\n2.工程未公开（4个）。\n（1）东河村未公开。\n"
            "（2）西河村未公开。\n"
        )
        plan = read(TITLE + LEAD + text + SIGNED)
        assert tree_of(plan) == [
            ("软弱涣散党组织整顿不力（5个）", ["甲村不强", "工程未公开（4个）【东河村未公开，西河村未公开】"])
        ]
        assert plan.doubts == []

    def test_what_is_forbidden_below_a_title_of_demands_is_asked_for(self) -> None:
        for words in ("立即停止违规收费，不得拖延。", "对不按规定报账的，一律停止拨付。", "严禁不经批准借支。"):
            text = f"一、存在问题\n（一）纪律方面\n1.吃喝。\n2.整改要求\n{words}\n"
            assert (tree(text), recommendations(text)) == ([("纪律方面", ["吃喝"])], (words,))

    def test_the_last_of_several_recommendations_is_one(self) -> None:
        asked = ("首先，要加强学习。", "其次，要压实责任。", "最后，要强化监督。", "各位班子成员要带头整改。")
        assert recommendations("一、存在问题\n1.吃喝。\n二、意见建议\n" + "\n".join(asked)) == asked

    def test_other_days_without_a_year_are_not_those_of_the_inspection(self) -> None:
        lead = "县委第三巡察组对双河镇党委开展了巡察。{}现将情况反馈如下：\n一、存在问题\n1.吃喝。"
        for words in ("集中整改时间为7月1日至9月30日。", "反馈意见于6月20日至6月25日张贴在公开栏。"):
            assert read(TITLE + lead.format(words) + SIGNED).facts.inspection_start is None

    @pytest.mark.parametrize("line", ["反馈时间：2025-06-18", "时间：2025年3月4日\n反馈日期：2025.6.18"])
    def test_the_day_of_the_feedback_stands_behind_its_own_caption(self, line: str) -> None:
        text = f"巡察反馈问题清单\n被巡察单位：双河镇党委\n{line}\n一、存在问题\n1.吃喝。\n2.收礼。\n"
        assert read(text).facts.feedback_date == dt.date(2025, 6, 18)

    def test_numbers_of_other_kinds_head_what_an_issue_is_made_of(self) -> None:
        text = (
            "一、巡察发现的主要问题\n（一）贯彻决策部署方面\n1.学习不深。\n1-1.次数少。\n1-2.研讨少。\n"
            "2.落实不力。\n2.1.村级不力。\n2.1.1甲村不力。\n2.1.2乙村不力。\n3.担当不够。\na.怕难。\nb.怕责。\n"
        )
        assert tree(text) == [
            (
                "贯彻决策部署方面",
                ["学习不深【次数少，研讨少】", "落实不力【村级不力【甲村不力，乙村不力】】", "担当不够【怕难，怕责】"],
            )
        ]

    def test_a_dot_at_the_end_of_sentences_is_a_stop(self) -> None:
        text = "一、巡察发现的主要问题\n（一）贯彻决策部署方面\n"
        text += "1.理论学习不深入.研讨次数少.\n2.工作落实不力.一是慢.二是差.\n"
        assert tree(text) == [("贯彻决策部署方面", ["理论学习不深入", "工作落实不力【慢，差】"])]

    def test_chapters_of_issues_without_sections_are_the_sections(self) -> None:
        text = "一、领导班子建设方面存在的问题\n1.学习不深。\n二、基层治理方面存在的问题\n1.网格松散。\n"
        assert tree(text) == [
            ("领导班子建设方面存在的问题", ["学习不深"]),
            ("基层治理方面存在的问题", ["网格松散"]),
        ]

    def test_what_stands_among_the_sections_is_not_missed_in_their_numbers(self) -> None:
        text = "一、总体评价\n工作有成效。\n二、党的建设有弱项\n1.学习不深。\n三、作风不实\n1.文多会多。\n"
        assert not [doubt for doubt in read(TITLE + LEAD + text).doubts if doubt.code == "number"]

    @pytest.mark.parametrize(
        "title",
        [
            "巡察发现的问题及不足之处",
            "存在的主要问题及原因分析",
            "存在的突出问题和风险隐患",
            "巡察反馈的三大方面共12个问题",
            "几个方面的突出问题",
        ],
    )
    def test_the_one_chapter_of_issues_is_no_section(self, title: str) -> None:
        text = f"一、总体评价\n有成效。\n二、{title}\n（一）政治建设方面\n1.学习不深。\n（二）作风不实\n2.会多。\n"
        assert tree(text + "三、意见建议\n1.抓学习。") == [("政治建设方面", ["学习不深"]), ("作风不实", ["会多"])]

    def test_two_chapters_of_issues_and_shortcomings_are_no_sections(self) -> None:
        text = "一、巡察发现的问题和不足之处\n（一）领导弱化\n1.学习不深。\n"
        text += "二、选人用人专项检查发现的问题和不足之处\n（一）程序空转\n1.动议随意。\n"
        assert tree(text) == [("领导弱化", ["学习不深"]), ("程序空转", ["动议随意"])]

    @pytest.mark.parametrize(
        "title", ["党的领导方面存在的问题", "党员干部存在形式主义问题", "其他有关问题", "存在问题"]
    )
    def test_one_section_among_others_may_speak_of_problems(self, title: str) -> None:
        text = f"一、存在问题\n（一）{title}\n1.学习不深。\n2.会多。\n（二）作风不实\n3.文多。\n"
        assert tree(text) == [(title, ["学习不深", "会多"]), ("作风不实", ["文多"])]

    def test_clues_handed_over_are_no_issues(self) -> None:
        text = (
            "一、突出问题\n1.学习不深。\n二、移交问题\n1.移交县纪委监委问题线索2件。\n三、立行立改问题\n1.用房超标。\n"
        )
        assert tree(text) == [("突出问题", ["学习不深"]), ("立行立改问题", ["用房超标"])]

    def test_an_office_for_petitions_has_issues_in_its_own_work(self) -> None:
        text = "一、信访工作方面\n1.积案化解缓慢。\n二、党的建设方面\n1.学习不深。\n"
        assert tree(text) == [("信访工作方面", ["积案化解缓慢"]), ("党的建设方面", ["学习不深"])]

    def test_each_inspected_body_has_its_issues_and_recommendations(self) -> None:
        text = "".join(
            f"{n}、{name}\n（一）存在的主要问题\n1.履职不力。\n（1）推进慢。\n2.组织生活不规范。\n（二）整改意见\n1.履职尽责。\n"
            for n, name in (("一", "县农业农村局党组"), ("二", "县农技中心党支部"))
        )
        issues = ["履职不力【推进慢】", "组织生活不规范"]
        assert tree(text) == [("县农业农村局党组", issues), ("县农技中心党支部", issues)]
        assert recommendations(text) == ("履职尽责。", "履职尽责。")

    def test_recommendations_in_brackets_among_the_sections_are_none(self) -> None:
        text = "（一）政治建设方面\n1.学习不深。\n（二）作风建设方面\n1.文多会多。\n（三）整改建议\n1.抓好学习。\n"
        assert tree(text) == [("政治建设方面", ["学习不深"]), ("作风建设方面", ["文多会多"])]
        assert recommendations(text) == ("抓好学习。",)

    def test_chapters_may_stand_without_numbers(self) -> None:
        text = (
            "总体评价\n工作有力。\n存在的主要问题\n（一）政治建设方面\n1.学习不深。\n整改意见建议\n（一）加强学习。\n"
        )
        assert tree(text) == [("政治建设方面", ["学习不深"])]
        assert recommendations(text) == ("加强学习。",)

    def test_sections_may_stand_without_numbers(self) -> None:
        text = (
            "存在问题\n党的领导方面\n1.学习不深。\n2.决策不民主。\n党的建设方面\n1.组织生活不严。\n意见建议\n1.学。\n"
        )
        assert tree(text) == [("党的领导方面", ["学习不深", "决策不民主"]), ("党的建设方面", ["组织生活不严"])]

    def test_a_label_alone_opens_what_is_asked_for(self) -> None:
        text = "一、党的领导方面\n1.学习不深。\n二、作风方面\n1.文山会海。\n整改意见\n1.加强学习。\n2.转变作风。\n"
        assert tree(text) == [("党的领导方面", ["学习不深"]), ("作风方面", ["文山会海"])]
        assert recommendations(text) == ("加强学习。", "转变作风。")

    def test_a_sentence_on_all_issues_is_no_word_of_the_last(self) -> None:
        text = "一、服务有短板\n1.窗口缺岗。\n二、资金管理不严\n2.超范围列支。\n以上共3个问题，请认真整改。\n"
        text += "附：整改建议\n1.规范资金。"
        assert tree(text) == [("服务有短板", ["窗口缺岗"]), ("资金管理不严", ["超范围列支"])]
        assert recommendations(text) == ("规范资金。",)
        plan = read(TITLE + LEAD + text)
        assert [issue.record.original_text for issue in plan.issues()] == ["", ""]
        assert "称3个，列出2个" in "".join(doubt.text for doubt in plan.doubts)

    def test_causes_are_no_issues(self) -> None:
        text = "一、服务有短板\n（一）窗口缺岗。\n二、作风不实\n（一）文多。\n三、原因分析\n（一）认识不足。\n"
        assert tree(text) == [("服务有短板", ["窗口缺岗"]), ("作风不实", ["文多"])]

    def test_a_bullet_is_no_word_of_the_title(self) -> None:
        assert tree("一、存在问题\n（一）作风方面\n●文多。\n●会多。\n") == [("作风方面", ["文多", "会多"])]

    def test_numbers_may_be_signs_of_their_own(self) -> None:
        text = "一、存在问题\n㈠党建方面\n⒈学习不深。\n⑴研讨少。\n⑵笔记少。\n⒉决策不民主。\n㈡作风方面\n⒈文多。\n"
        assert tree(text) == [("党建方面", ["学习不深【研讨少，笔记少】", "决策不民主"]), ("作风方面", ["文多"])]

    def test_first_and_second_may_number_the_issues_of_a_section(self) -> None:
        text = "一、存在问题\n（一）党建方面\n1.学习不深。\n（二）整改方面\n第一、整改不彻底。\n第二、反弹回潮。\n"
        assert tree(text) == [("党建方面", ["学习不深"]), ("整改方面", ["整改不彻底", "反弹回潮"])]

    def test_titles_that_the_page_had_broken_are_whole(self) -> None:
        text = (
            "一、存在的主要问题\n（一）学习贯彻新时代中国特色社会主义思想不够深入，推动高质\n量发展有差距\n"
            "1.贯彻落实乡村振兴战略部署有差距，产业项目谋划缺乏长远考\n虑。\n"
            "2.廉政风险防控机制不健全，重点岗位人员长期未轮岗，存在廉\n政风险隐患。\n3.学习不深。\n"
        )
        sections = read(TITLE + "现将巡察情况反馈如下：\n" + text + SIGNED).sections
        assert [s.record.title for s in sections if s.record] == [
            "学习贯彻新时代中国特色社会主义思想不够深入，推动高质量发展有差距"
        ]
        assert [issue.record.title for s in sections for issue in s.issues] == [
            "贯彻落实乡村振兴战略部署有差距，产业项目谋划缺乏长远考虑",
            "廉政风险防控机制不健全，重点岗位人员长期未轮岗，存在廉政风险隐患",
            "学习不深",
        ]


class TestIssuesWithoutNumbers:
    @pytest.mark.parametrize(
        "issues",
        [
            "一是学习不深。研讨少。\n二是作风不实。",
            "一是学习不深。研讨少。二是作风不实。",
            "第一，学习不深。研讨少。\n第二，作风不实。",
            "学习不深。研讨少。\n作风不实。",
            "巡察发现以下问题：\n一是学习不深。研讨少。\n二是作风不实。",
        ],
    )
    def test_they_are_the_issues_of_their_chapter(self, issues: str) -> None:
        text = f"一、巡察发现的主要问题和不足\n{issues}\n二、整改意见\n一是抓好学习。\n二是转变作风。"
        assert tree(text) == [("", ["学习不深", "作风不实"])]
        assert recommendations(text) == ("抓好学习。", "转变作风。")

    def test_they_stand_behind_a_label_too(self) -> None:
        text = "主要问题：\n一是学习不深。\n二是作风不实。\n意见建议：\n一是抓好学习。\n"
        assert tree(text) == [("", ["学习不深", "作风不实"])]
        assert recommendations(text) == ("抓好学习。",)

    def test_they_follow_the_opening_too(self) -> None:
        assert tree("一是学习不深。\n二是作风不实。") == [("", ["学习不深", "作风不实"])]

    def test_a_paragraph_may_divide_them_by_semicolons(self) -> None:
        text = "巡察指出，存在以下问题：在政治建设方面，学习不深；在作风建设方面，文多会多。"
        assert tree(text) == [("", ["在政治建设方面，学习不深", "在作风建设方面，文多会多"])]


class TestRunIn:
    def test_manifestations_follow_a_colon_or_a_comma(self) -> None:
        text = (
            "一、存在问题\n1.工程管理混乱：一是招标走过场；二是变更随意。\n2.治理不足，一是网格松散；二是办件超期。\n"
        )
        assert tree(text) == [("", ["工程管理混乱【招标走过场，变更随意】", "治理不足【网格松散，办件超期】"])]

    def test_the_outer_numbers_of_a_paragraph_come_first(self) -> None:
        text = "一、存在问题\n（一）党建方面。1.整顿不力。一是措施不实。二是时间拖延。2.发展党员不严。\n"
        assert tree(text) == [("党建方面", ["整顿不力【措施不实，时间拖延】", "发展党员不严"])]

    def test_rows_that_begin_again_and_again_are_read(self) -> None:
        issue, *_ = read(f"{TITLE}{LEAD}一、存在问题\n1.学习不深。{'一是学得少。二是议得少。' * 400}{SIGNED}").issues()
        assert issue.record.title == "学习不深"

    def test_issues_of_a_section_follow_its_colon(self) -> None:
        text = "一、存在问题\n（一）党的领导方面：1.学习不深；2.决策不民主。\n（二）作风方面：1.文多；2.会多。\n"
        assert tree(text) == [("党的领导方面", ["学习不深", "决策不民主"]), ("作风方面", ["文多", "会多"])]

    def test_one_paragraph_may_hold_a_row_of_issues(self) -> None:
        text = "一、存在问题\n（一）纪律方面\n1.违规借车。2.接待超标。3.资产不清，差额2.5万元。\n"
        assert tree(text) == [("纪律方面", ["违规借车", "接待超标", "资产不清，差额2.5万元"])]

    def test_recommendations_follow_the_title_of_their_chapter(self) -> None:
        assert recommendations("一、存在问题\n1.学习不深。\n二、意见建议：一是提高认识；二是狠抓整改。") == (
            "提高认识。",
            "狠抓整改。",
        )


class TestRecommendations:
    @pytest.mark.parametrize("title", ["整改意见和要求", "整改意见", "意见建议", "几点整改意见"])
    def test_many_titles_head_them(self, title: str) -> None:
        text = f"一、存在问题\n1.学习不深。\n二、{title}\n（一）提高站位。\n要加强学习。\n（二）狠抓整改。\n"
        assert recommendations(text) == ("提高站位。要加强学习。", "狠抓整改。")

    def test_they_share_a_paragraph_or_have_no_numbers(self) -> None:
        start = "一、存在问题\n1.学习不深。\n二、整改建议\n"
        assert recommendations(start + "1.抓学习。2.抓作风。3.抓整改。") == ("抓学习。", "抓作风。", "抓整改。")
        assert recommendations(start + "一要抓学习。\n二要抓作风。") == ("抓学习。", "抓作风。")
        assert recommendations(start + "压实责任。要强化担当。\n健全机制。") == ("压实责任。要强化担当。", "健全机制。")

    def test_what_is_asked_of_an_issue_stands_beside_it(self) -> None:
        text = (
            TITLE
            + LEAD
            + "一、存在问题\n1.学习不深。研讨少。整改建议：加强研讨。\n2.作风不实。\n整改建议：精简文会。\n"
        )
        found = [(i.record.title, i.record.original_text, i.record.recommendations) for i in read(text).issues()]
        assert found == [("学习不深", "研讨少。", ("加强研讨。",)), ("作风不实", "", ("精简文会。",))]

    def test_what_is_asked_at_the_end_of_a_section_is_asked_of_the_whole(self) -> None:
        text = "一、领导弱化\n（一）站位不高。\n（二）决策不民主。\n整改意见：健全规则。\n"
        text += "二、作风不实\n（一）文多。\n（二）会多。\n整改意见：精简文会。"
        assert recommendations(text) == ("健全规则。", "精简文会。")
        assert not any(issue.record.recommendations for issue in read(TITLE + LEAD + text).issues())
        own = "一、领导弱化\n（一）站位不高。整改意见：抓学习。\n（二）决策不民主。\n整改意见：健全规则。\n"
        assert recommendations(own) == ()


class TestBehindTheIssues:
    def test_the_day_of_the_plan_is_no_word_of_the_last_issue(self) -> None:
        text = "一、作风不实\n（一）文多。\n（二）会多。\n"
        text += "请你单位在收到反馈意见后15日内报送整改方案，3个月内完成集中整改。"
        plan = read(TITLE + LEAD + text + SIGNED)
        assert [issue.record.original_text for issue in plan.issues()] == ["", ""]
        assert plan.facts.plan_due == dt.date(2025, 7, 3)

    def test_the_day_of_the_plan_is_no_word_of_the_last_recommendation(self) -> None:
        text = "一、主要问题\n1.文多。\n二、整改意见\n1.要改。\n对巡察反馈意见，请你镇在收到之日起1个月内制定整改方案。"
        assert recommendations(text) == ("要改。",)

    def test_a_plan_that_was_late_is_an_issue(self) -> None:
        text = "一、存在问题\n1.学习不深。\n根据要求，整改方案应于6月底前报送县委，镇党委8月才报送。\n2.作风不实。\n"
        assert tree(text) == [("", ["学习不深", "作风不实"])]

    @pytest.mark.parametrize(
        "words",
        [
            "根据2021年巡察整改方案，应于2023年底前完成的12项整改任务，截至目前仅完成8项。",
            "你镇党委只在上报整改情况报告时开会研究。",
            "以上问题反映出镇党委对整改研究不够。",
        ],
    )
    def test_what_the_last_plan_left_undone_belongs_to_the_last_issue(self, words: str) -> None:
        plan = read(
            f"{TITLE}{LEAD}一、存在问题\n1.学习不深。\n2.上轮整改不彻底。\n{words}\n二、意见建议\n1.抓学习。{SIGNED}"
        )
        assert [issue.record.original_text for issue in plan.issues()] == ["", words]

    @pytest.mark.parametrize(
        ("issue", "issues"), [("用房超标", ["学习不深", "用房超标", "窗口缺岗"]), ("学习不深", ["学习不深"])]
    )
    def test_an_annex_adds_the_issues_that_the_text_does_not_have(self, issue: str, issues: list[str]) -> None:
        text = f"{TITLE}{LEAD}一、存在问题\n1.学习不深。\n二、整改意见\n1.抓学习。{SIGNED}\n附件\n问题清单\n"
        text += f"1.{issue}。\n" + ("2.窗口缺岗。\n" if len(issues) > 1 else "")
        plan = read(text)
        assert [issue.record.title for issue in plan.issues()] == issues
        assert (plan.facts.recommendations, plan.facts.feedback_date) == (("抓学习。",), dt.date(2025, 6, 18))

    def test_attachments_are_no_recommendations(self) -> None:
        text = "一、存在问题\n1.学习不深。\n二、整改要求\n（一）提高认识。\n附件：1.问题清单\n2.台账样表"
        assert recommendations(text) == ("提高认识。",)


class TestFacts:
    @pytest.mark.parametrize(
        ("head", "unit"),
        [
            ("县委第四巡察组关于对红旗村党支部的反馈意见\n县委第四巡察组开展了巡察。", "红旗村党支部"),
            ("市委巡察二组关于巡察市卫健委党委反馈意见\n现反馈如下：", "市卫健委党委"),
            ("县委巡察工作领导小组办公室\n关于八轮巡察反馈意见的通知\n平川镇党委：\n印发给你们。", "平川镇党委"),
            ("关于巡察西湖村党支部的反馈意见\n县委第五巡察组对你支部进行了巡察。", "西湖村党支部"),
            ("县教育局党组巡察反馈问题清单", "县教育局党组"),
            ("反馈意见\n县委第二巡察组向花园镇党委反馈了巡察意见。", "花园镇党委"),
            ("巡察反馈意见书\n被巡察单位：县招商局党组\n反馈时间：2025年6月13日", "县招商局党组"),
            ("反馈意见\n县委第七巡察组对县林业局党组落实意识形态工作责任制情况开展了专项检查。", "县林业局党组"),
            ("反馈意见\n县委第四巡察组于2025年6月3日至2025年6月28日对红旗村党支部开展了巡察。", "红旗村党支部"),
        ],
    )
    def test_the_inspected_body_is_found(self, head: str, unit: str) -> None:
        assert read(f"{head}\n一、存在问题\n1.学习不深。\n").facts.organisation == unit

    def test_what_a_leader_says_at_the_meeting_is_a_feedback(self) -> None:
        text = (
            "巡察反馈会上的讲话\n（2025年7月8日）\n同志们：\n今天召开反馈会。下面，我代表县委第四巡察组，反馈巡察意见。\n"
            "一、总体评价\n2025年4月7日至6月13日，县委第四巡察组对县卫健局党组开展了巡察。\n二、巡察发现的主要问题\n"
            "（一）党的领导方面\n一是学习不深。\n二是推进不力。\n三、几点整改建议\n一是抓学习。二是抓落实。\n"
        )
        plan = read(text)
        assert (plan.document, tree_of(plan)) == (DocumentKind.FEEDBACK, [("党的领导方面", ["学习不深", "推进不力"])])
        assert (plan.facts.team, plan.facts.organisation) == ("县委第四巡察组", "县卫健局党组")

    def test_the_team_is_named_without_who_went_with_it(self) -> None:
        text = (
            "反馈意见\n2025年4月至6月，区委组织部结合区委第六巡察组巡察，对你街道进行了检查。\n一、问题\n1.学习不深。"
        )
        assert read(text).facts.team == "区委第六巡察组"

    def test_the_days_may_stand_in_the_first_chapter(self) -> None:
        text = f"{TITLE}一、总体情况\n2025年3月10日至5月20日，县委第三巡察组开展了巡察。\n二、存在问题\n1.学习不深。"
        facts = read(text).facts
        assert (facts.inspection_start, facts.inspection_end) == (dt.date(2025, 3, 10), dt.date(2025, 5, 20))

    def test_a_day_with_its_year_is_due_without_the_day_of_the_feedback(self) -> None:
        text = f"{TITLE}{LEAD}一、存在问题\n1.学习不深。\n二、整改要求\n请于2025年12月15日前报送整改方案。"
        assert read(text).facts.plan_due == dt.date(2025, 12, 15)

    def test_a_speech_names_the_days_of_the_inspection_without_their_year(self) -> None:
        text = (
            "在巡察反馈会上的讲话\n（2025年1月16日）\n同志们：\n10月24日至12月30日，县委第二巡察组对县水利局党组进行了巡察。\n"
            "一、主要问题\n（一）学习不深。\n二、几点意见\n一要抓好整改。二要标本兼治。\n同志们，整改是落脚点。\n"
        )
        plan = read(text)
        assert (plan.facts.inspection_start, plan.facts.inspection_end) == (
            dt.date(2024, 10, 24),
            dt.date(2024, 12, 30),
        )
        assert plan.facts.recommendations == ("抓好整改。", "标本兼治。")

    def test_a_second_look_names_no_body_in_its_title(self) -> None:
        text = "县委巡察组巡察“回头看”反馈意见\n县住建局党组：\n反馈如下：\n一、主要问题\n1.学习不深。\n"
        assert read(text).facts.organisation == "县住建局党组"

    def test_a_list_of_issues_tells_its_facts_in_lines_above(self) -> None:
        text = (
            "县委教育系统专项巡察组\n对县第二中学党总支巡察反馈问题清单\n填报单位：县第二中学 反馈时间：2025年5月12日\n"
            "一、落实根本任务方面\n问题1：思政课薄弱。\n"
        )
        facts = read(text).facts
        assert (facts.team, facts.organisation) == ("县委教育系统专项巡察组", "县第二中学党总支")
        assert facts.feedback_date == dt.date(2025, 5, 12)

    def test_the_form_tells_the_day_of_the_feedback(self) -> None:
        text = "反馈意见书\n被巡察单位：县招商局党组\n反馈时间：2025年6月13日\n一、存在问题\n1.学习不深。"
        assert read(text).facts.feedback_date == dt.date(2025, 6, 13)

    def test_the_months_of_the_concentrated_period_are_no_figure(self) -> None:
        text = "一、存在问题\n1.学习不深。\n请你单位在收到反馈意见后15日内报送整改方案，3个月内完成集中整改。"
        plan = read(TITLE + LEAD + text + SIGNED)
        assert (plan.facts.concentrated_end, plan.declared) == (dt.date(2025, 9, 18), [])


class TestTables:
    def test_a_list_of_what_is_mended_at_once_leaves_the_document_a_feedback(self) -> None:
        rows = [["序号", "立行立改问题", "移交时间", "整改期限"], ["1", "食堂不洁", "2025年3月20日", "2025年4月5日前"]]
        plan = understand(document(f"{TITLE}{LEAD}一、存在的主要问题\n1.学习不深。\n二、立行立改问题清单", rows))
        assert plan.document is DocumentKind.FEEDBACK
        assert [issue.record.title for issue in plan.issues()] == ["学习不深", "食堂不洁"]
        assert [issue.record.deadline for issue in plan.issues()] == ["", "2025年4月5日前"]

    def test_the_cells_of_another_table_are_no_issues(self) -> None:
        rows = [["姓名", "职务"], ["李某", "站长"], ["王某", "会计"]]
        plan = understand(document(f"{TITLE}{LEAD}一、存在的主要问题\n1.学习不深。\n二、发现问题情况", rows))
        assert [issue.record.title for issue in plan.issues()] == ["学习不深"]

    def test_a_row_may_number_the_section_that_it_names(self) -> None:
        rows = [
            ["序号", "反馈问题", "具体问题", "整改意见"], ["一", "（一）政治建设方面", "<", "<"],
            ["1", "学习不深", "研讨少", "加强学习"], ["二", "（二）作风建设方面", "<", "<"],
            ["2", "文多", "发文多", ""],
        ]  # fmt: skip
        plan = understand(document("双河镇党委巡察反馈问题清单", rows))
        assert tree_of(plan) == [("政治建设方面", ["学习不深"]), ("作风建设方面", ["文多"])]

    def test_a_form_for_each_issue_is_read(self) -> None:
        forms = [
            [["序号", str(i)], ["问题", title], ["具体表现", words], ["整改要求", "立行立改"]]
            for i, (title, words) in enumerate((("违规发补贴", "3.2万元"), ("公车管理不严", "未登记里程")), 1)
        ]
        plan = understand(document("县委第三巡察组巡察双河镇党委反馈问题交办单", forms[0], " ", forms[1]))
        found = [(issue.number, issue.record.title, issue.record.original_text) for issue in plan.issues()]
        assert found == [("1", "违规发补贴", "3.2万元"), ("2", "公车管理不严", "未登记里程")]
        assert plan.facts.organisation == "双河镇党委"

    def test_a_form_that_holds_the_whole_feedback_is_read_as_its_text(self) -> None:
        rows = [
            ["被巡察单位", "双河镇党委"], ["反馈时间", "2025年6月18日"],
            ["存在问题", "一、政治建设方面\n1.学习不深。\n二、作风方面\n1.文多。"], ["整改意见", "1.抓学习。"],
        ]  # fmt: skip
        plan = understand(document("巡察反馈意见", rows))
        assert tree_of(plan) == [("政治建设方面", ["学习不深"]), ("作风方面", ["文多"])]
        assert (plan.facts.organisation, plan.facts.recommendations) == ("双河镇党委", ("抓学习。",))
        assert plan.facts.feedback_date == dt.date(2025, 6, 18)

    def test_a_table_below_the_date_belongs_to_the_chapter_of_issues(self) -> None:
        rows = [["序号", "反馈问题", "具体表现"], ["1", "学习不深", "研讨少"]]
        text = f"{TITLE}{LEAD}一、主要问题（见附表）\n二、整改意见\n1.加强学习。{SIGNED}"
        plan = understand(document(text, rows))
        assert [c.printed_heading for c in plan.chapters if c.role is ChapterRole.ISSUES] == ["一、主要问题（见附表）"]


class TestSpecialInspections:
    """选人用人 and 意识形态 feed back by themselves: in annexes, or in a document of their own."""

    MAIN = "一、总体评价\n有成效。\n二、巡察发现的主要问题\n（一）领导弱化\n1.学习不深。\n三、意见建议\n（一）抓学习。"
    SELECTION = (
        "\n关于双河镇党委选人用人工作专项检查的反馈意见\n检查组对双河镇党委选人用人工作进行了检查。\n一、主要问题\n"
        "（一）导向不鲜明。提拔的9名干部中有基层经历的2名。\n（二）程序不严格。\n1.动议无记录。\n2.档案审核不严。\n"
        "二、整改意见\n（一）树立正确导向。"
    )
    IDEOLOGY = (
        "\n关于双河镇党委意识形态工作责任制落实情况专项检查的反馈意见\n"
        "一、存在问题\n1.阵地管理不严。\n二、整改建议\n一是加强管理。"
    )

    def test_in_annexes_are_sections_of_their_own_with_what_they_ask_for(self) -> None:
        plan = read(f"{TITLE}{LEAD}{self.MAIN}{SIGNED}\n附件1{self.SELECTION}\n附件2{self.IDEOLOGY}")
        selection = ["导向不鲜明", "程序不严格【动议无记录，档案审核不严】"]
        assert tree_of(plan) == [
            ("领导弱化", ["学习不深"]),
            ("选人用人工作", selection),
            ("意识形态工作责任制落实", ["阵地管理不严"]),
        ]
        sources = [section.record.source for section in plan.sections if section.record]
        assert sources == ["", "选人用人工作专项检查", "意识形态工作责任制落实情况专项检查"]
        assert plan.facts.recommendations == ("抓学习。", "树立正确导向。", "加强管理。")
        assert [note.text for note in plan.leftovers] == ["附件1", "附件2"]
        assert plan.doubts == []

    def test_may_be_signed_and_have_their_title_behind_the_annex_s_number(self) -> None:
        selection = self.SELECTION.strip() + "\n县委组织部\n2025年6月18日"
        listed = "\n附件：关于双河镇党委选人用人工作专项检查的反馈意见"  # above the signature it is a mere list
        plan = read(f"{TITLE}{LEAD}{self.MAIN}{listed}{SIGNED}\n附件1：{selection}\n附件2{self.IDEOLOGY}")
        assert [title for title, _ in tree_of(plan)] == ["领导弱化", "选人用人工作", "意识形态工作责任制落实"]
        assert plan.facts.recommendations == ("抓学习。", "树立正确导向。", "加强管理。")
        assert [note.text for note in plan.leftovers] == ["附件1：", "县委组织部", "2025年6月18日", "附件2"]
        assert plan.facts.team == "县委第三巡察组"

    def test_may_be_signed_without_a_day(self) -> None:
        plan = read(f"{TITLE}{LEAD}{self.MAIN}{SIGNED}\n附件{self.IDEOLOGY}\n县委宣传部")
        assert plan.facts.recommendations == ("抓学习。", "加强管理。")
        assert [note.text for note in plan.leftovers] == ["附件", "县委宣传部"]

    def test_in_a_document_of_their_own_are_one_section(self) -> None:
        plan = read(self.SELECTION.strip() + "\n县委组织部\n2025年6月18日")
        assert tree_of(plan) == [("选人用人工作", ["导向不鲜明", "程序不严格【动议无记录，档案审核不严】"])]
        assert plan.facts.recommendations == ("树立正确导向。",)

    def test_keep_sections_that_they_call_so(self) -> None:
        text = self.SELECTION.replace("（一）导向不鲜明。", "（一）选拔任用方面\n1.导向不鲜明。")
        plan = read(text.strip().replace("（二）程序不严格。", "（二）日常管理方面") + "\n县委组织部\n2025年6月18日")
        assert tree_of(plan) == [
            ("选拔任用方面", ["导向不鲜明"]),
            ("日常管理方面", ["动议无记录", "档案审核不严"]),
        ]
        assert {section.record.source for section in plan.sections if section.record} == {"选人用人工作专项检查"}
