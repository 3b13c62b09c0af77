"""What stands in one cell of a ledger table: several measures, names of people and offices, a day.

Clerks put all measures of an issue into one cell: （一）（二）, 1. 2., 一是二是, or a line each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from zhenggai_desktop.domain.answers import split_enumeration
from zhenggai_desktop.domain.cut_sentences import is_cut
from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.facts_reader import parse_date
from zhenggai_desktop.domain.layout import text_width
from zhenggai_desktop.domain.numbering import CIRCLED, MARK_SIGNS, Mark, MarkKind, leading_mark
from zhenggai_desktop.domain.typography import normalise

_PLAIN = re.compile(r"[\u4e00-\u9fa5\d、，。；！？《》]*", re.ASCII)  # nothing that normalising would touch
_STOPS = "。；：！？”）…"
_HEADS = re.compile(rf"(?:\A|(?<=[{_STOPS}\n]))(?=[{''.join(sorted(MARK_SIGNS))}])|(?=[{CIRCLED}])")
_MOST_MARKS = 300  # in one cell: a list that goes on longer stays one item from there on
_LIST = {kind for kind in MarkKind if kind is not MarkKind.SAY}


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text in normal width and spacing; most cells are so already, and many stand in a table again and again."""
    return text if _PLAIN.fullmatch(text) else normalise(text)[0]


def paragraphs_of(text: str) -> list[str]:
    """The lines of a cell in normal width, a sentence that was broken between two lines joined again."""
    if "\n" not in text:
        words = plain(text)
        return [words] if words else []
    lines: list[str] = []
    for line in text.split("\n"):
        words = plain(line)
        if not words:
            continue
        goes_on = lines and is_cut(lines[-1], words) and leading_mark(words) is None
        if goes_on:
            lines[-1] += words
        else:
            lines.append(words)
    return _unwrapped(lines) if len(lines) > 1 else lines


_NARROWEST = 8.0  # characters of a line in a narrow column
_RAGGED = 1.5
_STOPPED = "。；：！？…"


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines of a text that was broken by hand wherever the column ended (copied from a PDF) as its paragraphs.

    All but the last are equally wide, and a sentence with commas goes on from one to the next until it stops at last:
    measures of one length have no such end, or their commas stand below one another (加强学习，提高认识).
    """
    if lines[-1][-1] not in "。；" or not any("，" in line[:-1] for line in lines):  # most cells
        return lines
    if all(line[-1] in _STOPPED for line in lines[:-1]):
        return lines
    widths = [text_width(line) for line in lines]
    if max(widths) < _NARROWEST or max(widths) - min(widths[:-1]) > _RAGGED or widths[-1] > max(widths):
        return lines
    if len({tuple(at for at, sign in enumerate(line[:-1]) if sign == "，") for line in lines}) == 1:
        return lines
    cut = [line[-1] not in _STOPPED and leading_mark(after) is None for line, after in pairwise(lines)]
    done = lines[:1]
    for line, goes_on in zip(lines[1:], cut, strict=True):
        if goes_on:
            done[-1] += line
        else:
            done.append(line)
    return done


def as_one(paragraphs: Sequence[str]) -> str:
    """Paragraphs in one: each ends as a sentence, so that the next does not run into it."""
    if len(paragraphs) == 1:
        return paragraphs[0]
    *before, last = paragraphs or ("",)
    return "".join(text if text.endswith(tuple(_STOPS)) else text + "。" for text in before) + last


def split_items(paragraphs: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The words before the first item, and the items without their marks; one item where nothing is numbered.

    Only the next number in turn begins an item. Lines without any number are an item each.
    """
    text = "\n".join(paragraphs)
    if len(paragraphs) == 1 and _HEADS.search(text) is None and "一是" not in text:  # most cells
        return "", (text,)
    marks = list(_row_of_marks(text))
    if marks and (len(marks) > 1 or marks[0][0] == 0):
        ends = [at for at, _ in marks[1:]] + [len(text)]
        items = [text[at + len(mark.text) : end] for (at, mark), end in zip(marks, ends, strict=True)]
        return as_one(text[: marks[0][0]].split("\n")).strip(), _of_lines([item.strip() for item in items])
    introduction, said = split_enumeration(as_one(paragraphs))
    if len(said) > 1:
        return introduction, said
    if len(paragraphs) > 1 and paragraphs[0].endswith("："):
        return paragraphs[0], tuple(paragraphs[1:])
    return "", tuple(paragraphs)


