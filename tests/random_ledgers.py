"""Random ledgers as offices could keep them, for tests that write and read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    LedgerFacts,
    Measure,
    Section,
    Snapshot,
    new_uid,
)
from zhenggai_desktop.domain.schemes import BUILT_IN, Scheme

_WHAT = (
    "理论学习",
    "意识形态工作",
    "公务用车管理",
    "固定资产管理",
    "“三会一课”制度",
    "财务报销",
    "工程招投标",
    "干部教育",
    "档案管理",
    "窗口服务",
)
_HOW = (
    "不够深入",
    "不够规范",
    "存在短板",
    "流于形式",
    "把关不严",
    "推进缓慢",
    "责任不落实、措施不具体",
    "重形式、轻实效",
)
_DONE = (
    "召开专题会议3次",
    "制定管理办法",
    "完成清查盘点，补登资产57件",
    "组织培训2期，参训86人次",
    "建立“一户一档”台账",
    "对历史账目逐笔核对",
    "追回资金1.26万元",
    "于2025年3月印发《管理细则》（区办发〔2025〕4号）",
    "开展检查11次，整改问题34个",
)
_AREAS = ("贯彻落实上级决策部署", "落实全面从严治党责任", "执行组织路线", "巡察整改责任落实")

titles = st.builds(str.__add__, st.sampled_from(_WHAT), st.sampled_from(_HOW))
sentences = st.lists(st.sampled_from(_DONE), min_size=1, max_size=3).map(lambda parts: "，".join(parts) + "。")


@dataclass
class _Maker:
    draw: st.DrawFn
    scheme: Scheme

    def __post_init__(self) -> None:
        self.issues: list[Issue] = []
        self.measures: list[Measure] = []

    def issue(self, *, section: int | None, parent: int | None, deeper: bool) -> None:
        record = Issue(len(self.issues) + 1, new_uid(), section, parent, len(self.issues) + 1, self.draw(titles))
        self.issues.append(record)
        below = self.draw(st.integers(0, 3)) if deeper else 0
        if below:
            for _ in range(below):
                self.issue(section=None, parent=record.id, deeper=False)
            return
        for position in range(1, self.draw(st.integers(1, 4)) + 1):
            text = self.draw(sentences)
            self.measures.append(Measure(len(self.measures) + 1, new_uid(), record.id, position, progress=text))


@st.composite
def ledgers(draw: st.DrawFn, letters: str = "abcde") -> tuple[Snapshot, Scheme]:
    """A ledger with a notice in one of the schemes, whose words are those of a real office."""
    scheme = BUILT_IN[draw(st.sampled_from(letters))]
    maker = _Maker(draw, scheme)
    deeper = scheme.name == "a"
    sections: list[Section] = []
    if scheme.name == "d":
        for _ in range(draw(st.integers(3, 6))):
            maker.issue(section=None, parent=None, deeper=False)
    else:
        for i in range(1, draw(st.integers(1, 3)) + 1):
            title = draw(st.sampled_from(_AREAS)) + draw(st.sampled_from(("不够有力", "有差距", "存在薄弱环节")))
            sections.append(Section(i, new_uid(), i, title))
            for _ in range(draw(st.integers(2, 4))):
                maker.issue(section=i, parent=None, deeper=deeper)
    facts = LedgerFacts(
        id=1, uid=new_uid(), scheme=scheme.name, notice_title="某街道党工委关于巡察整改进展情况的通报",
        signature_organisation="中共某街道工作委员会", signature_date="2025年12月25日",
        publication_date=dt.date(2025, 12, 25),
    )  # fmt: skip
    return Snapshot(facts=facts, sections=tuple(sections), issues=tuple(maker.issues),
                    measures=tuple(maker.measures), chapters=_chapters(scheme)), scheme  # fmt: skip


def _chapters(scheme: Scheme) -> tuple[Chapter, ...]:
    def prose(text: str) -> ChapterBlock:
        return ChapterBlock(BlockKind.PARAGRAPH, 0, text)

    lead = (
        "根据区委统一部署，2025年3月10日至5月16日，区委第二巡察组对某街道党工委开展了巡察。"
        "2025年6月20日反馈了意见。现将整改情况予以公布。"
    )
    closing = "欢迎干部群众监督。联系电话：0000-5550123；电子邮箱：yunxi@example.cn。"
    middle = [(chapter.role, chapter.title) for chapter in scheme.frame]
    chapters = [Chapter(1, new_uid(), 1, role=ChapterRole.LEAD, blocks=(prose(lead),))]
    for role, title in middle:
        blocks = () if role is ChapterRole.ISSUES else (prose("下一步，继续抓好整改落实。"),)
        if title or role is ChapterRole.ISSUES or len(chapters) > 2:
            number = len(chapters) + 1
            chapters.append(Chapter(number, new_uid(), number, role=role, title=title, blocks=blocks))
    number = len(chapters) + 1
    chapters.append(Chapter(number, new_uid(), number, role=ChapterRole.CLOSING, blocks=(prose(closing),)))
    return tuple(chapters)


def tree_of(snapshot: Snapshot) -> list[object]:
    """Titles and what was done, as nested lists: what must survive writing and reading."""

    def node(issue: Issue) -> object:
        below = [node(child) for child in snapshot.issues if child.parent_id == issue.id]
        done = [measure.progress for measure in snapshot.measures if measure.issue_id == issue.id]
        return [issue.title, done, below]

    def tops(section_id: int | None) -> list[object]:
        return [node(i) for i in snapshot.issues if i.parent_id is None and i.section_id == section_id]

    loose = [[None, tops(None)]] if tops(None) else []
    return [*loose, *([section.title, tops(section.id)] for section in snapshot.sections)]
