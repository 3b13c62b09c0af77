"""A ledger with a notice in any scheme, and the ways in which reviewers change its file."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
from builders import a_ledger
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    DocumentKind,
    Issue,
    Measure,
    Record,
    Section,
)
from zhenggai_desktop.services.ledger import Ledger

PROSE = BlockKind.PARAGRAPH
NOTICE = DocumentKind.NOTICE
TITLES = (
    "学习教育不够深入",
    "调查研究走了过场",
    "重点项目推进迟缓",
    "作风建设抓得不实",
    "监督检查流于形式",
    "队伍建设用力不足",
)
DONE = (
    ("组织集中学习十二次，覆盖全体党员干部。", "修订学习制度两项，建立个人学习台账。"),
    ("班子成员带头下沉社区调研三十余次。", "形成调研报告五篇，转化政策措施八条。"),
    ("对滞后项目逐个制定赶工计划并倒排工期。", "每周调度一次，解决堵点难点问题十七个。"),
    ("开展明察暗访九轮，通报典型问题四起。", "完善首问负责和限时办结两项工作机制。"),
    ("建立日常监督清单，明确责任单位和完成时限。", "对落实不力的两个科室负责人进行了约谈。"),
    ("举办业务培训班六期，参训人员达二百余人次。", "选派年轻干部到一线岗位锻炼十一名。"),
)


def records() -> Iterator[Record]:
    yield Chapter(
        document=NOTICE,
        role=ChapterRole.LEAD,
        blocks=(
            ChapterBlock(
                PROSE, 0, "根据区委统一部署，区委第三巡察组对柳林镇党委开展了常规巡察并反馈了{问题总数}个问题。"
            ),
        ),
    )
    yield Chapter(
        document=NOTICE,
        title="整改工作组织开展情况",
        blocks=(
            ChapterBlock(PROSE, 0, "镇党委第一时间召开专题会议，传达学习反馈意见，研究部署整改任务。"),
            ChapterBlock(PROSE, 0, "成立由党委书记任组长的领导小组，实行挂图作战和销号管理，压实各级责任。"),
            ChapterBlock(PROSE, 0, "坚持举一反三，把解决具体问题与健全长效机制结合起来，一体推进。"),
        ),
    )
    yield Chapter(document=NOTICE, role=ChapterRole.ISSUES, title="反馈问题整改落实情况")
    yield Chapter(
        document=NOTICE,
        title="下一步工作打算",
        blocks=(
            ChapterBlock(PROSE, 0, "持续深化理论武装，在学懂弄通做实上下更大功夫，筑牢思想根基。"),
            ChapterBlock(PROSE, 0, "持续巩固整改成果，定期开展回头看，坚决防止问题反弹回潮。"),
        ),
    )
    yield Chapter(
        document=NOTICE,
        role=ChapterRole.CLOSING,
        blocks=(ChapterBlock(PROSE, 0, "欢迎广大干部群众对整改工作进行监督。联系电话：0000-12345678。"),),
    )
    for title in ("贯彻落实决策部署", "全面从严治党"):
        yield Section(title=title, chapter_id=3)
    for at, title in enumerate(TITLES):
        yield Issue(section_id=at // 3 + 1, title=title)
    for at, pair in enumerate(DONE, 1):
        yield from (Measure(issue_id=at, progress=text) for text in pair)


def a_notice_ledger(folder: Path, scheme: str) -> Ledger:
    """A ledger in which every kind of paragraph occurs."""
    return a_ledger(
        folder,
        *records(),
        organisation="中共柳林镇委员会",
        notice_title="中共柳林镇委员会关于巡察整改进展情况的通报",
        signature_organisation="中共柳林镇委员会",
        signature_date="2025年6月1日",
        scheme=scheme,
    )


class Office:
    """A word processor: opens a file, changes it as a person would, saves it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document = docx.Document(str(path))

    def save(self) -> None:
        self.document.save(str(self.path))

    def paragraph(self, words: str) -> Paragraph:
        (found,) = [one for one in self.document.paragraphs if words in one.text]
        return found

    def reword(self, old: str, new: str) -> None:
        paragraph = self.paragraph(old)
        run = next(run for run in paragraph.runs if old in run.text)
        run.text = run.text.replace(old, new)

    def split(self, before: str) -> None:
        """Press Enter in front of some words."""
        paragraph = self.paragraph(before)
        run = next(run for run in paragraph.runs if before in run.text)
        head, _, tail = run.text.partition(before)
        behind = copy.deepcopy(paragraph._p)
        paragraph._p.addnext(behind)
        run.text = head
        place = [one._r for one in paragraph.runs].index(run._r)
        second = Paragraph(behind, paragraph._parent)
        for at, one in enumerate(second.runs):
            if at < place:
                one._r.getparent().remove(one._r)
            elif at == place:
                one.text = before + tail
        for later in paragraph.runs[place + 1 :]:
            later._r.getparent().remove(later._r)
        for mark in list(behind.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    def join(self, first: str, second: str) -> None:
        """Delete the end of a paragraph."""
        one, other = self.paragraph(first), self.paragraph(second)
        for element in list(other._p):
            if element.tag != qn("w:pPr"):
                one._p.append(element)
        other._p.getparent().remove(other._p)

    def delete(self, words: str) -> None:
        element = self.paragraph(words)._p
        element.getparent().remove(element)

    def insert(self, behind: str, text: str) -> None:
        paragraph = self.paragraph(behind)
        new = OxmlElement("w:p")
        paragraph._p.addnext(new)
        Paragraph(new, paragraph._parent).add_run(text)

    def insert_before(self, words: str, text: str) -> None:
        self.paragraph(words).insert_paragraph_before(text)

    def move(self, words: str, behind: str) -> None:
        element, target = self.paragraph(words)._p, self.paragraph(behind)._p
        target.addnext(element)

    def _tracked(self, tag: str, author: str) -> Any:
        element = OxmlElement(tag)
        element.set(qn("w:id"), str(900 + len(list(self.document.element.body.iter(qn("w:ins"), qn("w:del"))))))
        element.set(qn("w:author"), author)
        element.set(qn("w:date"), "2025-06-03T09:00:00Z")
        return element

    def _cut(self, words: str) -> Any:
        """The run of exactly these words, cut out of its surroundings."""
        paragraph = self.paragraph(words)
        run = next(run for run in paragraph.runs if words in run.text)
        head, _, tail = run.text.partition(words)
        pieces = [head, words, tail]
        elements = []
        for piece in pieces:
            element = copy.deepcopy(run._r)
            for text in element.findall(qn("w:t")):
                element.remove(text)
            text = OxmlElement("w:t")
            text.text = piece
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            element.append(text)
            run._r.addprevious(element)
            elements.append(element)
        run._r.getparent().remove(run._r)
        return elements[1]

    def tracked_insert(self, behind: str, text: str, author: str) -> None:
        element = self._cut(behind)
        ins = self._tracked("w:ins", author)
        run = copy.deepcopy(element)
        run.find(qn("w:t")).text = text
        ins.append(run)
        element.addnext(ins)

    def tracked_delete(self, words: str, author: str) -> None:
        element = self._cut(words)
        gone = self._tracked("w:del", author)
        element.addprevious(gone)
        gone.append(element)
        text = element.find(qn("w:t"))
        text.tag = qn("w:delText")

    def tracked_delete_paragraph(self, words: str, author: str) -> None:
        paragraph = self.paragraph(words)
        properties = paragraph._p.get_or_add_pPr()
        mark = OxmlElement("w:rPr")
        mark.append(self._tracked("w:del", author))
        properties.append(mark)
        for run in paragraph.runs:
            gone = self._tracked("w:del", author)
            run._r.addprevious(gone)
            gone.append(run._r)
            for text in run._r.findall(qn("w:t")):
                text.tag = qn("w:delText")

    def comment(self, words: str, text: str, author: str) -> None:
        paragraph = self.paragraph(words)
        run = next(run for run in paragraph.runs if words in run.text)
        self.document.add_comment([run], text=text, author=author, initials=author[:1])

    def strip_bookmarks(self) -> None:
        for mark in list(self.document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    def strip_properties(self) -> None:
        package: Any = self.document.part.package
        for key, relation in list(package.rels.items()):
            if relation.reltype.endswith("/custom-properties"):
                del package.rels[key]


Change = Callable[[Office], None]


def saved_by_libreoffice(path: Path, kind: str = "docx:MS Word 2007 XML") -> Path:
    """The file as LibreOffice saves it; needs ``soffice``."""
    soffice = shutil.which("soffice")
    assert soffice is not None
    folder = path.parent / "另存"
    folder.mkdir(exist_ok=True)
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", folder, path],
        check=True,
        capture_output=True,
    )
    return folder / f"{path.stem}.{kind.partition(':')[0]}"
