"""Feedback documents and notices are understood, and no word of them is lost."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.due_periods import read_due_periods
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import ChapterRole, DocumentKind, InspectionKind, LedgerFacts, Measure, Status
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.source_lines import lines_of
from zhenggai_desktop.domain.typography import core

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "tests" / "texts"
BUNDLED = ROOT / "resources" / "samples"
SHARED = ROOT.parent / "shared" / "samples"
OWN_NOTICES = [BUNDLED / "示例整改通报.txt", *sorted(TEXTS.glob("notice_*.txt"))]
REAL_NOTICES = [SHARED / f"notice-scheme-{letter}.txt" for letter in "ade"]


def document(text: str, name: str = "文本") -> SourceDocument:
    lines = [SourceParagraph(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    return SourceDocument(name, tuple(lines))


def read(path: Path) -> SourceDocument:
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    return document(path.read_text("utf-8"), path.name)


def composed(plan: ImportPlan) -> list[str]:
    return [block.text for block in compose(plan_snapshot(plan), scheme_for(plan.facts)).blocks]


@pytest.mark.parametrize("path", [*OWN_NOTICES, *REAL_NOTICES], ids=lambda path: path.stem)
def test_a_notice_composed_in_its_own_scheme_gives_the_same_paragraphs(path: Path) -> None:
    source = read(path)
    plan = understand(source)
    left_over = {note.text for note in plan.leftovers}
    assert composed(plan) == [line.text for line in lines_of(source)[0] if line.raw not in left_over]


@pytest.mark.parametrize("path", [*OWN_NOTICES, *REAL_NOTICES], ids=lambda path: path.stem)
def test_every_paragraph_of_a_notice_is_accounted_for(path: Path) -> None:
    source = read(path)
    plan = understand(source)
    told = core("".join(composed(plan)) + "".join(note.text for note in plan.leftovers))
    assert Counter(told) == Counter(core("".join(paragraph.text for paragraph in source.paragraphs)))


def test_no_word_of_a_feedback_document_is_lost() -> None:
    source = read(BUNDLED / "示例反馈意见.txt")
    plan = understand(source)
    words = [*plan.facts.recommendations, *(block.text for c in plan.chapters for block in c.blocks)]
    words += [c.printed_heading for c in plan.chapters]
    words += [text for s in plan.sections if s.record for text in (s.record.title, s.record.introduction)]
    words += [text for i in plan.issues() for text in (i.number, i.record.title, i.record.original_text)]
    lost = Counter(core("".join(p.text for p in source.paragraphs))) - Counter(core("".join(words)))
    assert lost == Counter("一二三一二")  # the numbers of sections and recommendations, which the tree counts anew


def test_the_bundled_feedback_is_read_whole() -> None:
    plan = understand(read(BUNDLED / "示例反馈意见.txt"))
    assert plan.document is DocumentKind.FEEDBACK
    assert [len(section.issues) for section in plan.sections] == [3, 2, 2]
    assert [len(issue.issues) for issue in plan.sections[0].issues] == [2, 0, 2]
    facts = plan.facts
    assert (facts.organisation, facts.team) == ("云溪街道党工委", "区委第二巡察组")
    assert (facts.inspection_start, facts.inspection_end) == (dt.date(2025, 3, 10), dt.date(2025, 5, 16))
    assert (facts.feedback_date, facts.plan_due, facts.report_due) == (
        dt.date(2025, 6, 20), dt.date(2025, 7, 20), dt.date(2025, 12, 20))  # fmt: skip
    assert facts.recommendations == ("压实整改责任，逐项建立台账。", "坚持举一反三，健全长效机制。")
    first = plan.sections[0].issues[0].issues[0].record
    assert (first.title, first.original_text) == ("中心组学习研讨质量不高", "个别研讨发言与工作结合不紧。")
    assert not plan.doubts


def test_a_notice_gives_its_facts() -> None:
    facts = understand(read(BUNDLED / "示例整改通报.txt")).facts
    assert facts.organisation == facts.signature_organisation == "中共清河区云溪街道工作委员会"
    assert (facts.organisation_body, facts.kind, facts.scheme) == ("党工委", InspectionKind.XUNCHA, "a")
    assert (facts.feedback_date, facts.publication_date) == (dt.date(2025, 6, 20), dt.date(2025, 12, 25))
    assert (facts.phone, facts.postcode, facts.email) == ("0000-5550123", "000018", "yunxi@example.cn")
    assert facts.address == "清河区云溪路18号云溪街道党建工作办公室"


def test_a_notice_in_scheme_e_gives_issues_that_run_through() -> None:
    plan = understand(read(TEXTS / "notice_e.txt"))
    assert (plan.facts.scheme, plan.facts.scheme_changes) == ("e", "")
    assert [issue.number for issue in plan.issues()] == ["问题一：", "问题二：", "问题三：", "问题四：", "问题五："]
    assert [len(issue.measures) for issue in plan.issues()] == [2, 1, 3, 1, 1]
    assert [note.text for note in plan.leftovers] == [
        "发布时间：2024-11-08 09:30\u3000来源：柳林镇党政办",
        "【打印】【关闭】",
    ]
    assert plan.facts.organisation_short == "清河区柳林镇党委"


def test_what_is_not_finished_is_not_done() -> None:
    plan = understand(read(TEXTS / "notice_e.txt"))
    third = list(plan.issues())[2]
    assert [m.record.status for m in third.measures] == [Status.DONE, Status.IN_PROGRESS, Status.DONE]
    assert [(note.code, note.line) for note in plan.doubts] == [("status", 33)]


def test_an_answer_goes_to_progress_and_no_plan_is_invented() -> None:
    plan = understand(read(BUNDLED / "示例整改通报.txt"))
    measures = [m.record for issue in plan.issues() for m in issue.measures]
    assert all(m.progress and not m.content for m in measures)


def test_another_office_writes_scheme_a_its_own_way() -> None:
    plan = understand(read(TEXTS / "notice_a_other.txt"))
    scheme = scheme_for(plan.facts)
    assert scheme.name == "a"
    assert scheme.section.pattern == "（{n}）关于“{title}”方面的问题"
    assert scheme.issues[0].pattern == "{n}、关于{title}的问题"
    assert scheme.answer.label == "整改情况："
    assert [issue.record.printed_heading for issue in plan.issues()][-1] == "（4）经费报销手续不全"
    assert {note.code for note in plan.doubts} == {"level_missing", "number", "enumeration"}
    assert {note.code for note in plan.normalisations} == {"glued_heading", "broken_sentence"}


def test_the_real_notice_a_is_understood() -> None:
    plan = understand(read(REAL_NOTICES[0]))
    assert len(plan.sections) == 3
    assert sum(1 for issue in plan.issues() if not issue.issues) == 25
    assert [issue.record.printed_level for issue in plan.sections[2].issues] == [2, 2]
    assert ("count", 4) in [(note.code, note.line) for note in plan.doubts]
    assert any("称27个，列出25个" in note.text for note in plan.doubts)


def test_the_real_notice_d_is_understood() -> None:
    plan = understand(read(REAL_NOTICES[1]))
    assert [section.record for section in plan.sections] == [None]
    assert len(list(plan.issues())) == 23
    assert len(plan.inspected_units) == 7
    roles = [chapter.role for chapter in plan.chapters]
    assert roles == [ChapterRole.LEAD, ChapterRole.ISSUES, ChapterRole.NARRATIVE, ChapterRole.CLOSING]


def test_the_real_notice_e_is_understood() -> None:
    plan = understand(read(REAL_NOTICES[2]))
    issues = list(plan.issues())
    counts = [len(issue.measures) for issue in issues]
    assert (len(plan.sections), len(issues), sum(counts)) == (3, 23, 44)
    assert (sum(c for c in counts if c > 1), counts.count(1)) == (33, 11)
    assert (Decimal(23), "个") in [(figure.number, figure.unit) for figure in plan.declared]
    facts = plan.facts
    assert (facts.phone[:3], facts.postcode, facts.email[-7:]) == ("027", "430312", "163.com")


def test_scheme_b_answers_in_the_paragraph_of_the_heading() -> None:
    plan = understand(read(TEXTS / "notice_b.txt"))
    assert (plan.facts.scheme, plan.facts.scheme_changes) == ("b", "")
    assert [(i.record.title, len(i.measures)) for i in plan.issues()][:2] == [
        ("河湖长制落实不够有力", 4),
        ("农村供水保障能力不足", 2),
    ]
    plain = understand(read(TEXTS / "notice_b_plain.txt"))
    assert plain.facts.scheme == "b"
    assert scheme_for(plain.facts).issues[0].pattern == "{n}.{title}。"
    assert [i.record.title for i in plain.issues()][2] == "发展党员程序不严"


def test_a_heading_may_share_its_paragraph_by_colon_or_comma() -> None:
    plan = understand(read(TEXTS / "notice_b_colon.txt"))
    assert [(i.record.title, len(i.measures)) for i in plan.issues()] == [
        ("乡村产业发展路子不宽", 3), ("防汛责任压得不实", 2),
        ("低保动态管理不及时", 1), ("惠农补贴发放迟缓", 1)]  # fmt: skip


def test_sections_may_be_numbered_like_chapters() -> None:
    plan = understand(read(TEXTS / "notice_sections_first.txt"))
    assert [(s.record.title, len(s.issues)) for s in plan.sections if s.record] == [
        ("贯彻落实党的路线方针政策", 2), ("落实全面从严治党", 2)]  # fmt: skip
    assert [c.role.value for c in plan.chapters] == ["lead", "narrative", "issues", "narrative", "closing"]
    assert (plan.facts.feedback_date, plan.facts.phone) == (dt.date(2022, 12, 5), "000-1110122")
    assert not plan.doubts


def test_scheme_c_keeps_quoted_issues_and_recommendations_apart() -> None:
    plan = understand(read(TEXTS / "notice_c.txt"))
    assert (plan.facts.scheme, plan.facts.kind) == ("c", InspectionKind.XUNSHI)
    first = plan.sections[0].issues[0]
    assert [issue.record.title for issue in first.issues] == ["改革重组推进不力", "混改监管缺位"]
    assert first.record.recommendations == ("加快国有经济布局优化",)
    assert [measure.record.progress[:4] for measure in first.measures] == ["对12户", "印发混合"]
    assert [issue.number for section in plan.sections[:2] for issue in section.issues] == ["1.", "2.", "3.", "4."]
    assert plan.sections[1].issues[0].record.title == "“靠企吃企”问题易发多发"


@pytest.mark.parametrize("name", ["notice_c.txt", "notice_c_lists.txt"])
def test_scheme_c_lists_beyond_the_feedback_start_anew(name: str) -> None:
    plan = understand(read(TEXTS / name))
    beyond = [section for section in plan.sections if section.record and section.record.category != "feedback"]
    assert [section.record.category.value for section in beyond if section.record] == ["extension", "reform"]
    assert [section.issues[0].number for section in beyond] == ["1.", "1."]
    assert all(section.record and section.record.introduction for section in beyond)


def test_a_list_that_announces_more_than_it_has_is_doubted() -> None:
    text = (TEXTS / "notice_c_lists.txt").read_text("utf-8").replace("整改事项3项", "整改事项5项")
    doubts = [note.text for note in understand(document(text)).doubts if note.code == "list_count"]
    assert [doubt.endswith("称5项，列出3项") for doubt in doubts] == [True]


def test_sections_with_an_issue_each_do_not_hide_that_one_is_missing() -> None:
    """Two headed sections of one issue each are no text that answers section by section."""
    text = (
        "关于巡察整改进展情况的通报\n2024年9月4日至11月10日，县委第二巡察组对柳林镇党委开展了巡察，反馈了2个方面3个问题。\n"
        "（一）落实上级决策不力方面\n1.关于耕地保护责任不实的问题。整改情况：已整改违法图斑7宗。\n"
        "（二）全面从严治党不严方面\n1.关于报销手续不全的问题。整改情况：补办手续12份。\n"
    )
    doubts = [note.text for note in understand(document(text)).doubts if note.code == "count"]
    assert [doubt.endswith("称3个，列出2个") for doubt in doubts] == [True]


def test_scheme_d_counts_each_total_once() -> None:
    plan = understand(read(TEXTS / "notice_d.txt"))
    assert (plan.facts.scheme, plan.sections[0].record) == ("d", None)
    assert plan.inspected_units == ["东岭村", "西塘村", "南湾村", "和庄村", "李家店村"]
    assert [(o.record.kind, str(o.record.number), o.record.unit) for o in plan.outcomes] == [
        ("立案", "2", "件"), ("了结", "1", "件"), ("党内警告", "2", "人"), ("党内严重警告", "1", "人"),
        ("诫勉", "3", "人"), ("批评教育", "6", "人"), ("提醒谈话", "4", "人"),
        ("红色预警卡", "2", "张"), ("黄色预警卡", "7", "张"),
        ("制度新建", "5", "项"), ("制度修订", "3", "项"), ("清退资金", "4.75", "万元"),
    ]  # fmt: skip
    assert all(not outcome.issues for outcome in plan.outcomes)


def test_pairs_of_issue_and_answer_open_with_a_status() -> None:
    plan = understand(read(TEXTS / "notice_pairs.txt"))
    told = [(i.record.title, i.record.status, i.record.standing, len(i.measures)) for i in plan.issues()]
    assert told == [
        ("理论学习走过场", Status.DONE, True, 2),
        ("精细化管理不到位", Status.IN_PROGRESS, False, 2),
        ("支部活动形式单一", Status.DONE, False, 1),
    ]


def test_the_totals_of_the_real_notice_d_are_outcomes() -> None:
    plan = understand(read(REAL_NOTICES[1]))
    assert [(o.record.kind, int(o.record.number or 0)) for o in plan.outcomes] == [
        ("立案", 1), ("了结", 1), ("党内严重警告", 1), ("诫勉", 5), ("批评教育", 4), ("提醒谈话", 5),
        ("橙色预警卡", 14), ("黄色预警卡", 3), ("制度新建", 9), ("制度修订", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("关于巡察某镇党委的反馈意见\n现将巡察情况反馈如下。\n（一）学习不深入。", DocumentKind.FEEDBACK),
        ("某镇党委关于巡察整改进展情况的通报\n一、工作情况\n好。", DocumentKind.NOTICE),
        ("根据安排，现将整改情况予以公布。\n一、问题\n1.针对学习问题。\n整改情况：已完成。", DocumentKind.NOTICE),
        ("巡察反馈问题清单\n1.学习不深入\n2.台账不清", DocumentKind.FEEDBACK),
    ],
)
def test_the_kind_of_a_document_shows_in_its_words(text: str, kind: DocumentKind) -> None:
    assert understand(document(text)).document is kind


def test_a_bare_list_of_issues_is_read() -> None:
    plan = understand(document("巡察反馈问题清单\n1.学习不深入\n2.台账不清\n（1）票据缺失\n（2）账实不符"))
    assert [section.record for section in plan.sections] == [None]
    assert [(i.record.title, len(i.issues)) for i in plan.sections[0].issues] == [("学习不深入", 0), ("台账不清", 2)]


def test_skipped_and_repeated_numbers_are_doubted() -> None:
    text = "某镇关于整改情况的通报\n一、整改情况\n（一）关于甲方面问题\n" + "\n".join(
        f"{n}.针对问题{n}不实问题。\n整改情况：已完成。" for n in (1, 2, 2, 5)
    )
    doubts = [note.text for note in understand(document(text)).doubts if note.code == "number"]
    assert doubts == ["“2.”接在“2.”之后，编号不连续", "“5.”接在“2.”之后，编号不连续"]


def test_numbers_may_run_through_the_sections_of_a_feedback() -> None:
    text = """关于巡察青石镇党委的反馈意见
