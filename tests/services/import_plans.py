"""Small import plans written by hand, for tests of what an import does with one."""

from __future__ import annotations

from zhenggai_desktop.domain.plan import (
    ImportPlan,
    PlanNote,
    ProposedIssue,
    ProposedMeasure,
    ProposedSection,
)
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    DocumentKind,
    Issue,
    LedgerFacts,
    Measure,
    Section,
)


def an_issue(title: str, *measures: str, issues: tuple[ProposedIssue, ...] = (), **fields: object) -> ProposedIssue:
    """A proposed issue with the progress of its measures."""
    return ProposedIssue(
        Issue(title=title, **fields),  # type: ignore[arg-type]
        line=7,
        issues=list(issues),
        measures=[ProposedMeasure(Measure(progress=text), line=8) for text in measures],
    )


def a_section(title: str, *issues: ProposedIssue, **fields: object) -> ProposedSection:
    """A proposed section; an empty title stands for the issues without section."""
    record = Section(title=title, **fields) if title else None  # type: ignore[arg-type]
    return ProposedSection(record, line=5, issues=list(issues))


def feedback_plan() -> ImportPlan:
    """Two sections, three issues, one of them with two sub-issues, nothing answered."""
    return ImportPlan(
        "柳林镇反馈意见.docx",
        DocumentKind.FEEDBACK,
        facts=LedgerFacts(organisation="柳林镇党委", team="区委第五巡察组", recommendations=("压实责任",)),
        inspected_units=["柳林镇党委"],
        sections=[
            a_section(
                "落实上级决策部署方面",
                an_issue("耕地保护责任落实不严", original_text="有三个村没有签订责任书。"),
                an_issue("人居环境整治标准不高"),
            ),
            a_section(
                "全面从严治党方面",
                an_issue(
                    "集体资金管理混乱",
                    issues=(an_issue("往来款项长期不清理"), an_issue("村账核算不及时")),
                ),
            ),
        ],
        sha256="f" * 64,
    )


def notice_plan() -> ImportPlan:
    """The answer to ``feedback_plan``, titles framed as notices frame them, with chapters and notes."""
    return ImportPlan(
        "柳林镇公告.txt",
        DocumentKind.NOTICE,
        facts=LedgerFacts(organisation="柳林镇党委", phone="0000-1234567", scheme="e", notice_title="整改公告"),
        inspected_units=["清河区柳林镇党委"],
        chapters=[
            Chapter(
                id=1,
                role=ChapterRole.LEAD,
                blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "现将整改情况公布如下。"),),
            ),
            Chapter(id=2, role=ChapterRole.ISSUES, title="整改落实情况"),
        ],
        sections=[
            a_section(
                "关于落实上级决策部署方面问题",
                an_issue("针对“耕地保护责任落实不严”问题", "与14个村签订责任书。", "拆除违建7处。"),
                an_issue("人居环境整治的标准不高", "新建分类点22处。"),
                chapter_id=2,
            ),
            a_section(
                "全面从严治党方面",
                an_issue("集体资金管理混乱", "推行村账镇管。"),
                an_issue("作风不实", "开展检查3次。"),
                chapter_id=2,
            ),
        ],
        leftovers=[PlanNote("web_line", 2, "【打印】【关闭】")],
        doubts=[PlanNote("count", 4, "称5个，列出4个")],
        normalisations=[PlanNote("width", 1, "标点改为规范宽度")],
        sha256="a" * 64,
    )
