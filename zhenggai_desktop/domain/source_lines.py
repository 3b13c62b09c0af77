"""A source's paragraphs made ready to be understood: normal width, glued headings split, broken sentences joined.

Every such change is noted with its line; no word is added or dropped (domain.md §6: text copied from web pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.blocks import LineRole, SourceDocument, SourceParagraph
from zhenggai_desktop.domain.cut_sentences import is_cut
from zhenggai_desktop.domain.numbering import NUMERAL, Mark, MarkKind, leading_mark
from zhenggai_desktop.domain.plan import PlanNote
from zhenggai_desktop.domain.typography import Change, normalise
from zhenggai_desktop.domain.web_furniture import looks_like_web
from zhenggai_desktop.domain.wrapped_lines import wrapped_lines

TERMINAL = "。！？；：…”）》】"
_DATE = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|20\d\d(?P<between>[.．/-])\d{1,2}(?P=between)\d{1,2}|"
    r"[二〇零○一三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_ORGANISATION = re.compile(
    r"(?:委员会|党组|党委|党工委|纪工委|总支部?|支部|委|局|中心|办公室|办事处|街道|镇|乡|组|院|校|学校|公司|社区|政府|机关|医院|集团|银行|部|处|会|站|馆|所|队)(?:（(?:盖章|公章|章)）)?$"
)
_NUMBER_ALONE = re.compile(rf"(?:反馈)?问题(?:{NUMERAL}+|\d{{1,3}})[：:]?")
_BARE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}")
_LONGEST_TITLE = 60
_LONGEST_JOINED = 3000  # joining on without end would cost the square of the lines
_ENCLOSED = (
    {chr(0x3220 + at): f"（{sign}）" for at, sign in enumerate("一二三四五六七八九十")}
    | {chr(0x2474 + at): f"（{at + 1}）" for at in range(20)}
    | {chr(0x2488 + at): f"{at + 1}." for at in range(20)}
)
_GLUED = re.compile(r"(?<=[。！？])(?=[一二三四五六七八九十]、[^。，；：]{3,30}$)")
REPORTS = {
    Change.WIDTH: "标点和数字改为规范宽度",
    Change.SPACING: "删去文字间的空格",
    Change.QUOTES: "直引号改为弯引号",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph to be understood: its source line, its words and the mark at their head.

    ``role`` is what a person said that it is, ``apart`` that it begins a paragraph of its own.
    """

    number: int
    text: str
    mark: Mark | None
    outline: int = 0
    centred: bool = False
    raw: str = ""
    role: LineRole = LineRole.AUTO
    apart: bool = False

    @property
    def body(self) -> str:
        """The words after the mark."""
        return self.text.removeprefix(self.mark.text) if self.mark else self.text


def make_line(number: int, text: str, like: SourceParagraph | Line | None = None, raw: str = "") -> Line:
    """A line with its mark found; ``like`` lends heading level, alignment and what a person said of it."""
    outline, centred = (like.outline, like.centred) if like else (0, False)
    role, apart = (like.role, like.apart) if like else (LineRole.AUTO, False)
    mark = leading_mark(text)
    counted = mark is not None and mark.kind is not MarkKind.SAY and role is not LineRole.TEXT
    return Line(number, text, mark if counted else None, outline, centred, raw or text, role, apart)


def lines_of(document: SourceDocument) -> tuple[list[Line], list[PlanNote]]:
    """The document's lines in order, and a note for every normalisation that was made."""
    notes: list[PlanNote] = [PlanNote(remark.code, remark.line, remark.text) for remark in document.remarks]
    lines = list(_normalised(document.paragraphs, notes))
    lines = [part for line in lines for part in _unglued(line, notes)]
    return _joined(lines, notes), notes


def _normalised(paragraphs: Iterable[SourceParagraph], notes: list[PlanNote]) -> Iterable[Line]:
    for paragraph in paragraphs:
        written = _without_number_blank(paragraph)
        text, changes = normalise(_unenclosed(written))
        if _unenclosed(written) != written:
            changes |= frozenset({Change.WIDTH})
        notes.extend(PlanNote(change.value, paragraph.line, REPORTS[change]) for change in sorted(changes))
        if text:
            yield make_line(paragraph.line, text, paragraph, raw=paragraph.text.strip())


def _without_number_blank(paragraph: SourceParagraph) -> str:
    """The text without the blank that Word sets behind an automatic number: layout, not something typed. A bare number
    (1, 2.1) has a point instead, without which it would run into the words."""
    number = paragraph.auto_number
    if not number:
        return paragraph.text
    point = "." if _BARE_NUMBER.fullmatch(number) else ""
    return number + point + paragraph.text[len(number) :].lstrip()