二、巡察发现的主要问题
（一）思想建设方面
1.学习不够深入。
2.落实政策有偏差。
（1）项目效益不高。
（2）整治不彻底。
（二）作风建设方面
3.管理混乱。
（3）记录缺失。
（三）组织建设方面
{}.生活不严肃。
"""
    for number, told in (("4", []), ("5", ["“5.”之前没有编号"])):
        doubts = understand(document(text.format(number))).doubts
        assert [note.text for note in doubts if note.code == "number"] == told


def test_the_day_below_the_signature_is_the_feedbacks_and_the_inspections_last_day_is_not() -> None:
    text = """县委第二巡察组关于对县住建局党组巡察情况的反馈意见
县住建局党组：
县委第二巡察组于2025年8月1日至9月30日对你局党组进行了巡察，现反馈如下意见：
一、政治责任落实不够
1、学习不扎实。
二、管理监督不够
2、监管不严。
县委第二巡察组
{}
"""
    for day in ("2025.10.15", "2025-10-15", "2025/10/15", "2025年10月15日", "二〇二五年十月十五日"):
        plan = understand(document(text.format(day)))
        assert (plan.facts.inspection_end, plan.facts.feedback_date) == (dt.date(2025, 9, 30), dt.date(2025, 10, 15))
        assert (plan.facts.team, plan.leftovers) == ("县委第二巡察组", [])


def test_what_must_be_done_is_counted_by_yao_too() -> None:
    text = """关于巡察青石镇党委的反馈意见
