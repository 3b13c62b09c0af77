"""A second source for a ledger: the notice of the same feedback, the feedback in a new form."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import DocumentKind, Measure
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.import_report import ImportReport, ReportLine, Taking
from zhenggai_desktop.services.importing import apply, plan_source, preview
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.texts import RECORD_NAMES

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
FEEDBACK = """关于巡察某镇党委的反馈意见
根据区委统一部署，2025年3月10日至5月16日，区委第二巡察组对某镇党委开展了巡察。现将巡察情况反馈如下。
一、巡察发现的主要问题
（一）党的领导方面
1.理论学习不够深入
2.重大决策把关不严
3.调查研究浮于表面
（二）党的建设方面
1.党费收缴不够及时
2.支部活动形式单一
区委第二巡察组
2025年6月20日"""
CORRECTED = """关于巡察某镇党委的反馈意见
根据区委统一部署，2025年3月10日至5月16日，区委第二巡察组对某镇党委开展了巡察。现将巡察情况反馈如下。
一、巡察发现的主要问题
（一）党的领导方面
1.调查研究浮于表面
2.理论学习还不够深入扎实
3.支部活动形式单一
4.财政资金沉淀较多
（二）党的建设方面
1.党费收缴不够及时
区委第二巡察组
2025年6月27日"""
TREE = {
    "党的领导方面": ["理论学习不够深入", "重大决策把关不严", "调查研究浮于表面"],
    "党的建设方面": ["党费收缴不够及时", "支部活动形式单一"],
}
ALL = Taking(changes=True, removals=True)


def plan_of(text: str, name: str = "反馈意见.txt", kind: DocumentKind | None = None) -> ImportPlan:
    lines = tuple(SourceParagraph(i, line) for i, line in enumerate(text.split("\n"), 1))
    plan = understand(SourceDocument(name, lines), kind)
    plan.sha256 = str(hash(text))
    return plan


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "整改台账.zgtz") as ledger:
        apply(ledger, plan_of(FEEDBACK))
        yield ledger


def tree(ledger: Ledger) -> dict[str, list[str]]:
    outline = Outline(ledger.snapshot)
    return {
        section.title: [issue.title for issue in outline.issues_of(section)] for section in ledger.snapshot.sections
    }


def done(ledger: Ledger) -> list[str]:
    outline = Outline(ledger.snapshot)
    return [measure.progress for issue in outline.walk() for measure in outline.measures_of(issue)]


def told(lines: list[ReportLine]) -> list[tuple[str, str]]:
    return [(line.text, line.detail) for line in lines]


def test_the_notice_of_the_same_feedback_answers_its_issues(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "台账.zgtz") as ledger:
        apply(ledger, plan_source(SAMPLES / "示例反馈意见.txt"))
        before = [issue.title for issue in ledger.snapshot.issues]
        report = apply(ledger, plan_source(SAMPLES / "示例整改通报.txt"))
        outline = Outline(ledger.snapshot)
        assert [issue.title for issue in ledger.snapshot.issues] == before
        assert len(before) == 13
        answers = [len(outline.measures_of(issue)) for issue in ledger.snapshot.issues if outline.is_leaf(issue)]
        assert min(answers) >= 1
        assert report.counts()[RECORD_NAMES[Measure]] == sum(answers)
        assert (report.moved, report.gone) == ([], [])


def test_a_corrected_feedback_is_shown_and_only_what_is_new_is_added(ledger: Ledger) -> None:
    report = apply(ledger, plan_of(CORRECTED))
    assert tree(ledger) == {
        "党的领导方面": [*TREE["党的领导方面"], "财政资金沉淀较多"],
        "党的建设方面": TREE["党的建设方面"],
    }
    differing = told(report.different)
    assert ("1-1 理论学习不够深入", "问题：台账为“理论学习不够深入”，来源为“理论学习还不够深入扎实”") in differing
    assert told(report.moved) == [
        ("2-2 支部活动形式单一", "台账在方面“党的建设方面”，来源在方面“党的领导方面”"),
        ("1-3 调查研究浮于表面", "台账排第3，来源排第1"),
    ]
    assert told(report.gone) == [("1-2 重大决策把关不严", "")]


def test_the_changes_of_a_corrected_feedback_are_taken_in_one_step(ledger: Ledger) -> None:
    before = ledger.snapshot
    apply(ledger, plan_of(CORRECTED), Taking(changes=True))
    assert tree(ledger) == {
        "党的领导方面": [
            "调查研究浮于表面",
            "理论学习还不够深入扎实",
            "支部活动形式单一",
            "财政资金沉淀较多",
            "重大决策把关不严",
        ],
        "党的建设方面": ["党费收缴不够及时"],
    }
    assert ledger.check() == ()
    ledger.undo()
    assert ledger.snapshot == before


def test_what_is_gone_is_removed_only_when_asked_for(ledger: Ledger) -> None:
    report = apply(ledger, plan_of(CORRECTED), ALL)
    assert told(report.gone) == [("1-2 重大决策把关不严", "")]
    assert tree(ledger) == {
        "党的领导方面": ["调查研究浮于表面", "理论学习还不够深入扎实", "支部活动形式单一", "财政资金沉淀较多"],
        "党的建设方面": ["党费收缴不够及时"],
    }
    again = apply(ledger, plan_of(CORRECTED), ALL)
    assert (again.different, again.moved, again.gone, again.added) == ([], [], [], [])
    ledger.undo()
    assert tree(ledger) == TREE


def test_a_preview_tells_the_same_and_writes_nothing(ledger: Ledger) -> None:
    before = ledger.snapshot
    seen = preview(ledger.snapshot, plan_of(CORRECTED), ALL)
    assert ledger.snapshot == before
    done = apply(ledger, plan_of(CORRECTED), ALL)
    assert _lists(seen) == _lists(done)


def _lists(report: ImportReport) -> list[list[tuple[str, str]]]:
    return [told(lines) for lines in (report.added, report.already_there, report.different, report.moved, report.gone)]


def test_another_document_removes_nothing(ledger: Ledger) -> None:
    other = FEEDBACK
    for title in ("理论学习不够深入", "重大决策把关不严", "调查研究浮于表面", "支部活动形式单一"):
        other = other.replace(title, title[::-1])
    before = ledger.snapshot
    with pytest.raises(UsageError, match="不像同一份文件"):
        apply(ledger, plan_of(other), ALL)
    assert ledger.snapshot == before


def test_a_notice_told_otherwise_changes_what_was_done(ledger: Ledger) -> None:
    text = ("某镇党委关于巡察整改情况的通报\n一、整改情况\n（一）党的领导方面\n1.针对理论学习不够深入问题。\n"
            "整改情况：一是开会3次。二是考试。\n2.针对重大决策把关不严问题。\n整改情况：修订规则。")  # fmt: skip
    apply(ledger, plan_of(text, "通报.txt"))
    corrected = plan_of(text.replace("开会3次", "召开专题会议5次"), "通报2.txt")
    report = apply(ledger, corrected)
    assert [line.text for line in report.different] == ["召开专题会议5次。"]
    assert done(ledger) == ["开会3次。", "考试。", "修订规则。"]
    apply(ledger, corrected, Taking(changes=True))
    assert done(ledger) == ["召开专题会议5次。", "考试。", "修订规则。"]
    assert [title for titles in tree(ledger).values() for title in titles] == [t for ts in TREE.values() for t in ts]


def test_the_feedback_of_a_special_inspection_adds_a_section_and_what_it_asks_for(ledger: Ledger) -> None:
    with ledger.step("意见") as writer:
        writer.set_facts(recommendations=("抓学习。",))
    text = (
        "关于某镇党委选人用人专项检查的反馈意见\n一、主要问题\n1.动议无记录。\n二、整改意见\n1.抓学习。\n2.严格程序。\n"
    )
    plan = plan_of(text + "区委组织部\n2025年6月20日")
    report = apply(ledger, plan)
    assert tree(ledger) == {**TREE, "选人用人": ["动议无记录"]}
    assert ledger.snapshot.facts.recommendations == ("抓学习。", "严格程序。")
    assert not any("意见建议" in detail for _, detail in told(report.different))
    assert not apply(ledger, plan).writes
