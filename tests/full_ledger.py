"""A ledger with something in every place that a document speaks of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from builders import a_snapshot, a_tree

from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Draft,
    Issue,
    Measure,
    Outcome,
    Person,
    PublicComment,
    Record,
    ReviewOpinion,
    Snapshot,
    Status,
    WithheldGround,
)

TODAY = dt.date(2025, 1, 8)


def full_ledger(sections: int = 3, issues: int = 4, measures: int = 3) -> Snapshot:
    """Prose with quotation marks, a withheld issue, sub-issues, outcomes, drafts, opinions, comments."""
    tree: list[Record] = list(a_tree(sections, issues, measures))
    count = sections * issues
    tree += [
        Issue(section_id=1, title="“三会一课”制度落实不严——记录不全", emphasis=True, goal="制度落实"),
        Issue(parent_id=count + 1, title="支部大会次数不足"),
        Issue(section_id=1, title="某事项处置不当", withheld=WithheldGround.SENSITIVE, withheld_approval="党工委研究"),
        Measure(issue_id=count + 2, content="补记会议记录", progress="已补记3次……", status=Status.DONE),
    ]
    return a_snapshot(
        Chapter(role=ChapterRole.LEAD, blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "根据区委统一部署，现予公布。"),)),
        Chapter(
            title="整改组织情况",
            blocks=(
                ChapterBlock(BlockKind.HEADING, 2, "（一）主要负责人履职情况"),
                ChapterBlock(BlockKind.PARAGRAPH, 3, "1.带头部署。书记主持“周调度”会议·专题会议共12次，办结率98.71%。"),
            ),
        ),
        Chapter(title="反馈问题整改情况", role=ChapterRole.ISSUES),
        Chapter(role=ChapterRole.CLOSING, blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, "欢迎干部群众监督。"),)),
        *tree,
        *(Outcome(kind=kind, number=Decimal(3), unit="项") for kind in ("制度新建", "制度修订")),
        Person(name="王建国", public_role="党工委书记"),
        Draft(kind="整改通报", edition="public_review", version="第1稿", file_name="通报.docx"),
        ReviewOpinion(draft_id=1, body="区委组织部", text="核对数字", adopted=True, given_on=TODAY),
        PublicComment(received_on=TODAY, text="路灯不亮", answered_by="城建办", answer="已修好", answered_on=TODAY),
        organisation="中共清河区柳林街道工作委员会",
        organisation_short="柳林街道党工委",
        organisation_body="党工委",
        team="区委第三巡察组",
        feedback_date=dt.date(2024, 7, 1),
        concentrated_end=dt.date(2024, 12, 31),
        publication_date=TODAY,
        phone="0312-1234567",
        notice_title="柳林街道党工委关于巡察整改进展情况的通报",
        signature_organisation="中共清河区柳林街道工作委员会",
        signature_date="2025年1月8日",
    )