def _of_lines(items: Sequence[str]) -> tuple[str, ...]:
    """The items as one paragraph each. Where most end their first line with a stop, one that does not is broken there
    by hand, unless it is shorter than the line below it: words of their own."""
    lines = [item.split("\n") for item in items]
    open_ended = [len(one) > 1 and len(one[0]) >= len(one[1]) and one[0][-1:] not in tuple(_STOPS) for one in lines]
    broken = 2 * sum(open_ended) < len(lines)
    return tuple(as_one(["".join(one[:2]), *one[2:]] if cut and broken else one)
                 for one, cut in zip(lines, open_ended, strict=True))  # fmt: skip


def _row_of_marks(text: str) -> Iterator[tuple[int, Mark]]:
    """The marks of one list with their places: the first at the head of a line, each next one its successor. No list
    of a cell has more marks, those of other lists counted, than are looked at."""
    kind, number = None, 0
    for at, at_line in islice(_heads(text), _MOST_MARKS):
        mark = _mark_in(text[at : at + 12])
        if mark is None or mark.kind not in _LIST:
            continue
        if kind is None and at_line and (mark.number == 1 or at == 0):
            kind, number = mark.kind, mark.number
            yield at, mark
        elif mark.kind is kind and mark.number == number + 1:
            number = mark.number
            yield at, mark


_mark_in = lru_cache(maxsize=4096)(leading_mark)  # the cells of a ledger begin their items alike


def _heads(text: str) -> Iterator[tuple[int, bool]]:
    """Where a clause begins that may be marked, and whether a line begins there."""
    for match in _HEADS.finditer(text):
        at = match.start()
        yield at, at == 0 or text[at - 1] == "\n"


_NAME = re.compile(r"[一-龥·]{1,4}")
_POST = re.compile(
    r"书记|主任|委员|局长|镇长|乡长|区长|县长|市长|部长|科长|所长|院长|校长|主席|组长|队长|成员|领导|负责"
)
_NO_NAME = re.compile("[各全]|班子|部门|科室|单位|领导|[相有]关|机关|其他|成员")
_PERSON_WITH_POST = re.compile(rf"[^副正总常党]副?(?:{_POST.pattern})")  # 李委员, 王副镇长


def is_post(text: str) -> bool:
    """Whether the words name a post (党委书记), not a person alone."""
    return _POST.search(text) is not None


@lru_cache(maxsize=4096)
def read_people(text: str) -> tuple[str, ...]:
    """Names or posts, each one person: lines, 、 between names. “党委副书记、主任” is one person with two posts, and
    “党委书记 张三” one person with a post."""
    found: list[str] = []
    for part in _people_parts(re.sub(r"、\s*\n|\n\s*、", "\n", text).strip("、 \n")):
        names = [plain(name) for name in part.split("、")]
        are_names = all(_NAME.fullmatch(name) and not _POST.search(name) for name in names)
        found += names if are_names else [plain(part)]
    return tuple(dict.fromkeys(name for name in found if name))


def _people_parts(text: str) -> Iterator[str]:
    """What lines, commas and blanks part; posts and names that take turns belong together in pairs."""
    for listed in re.split("[；;，,]+", text):
        people = [_people_apart(one) for one in listed.split("、")]
        together = len(people) > 1 and all(len(one) == 1 and re.search(r"\s", one[0]) for one in people)
        yield from (one[0] for one in people) if together else _people_apart(listed)