def _unenclosed(text: str) -> str:
    """㈠, ⑴ and ⒈ as （一）, （1） and 1., which they are in WPS's table of signs."""
    return text if _ENCLOSED.keys().isdisjoint(text) else "".join(_ENCLOSED.get(sign, sign) for sign in text)


def _unglued(line: Line, notes: list[PlanNote]) -> list[Line]:
    """A chapter heading glued to the end of a paragraph stands on its own, and so does a date behind a signature."""
    dated = _DATE.search(line.text)
    if dated and dated.end() == len(line.text) and is_organisation(line.text[: dated.start()]):
        notes.append(PlanNote("glued_date", line.number, f"落款后的日期“{dated[0]}”另起一行"))
        return [make_line(line.number, line.text[: dated.start()], line), make_line(line.number, dated[0], line)]
    cut = _GLUED.search(line.text)
    if cut is None:
        return [line]
    head, tail = line.text[: cut.start()], line.text[cut.start() :]
    notes.append(PlanNote("glued_heading", line.number, f"段末的标题“{tail}”另起一行"))
    return [make_line(line.number, head, line, raw=line.raw), make_line(line.number, tail, raw=line.raw)]


def _joined(lines: list[Line], notes: list[PlanNote]) -> list[Line]:
    done: list[Line] = []
    wrapped = wrapped_lines([line.text for line in lines])
    for i, line in enumerate(lines):
        if done and i in wrapped and _may_go_on(done[-1], line):
            note = f"与上一段连成一句：…{done[-1].text[-8:]}‖{line.text[:8]}…"
            notes.append(PlanNote("broken_sentence", line.number, note))
            done[-1] = make_line(done[-1].number, done[-1].text + line.text, done[-1])
        elif done and _heads_next(done[-1], line):
            notes.append(PlanNote("number_alone", line.number, f"“{done[-1].text}”与下一段的标题连成一段"))
            done[-1] = make_line(done[-1].number, f"{done[-1].text.rstrip('：')}：{line.text}", done[-1])
        elif done and _broken(done[-1], line, lines[i + 1] if i + 1 < len(lines) else None):
            before = done[-1]
            notes.append(
                PlanNote("broken_sentence", line.number, f"与上一段连成一句：…{before.text[-8:]}‖{line.text[:8]}…")
            )
            done[-1] = replace(before, text=before.text + line.text)
        else:
            done.append(line)
    return done


def _may_go_on(before: Line, line: Line) -> bool:
    if len(before.text) > _LONGEST_JOINED:
        return False
    plain = line.mark is None and not line.outline and not line.apart and not before.outline
    said = line.role is not LineRole.AUTO or before.role is not LineRole.AUTO
    return plain and not said and not label_of(line.text) and line.centred == before.centred


def _heads_next(before: Line, line: Line) -> bool:
    """True where ``before`` is the number alone (问题一) of the title that stands in ``line``."""
    if before.role is not LineRole.AUTO or line.role is not LineRole.AUTO or line.apart or line.mark:
        return False
    alone = _NUMBER_ALONE.fullmatch(before.text) is not None
    return alone and len(line.text) <= _LONGEST_TITLE and not label_of(line.text)


def _broken(before: Line, line: Line, after: Line | None) -> bool:
    """True where ``line`` goes on with the sentence that ``before`` leaves open."""
    if line.apart or line.role is not LineRole.AUTO or before.role is not LineRole.AUTO:
        return False
    if line.mark or label_of(line.text) or before.text[-1] in TERMINAL or line.centred or line.outline:
        return False
    if looks_like_web(line.raw):
        return False
    if is_date(line.text) or (after and is_date(after.text) and is_organisation(line.text)) or is_date(before.text):
        return False
    if before.text[-1] in "，、" or _within_paragraph(before, line):
        return True
    prose = "。" in before.text and (before.mark is None or len(before.text) > 40)
    return prose and line.text[0] not in "【（" and not before.centred and not looks_like_web(before.raw)


def _within_paragraph(before: Line, line: Line) -> bool:
    """True where a soft line break parts a sentence; a heading's words stand whole in front of one."""
    if before.number != line.number:
        return False
    ends = "。" in before.text and line.text[-1] in TERMINAL  # 2024年3个项目未开工 is a line of its own
    return is_cut(before.text, line.text) or (ends and not before.centred)


def is_date(text: str) -> bool:
    """True for a line that is a date alone."""
    return _DATE.fullmatch(text) is not None


def is_organisation(text: str) -> bool:
    """True for a line that can be the name of an organisation in a signature."""
    return len(text) <= 40 and not any(char in text for char in "。；，：？") and _ORGANISATION.search(text) is not None
