"""The forms in which offices write, each read as a person would read it: one line of a table for one form."""

import datetime as dt

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import DocumentKind, InspectionKind, Level, Status
from zhenggai_desktop.domain.schemes import scheme_for


def read(text: str, kind: DocumentKind | None = None) -> ImportPlan:
    lines = [SourceParagraph(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    return understand(SourceDocument("文本", tuple(lines)), kind)


def notice(*lines: str) -> ImportPlan:
    """A notice whose chapter of issues holds these lines in its first section."""
    head = ("某镇党委关于巡察整改情况的通报", "现将整改情况公布如下。", "一、组织情况", "召开会议3次。",
            "二、反馈问题整改情况", "（一）党的领导方面")  # fmt: skip
    return read("\n".join([*head, *lines, "三、下一步打算", "继续抓好。", "某镇党委", "2025年1月2日"]))


def led(lead: str) -> ImportPlan:
    return read(f"某镇党委关于巡察整改情况的通报\n{lead}\n一、整改情况\n1.针对学习不深入问题。\n整改情况：已开会。")


def closed(*closing: str) -> ImportPlan:
    issues = ("某镇党委关于巡察整改情况的通报", "一、整改情况", "1.针对学习不深入问题。", "整改情况：已开会。",
              "2.针对账目不清问题。", "整改情况：已清账。", "二、下一步打算", "继续抓好。")  # fmt: skip
    return read("\n".join([*issues, *closing]))


def titles(plan: ImportPlan) -> list[str]:
    return [issue.record.title for issue in plan.issues()]


def measures(plan: ImportPlan) -> list[str]:
    return [measure.record.progress for issue in plan.issues() for measure in issue.measures]


def codes(plan: ImportPlan) -> list[str]:
    return [note.code for note in plan.doubts]


def composed(plan: ImportPlan) -> list[str]:
    return [block.text for block in compose(plan_snapshot(plan), scheme_for(plan.facts)).blocks]


# --- headings of issues

HEADINGS = [
    "1.针对学习不深入问题。",
    "1.针对“学习不深入”问题。",
    "1.针对“学习不深入”的问题。",
    "1、针对学习不深入的问题",
    "1．关于学习不深入的问题",
    "1.关于“学习不深入”问题的整改情况",
    "1.关于“学习不深入”的问题整改情况",
    "1.关于学习不深入方面的问题。",
    "1.关于学习不深入方面存在的问题",
    "1.针对反馈的“学习不深入”问题。",
    "1.针对巡察反馈的学习不深入问题。",
    "1.针对“学习不深入”问题，进行了以下整改。",
    "1.针对“学习不深入”问题，制定3项措施。",
    "1.“学习不深入”问题。",
    "1.【反馈问题】学习不深入。",
    "【反馈问题】学习不深入。",
    "【巡察反馈问题】学习不深入",
    "（1）学习不深入。",
    "(1)学习不深入",
    "１．学习不深入。",
    "①学习不深入。",
    "问题一：学习不深入。",
    "问题1：学习不深入",
    "反馈问题一：学习不深入。",
    "问题一、学习不深入",
    "1. 学习不深入。",
    "1.针对 学习不深入 问题:",
    "1)学习不深入。",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_name_the_same_issue(heading: str) -> None:
    other = heading.replace("1", "2").replace("１", "２").replace("一", "二").replace("①", "②")
    plan = notice(heading, "整改情况：已开会。", other.replace("学习不深入", "账目不清"), "整改情况：已清账。")
    assert titles(plan) == ["学习不深入", "账目不清"]
    assert measures(plan) == ["已开会。", "已清账。"]
    assert codes(plan) == []


QUOTED: list[tuple[str, list[str], tuple[str, ...]]] = [
    ("1.针对“学习少”“调研浅”问题，进行了以下整改。", ["学习少", "调研浅"], ()),
    ("1.针对“学习少”、“调研浅”问题，进行了以下整改。", ["学习少", "调研浅"], ()),
    ("1.针对“学习少”问题和“加强学习”整改意见，进行了以下整改。", [], ("加强学习",)),
    (
        "1.针对“学习少”“调研浅”问题和“加强学习”“多调研”的整改建议，开展了以下整改。",
        ["学习少", "调研浅"],
        ("加强学习", "多调研"),
    ),
    ("1.针对“学习少”的问题及“加强学习”的意见建议。", [], ("加强学习",)),
]


@pytest.mark.parametrize(("heading", "parts", "recommendations"), QUOTED)
def test_headings_quote_issues_and_recommendations(
    heading: str, parts: list[str], recommendations: tuple[str, ...]
) -> None:
    plan = notice(heading, "召开会议。", "2.针对“账目乱”问题，进行了以下整改。", "清理账目。")
    first = plan.sections[0].issues[0]
    assert [issue.record.title for issue in first.issues] == parts
    assert first.record.recommendations == recommendations


# --- answers

ANSWERS = [
    (["整改进展情况：一是开会。二是考试。"], ["开会。", "考试。"]),
    (["整改情况:一是开会;二是考试。"], ["开会；", "考试。"]),
    (["整改落实情况：开会、考试。"], ["开会、考试。"]),
    (["整改措施及成效：一是开会。二是考试。"], ["开会。", "考试。"]),
    (["【整改情况】一是开会。二是考试。"], ["开会。", "考试。"]),
    (["【整改落实情况】", "一是开会。二是考试。"], ["开会。", "考试。"]),
    (["整改情况：", "（一）开会。", "（二）考试。"], ["开会。", "考试。"]),
    (["整改情况：", "1.开会。", "2.考试。"], ["开会。", "考试。"]),
    (["整改情况：", "①开会。", "②考试。"], ["开会。", "考试。"]),
    (["整改情况：", "一是开会。", "二是考试。"], ["开会。", "考试。"]),
    (["整改情况：开会。", "考试。"], ["开会。", "考试。"]),
    (["整改情况：党委高度重视。一是开会。二是考试。"], ["开会。", "考试。"]),
    (["目前整改情况：开会。"], ["开会。"]),
    (["具体整改措施：一是开会。二是考试。"], ["开会。", "考试。"]),
    (["落实情况：开会。"], ["开会。"]),
    (["完成情况：开会。"], ["开会。"]),
    (["整改情况：开会3次，其中一是学习的2次。"], ["开会3次，其中一是学习的2次。"]),
    (["整改情况：一是开会。二是考试。三是落实“一是一、二是二”。"], ["开会。", "考试。", "落实“一是一、二是二”。"]),
]


@pytest.mark.parametrize(("answer", "parts"), ANSWERS)
def test_answers_are_taken_apart(answer: list[str], parts: list[str]) -> None:
    plan = notice("1.针对学习不深入问题。", *answer, "2.针对账目不清问题。", *answer)
    assert titles(plan) == ["学习不深入", "账目不清"]
    assert measures(plan) == parts * 2
    assert composed(plan)[7 : 7 + len(answer)] == [line.replace(":", "：").replace(";", "；") for line in answer]


STATUSES = [
    ("已完成。一是开会。二是考试。", Status.DONE, False),
    ("已完成，长期坚持。一是开会。二是考试。", Status.DONE, True),
    ("已完成并长期坚持。开会。", Status.DONE, True),
    ("已整改到位。开会。", Status.DONE, False),
    ("基本完成。开会。", Status.MOSTLY_DONE, False),
    ("正在推进。开会。", Status.IN_PROGRESS, False),
    ("持续推进。开会。", Status.IN_PROGRESS, False),
    ("尚未启动。", Status.NOT_STARTED, False),
    ("已完成整改。开会。", Status.DONE, False),
    ("开会。", None, False),
]


@pytest.mark.parametrize(("answer", "status", "standing"), STATUSES)
def test_answers_open_with_a_status(answer: str, status: Status | None, standing: bool) -> None:
    record = next(notice("1.针对学习不深入问题。", f"整改情况：{answer}").issues()).record
    assert (record.status, record.standing) == (status, standing)


# --- facts of the lead

TEAMS = [
    ("区委第二巡察组对某镇党委开展了巡察。", "区委第二巡察组", Level.DISTRICT, InspectionKind.XUNCHA),
    ("县委第一巡察组对某镇党委进行了常规巡察。", "县委第一巡察组", Level.COUNTY, InspectionKind.XUNCHA),
    ("市委第十二巡察组对某镇党委开展巡察。", "市委第十二巡察组", Level.CITY, InspectionKind.XUNCHA),
    ("省委第六巡视组对某镇党委进行了巡视。", "省委第六巡视组", Level.PROVINCE, InspectionKind.XUNSHI),
    ("由区委巡察三组对某镇党委开展了巡察。", "区委巡察三组", Level.DISTRICT, InspectionKind.XUNCHA),
    ("清河区委第二巡察组对某镇党委开展了巡察。", "清河区委第二巡察组", Level.DISTRICT, InspectionKind.XUNCHA),
    ("中共清河县委第三巡察组对某镇党委开展了巡察。", "中共清河县委第三巡察组", Level.COUNTY, InspectionKind.XUNCHA),
    ("区委第2巡察组对某镇党委开展了巡察。", "区委第2巡察组", Level.DISTRICT, InspectionKind.XUNCHA),
]


@pytest.mark.parametrize(("words", "team", "level", "kind"), TEAMS)
def test_the_lead_names_the_team(words: str, team: str, level: Level, kind: InspectionKind) -> None:
    facts = led(f"根据统一部署，2024年3月1日至5月8日，{words}现将整改情况公布如下。").facts
    assert (facts.team, facts.level, facts.kind) == (team, level, kind)


PERIODS = [
    "2024年3月1日至2024年5月8日",
    "2024年3月1日至5月8日",
    "2024年3月1日—5月8日",
    "2024年3月1日-5月8日",
    "2024年3月1日到5月8日",
    "2024年3月1日起至5月8日",
    "2024 年 3 月 1 日至 5 月 8 日",
    "２０２４年３月１日至５月８日",
    "2024年3月1日～5月8日",
    "2024年3月1日至2024年5月8日期间",
    "二〇二四年三月一日至五月八日",
]


@pytest.mark.parametrize("period", PERIODS)
def test_the_lead_gives_the_period(period: str) -> None:
    facts = led(f"根据统一部署，{period}，区委第二巡察组对某镇党委开展了巡察。现将整改情况公布如下。").facts
    assert (facts.inspection_start, facts.inspection_end) == (dt.date(2024, 3, 1), dt.date(2024, 5, 8))


FEEDBACK_DAYS = [
    "2024年6月20日，区委第二巡察组反馈了巡察意见。",
    "2024年6月20日，区委第二巡察组向某镇党委反馈了意见。",
    "6月20日，区委第二巡察组反馈了巡察意见。",
    "2024年6月20日，向我镇反馈了巡察意见。",
    "2024年6月20日，经区委同意，巡察组向镇党委反馈了巡察情况。",
    "并于2024年6月20日反馈了巡察意见。",
    "2024年6月20日，区委巡察组向镇党委进行了反馈。",
    "2024年6月20日召开巡察反馈会，通报了巡察情况。",
]


@pytest.mark.parametrize("words", FEEDBACK_DAYS)
def test_the_lead_gives_the_day_of_the_feedback(words: str) -> None:
    facts = led(f"2024年3月1日至5月8日，区委第二巡察组对某镇党委开展了巡察。{words}现将整改情况公布如下。").facts
    assert facts.feedback_date == dt.date(2024, 6, 20)


UNITS = [
    ("对北山镇党委开展了巡察", ["北山镇党委"]),
    ("对北山镇党委、南山镇党委开展了巡察", ["北山镇党委", "南山镇党委"]),
    ("对北山镇东岭、西塘和南湾3个村党组织开展了巡察", ["东岭村", "西塘村", "南湾村"]),
    ("对北山街道东岭、西塘、南湾等3个社区党组织开展了巡察", ["东岭社区", "西塘社区", "南湾社区"]),
    ("对东岭社区、西塘社区两个社区党支部进行了巡察", ["东岭社区", "西塘社区"]),
    ("对区城管局党组进行了常规巡察", ["区城管局党组"]),
]


@pytest.mark.parametrize(("words", "units"), UNITS)
def test_the_lead_names_who_was_inspected(words: str, units: list[str]) -> None:
    plan = led(f"2024年3月1日至5月8日，区委第二巡察组{words}。现将整改情况公布如下。")
    assert plan.inspected_units == units


# --- title, kind, signature, closing

TITLES = [
    ("某镇党委关于巡察整改情况的通报", DocumentKind.NOTICE),
    ("关于区委巡察反馈意见整改落实情况的公开", DocumentKind.NOTICE),
    ("某局党组关于集中整改进展情况的公示", DocumentKind.NOTICE),
    ("某局党组关于巡察整改进展情况的公告", DocumentKind.NOTICE),
    ("某街道党工委关于落实区委巡察反馈意见集中整改进展情况的报告", DocumentKind.NOTICE),
    ("中共某镇委员会\n关于巡察整改进展情况的通报", DocumentKind.NOTICE),
    ("关于巡察某镇党委的反馈意见", DocumentKind.FEEDBACK),
    ("区委第二巡察组关于对某镇党委开展巡察的情况反馈", DocumentKind.FEEDBACK),
    ("某镇党委巡察反馈问题清单", DocumentKind.FEEDBACK),
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_titles_tell_the_kind_of_document(title: str, kind: DocumentKind) -> None:
    plan = read(f"{title}\n一、主要问题\n（一）党的领导方面\n1.学习不深入\n2.账目不清")
    assert plan.document is kind
    assert titles(plan) == ["学习不深入", "账目不清"]
    told = plan.facts.notice_title or "\n".join(b.text for b in plan.chapters[0].blocks)
    assert told == title


SIGNATURES = [
    (["中共某镇委员会", "2025年3月3日"], "中共某镇委员会", "2025年3月3日"),
    (["中共某镇委员会", "二〇二五年三月三日"], "中共某镇委员会", "二〇二五年三月三日"),
    (["中共某镇委员会 2025年3月3日"], "中共某镇委员会", "2025年3月3日"),
    (["中共某局党组", "某局", "2025 年 3 月 3 日"], "中共某局党组\n某局", "2025年3月3日"),
    (["某街道党工委", "２０２５年３月３日"], "某街道党工委", "2025年3月3日"),
    (["中共某镇委员会（盖章）", "2025年3月3日"], "中共某镇委员会（盖章）", "2025年3月3日"),
    (["2025年3月3日"], "", "2025年3月3日"),
]


@pytest.mark.parametrize(("lines", "organisation", "date"), SIGNATURES)
def test_the_end_is_signed_and_dated(lines: list[str], organisation: str, date: str) -> None:
    facts = closed("联系电话：0000-5550123。", *lines).facts
    assert (facts.signature_organisation, facts.signature_date) == (organisation, date)
    assert facts.publication_date == dt.date(2025, 3, 3)


CONTACTS = [
    "欢迎监督。联系电话：0000-5550123；邮寄地址：某路5号；邮政编码：000018；电子邮箱：a@example.cn。",
    "欢迎监督。联系电话:0000-5550123;邮寄地址:某路5号;邮编:000018;电子邮箱:a@example.cn",
    "欢迎监督。联系方式：0000-5550123，通讯地址：某路5号，邮编000018，电子邮箱a@example.cn。",
    "公示期间有意见的，请反映。监督电话：0000-5550123，来信地址：某路5号（邮编：000018），邮箱：a@example.cn。",
    "联系电话：0000-5550123\n联系地址：某路5号\n邮编：000018\n电子邮箱：a@example.cn",
    "电话：0000-5550123；地址：某路5号；邮编：000018；E-mail：a@example.cn",
]


@pytest.mark.parametrize("words", CONTACTS)
def test_the_closing_gives_the_contacts(words: str) -> None:
    facts = closed(*words.split("\n"), "中共某镇委员会", "2025年3月3日").facts
    found = (facts.phone, facts.address, facts.postcode, facts.email)
    assert found == ("0000-5550123", "某路5号", "000018", "a@example.cn")


CLOSINGS = [
    "欢迎广大干部群众对巡察整改落实情况进行监督。",
    "公示期为2025年3月3日至3月9日。",
    "如有意见建议，请与镇党政办联系。",
    "联系人：甲某；联系电话：0000-5550123。",
    "特此通报。",
    "现欢迎社会各界监督。",
]


@pytest.mark.parametrize("words", CLOSINGS)
def test_the_closing_stands_apart_from_the_last_chapter(words: str) -> None:
    plan = closed(words, "中共某镇委员会", "2025年3月3日")
    assert plan.chapters[-1].role == "closing"
    assert [block.text for block in plan.chapters[-1].blocks] == [words]


# --- damaged texts

FIRST = ["1.针对学习少问题。", "整改情况：开会。"]
SECOND = ["2.针对调研浅问题。", "整改情况：下乡。"]
BOTH = ["学习少", "调研浅"]
DAMAGED: list[tuple[str, list[str], list[str], list[str]]] = [
    ("a level missing", ["（1）学习少", "整改情况：开会。", "（2）调研浅", "整改情况：下乡。"], BOTH, []),
    ("a number twice", [*FIRST, "1.针对调研浅问题。", "整改情况：下乡。"], BOTH, ["number"]),
    ("a number skipped", [*FIRST, "3.针对调研浅问题。", "整改情况：下乡。"], BOTH, ["number"]),
    ("一是 without 二是", ["1.针对学习少问题。", "整改情况：一是开会。", *SECOND], BOTH, ["enumeration"]),
    ("一是 and 三是", ["1.针对学习少问题。", "整改情况：一是开会。三是考试。", *SECOND], BOTH, ["enumeration"]),
    ("问题十 after 问题八", ["问题八：学习少。", "整改情况：开会。", "问题十：调研浅。", "整改情况：下乡。"], BOTH,
     ["number", "number"]),
    ("an issue without an answer", [*FIRST, "2.针对调研浅问题。", "3.针对账目乱问题。", "整改情况：清账。"],
     [*BOTH, "账目乱"], ["no_answer"]),
    ("number styles mixed", [*FIRST, "2、针对调研浅问题。", "整改情况：下乡。"], BOTH, []),
    ("half-width brackets", ["(1)学习少", "整改情况：开会。", "（2）调研浅", "整改情况：下乡。"], BOTH, []),
    ("blanks in the label", ["1.针对学习少问题。", "整改 情况 ：开会。", *SECOND], BOTH, []),
    ("answers glued to their headings", ["".join(FIRST), "".join(SECOND)], BOTH, []),
    ("a sentence broken in two", ["1.针对学习少问题。", "整改情况：召开会议，", "研究学习工作。", *SECOND], BOTH, []),
    ("an unfinished item", ["1.针对学习少问题。", "整改情况：正在制定计划。", *SECOND], BOTH, ["status"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "names", "doubts"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED]
)
def test_damaged_texts_are_read_and_doubted(lines: list[str], names: list[str], doubts: list[str]) -> None:
    plan = notice(*lines)
    assert titles(plan) == names
    assert [code for code in codes(plan) if code != "level_missing"] == doubts


def test_a_chapter_glued_to_the_lead_stands_alone() -> None:
    plan = read("\n".join(["某镇关于整改情况的通报", "现将整改情况公布如下。一、整改情况", *FIRST, *SECOND]))
    assert [chapter.title for chapter in plan.chapters] == ["", "整改情况"]
    assert [note.code for note in plan.normalisations] == ["glued_heading"]


# --- numbers of sections and chapters, in feedback documents

LISTS = [
    ["一、主要问题", "（一）领导方面", "1.学习少", "2.调研浅"],
    ["一、主要问题", "(一)领导方面", "1、学习少", "2、调研浅"],
    ["一、主要问题", "（一）领导方面。", "1．学习少。", "2．调研浅。"],
    ["一、主要问题", "（一）领导方面", "（1）学习少", "（2）调研浅"],
    ["一、主要问题", "（一）领导方面", "①学习少", "②调研浅"],
    ["一、领导方面", "（一）学习少", "（二）调研浅"],
    ["一、领导方面", "1.学习少", "2.调研浅"],
    ["第一部分：主要问题", "（一）领导方面", "1.学习少", "2.调研浅"],
]


@pytest.mark.parametrize("lines", LISTS)
def test_feedback_numbers_its_issues_in_many_ways(lines: list[str]) -> None:
    plan = read("关于巡察某镇党委的反馈意见\n" + "\n".join(lines), DocumentKind.FEEDBACK)
    assert [section.record.title for section in plan.sections if section.record] == ["领导方面"]
    assert titles(plan) == ["学习少", "调研浅"]
