"""Family 1: sums that a text states itself: 两项合计, 三类分别为…共, things of several units, villages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.proofread.breakdown import told
from zhenggai_desktop.domain.proofread.clauses import clause_before, part_begin, sentence_begin, words_before
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quantities import Quantity, comparable, quantities, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_SEVERAL = re.compile(
    r"(?P<number>[两二三四五六七八九]|\d)(?:项|者|笔|类|处|村|家|户|次|批|部分|方面|个[一-龥]{1,4}|年|期|段|社区|地|人)?"
    r"(?:合计|共计|总计|相加|加起来|累计|共)(?:为|达|约|是)?[一-龥]{0,6}$"
)
_NUMERALS = "零一二三四五六七八九"
_NEVER_PART = re.compile("(?:每|均|第|平均)[^，]{0,3}$|(?:由|比|较|降至|增至|提高到|下降到)[^，、]{0,6}$")


@only_with("合计|共计|总计|相加|加起来|累计|共")
def several_together(text: str) -> Iterator[Hit]:
    """“23.5万元；另有37600元…，两项合计26.26万元”: so many numbers before it make the sum."""
    numbers = quantities(text)
    for i, total in enumerate(numbers):
        several = _SEVERAL.search(clause_before(text, total.start)) if i > 1 and total.exact else None
        if i > 1 and total.exact and _ALL_ABOVE.search(clause_before(text, total.start)):
            yield from _all_above(text, numbers[:i], total)
        if several is None:
            continue
        count = int(several["number"]) if several["number"].isdecimal() else _number(several["number"])
        begin = sentence_begin(text, total.start)
        above = _ABOVE.match(text, begin)
        if above:  # “…三项。上述三项共计…”
            begin = sentence_begin(text, max(begin - 1, 0))
        near = [
            q
            for q in numbers[:i]
            if q.start >= begin and unit_of(q) == unit_of(total) and q.end <= total.start - len(several[0])
        ]
        outer = [q for q in near if not _is_among(text, q)]
        rows = outer if len(outer) >= count and outer[-count:] != near[-count:] else near
        parts = rows[-count:]
        if count < 2 or len(parts) < count or not all(q.exact for q in parts):
            continue
        whole = comparable(total)[0]
        values = [comparable(q)[0] for q in rows[-count - 3 :]]
        if len(values) > 9 or any(sum(some, Decimal(0)) == whole for some in combinations(values, count)):
            continue
        if any(_NEVER_PART.search(clause_before(text, q.start)) for q in parts):
            continue
        own = [comparable(q)[0] for q in parts]
        if is_slip(whole, own) or _one_digit(whole, own) or (above and len(near) == count):
            yield _sum_hit(total, own)


_ALL_ABOVE = re.compile(r"^(?:上述|以上|前述)(?:\d{1,2}[人名个家项])?[^，。；、\d]{0,6}共(?:计)?[一-龥]{0,6}$")


def _all_above(text: str, numbers: list[Quantity], total: Quantity) -> Iterator[Hit]:
    """“书记认领4个，副书记认领3个，三名委员认领7个。前述5人共认领15个”: all of the sentence before."""
    end = sentence_begin(text, total.start)
    begin = sentence_begin(text, max(end - 1, 0))
    parts = [q for q in numbers if begin <= q.start < end and unit_of(q) == unit_of(total) and q.exact]
    values = [comparable(q)[0] for q in parts]
    if len(parts) > 1 and is_slip(comparable(total)[0], values) and max(values) < comparable(total)[0]:
        yield _sum_hit(total, values)


def _is_among(text: str, part: Quantity) -> bool:
    """“处分2人，其中警告1人”: the second is part of the first."""
    clause = text[part_begin(text, part.start) : part.start]
    return "其中" in clause


_ABOVE = re.compile("上述|以上|前述|这|该")


def _number(sign: str) -> int:
    return 2 if sign == "两" else _NUMERALS.find(sign)


def _one_digit(whole: Decimal, values: Sequence[Decimal]) -> bool:
    """One digit of the sum or of a part is another."""
    off = f"{abs(sum(values, Decimal(0)) - whole).normalize():f}".replace(".", "").strip("0")
    return len(off) == 1 and abs(sum(values, Decimal(0)) - whole) * 3 <= whole


def _sum_hit(total: Quantity, values: Sequence[Decimal]) -> Hit:
    words = " + ".join(told(value, total, unit=False) for value in values)
    added = told(sum(values, Decimal(0)), total)
    return Hit(total.start, total.end, f"{words} = {added}，与所写{told(comparable(total)[0], total)}不符")


_GENERAL = frozenset("项个件处")
_ALL_OF_THEM = re.compile(r"^，(?:合计|共计|总计|共|累计)$")
_NO_THING = frozenset(("元", "%", "‰", "次", "人次", "年", "天", "月", "个月", "岁"))


@only_with("合计|共计|总计|共|累计")
def things_together(text: str) -> Iterator[Hit]:
    """“房屋218处、土地46宗、车辆31辆，合计305项”: things of several units are counted together by 项."""
    numbers = quantities(text)
    for i, total in enumerate(numbers):
        if i < 2 or total.unit not in _GENERAL or not total.exact:
            continue
        if not _ALL_OF_THEM.match(text[numbers[i - 1].end : total.start]):
            continue
        parts = [numbers[i - 1]]
        for before in reversed(numbers[: i - 1]):
            gap = text[before.end : parts[0].start]
            if not re.fullmatch("、[一-龥]{1,8}", gap):
                break
            parts.insert(0, before)
        units = {unit_of(q) for q in parts}
        things = len(parts) > 1 and len(units) > 1 and not units & _NO_THING and all(q.exact for q in parts)
        values = [q.value for q in parts]
        if things and (is_slip(total.value, values) or _one_digit(total.value, values)):
            yield _sum_hit(total, values)


_NOUN = 2  # signs of a noun at the least
_LISTED_NEXT = re.compile("、[一-龥“”]{1,14}")
_AMONG_THEM = re.compile(r"([一-龥]{2,6})中，[^，。；、\d]{1,8}$")


@only_with("、")
def same_noun(text: str) -> Iterator[Hit]:
    """“教师112人…；高级教师24人、一级教师53人、二级教师36人”, “在校生12600名…。在校生中，高职10450名、中职2250名”."""
    numbers = quantities(text)
    at = 1 if len(numbers) > _NOUN else len(numbers)
    while at < len(numbers) - 1:
        parts = [numbers[at]]
        for each in numbers[at + 1 :]:
            end = parts[-1].end
            if not text.startswith("、", end) or unit_of(each) != unit_of(parts[0]):
                break
            if not _LISTED_NEXT.fullmatch(text, end, each.start):
                break
            parts.append(each)
        if len(parts) < 2:
            at += 1
            continue
        nouns = _nouns_of(text, parts) if all(q.exact for q in parts) else []
        before = [q for q in numbers[:at] if nouns and q.exact and unit_of(q) == unit_of(parts[0])]
        told_of = {noun: [q for q in before if clause_before(text, q.start).endswith(noun)] for noun in nouns}
        noun = next((noun for noun, found in told_of.items() if found), "")
        wholes = told_of.get(noun, [])
        values = [comparable(q)[0] for q in parts]
        if len(wholes) == 1 and "其中" not in text[wholes[0].end : parts[0].start][-4:]:
            whole = comparable(wholes[0])[0]
            if is_slip(whole, values) and max(values) < whole:
                words = " + ".join(told(value, parts[0], unit=False) for value in values)
                added = told(sum(values, Decimal(0)), parts[0])
                message = f"{words} = {added}，与前文“{noun}”{told(whole, wholes[0])}不符"
                yield Hit(parts[0].start, parts[-1].end, message)
        at += len(parts)


def _nouns_of(text: str, parts: Sequence[Quantity]) -> list[str]:
    """Nouns with which every part's words end, or that stands before 中 in front of them, the longest first."""
    ahead = text[max(parts[0].start - 18, 0) : parts[0].start]
    lead = _AMONG_THEM.search(ahead) if "中，" in ahead else None
    if lead:
        return [lead[1][-n:] for n in (4, 3, 2) if len(lead[1]) >= n]
    words = [clause_before(text, q.start) for q in parts] if len(parts) > 2 else [""]
    if any(each[-_NOUN:] != words[0][-_NOUN:] for each in words):
        return []
    ends = [words[0][at:] for at in range(len(words[0]) - _NOUN + 1)]
    return [noun for noun in ends if all(each.endswith(noun) and len(each) > len(noun) for each in words)]


