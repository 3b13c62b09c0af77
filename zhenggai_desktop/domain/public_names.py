"""Persons in the public edition: where the directory has a public role, it stands for the name (domain.md §8)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.blocks import Anchor, Block, Cell, Document, Kind, Run
from zhenggai_desktop.domain.document_parts import is_contact_paragraph
from zhenggai_desktop.domain.frame import CLOSING_UID
from zhenggai_desktop.domain.records import ChapterRole, Person, Snapshot

_POSTS = (
    "书记|主任|领导|长|员|会计|出纳|文书|保管|干部|支书|主席|经理"
    "|教师|老师|医生|护士|司机|同志|人|村民|居民|户主|家属|户"
)
_EDGE_BEFORE = re.compile(
    rf"(?:^|[\W_]|[对由经给予与和向将把被让请及以]|(?<![更较极颇最成])[为是]|其中|包括|分别|涉及|同时|随后|原|{_POSTS}"
    r"|约谈|诫勉|处分|责令|免去|批评|教育|提醒|谈话|问责|查处|撤销|开除|解聘|辞退|立案|追究|调整|任命|聘任|警告|移送)$"
)
_LOOSE_BEFORE = re.compile("[的后时且并]$")  # an edge where what is behind the name can be said of persons only
_PERSON_BEHIND = re.compile(
    r"同志|书记|主任|副|[科局镇所站队乡村校院部处组股]长|会计|出纳|文书|支书|委员|主席|经理|老师|教师|医生"
    r"|进行|受|被|因|违|诫勉|党内|党纪|政务|给予|予以|作出|作[为了检]|退|报销|领取|多[报领]"
    r"|占用|借用|拖欠|家[中庭属]|一[家户案]|上[交缴]|归还|收受|挪用|套取|侵占|贪污"
    r"|骗取|虚报|冒领|私自|擅自|利用|涉嫌|失职|履[行职]|主持|带[队头领]|牵头|负责|督[办促]|分管|担任|任|未|已|没有|主动|自行"
    r"|分别|先后|多次|本人|个人|约谈|谈话|批评|提醒|警告|记[大过]|留党|开除|撤[销职]|免[去职]|降[级职]|调[离整]|辞[去职退]"
    r"|通报|书面|责令|立案|停职|问责|移[送交]|采取|等?\d+[人名]|的(?=[^，。；]{0,8}(?:违|处[分理]|职务|党籍|亲属|家属|责任|案))"
)
_MORE_BEHIND = re.compile(
    r"存在|亲属|之[子女妻夫兄弟父母]|名[下义]|账[户号]|身份|签[字批]"
    r"|村(?:主任|书记|支|委|会计|干部|党)|支部|党支部|总支|行政|绩效|补[助贴]|[\d一二两三]|工作|问题"
    r"|核实|案|严重|公职|处以|夫妇|一行|所[在得做作]|开展|走访|学习|谈|作为|超[标额]|截留|私|公款|下[不无发达]|具体|的|核[查对]"
    r"|[系是为于从以曾还并又也均都仍不没无]|《"
)
_OTHER_BEHIND = re.compile(
    r"[，。；、（）：”’》！？,;:()\s等]|[和与及在向将就](?!进行|受|被|因|给予|同志|党内|诫勉|[，。；、（）])|$"
)
_IN_A_PLACE = re.compile("[区县市镇乡村街路州省社桥湖河山]")
_IN_A_WORD = re.compile("[显确期度贵]")  # 高明显著, 文明确立, 高峰期
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚"
)
_WORDS = frozenset(
    re.findall(
        "..",
        "高明高峰高原高山高兴高洁高尚高远高升高效文明文静文化文华文件和平平安平静安全安康安宁安静安定成功成就"
        "成长成立方正方圆方向方案黎明白云白雪白杨江山江南江河江海金星金山金融时光万里万一程序周到周全周密周期"
        "常青常态向阳向前向上严明严肃严格严谨严重明确明白关心关键关于温馨温和温暖康健康复张弛卫生石油石头田园"
        "田野包容包括许可章程马上水平水利路线海洋华夏雷锋强化强大红旗公开杨树杨柳柳树林业林木李子谷雨凌云武装"
        "武汉齐全齐心全面全力顾全钟表丰收丰富国庆国强任务任何巩固廉洁廉政纪律纪检高度经常经济常年于是党员车辆"
        "权力应急单位相关项目施工申请蓝天计划费用司法连续简单富强富裕宁静乐观古文路灯陆续贺信易于容易",
    )
)
"""Names that are everyday words too: they are names only where edges say so on both sides."""
_REACH = 6  # characters before a name in which its edge stands
_COMRADE = "同志"


def name_stands_alone(text: str, match: re.Match[str]) -> bool:
    """A name of two characters may be part of other words (高明 in 高明显, 李明 in 李明博).

    What is behind it must be said of persons or end it; before it an edge is asked of names that are words, and where a
    surname stands (王李明).
    """
    name, end = match[0], match.end()
    if len(name) > 2:
        return True
    before = _before(text, match)
    edge = bool(_EDGE_BEFORE.search(before))
    person = bool(_PERSON_BEHIND.match(text, end))
    if name in _WORDS:
        loose = person and bool(_LOOSE_BEFORE.search(before))
        return (edge or loose) and (person or bool(_OTHER_BEHIND.match(text, end)))
    if not (edge or before[-1] not in _SURNAMES):
        return False
    return person or bool(_MORE_BEHIND.match(text, end) or _OTHER_BEHIND.match(text, end))


def may_be_a_name(text: str, match: re.Match[str]) -> bool:
    """True where a person should look at it: “对李明博走访”; of names that are words where one edge says so."""
    end = match.end()
    if name_stands_alone(text, match) or _IN_A_PLACE.match(text, end):
        return False
    if match[0] not in _WORDS:
        return True
    edge = _EDGE_BEFORE.search(_before(text, match)) or _PERSON_BEHIND.match(text, end)
    return bool(edge) and not _IN_A_WORD.match(text, end)


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(match.start() - _REACH, 0) : match.start()]


# --- those who are to be asked

_ASKED_BEFORE = re.compile(r"(?:联系人|联络[员人]|经办人|受理人|收[件信]人)[^。；]{0,20}$")
_ASKED_BEHIND = re.compile(
    r"(?:同志|书记|主任|女士|先生)?[（(，、：:\s]*(?:(?:联系|办公|监督|举报|咨询|值班)?(?:电话|手机|方式)(?:号码)?(?:[为是：:\s]|\d)|\d{3,4}-?\d{7,8})"
)


@dataclass(frozen=True, slots=True)
class Contacts:
    """Where a notice names persons to be asked: in its closing, and elsewhere beside 联系人 or the telephone number.

    What is told of an issue or a section is no such place.
    """

    closing: frozenset[str]  # uids of chapters

    @classmethod
    def of(cls, snapshot: Snapshot) -> Contacts:
        own = (chapter.uid for chapter in snapshot.chapters if chapter.role is ChapterRole.CLOSING)
        return cls(frozenset((CLOSING_UID, *own)))

    def name(self, text: str, anchor: Anchor | None, match: re.Match[str]) -> bool:
        """True where the name in a block's text is that of somebody to be asked."""
        if (anchor is not None and anchor.kind != "chapter") or not is_contact_paragraph(text):
            return False
        if anchor is not None and anchor.uid in self.closing:
            return True
        return bool(_ASKED_BEFORE.search(text[: match.start()]) or _ASKED_BEHIND.match(text, match.end()))