二、巡察发现的主要问题
（一）思想建设方面
1.学习不够深入。
2.落实政策有偏差。
针对以上问题，提出如下整改建议：
一要强化政治引领，二要从严管党治党，压实责任；三要抓好班子建设。
"""
    plan = understand(document(text))
    assert plan.facts.recommendations == ("强化政治引领。", "从严管党治党，压实责任。", "抓好班子建设。")
    plan = understand(document(text.replace("三要", "五要")))
    assert plan.facts.recommendations == ()


def test_a_text_without_issues_says_so() -> None:
    assert [note.code for note in understand(document("今天天气很好。")).doubts] == ["no_issues"]


def test_sub_issues_that_the_answer_above_covers_are_not_headed() -> None:
    plan = understand(read(BUNDLED / "示例反馈意见.txt"))
    snapshot = plan_snapshot(plan)
    first = snapshot.issues[0]
    answer = Measure(id=1, uid="m", issue_id=first.id, position=1, progress="已制定学习计划。")
    document = compose(replace(snapshot, measures=(answer,)), scheme_for(plan.facts, "a"))
    texts = [block.text for block in document.blocks]
    at = texts.index("1.针对理论学习联系实际不够紧密问题。")
    assert texts[at + 1 : at + 3] == ["整改进展情况：已制定学习计划。", "2.针对老旧小区改造推进迟缓问题。"]
    assert "（1）窗口办件超时。" in texts  # nothing above it answers for it


def test_a_source_that_heads_an_unanswered_sub_issue_keeps_the_heading() -> None:
    lines = (
        *("某镇关于整改情况的通报", "一、整改情况", "（一）关于甲方面问题", "1.针对乙不实问题。", "整改情况：已完成。"),
        *("（1）丙不清。", "（2）丁不明。", "整改情况：已改。", "2.针对戊不严问题。", "整改情况：已改。"),
    )
    text = "\n".join(lines)
    assert "（1）丙不清。" in composed(understand(document(text)))


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("2021年5月10日至6月30日，市委第四巡察组对某局党组进行了巡察，2021年9月1日反馈了意见。", dt.date(2021, 9, 1)),
        ("2021年5月10日至6月30日，市委第四巡察组对某局党组进行了巡察。9月1日，巡察组反馈了意见。", dt.date(2021, 9, 1)),
        (
            "2021年11月10日至12月30日，市委第四巡察组对某局进行了巡察。1月5日，向某局党组反馈了情况。",
            dt.date(2022, 1, 5),
        ),
    ],
)
def test_the_day_of_the_feedback_is_the_nearest_one(sentence: str, date: dt.date) -> None:
    text = f"某局关于巡察整改情况的通报\n根据统一部署，{sentence}\n一、整改情况\n1.针对甲问题。\n整改情况：已改。"
    assert understand(document(text)).facts.feedback_date == date


def test_a_title_broken_inside_its_paragraph_is_one_title() -> None:
    lines = (
        "某镇党委",
        "关于整改情况的通报",
        "一、整改情况",
        "1.针对甲问题。",
        "整改情况：已改。",
        "2.针对乙问题。",
        "整改情况：已改。",
    )
    numbers = (1, 1, 2, 3, 4, 5, 6)
    source = SourceDocument("", tuple(SourceParagraph(n, line) for n, line in zip(numbers, lines, strict=True)))
    assert understand(source).facts.notice_title == "某镇党委关于整改情况的通报"


@pytest.mark.parametrize("words", ["集中整改期限为3个月", "3个月的集中整改", "三个月集中整改"])
def test_the_end_of_the_concentrated_period_is_counted_from_the_feedback(words: str) -> None:
    facts = read_due_periods(LedgerFacts(feedback_date=dt.date(2025, 6, 20)), f"要在{words}内完成。")
    assert facts.concentrated_end == dt.date(2025, 9, 20)