_TWO_KINDS = re.compile(
    r"(?P<one>\d{1,3})个[一-龥]{0,4}?(?P<noun>科室|部门|单位|支部|学院|街道|乡镇|站所|公司|企业|学校|小区|窗口|班级|专业|项目)[和、及与]"
    r"(?P<other>\d{1,3})个[一-龥]{0,4}?(?P=noun)"
)
_NEAR_SUM = 2


@only_with(_TWO_KINDS)
def two_kinds(text: str) -> Iterator[Hit]:
    """“13个临床科室和5个医技科室。17个科室…”: both kinds together."""
    for match in _TWO_KINDS.finditer(text):
        one, other = int(match["one"]), int(match["other"])
        for again in re.finditer(rf"(?<!\d)(\d{{1,3}})个{match['noun']}", text[match.end() : match.end() + 40]):
            value = int(again[1])
            if value != one + other and value > max(one, other) and abs(value - one - other) <= _NEAR_SUM:
                message = f"{one} + {other} = {one + other}个，与所写{value}个不符"
                yield Hit(match.end() + again.start(), match.end() + again.end(), message)


# --- villages and communities

_BOTH = re.compile(
    r"(?P<one>\d{1,3})个(?:行政)?村[和、及与](?P<other>\d{1,3})个(?:城市|农村)?社区"
    r"|(?P<other2>\d{1,3})个(?:城市|农村)?社区[和、及与](?P<one2>\d{1,3})个(?:行政)?村"
)
_TOGETHER = re.compile(r"(?P<all>\d{1,3})个(?:村（社区）|村居|村社区|村（居）|社区（村）|村（社）)")
_WHOLE = re.compile("全|各|所有|均|所辖")