def _people_apart(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"\n+|(?<=[一-龥]{2})[^\S\n]+(?=[一-龥]{2})", text)]
    parts = [part for part in parts if part]
    kinds = [_is_bare_post(part) for part in parts]
    if parts and kinds in ([True, False] * (len(parts) // 2), [False, True] * (len(parts) // 2)):
        return [" ".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return parts


def _is_bare_post(text: str) -> bool | None:
    """True for a post (党委书记), False for a name; None for what stands for a person without the other."""
    if is_post(text):
        return None if _PERSON_WITH_POST.fullmatch(text) else True
    return False if _NAME.fullmatch(text) and not _NO_NAME.match(text) else None


@lru_cache(maxsize=4096)
def read_offices(text: str) -> tuple[str, ...]:
    """Departments, parted by lines, 、 or commas; what stands in brackets is not parted."""
    parts = re.split(r"[\n；;，,、]+(?![^（(]*[）)])|(?<=[一-龥]{2})\s+(?=[一-龥]{2})", text.strip())
    return tuple(dict.fromkeys(name for part in parts if (name := plain(part))))


_BREAK = r"[^\S\n]*\n\s*"
_BROKEN_DAY = re.compile(  # a line that ends inside a date or a set phrase, as lines of a narrow column do
    rf"(?<=年){_BREAK}(?=\d{{1,2}}(?:[月.]|$)|[上下]半年|[底末初内第])|(?<=月){_BREAK}(?=\d{{1,2}}日|[底末初份内]|[上中下]旬)|"
    rf"(?<=月\d){_BREAK}(?=\d?日)|(?<=[-./—~至到])[^\S\n]*\n\s*(?=\d)|(?<=\d){_BREAK}(?=[年月日号./~至—-])|"
    rf"{_BREAK}(?=[日号底末前]|之前|以前|完成|坚持|立改|改$)"
)
_DAY_NUMBER = re.compile(r"4\d{4}")  # how a sheet keeps the days from 2009 to 2036
_MONTH_NUMBER = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")
_PACKED_DAY = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_FIRST_DAY = dt.date(1899, 12, 30)


def unbroken_day(text: str) -> str:
    """The words of a deadline or day without the line breaks inside it (2025年⏎6月); a day that lost its format is
    written out (45838), and so is a month (202506)."""
    text = text.strip()
    if _DAY_NUMBER.fullmatch(text):
        return (_FIRST_DAY + dt.timedelta(days=int(text))).isoformat()
    if month := _MONTH_NUMBER.fullmatch(text):
        return f"{month[1]}年{int(month[2])}月"
    return _BROKEN_DAY.sub("", text) if "\n" in text else text


_ITEM = re.compile(r"\s*(?:[（(]?(\d{1,2})(?:[）)][.．、]?|[.．、])|([①-⑳]))\s*(?!\d{1,2}\s*$)(.+)")


def one_for_each(text: str, *, dated: bool = False) -> list[str]:
    """The items of a cell that numbers what it says of several measures (1.张三⏎2.李四), without their numbers. With
    ``dated`` also lines of a deadline each, two of which have a day. [] for any other cell."""
    lines = [line for line in re.split("\n|[；;](?=[（(]?\\d|[①-⑳])", text) if line.strip()]
    items = [match for line in lines if (match := _ITEM.fullmatch(line.rstrip("；;")))]
    numbers = [int(match[1]) if match[1] else CIRCLED.index(match[2]) + 1 for match in items]
    if len(items) == len(lines) > 1 and numbers == list(range(1, len(lines) + 1)):
        return [match[3].strip() for match in items]
    if dated and len(lines := unbroken_day(text).split("\n")) > 1:
        read = [read_deadline(line) for line in lines]
        if (
            all(one.due_on or one.track or one.standing for one in read)
            and sum(one.due_on is not None for one in read) > 1
        ):
            return [line.strip() for line in lines]
    return []


_NUMERIC = re.compile(r"((?:19|20)\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")


def read_day(text: str) -> dt.date | None:
    """The one day that a cell holds (2021/11/3, 2021.11.3, 2021年11月3日), None for anything else."""
    text = unbroken_day(text)
    match = _NUMERIC.fullmatch(text) or _PACKED_DAY.fullmatch(text)
    if match is None:
        return parse_date(text) if len(text) <= 12 else None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None
