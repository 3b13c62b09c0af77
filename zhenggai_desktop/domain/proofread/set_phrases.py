"""Family 1: sums in phrases of one form: 四种形态, a team and its members, 人均…合计, ranks, 含 in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zhenggai_desktop.domain.proofread.breakdown import told
from zhenggai_desktop.domain.proofread.clauses import clause_begin
from zhenggai_desktop.domain.proofread.findings import Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.slips import is_slip
from zhenggai_desktop.domain.quantities import comparable, quantities, unit_of
from zhenggai_desktop.domain.quick_patterns import only_with

_FORM = r"第{0}种形态[一-龥]{{0,6}}?(?P<form{1}>\d{{1,5}})(?P=unit)"
_FORMS = re.compile(
    r"(?P<all>\d{1,5})(?P<unit>人次|件次|人|件)(?:[：:；，])(?:分别(?:为|是|运用)|运用)?"
    + _FORM.format("一", 1)
    + "".join(
        rf"(?:[^。；\d]{{0,12}}?[，、；]{_FORM.format(sign, at)})?" for at, sign in ((2, "二"), (3, "三"), (4, "四"))
    )
)


@only_with(_FORMS)
def four_forms(text: str) -> Iterator[Hit]:
    """“处理12人次：第一种形态9人次，第二种形态4人次”: who is dealt with, is so in one of the four."""
    for match in _FORMS.finditer(text):
        parts = [Decimal(match[f"form{at}"]) for at in range(1, 5) if match[f"form{at}"]]
        whole, added = Decimal(match["all"]), sum(parts, Decimal(0))
        if len(parts) > 1 and (added > whole or is_slip(whole, parts)):
            words = f"{' + '.join(map(str, parts))} = {added}{match['unit']}"
            yield Hit(match.start(), match.end(), f"各种形态相加 {words}，与总数{whole}{match['unit']}不符")


_MEMBER = r"(?P<m{0}>\d{{1,3}})[名位个人][一-龥]{{1,12}}?"
_MADE_OF = re.compile(
    rf"由{_MEMBER.format(1)}[、和及]{_MEMBER.format(2)}(?:[、和及]{_MEMBER.format(3)})?(?:共同)?(?:组成|构成)的"
    r"(?P<all>\d{1,3})[名人]"
)


@only_with(_MADE_OF)
def members(text: str) -> Iterator[Hit]:
    """“由6名公益性岗位人员、3名党员组成的10人保洁队”: a team is its members."""
    for match in _MADE_OF.finditer(text):
        parts = [int(match[f"m{at}"]) for at in (1, 2, 3) if match[f"m{at}"]]
        if sum(parts) != int(match["all"]):
            words = f"{' + '.join(map(str, parts))} = {sum(parts)}人"
            yield Hit(match.start(), match.end(), f"{words}，与所写{match['all']}人不符")


_A_HEAD = re.compile(
    r"(?P<heads>\d{1,4})[名人](?!次)[^。；\d]{0,30}?人均[^，。；\d]{0,8}(?P<each>\d{1,4})(?P<unit>[条个项篇次份])，"
    r"(?:合计|共计?|总计|累计)[^，。；\d]{0,6}(?P<all>\d{1,6})(?P=unit)"
)


@only_with(_A_HEAD)
def heads_times_each(text: str) -> Iterator[Hit]:
    """“9人…，人均查摆问题4条，合计45条”; a rounded average leaves half a one for each head open."""
    for match in _A_HEAD.finditer(text):
        heads, each, whole = (int(match[name]) for name in ("heads", "each", "all"))
        if 2 * abs(heads * each - whole) > heads:
            product = f"{heads} × {each} = {heads * each}{match['unit']}"
            yield Hit(match.start("each"), match.end(), f"{product}，与所写{whole}{match['unit']}不符")


_RANKS = re.compile(
    r"(?:由|从)[^，。；\d]{0,12}第(?P<first>\d{1,3})(?P<unit>名|位)(?P<way>上升|提升|前移|跃升|提高|下降|下滑|跌|升)(?:至|到)?"
    r"[^，。；\d]{0,8}第(?P<last>\d{1,3})(?P=unit)(?:，(?:前进|前移|上升|提升|进位|后退|下降)了?(?P<by>\d{1,3})(?:名|位|个位次|个名次))?"
)
_DOWN = ("下降", "下滑", "跌")


@only_with(_RANKS)
def ranks(text: str) -> Iterator[Hit]:
    """“由第14名上升到第5名，前进8位”: which way, and by how many."""
    for match in _RANKS.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if (last < first) == (match["way"] in _DOWN) and last != first:
            yield Hit(match.start(), match.end("last"), f"由第{first}到第{last}，与“{match['way']}”不符")
        elif match["by"] and int(match["by"]) != abs(first - last):
            message = f"由第{first}到第{last}相差{abs(first - last)}，与所写{match['by']}不符"
            yield Hit(match.start("by"), match.end(), message)


_INCLUDED = re.compile(
    r"(?P<all>\d{1,6})(?P<unit>人次|[次个人件项条名场家户份起笔处])[一-龥]{0,8}（(?:含|包含|包括)[^（）\d，；]{0,12}"
    r"(?P<part>\d{1,6})(?P=unit)[^（）\d]{0,10}）"
)


@only_with(_INCLUDED)
def included(text: str) -> Iterator[Hit]:
    """“党委会9次（含扩大会议12次）”."""
    for match in _INCLUDED.finditer(text):
        if int(match["part"]) > int(match["all"]):
            unit = match["unit"]
            message = f"所含{match['part']}{unit}，多于总数{match['all']}{unit}"
            yield Hit(match.start(), match.end(), message)


_TWO_GROUPS = re.compile(
    r"(?P<one>\d{1,3})个[一-龥]{0,4}?(?P<noun>党支部|党总支|党组织|支部|科室|部门|单位|站所|公司|企业|学校|小区|社区|村)[、，和]"
    r"[一-龥]{0,8}?(?P<other>\d{1,3})个[一-龥]{0,4}?(?P=noun)，(?:共计?|合计|总计|一共)[一-龥]{0,4}?(?P<all>\d{1,3})个"
)


@only_with(_TWO_GROUPS)
def two_groups(text: str) -> Iterator[Hit]:
    """“机关5个党支部、局属6个党支部，共12个党支部”."""
    for match in _TWO_GROUPS.finditer(text):
        one, other, whole = (int(match[name]) for name in ("one", "other", "all"))
        if is_slip(Decimal(whole), [Decimal(one), Decimal(other)]):
            message = f"{one} + {other} = {one + other}个，与所写{whole}个不符"
            yield Hit(match.start("all"), match.end(), message)


_ONE_EACH = re.compile(
    r"(?P<places>\d{1,3})个[一-龥]{2,8}?(?:分别|均)?各[一-龥]{1,4}?(?P<each>\d{1,3})(?P<unit>[名个人处块])[^，。；\d]{0,10}，"
    r"(?:共计?|合计|总计)[一-龥]{0,4}?(?P<all>\d{1,4})(?P=unit)"
)


@only_with(_ONE_EACH)
def one_for_each(text: str) -> Iterator[Hit]:
    """“在8个社区各设1名廉情监督员，共9名”."""
    for match in _ONE_EACH.finditer(text):
        places, each, whole = (int(match[name]) for name in ("places", "each", "all"))
        if places * each != whole:
            product = f"{places} × {each} = {places * each}{match['unit']}"
            yield Hit(match.start("each"), match.end(), f"{product}，与所写{whole}{match['unit']}不符")


_AT_ONCE = re.compile(
    r"[^，。；、（）\d]{0,8}[，：（](?:其中[：:，]?)?[一-龥]{0,3}(?:当场|现场|当天|当日|立即|即时|立行立改|即知即改|立查立改)[一-龥]{0,6}"
)
_IN_TIME = re.compile(r"[，、；][一-龥]{0,6}(?:限期|限时)[一-龥]{0,6}")
_FAULTS = re.compile("隐患|问题|发现|缺陷|不足|违[规章法]")
_ONE_MORE = re.compile(r"[、，][^，。；、\d]{1,10}")


@only_with("限期|限时")
def at_once_or_in_time(text: str) -> Iterator[Hit]:
    """“隐患66处，当场整改49处，限期整改27处”: what cannot be put right at once is to be within a time."""
    numbers = quantities(text)
    for at, (whole, one, other) in enumerate(zip(numbers, numbers[1:], numbers[2:], strict=False)):
        if not _AT_ONCE.fullmatch(text, whole.end, one.start) or not _IN_TIME.fullmatch(text, one.end, other.start):
            continue
        if len({unit_of(whole), unit_of(one), unit_of(other)}) > 1 or not (whole.exact and one.exact and other.exact):
            continue
        if not _FAULTS.search(text, clause_begin(text, whole.start), one.start):
            continue  # “检查门店70家，当场整改49家，限期整改17家”: the others had nothing to put right
        values = [comparable(one)[0], comparable(other)[0]]
        added, real = sum(values, Decimal(0)), comparable(whole)[0]
        goes_on = at + 3 < len(numbers) and _ONE_MORE.fullmatch(text, other.end, numbers[at + 3].start)
        if added > real or (is_slip(real, values) and not goes_on):
            words = " + ".join(told(value, whole, unit=False) for value in values)
            yield Hit(whole.start, other.end, f"{words} = {told(added, whole)}，与总数{told(real, whole)}不符")


_EXCEPT = re.compile(
    r"除[^，。；\d]{0,12}(?P<out>\d{1,3})(?P<unit>[个项条件])[^，。；\d]{0,6}外，其余(?P<rest>\d{1,3})(?P=unit)"
)
_NEAR = 2


@only_with(_EXCEPT)
def all_but(text: str) -> Iterator[Hit]:
    """“15个问题…，除长期坚持的1个外，其余13个均已完成”: both make the whole that was told before."""
    for match in _EXCEPT.finditer(text):
        added = int(match["out"]) + int(match["rest"])
        told_before = [q for q in quantities(text) if q.end <= match.start() and q.unit == match["unit"] and q.exact]
        wholes = [int(q.value) for q in told_before]
        if wholes and added not in wholes and abs(max(wholes) - added) <= _NEAR:
            sums = f"{match['out']} + {match['rest']} = {added}{match['unit']}"
            yield Hit(match.start(), match.end(), f"{sums}，与前文{max(wholes)}{match['unit']}不符")


_SHARE = re.compile(r"，占[^，。；\d]{0,12}")
_STILL = re.compile(r"，(?:尚欠|剩余|其余|余下|还有|尚有|尚缺|仍欠)(?:的)?[^，。；\d]{0,4}")


@only_with("占")
def left_of_a_share(text: str) -> Iterator[Hit]:
    """“追缴36.2万元，占应追缴41.7万元的86.8%，尚欠的6.5万元”: what is left of the whole."""
    numbers = quantities(text)
    for part, whole, rate, left in zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False):
        if len({unit_of(part), unit_of(whole), unit_of(left)}) > 1 or rate.unit != "%":
            continue
        read = _SHARE.fullmatch(text, part.end, whole.start) and _STILL.fullmatch(text, rate.end, left.start)
        if not read or text[whole.end : rate.start] != "的" or not all(q.exact for q in (part, whole, left)):
            continue
        real = comparable(whole)[0] - comparable(part)[0]
        if real != comparable(left)[0]:
            message = f"{told(comparable(whole)[0], whole)}与{told(comparable(part)[0], part)}相差{told(real, left)}"
            yield Hit(left.start, left.end, f"{message}，与所写{told(comparable(left)[0], left)}不符")


_QUARTERS = re.compile(
    r"[一二三]季度[^，。；\d]{0,12}(?P<one>\d+(?:\.\d+)?)(?P<unit>人次|万元|[件起次人个])，[二三四]季度[^，。；\d]{0,12}(?P<two>\d+(?:\.\d+)?)(?P=unit)，"
    r"环比(?P<way>下降|减少|增长|上升|增加)(?:了)?(?P<rate>\d+(?:\.(?P<places>\d+))?)%"
)


@only_with("环比")
def quarters(text: str) -> Iterator[Hit]:
    """“一季度178件，二季度112件，环比下降73.1%”."""
    for match in _QUARTERS.finditer(text):
        one, two, rate = (Decimal(match[name]) for name in ("one", "two", "rate"))
        change = 100 * (two - one) / one if one else Decimal(0)
        grown = match["way"] in ("增长", "上升", "增加")
        if one and ((change > 0) != grown or abs(abs(change) - rate) >= Decimal(1).scaleb(-len(match["places"] or ""))):
            way = "增长" if change > 0 else "下降"
            message = f"由{match['one']}到{match['two']}{way}{round(abs(change), 1)}%"
            yield Hit(match.start("way"), match.end(), f"{message}，与所写“{match['way']}{match['rate']}%”不符")


RULES: tuple[TextRule, ...] = (
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, one_for_each),
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, all_but),
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, at_once_or_in_time),
    TextRule("balance", Family.FIGURES, Severity.WARNING, left_of_a_share),
    TextRule("growth", Family.FIGURES, Severity.WARNING, quarters),
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, four_forms),
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, members),
    TextRule("stated-sum", Family.FIGURES, Severity.WARNING, two_groups),
    TextRule("average", Family.FIGURES, Severity.WARNING, heads_times_each),
    TextRule("difference", Family.FIGURES, Severity.ERROR, ranks),
    TextRule("exceeding-parts", Family.FIGURES, Severity.ERROR, included),
)