@only_with(_BOTH)
def _villages(text: str) -> tuple[int, ...]:
    return tuple(int(m["one"] or m["one2"]) + int(m["other"] or m["other2"]) for m in _BOTH.finditer(text))


@only_with(_TOGETHER)
def _places_together(text: str) -> tuple[tuple[int, int, int], ...]:
    found: list[tuple[int, int, int]] = []
    for match in _TOGETHER.finditer(text):
        around = words_before(text, match.start(), 8) + text[match.end() : match.end() + 8]
        if _WHOLE.search(around):
            found.append((match.start(), match.end(), int(match["all"])))
    return tuple(found)


_VILLAGES, _PLACES_TOGETHER = Reading(_villages), Reading(_places_together)


def villages_together(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“覆盖全镇11个村和2个社区，实现14个村（社区）全覆盖”."""
    sums = [value for _, found in subject.places(_VILLAGES) for value in found]
    for i, found in subject.places(_PLACES_TOGETHER) if len(set(sums)) == 1 else ():
        for start, end, value in found:
            if value != sums[0] and abs(value - sums[0]) <= max(2, sums[0] // 5):
                yield i, Hit(start, end, f"村和社区相加是{sums[0]}个，与所写{value}个不符")


# --- one paragraph for each, and their sum below

_OF_THEM = re.compile(
    r"(?P<number>[两二三四五六七八九])(?:大?类|项|个?方面|个?大项)(?:问题|工作|任务|事项)?(?:合计|共计|总计|相加|共)"
    r"|(?:^|(?<=。))(?:上述|以上)[一-龥]{0,6}(?:合计|共计|总计|共)"
)
_KEY = 2  # signs by which a number is known again
_MOST_ABOVE = 9


@only_with(_OF_THEM, nothing=(0, ()))
def _of_them(text: str) -> tuple[int, tuple[tuple[int, int, int, str], ...]]:
    """How many paragraphs a sum is of (-1: those of the list above), and the numbers that it states."""
    match = _OF_THEM.search(text)
    if match is None:
        return 0, ()
    end = text.find("。", match.end())
    limit = end if end >= 0 else len(text)
    stated = [q for q in quantities(text) if match.end() <= q.start < limit and q.exact]
    found = tuple((q.start, q.end, int(q.value), _key(text, q)) for q in stated)
    return (_number(match["number"]), found) if match["number"] else (-1, found[:1])


def _key(text: str, number: Quantity) -> str:
    words = clause_before(text, number.start)
    for lead in ("合计", "共计", "总计", "相加", "共"):
        words = words.removesuffix(lead)
    return words[-_KEY:] + unit_of(number)


_OF_THEM_ALL = Reading(_of_them)


def paragraphs_together(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“第一类…整改9个”, “第二类…整改10个”, “第三类…整改7个”, and then “三类问题合计…，已整改27个”."""
    for i, (count, stated) in subject.places(_OF_THEM_ALL):
        if count < 0:
            yield from ((i, hit) for hit in _list_above(subject, i, stated))
            continue
        above = [text.text for text in subject.texts[max(i - count, 0) : i]] if count > 1 else []
        if len(above) < count:
            continue
        numbers = [{_key(text, q): q for q in reversed(quantities(text)) if q.exact} for text in above]
        for start, end, value, key in stated:
            parts = [each[key].value for each in numbers if key in each]
            if len(parts) == count and len(key) > _KEY and is_slip(Decimal(value), parts):
                yield i, _paragraphs_hit(start, end, value, parts)


_SHORT = 40  # characters: a longer item tells more than a number


def _list_above(subject: Subject, at: int, stated: tuple[tuple[int, int, int, str], ...]) -> Iterator[Hit]:
    """“（一）诫勉5人”, “（二）警告3人”, “（三）通报6人” and below them “上述人员合计13人”."""
    for start, end, value, key in stated:
        parts: list[Decimal] = []
        for text in reversed(subject.texts[max(at - _MOST_ABOVE, 0) : at]):
            counted = [q for q in quantities(text.text) if key.endswith(unit_of(q))]
            if leading_mark(text.text) is None or len(text.text) > _SHORT or len(counted) != 1:
                break
            parts.insert(0, counted[0].value)
        if len(parts) > 1 and is_slip(Decimal(value), parts):
            yield _paragraphs_hit(start, end, value, parts)


def _paragraphs_hit(start: int, end: int, value: int, parts: list[Decimal]) -> Hit:
    words = " + ".join(f"{part:f}" for part in parts)
    return Hit(start, end, f"上面{len(parts)}段相加 {words} = {sum(parts, Decimal(0)):f}，与所写{value}不符")


RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, several_together),
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, things_together),
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, same_noun),
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, two_kinds),
    DocumentRule("stated-sum", Family.FIGURES, Severity.WARNING, villages_together, (_VILLAGES, _PLACES_TOGETHER)),
    DocumentRule("stated-sum", Family.FIGURES, Severity.WARNING, paragraphs_together, (_OF_THEM_ALL,)),
)
