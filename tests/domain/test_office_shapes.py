"""Ledgers as offices keep them: heads over heads, shares for statuses, who answers in one cell.

Ten shapes that were read for the first time after the reader was written; eight of them had something wrong then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain

import pytest

from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import Issue, Measure
from zhenggai_desktop.domain.sheets import Area, CellValue, Sheet, Workbook
from zhenggai_desktop.domain.workbook_reader import understand_workbook


def book(rows: Sequence[Sequence[CellValue]], merges: Sequence[tuple[int, int, int, int]] = ()) -> Workbook:
    width = max(map(len, rows))
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    return Workbook("甲.xlsx", (Sheet("台账", grid, [Area(*merge) for merge in merges]),))


def told(plan: ImportPlan) -> list[str]:
    """The plan in lines: sections, issues, measures, each with what it says and no more."""
    lines: list[str] = []
    for section in plan.sections:
        lines += [f"§{section.record.title}"] if section.record else []
        lines += chain.from_iterable(map(_issue, section.issues))
    return lines


def _issue(issue: ProposedIssue, depth: int = 0) -> Iterator[str]:
    record = issue.record
    log = [f"{entry.entered_on}{entry.text}" for entry in issue.log]
    closed = ["已销号"] if record.closed else []
    yield "　" * depth + "｜".join([issue.number, record.title, *_duties(record), *closed, *log])
    for measure in issue.measures:
        log = [f"{entry.entered_on}{entry.text}" for entry in measure.log]
        words = f"{measure.record.content}→{measure.record.progress}"
        yield "　" * depth + "｜".join(["－", words, *_duties(measure.record), *log])
    for child in issue.issues:
        yield from _issue(child, depth + 1)


def _duties(record: Issue | Measure) -> Iterator[str]:
    texts = ("、".join(record.leaders), record.lead_department, "、".join(record.supporting_departments), record.owner)
    yield from filter(None, texts)
    if isinstance(record, Issue):
        yield from [record.track.value] if record.track else []
        yield from ["standing"] if record.standing else []
    if record.deadline:
        yield f"{record.deadline}={record.due_on}"
    if record.status:
        yield record.status.value if record.completed_on is None else f"{record.status.value} {record.completed_on}"


SHAPES: dict[str, Workbook] = {
    "duties_and_shares": book(
        [
            ["XX镇落实县委第四巡察组反馈意见整改工作台账"],
            ["", "", "", "", "", "填报时间：2025年8月31日"],
            ["序号", "巡察反馈问题", "整改措施", "责任分工", "", "", "整改时限", "整改完成率", "未完成原因"],
            ["", "", "", "牵头领导", "牵头单位", "配合单位", "", "", ""],
            [
                1,
                "党建引领基层治理作用发挥不够。如：网格员履职不到位。",
                "1.制定网格员管理办法；\n2.每月开展一次培训。",
                "张三",
                "党建办",
                "综治中心、各村",
                "2025年9月底",
                1,
                "",
            ],
            [
                2,
                "“三资”管理混乱",
                "开展“三资”清理专项行动",
                "李四",
                "经发办",
                "财政所",
                "2025年12月底",
                0.6,
                "涉及历史遗留问题",
            ],
            ["填表人：王五", "", "", "", "", "审核人：赵六"],
        ],
        [
            (0, 0, 0, 8),
            (2, 3, 2, 5),
            (2, 0, 3, 0),
            (2, 1, 3, 1),
            (2, 2, 3, 2),
            (2, 6, 3, 6),
            (2, 7, 3, 7),
            (2, 8, 3, 8),
            (6, 0, 6, 4),
        ],
    ),
    "levels_of_issues": book(
        [
            [
                "序号",
                "一级问题",
                "二级问题",
                "具体表现",
                "整改举措",
                "责任领导",
                "责任科室",
                "整改类别",
                "完成时限",
                "整改成效",
                "是否销号",
            ],
            [
                1,
                "聚焦党中央重大决策部署落实情况",
                "学习贯彻不深入",
                "（1）理论学习中心组学习频次不够",
                "建立月学习制度",
                "书记",
                "办公室",
                "立行立改",
                "已完成",
                "已学习12次",
                "是",
            ],
            [
                "",
                "",
                "",
                "（2）学用结合不紧",
                "结合业务开展研讨",
                "副书记",
                "办公室",
                "长期坚持",
                "长期坚持",
                "开展研讨4次",
                "否",
            ],
            [
                2,
                "",
                "改革创新不够",
                "（1）信息化建设滞后",
                "建设平台",
                "副局长",
                "信息科",
                "限期整改",
                "2025年12月31日",
                "已完成招标",
                "否",
            ],
        ],
        [(1, 1, 3, 1), (1, 0, 2, 0), (1, 2, 2, 2)],
    ),
    "months_below_one_head": book(
        [
            ["某局巡察整改台账（2025年）"],
            ["编号", "问题", "措施", "责任人", "时限", "进展情况", "", ""],
            ["", "", "", "", "", "7月", "8月", "9月"],
            ["1", "公务接待不规范", "修订接待办法", "张三", "8月底", "起草初稿", "印发执行", ""],
            ["2", "档案管理混乱", "整理历年档案", "李四", "9月底", "", "整理2015-2020年", "全部整理完毕"],
        ],
        [(0, 0, 0, 7), (1, 5, 1, 7), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 2, 4)],
    ),
    "a_column_for_each_measure": book(
        [
            ["一、落实主体责任方面"],
            ["序号", "反馈问题", "措施一", "措施二", "措施三", "责任单位", "责任人", "进度"],
            ["（一）", "主体责任压得不实", "召开专题会", "签订责任书", "", "纪检组", "张三", "100%"],
            ["（二）", "日常监督不够", "开展检查", "通报问题", "问责处理", "纪检组", "李四", "50%"],
            ["二、作风建设方面"],
            ["（一）", "文山会海", "压减文件", "", "", "办公室", "王五", "已完成"],
        ]
    ),
    "cells_of_dates": book(
        [
            [
                "问题类别",
                "问题编号",
                "问题描述",
                "整改措施",
                "整改责任人",
                "计划完成时间",
                "实际完成时间",
                "整改状态",
                "证明材料",
            ],
            [
                "选人用人",
                "XR-01",
                "干部档案审核不严",
                "重新审核档案",
                "组织科 张三",
                dt.date(2025, 6, 30),
                dt.date(2025, 6, 20),
                "已销号",
                "档案审核表",
            ],
            [
                "选人用人",
                "XR-02",
                "轮岗交流不及时",
                "制定轮岗计划",
                "组织科 李四",
                dt.date(2025, 9, 30),
                "",
                "整改中",
                "",
            ],
            [
                "意识形态",
                "YS-01",
                "阵地管理不严",
                "开展排查",
                "宣传科 王五",
                dt.date(2025, 7, 31),
                dt.date(2025, 8, 2),
                "已完成（超期）",
                "排查记录",
            ],
        ]
    ),
    "a_village": book(
        [
            ["柳树村党支部巡察反馈问题整改清单"],
            ["单位（盖章）：", "", "", "", "联系电话："],
            ["问题序号", "存在的主要问题", "整改目标及措施", "包村领导", "整改责任人", "完成时限及进展"],
            [
                "问题1",
                "村务公开不及时",
                "目标：每季度公开。措施：制作公开栏",
                "王副镇长",
                "村支书刘某",
                "2025年5月底前，已完成",
            ],
            [
                "问题2",
                "集体合同不规范",
                "目标：规范合同。措施：清理合同12份",
                "王副镇长",
                "村主任陈某",
                "2025年8月底前，正在推进",
            ],
            ["村支书签字：", "", "", "包村领导签字："],
        ],
        [(0, 0, 0, 5)],
    ),
    "tasks_with_a_day_in_the_header": book(
        [
            ["附件2"],
            ["巡察反馈意见整改任务分解表"],
            [
                "任务编号",
                "反馈意见",
                "具体任务",
                "牵头领导",
                "牵头部门",
                "配合部门",
                "完成时限",
                "截至2025年10月底进展情况",
                "是否完成",
                "备注",
            ],
            [
                "1-1",
                "基层党组织建设薄弱",
                "规范“三会一课”",
                "组织委员",
                "党建办",
                "各支部",
                "立行立改并长期坚持",
                "已开展督查2轮",
                "√",
                "",
            ],
            [
                "1-2",
                "基层党组织建设薄弱",
                "整顿软弱涣散党组织3个",
                "组织委员",
                "党建办",
                "各村",
                "2025年11月",
                "完成2个",
                "×",
                "剩余1个年底前完成",
            ],
            ["2-1", "营商环境有差距", "设立企业服务专员", "副镇长", "经发办", "市监所", "2025年7月", "已设立", "√", ""],
        ],
        [(0, 0, 0, 1), (1, 0, 1, 9)],
    ),
    "three_rows_of_header": book(
        [
            ["整改工作台账", "", "", "", "", "", "", ""],
            ["序号", "问题清单", "", "任务清单", "", "责任清单", "", "备注"],
            ["", "反馈方面", "具体问题", "整改措施", "完成时限", "责任领导", "责任部门", ""],
            [1, "党风廉政建设", "津补贴发放不规范", "清退违规发放1.2万元", "2025年3月底前", "局长", "财务科", "已清退"],
            [2, "", "公车管理不严", "加装定位", "2025年4月底前", "副局长", "后勤科", ""],
        ],
        [(0, 0, 0, 7), (1, 1, 1, 2), (1, 3, 1, 4), (1, 5, 1, 6), (1, 0, 2, 0), (1, 7, 2, 7), (3, 1, 4, 1)],
    ),
    "measures_told_as_done": book(
        [
            ["序", "反馈问题", "整改措施及完成情况", "责任领导及责任单位", "时限"],
            [
                1,
                "信访积案化解不力",
                "一是建立领导包案制度，已包案8件。二是开展集中攻坚，化解6件。",
                "张书记（信访办）",
                "持续推进",
            ],
            [2, "河道采砂监管不到位", "一是加强巡查，查处2起。", "李镇长（水利站）", "2025年10月底前"],
        ]
    ),
    "a_summary_above": book(
        [
            ["整改情况汇总", "共指出问题", "3个", "已完成", "2个", "完成率", "66.67%"],
            ["", "", "", "", "", "", ""],
            ["反馈问题", "整改要求", "整改措施", "责任部门", "计划完成时限", "完成进度", "完成情况说明"],
            ["惠农补贴发放不及时", "限期整改", "建立台账", "财政所", "反馈后一个月内", "100%", "已全部发放到位"],
            ["环境整治反弹", "长期坚持", "建立长效机制", "村建办", "长期坚持", "80%", "正在推进"],
            ["项目监管缺位", "立行立改", "开展项目审计", "审计室", "2025年第三季度", "100%", "审计完毕"],
        ]
    ),
}
TOLD: dict[str, list[str]] = {
    "duties_and_shares": [
        "1｜党建引领基层治理作用发挥不够｜张三｜党建办｜综治中心、各村｜dated｜2025年9月底=2025-09-30｜done",
        "－｜制定网格员管理办法；→",
        "－｜每月开展一次培训。→",
        "2｜“三资”管理混乱｜李四｜经发办｜财政所｜dated｜2025年12月底=2025-12-31｜in_progress",
        "－｜开展“三资”清理专项行动→",
    ],
    "levels_of_issues": [
        "§聚焦党中央重大决策部署落实情况",
        "1｜学习贯彻不深入",
        "\u3000（1）｜理论学习中心组学习频次不够｜书记｜办公室｜immediate｜已完成=None｜已销号",
        "\u3000－｜建立月学习制度→",
        "\u3000（2）｜学用结合不紧｜副书记｜办公室｜standing｜长期坚持=None",
        "\u3000－｜结合业务开展研讨→",
        "2｜改革创新不够",
        "\u3000（1）｜信息化建设滞后｜副局长｜信息科｜dated｜2025年12月31日=2025-12-31",
        "\u3000－｜建设平台→",
    ],
    "months_below_one_head": [
        "1｜公务接待不规范｜张三｜dated｜8月底=None｜2025-07-31起草初稿｜2025-08-31印发执行",
        "－｜修订接待办法→",
        "2｜档案管理混乱｜李四｜dated｜9月底=None｜2025-08-31整理2015-2020年｜2025-09-30全部整理完毕",
        "－｜整理历年档案→",
    ],
    "a_column_for_each_measure": [
        "§落实主体责任方面",
        "（一）｜主体责任压得不实｜纪检组｜张三｜done",
        "－｜召开专题会→",
        "－｜签订责任书→",
        "（二）｜日常监督不够｜纪检组｜李四｜in_progress",
        "－｜开展检查→",
        "－｜通报问题→",
        "－｜问责处理→",
        "§作风建设方面",
        "（一）｜文山会海｜办公室｜王五｜done",
        "－｜压减文件→",
    ],
    "cells_of_dates": [
        "§选人用人",
        "XR-01｜干部档案审核不严｜组织科、张三｜dated｜2025-06-30=2025-06-30｜done 2025-06-20",
        "－｜重新审核档案→",
        "XR-02｜轮岗交流不及时｜组织科、李四｜dated｜2025-09-30=2025-09-30｜in_progress",
        "－｜制定轮岗计划→",
        "§意识形态",
        "YS-01｜阵地管理不严｜宣传科、王五｜dated｜2025-07-31=2025-07-31｜done 2025-08-02",
        "－｜开展排查→",
    ],
    "a_village": [
        "问题1｜村务公开不及时｜王副镇长｜村支书刘某｜dated｜2025年5月底前，已完成=2025-05-31",
        "－｜目标：每季度公开。措施：制作公开栏→",
        "问题2｜集体合同不规范｜王副镇长｜村主任陈某｜dated｜2025年8月底前，正在推进=2025-08-31",
        "－｜目标：规范合同。措施：清理合同12份→",
    ],
    "tasks_with_a_day_in_the_header": [
        "1-1｜基层党组织建设薄弱｜组织委员｜党建办｜standing",
        "－｜规范“三会一课”→｜各支部｜立行立改并长期坚持=None｜done｜2025-10-31已开展督查2轮",
        "－｜整顿软弱涣散党组织3个→｜各村｜2025年11月=2025-11-30｜in_progress｜2025-10-31完成2个",
        "2-1｜营商环境有差距｜副镇长｜经发办｜市监所｜dated｜2025年7月=2025-07-31｜done｜2025-10-31已设立",
        "－｜设立企业服务专员→",
    ],
    "three_rows_of_header": [
        "§党风廉政建设",
        "1｜津补贴发放不规范｜局长｜财务科｜dated｜2025年3月底前=2025-03-31",
        "－｜清退违规发放1.2万元→",
        "2｜公车管理不严｜副局长｜后勤科｜dated｜2025年4月底前=2025-04-30",
        "－｜加装定位→",
    ],
    "measures_told_as_done": [
        "1｜信访积案化解不力｜张书记｜信访办｜standing｜持续推进=None",
        "－｜→建立领导包案制度，已包案8件。",
        "－｜→开展集中攻坚，化解6件。",
        "2｜河道采砂监管不到位｜李镇长｜水利站｜dated｜2025年10月底前=2025-10-31",
        "－｜→一是加强巡查，查处2起。",
    ],
    "a_summary_above": [
        "｜惠农补贴发放不及时｜财政所｜dated｜反馈后一个月内=None｜done",
        "－｜建立台账→已全部发放到位",
        "｜环境整治反弹｜村建办｜standing｜长期坚持=None｜in_progress",
        "－｜建立长效机制→正在推进",
        "｜项目监管缺位｜审计室｜immediate｜2025年第三季度=2025-09-30｜done",
        "－｜开展项目审计→审计完毕",
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_ledger_of_an_office_is_read_as_it_is_meant(shape: str) -> None:
    assert told(understand_workbook(SHAPES[shape])) == TOLD[shape]


def test_signatures_and_titles_are_left_over_and_the_team_is_known() -> None:
    plan = understand_workbook(SHAPES["duties_and_shares"])
    assert [note.code for note in plan.leftovers] == ["signature", "title", "title"]
    assert plan.facts.team == "县委第四巡察组"
    assert "村支书签字：｜包村领导签字：" in [note.text for note in understand_workbook(SHAPES["a_village"]).leftovers]
