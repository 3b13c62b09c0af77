"""Random ledgers as offices could keep them, for tests that write and read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from zhenggai_desktop.domain.records import (
    AnswerForm,
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    LedgerFacts,
    Measure,
    Section,
    SectionCategory,
    Snapshot,
    Status,
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

_ASKED = ("加强制度建设", "健全长效机制", "压实工作责任", "严格审批程序")
_BEYOND = ("完善档案管理", "规范印章使用", "优化办事流程", "推进资产盘活", "深化绩效改革")
_OPENINGS = ("", "", "已完成。", "已完成，长期坚持。", "正在推进。", "基本完成。")
_INTRODUCTIONS = ("党工委高度重视，专题研究。", "坚持问题导向，细化措施。")
_FORMS = {
    "a": (AnswerForm.RUN_IN, AnswerForm.NUMBERED, AnswerForm.PLAIN),
    "b": (AnswerForm.RUN_IN, AnswerForm.PLAIN),
    "c": (AnswerForm.PLAIN, AnswerForm.RUN_IN),
    "d": (AnswerForm.NUMBERED, AnswerForm.RUN_IN, AnswerForm.PLAIN),
    "e": (AnswerForm.RUN_IN, AnswerForm.NUMBERED, AnswerForm.PLAIN),
}  # the forms that offices were seen to use in each scheme
_LISTS = {
    SectionCategory.EXTENSION: (
        "举一反三整改情况", "坚持举一反三，自行拓展整改事项{n}项：", "坚持举一反三，制定整改措施{n}项。"),
    SectionCategory.REFORM: (
        "推动改革促进发展情况", "以整改推动改革、促进发展，形成改革事项{n}项：", "形成改革举措{n}项。"),
}  # fmt: skip

titles = st.builds(str.__add__, st.sampled_from(_WHAT), st.sampled_from(_HOW))
sentences = st.lists(st.sampled_from(_DONE), min_size=1, max_size=3).map(lambda parts: "，".join(parts) + "。")
_STATUSES = {"已": Status.DONE, "正": Status.IN_PROGRESS, "基": Status.MOSTLY_DONE}


@dataclass
class _Maker:
    draw: st.DrawFn
    scheme: Scheme
    rich: bool

    def __post_init__(self) -> None:
        self.issues: list[Issue] = []
        self.measures: list[Measure] = []

    def seldom(self) -> bool:
        """True now and then, in rich ledgers only."""
        return self.rich and self.draw(st.integers(0, 5)) == 5

    def issue(self, *, section: int | None = None, parent: int | None = None, deeper: int = 0, number: int = 0) -> None:
        """One issue with what answers it; ``deeper`` levels of sub-issues may stand below it."""
        record = Issue(len(self.issues) + 1, new_uid(), section, parent, len(self.issues) + 1, self.draw(titles))
        if number and self.scheme.name == "a" and self.seldom():
            record = replace(record, printed_heading=f"{number}.关于{record.title}问题的整改情况")
        self.issues.append(record)
        below = self.draw(st.integers(0, 3)) if deeper else 0
        for _ in range(below):
            self.issue(parent=record.id, deeper=deeper - 1)
        if not below:
            if self.scheme.name in "bcd" and not parent and self.seldom():
                record = self._quoting(record)
            self.issues[record.id - 1] = self._answered(record)

    def item(self, section: int, title: str) -> None:
        """An item of a list beyond the feedback."""
        record = Issue(len(self.issues) + 1, new_uid(), section, None, len(self.issues) + 1, title)
        self.issues.append(record)
        self._measure(record)

    def _quoting(self, record: Issue) -> Issue:
        """The issue as one that quotes several, answered together with recommendations in scheme c."""
        parts = self.draw(st.lists(titles, min_size=2, max_size=3))
        for title in parts:
            self.issues.append(
                Issue(len(self.issues) + 1, new_uid(), None, record.id, len(self.issues) + 1, title, printed_level=0)
            )
        asked = self.draw(st.lists(st.sampled_from(_ASKED), max_size=2, unique=True)) if self.scheme.name == "c" else []
        return replace(record, title="；".join(parts), recommendations=tuple(asked))

    def _answered(self, record: Issue) -> Issue:
        count = self.draw(st.integers(1, 4))
        for _ in range(count):
            self._measure(record)
        if not self.rich:
            return record
        form = self.draw(st.sampled_from((AnswerForm.AUTO, AnswerForm.AUTO, *_FORMS[self.scheme.name])))
        if count == 1:
            form = AnswerForm.AUTO
        opening = self.draw(st.sampled_from(_OPENINGS))
        introduced = count > 1 and form in (AnswerForm.RUN_IN, AnswerForm.NUMBERED) and self.seldom()
        words = opening or (self.draw(st.sampled_from(_INTRODUCTIONS)) if introduced else "")
        return replace(
            record,
            answer_form=form,
            answer_introduction=words,
            status=_STATUSES.get(opening[:1]),
            standing="坚持" in opening,
        )

    def _measure(self, record: Issue) -> None:
        number = len(self.measures) + 1
        self.measures.append(Measure(number, new_uid(), record.id, number, progress=self.draw(sentences)))


@st.composite
def ledgers(
    draw: st.DrawFn, letters: str = "abcde", *, rich: bool = True, deepest: int = 3, lists: bool = True
) -> tuple[Snapshot, Scheme]:
    """A ledger with a notice in one of the schemes, whose words are those of a real office.

    ``rich``: answers in other forms than the scheme's, quoted issues, lists beyond the feedback, headings kept as
    printed. ``deepest`` is 1 for issues alone, 3 for sub-sub-issues; ``lists``: those beyond the feedback too.
    """
    scheme = BUILT_IN[draw(st.sampled_from(letters))]
    maker = _Maker(draw, scheme, rich)
    deeper = deepest - 1 if scheme.name == "a" else 0
    sections: list[Section] = []
    if scheme.name == "d":
        for _ in range(draw(st.integers(3, 6))):
            maker.issue()
    else:
        for i in range(1, draw(st.integers(1, 3)) + 1):
            title = draw(st.sampled_from(_AREAS)) + draw(st.sampled_from(("不够有力", "有差距", "存在薄弱环节")))
            sections.append(Section(i, new_uid(), i, title))
            for number in range(1, draw(st.integers(2, 4)) + 1):
                maker.issue(section=i, deeper=deeper, number=number)
    if scheme.name == "c" and rich and lists:
        sections += _lists(draw, maker, len(sections))
    facts = LedgerFacts(
        id=1, uid=new_uid(), scheme=scheme.name, notice_title="某街道党工委关于巡察整改进展情况的通报",
        signature_organisation="中共某街道工作委员会", signature_date="2025年12月25日",
        publication_date=dt.date(2025, 12, 25),
    )  # fmt: skip
    return Snapshot(facts=facts, sections=tuple(sections), issues=tuple(maker.issues),
                    measures=tuple(maker.measures), chapters=_chapters(scheme, rich=rich)), scheme  # fmt: skip


def _lists(draw: st.DrawFn, maker: _Maker, before: int) -> list[Section]:
    """Lists beyond the feedback, each headed or opened by a sentence alone."""
    found: list[Section] = []
    headed = draw(st.booleans())
    for category, (title, lead_in, introduction) in _LISTS.items():
        if not draw(st.booleans()):
            continue
        number = before + len(found) + 1
        items = draw(st.lists(st.sampled_from(_BEYOND), min_size=1, max_size=3))
        words = (introduction if headed else lead_in).format(n=len(items))
        found.append(Section(number, new_uid(), number, title if headed else "", category=category, introduction=words))
        for item in items:
            maker.item(number, item)
    return found


def _chapters(scheme: Scheme, *, rich: bool) -> tuple[Chapter, ...]:
    def prose(text: str) -> ChapterBlock:
        return ChapterBlock(BlockKind.PARAGRAPH, 0, text)

    lead = (
        "根据区委统一部署，2025年3月10日至5月16日，区委第二巡察组对某街道党工委开展了巡察。"
        "2025年6月20日反馈了意见。现将整改情况予以公布。"
    )
    figures = "截至目前，{问题总数}个问题已完成{已完成问题数}个，制定措施{措施总数}条。" if rich else "持续整改。"
    closing = "欢迎干部群众监督。联系电话：0000-5550123；电子邮箱：yunxi@example.cn。"
    middle = [(chapter.role, chapter.title) for chapter in scheme.frame]
    chapters = [Chapter(1, new_uid(), 1, role=ChapterRole.LEAD, blocks=(prose(lead),))]
    for role, title in middle:
        blocks = () if role is ChapterRole.ISSUES else (prose("下一步，继续抓好整改落实。"),)
        if role is ChapterRole.NARRATIVE and len(chapters) == 1 and title:
            blocks = (prose(figures),)
        if title or role is ChapterRole.ISSUES or len(chapters) > 2:
            number = len(chapters) + 1
            chapters.append(Chapter(number, new_uid(), number, role=role, title=title, blocks=blocks))
    number = len(chapters) + 1
    chapters.append(Chapter(number, new_uid(), number, role=ChapterRole.CLOSING, blocks=(prose(closing),)))
    return tuple(chapters)


def tree_of(snapshot: Snapshot) -> list[object]:
    """Titles, what was asked, how the answers open and what was done: what must survive writing and reading."""

    def node(issue: Issue) -> object:
        below = [node(child) for child in snapshot.issues if child.parent_id == issue.id]
        done = [measure.progress for measure in snapshot.measures if measure.issue_id == issue.id]
        return [issue.title, issue.recommendations, issue.answer_introduction, issue.status, done, below]

    def tops(section_id: int | None) -> list[object]:
        return [node(i) for i in snapshot.issues if i.parent_id is None and i.section_id == section_id]

    loose = [[None, tops(None)]] if tops(None) else []
    return [*loose, *([section.title, section.category, tops(section.id)] for section in snapshot.sections)]