# --- roles for names


def public_roles(snapshot: Snapshot) -> Mapping[str, str]:
    """Name or alias → the role that stands for it, for the persons of the directory that have one."""
    return _by_name(snapshot, lambda person: person.public_role)


def _by_name(snapshot: Snapshot, what: Callable[[Person], str]) -> Mapping[str, str]:
    return {
        name: what(person)
        for person in snapshot.persons
        if person.public_role
        for name in (person.name, *person.aliases)
        if len(name) > 1
    }


@dataclass(slots=True)
class _Names:
    """The names of a directory, and how often each was replaced or left because it may be part of another word."""

    roles: Mapping[str, str]
    posts: Mapping[str, str]
    contacts: Contacts
    pattern: re.Pattern[str]
    replaced: Counter[str] = field(default_factory=Counter[str])
    left: Counter[str] = field(default_factory=Counter[str])

    def without(self, block: Block) -> Block:
        """The block with roles for its names; a name in two runs is none."""
        if block.kind in (Kind.TITLE, Kind.SIGNATURE, Kind.DATE):
            return block
        if block.table is not None:
            rows = tuple(tuple(cell and self._of_cell(cell) for cell in row) for row in block.table.rows)
            return block if rows == block.table.rows else replace(block, table=replace(block.table, rows=rows))
        words = block.text
        runs: list[Run] = []
        start = 0
        for run in block.runs:
            runs.append(self._of_run(run, words, start, block.anchor))
            start += len(run.text)
        return block if tuple(runs) == block.runs else replace(block, runs=tuple(runs))

    def _of_cell(self, cell: Cell) -> Cell:
        """A cell in which a role stands is no longer the field of a record word for word."""
        text = self._of(cell.text, 0, len(cell.text), cell.anchor)
        return cell if text == cell.text else replace(cell, text=text, anchor=None, field="")

    def _of_run(self, run: Run, words: str, start: int, anchor: Anchor | None) -> Run:
        text = self._of(words, start, start + len(run.text), anchor)
        return run if text == run.text else replace(run, text=text)

    def _of(self, words: str, start: int, end: int, anchor: Anchor | None) -> str:
        """``words[start:end]`` with roles for its names."""
        parts: list[str] = []
        at = start
        for match in self._named(words, start, end, anchor):
            self.replaced[match[0]] += 1
            role = self.roles[match[0]]
            before = words[at : match.start()]
            said, post = "".join((*parts, before)), self.posts.get(match[0], "")
            if said.endswith(role):
                role = ""
            elif post and before.endswith(post) and _EDGE_BEFORE.search(said.removesuffix(post)[-_REACH:]):
                before = before.removesuffix(post)  # 党委书记王某 is one person, not 党委书记 and a role
            parts.append(before + role)
            at = match.end() + (len(_COMRADE) if words.startswith(_COMRADE, match.end(), end) else 0)
        return "".join((*parts, words[at:end]))

    def _named(self, words: str, start: int, end: int, anchor: Anchor | None) -> Iterator[re.Match[str]]:
        for match in self.pattern.finditer(words, start, end):
            if self.contacts.name(words, anchor, match):
                continue
            if name_stands_alone(words, match):
                yield match
            elif may_be_a_name(words, match):
                self.left[match[0]] += 1

    def warnings(self) -> Iterator[str]:
        if self.replaced:
            said = "、".join(f"{name}→{self.roles[name]}（{count}处）" for name, count in self.replaced.items())
            yield f"公开稿中的姓名已换成公开称谓：{said}"
        if self.left:
            said = "、".join(f"{name}（{count}处）" for name, count in self.left.items())
            yield f"公开稿中有的字可能是姓名，没有替换，请逐处核对：{said}"


def with_roles(document: Document, snapshot: Snapshot) -> Document:
    """The document with names replaced by roles, and warnings that say how often; contacts keep their names.

    A role that stands before the name already is not said twice; the person's post before it and 同志 behind go with
    it. What may as well be part of another word stays, and is told.
    """
    roles = public_roles(snapshot)
    if not roles:
        return document
    words = "|".join(map(re.escape, sorted(roles, key=len, reverse=True)))
    names = _Names(roles, _by_name(snapshot, lambda person: person.post), Contacts.of(snapshot), re.compile(words))
    blocks = tuple(map(names.without, document.blocks))
    told = tuple(names.warnings())
    return replace(document, blocks=blocks, warnings=(*document.warnings, *told)) if told else document
