"""Family 1: what is announced or counted against what is listed: 一是…五是, （一）…（四）, N个社区 with their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.numbering import MarkKind, chinese_numeral, leading_mark
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_ANNOUNCED = quick(
    r"(?P<number>\d{1,2}|[二两三四五六七八九十])(?:个?方面|大方面|项|条|点|个)(?:重点|具体|主要)?(?:整改)?"
    r"(?:措施|举措|工作|要求|做法|任务|内容|问题|机制|制度)?(?:[：:。，]|(?:如下|(?:推进|推动|落实|抓好|抓实|开展|进行|加以|予以)?整改|开展工作|发力|入手|着手|抓起|抓落实|抓好落实)[：:。，]|$)"
)
_SAID = re.compile(r"(?:^|(?<=[。；：，]))([一二三四五六七八九十]{1,3})是(?!否)")
_ORDINAL = re.compile(r"(?:^|(?<=[。；：，]))第([一二三四五六七八九十]{1,2})(?=，)")
_BRACKETED = re.compile(r"(?:^|(?<=[。；：，]))（([一二三四五六七八九十]{1,3}|\d{1,2})）")
_LONGEST_LEAD = 24  # signs of “3项重点整改措施如下：”, with some to spare
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_MOST_PARAGRAPHS = 40


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else "零一二三四五六七八九十".find(words.replace("两", "二"))


def _listed(tail: str) -> tuple[int, str]:
    """How many items a list at the head of ``tail`` has, and what its last one is called; 0 where there is none."""
    for pattern, form in ((_SAID, "{}是"), (_ORDINAL, "第{}"), (_BRACKETED, "（{}）")):
        words = [match[1] for match in pattern.finditer(tail)]
        if not words or not pattern.match(tail):
            continue
        run = 0
        while run < len(words) and words[run] in (chinese_numeral(run + 1), str(run + 1)):
            run += 1
        return (run, form.format(words[run - 1])) if run and run == len(words) else (0, "")
    circled = [char for char in tail if char in _CIRCLED]
    if tail[:1] == "①" and circled == list(_CIRCLED[: len(circled)]):
        return len(circled), circled[-1]
    return 0, ""


_LIST_BEGINS = re.compile("[：:。，](?:一是|第一，|（[一1]）|①)")


@only_with(_LIST_BEGINS)
def announced_items(text: str) -> Iterator[Hit]:
    """“采取以下3项措施：一是…四是…”: as many are listed as are announced."""
    lists = (match.start() + 1 for match in _LIST_BEGINS.finditer(text))
    announced = any(_ANNOUNCED.search(text, max(at - _LONGEST_LEAD, 0), at) for at in lists)
    for match in _ANNOUNCED.finditer(text) if announced else ():
        number = _number(match["number"])
        listed, last = _listed(text[match.end() :]) if _LIST_BEGINS.match(text, match.end() - 1) else (0, "")
        if listed > 1 and listed != number and not _add_up(text[match.end() :], number):
            yield Hit(match.start(), match.end(), f"称{number}项，实际列出{listed}项（到“{last}”为止）")


_COUNTED = re.compile(r"(\d{1,3})[个项条件](?=[，。；、])")


def _add_up(tail: str, number: int) -> bool:
    """“三类11个：一是政策类3个，二是服务类5个，三是组织类3个”: the items tell what the number is made of."""
    sentence = tail.partition("。")[0] + "。"
    return sum(map(int, _COUNTED.findall(sentence))) == number


_ITEMS = (MarkKind.CHINESE_PAREN, MarkKind.DECIMAL, MarkKind.DECIMAL_PAREN, MarkKind.SAY, MarkKind.CIRCLED)
_LEADS_ON = re.compile(r"(?:以下|如下|下列|这)[^。；]{0,8}[：:。]?$|[：:]$")


@only_with(_ANNOUNCED, nothing=("", ""))
def _leads_on(text: str) -> tuple[str, str]:
    """The words with which a paragraph announces others below it, and their number; ("", "") for none."""
    if not (text.endswith("：") or (text.endswith("。") and _POINTING.search(text))):
        return "", ""
    sentence = re.split("[。；]", text.rstrip("。"))[-1]
    found = list(_ANNOUNCED.finditer(sentence))
    if not found or not (_LEADS_ON.search(text) or _BELOW.search(sentence)):
        return "", ""
    goes_on = found[-1][0].endswith("，") or "，" in sentence[found[-1].end() :]
    if goes_on and not _BELOW.search(_clause(sentence, found[-1])):
        return "", ""  # “…正在整改1个，现公示如下”
    return found[-1][0], found[-1]["number"]


_BELOW, _POINTING = quick("以下|如下|下列"), quick("以下|如下|下列|这")
_LEADS = Reading(_leads_on)


def announced_paragraphs(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“主要采取以下四项措施：” and then （一）…（三） as paragraphs of their own."""
    texts = subject.texts
    for i, (words, said) in subject.places(_LEADS):
        text = texts[i]
        marks = [leading_mark(each.text) for each in texts[i + 1 : i + _MOST_PARAGRAPHS]]
        first = marks[0] if marks else None
        if first is None or first.kind not in _ITEMS or first.number != 1:
            continue
        listed, number = 0, _number(said)
        for mark in marks:
            if mark is not None and mark.family == first.family:
                if mark.number != listed + 1:
                    break
                listed += 1
            elif mark is not None and _ITEMS.index(first.kind) > _rank(mark.kind):
                break
        if listed > 1 and listed != number:
            at = text.text.rfind(words)
            yield i, Hit(at, at + len(words), f"称{number}项，后面列出{listed}项")


def _clause(sentence: str, match: re.Match[str]) -> str:
    return sentence[sentence.rfind("，", 0, match.start()) + 1 : match.end()]


def _rank(kind: MarkKind) -> int:
    return _ITEMS.index(kind) if kind in _ITEMS else -1


_KINDS = (
    "城市社区|农村社区|社区|行政村|自然村|村级|村|街道|乡镇|镇|部门|科室|单位|党支部|支部|企业|公司|学校|项目|小区|"
    "中心|站所|党组织|工作组|专班|环节|领域|窗口|岗位|平台|小组|组|县区|县|区|乡|处室|股室|机关|机构|协会|医院|卫生院|"
    "幼儿园|中学|小学|高校|院校|大学|商户|景区|门店|支行|农场|林场|园区"
)
_COUNT = quick(rf"(?P<count>\d{{1,2}}|[二两三四五六七八九十])[个家所](?P<kind>{_KINDS})")
_NAME = re.compile(r"[一-龥A-Za-z0-9]{2,9}(?:(?:以及|及|和|与)[一-龥]{2,9})?")
_LONGEST_NAME = 26  # signs from the comma before a last name to the count behind it, 以及…共 included
_BOUNDARY = "。；，：（）“”《》"


@only_with(_COUNT)
def named_things(text: str) -> Iterator[Hit]:
    """“甲、乙、丙4个社区”, “4个社区（甲、乙、丙）”: as many names as are counted. With 等 the names are examples."""
    for match in _COUNT.finditer(text):
        counted = _number(match["count"])
        before, behind = _names_before(text, match), _names_behind(text, match)
        if before and not (_with_examples(text, match) and counted > min(_possible_counts(before[0]))):
            yield from _wrongly_counted(match, counted, *before)
        if behind:
            yield from _wrongly_counted(match, counted, *behind)


def _wrongly_counted(
    match: re.Match[str], counted: int, names: tuple[str, ...], place: tuple[int, int]
) -> Iterator[Hit]:
    possible = _possible_counts(names)
    if counted not in possible:
        listed = max(possible) if counted > len(names) else min(possible)
        yield Hit(*place, f"列出{listed}个名称，却写“{match[0]}”")


_TITLES = re.compile(
    r"(?P<titles>(?:《[^《》]{2,40}》[、和及]?){2,})(?P<such>等)?(?:(?:制度|文件|办法|规定)?(?:共计?|合计)(?P<count2>\d{1,2}|[二两三四五六七八九十])[项个部份件]|"
    r"(?P<count>\d{1,2}|[二两三四五六七八九十])[项个部份件](?:制度|文件|办法|规定|方案|规章|清单|机制))"
)
_TITLES_BEHIND = re.compile(
    r"(?P<count>\d{1,2}|[二两三四五六七八九十])[项个部份件](?:制度|文件|办法|规定|方案|规章|清单|机制)"
    r"（(?P<titles>(?:《[^《》]{2,40}》[、和及]?){2,})）"
)


@only_with(_TITLES, _TITLES_BEHIND)
def named_titles(text: str) -> Iterator[Hit]:
    """“《甲办法》《乙细则》3项制度”: as many titles as are counted; with 等 no more than are counted."""
    for match in _TITLES.finditer(text):
        said = match["count"] or match["count2"]
        listed, counted = match["titles"].count("《"), _number(said)
        if listed != counted and not (match["such"] and listed < counted):
            yield Hit(match.start(), match.end(), f"列出{listed}个文件名称，却写“{said}项”")
    for match in _TITLES_BEHIND.finditer(text):
        listed = match["titles"].count("《")
        if listed != _number(match["count"]):
            yield Hit(match.start(), match.end(), f"列出{listed}个文件名称，却写“{match['count']}项”")


def _with_examples(text: str, match: re.Match[str]) -> bool:
    """“甲、乙、丙等5个社区”: the names are examples; more of them than are counted cannot be."""
    return text[: match.start()].removesuffix("共").endswith("等") or text[match.end() :].startswith("等")


def _names_before(text: str, match: re.Match[str]) -> tuple[tuple[str, ...], tuple[int, int]] | None:
    comma = text.rfind("、", max(match.start() - _LONGEST_NAME, 0), match.start())
    last = text[comma + 1 : match.start()].removesuffix("共").removesuffix("等")
    if comma < 0 or not _NAME.fullmatch(last) or _is_prose(last):
        return None
    begin = max(text.rfind(sign, 0, match.start()) for sign in _BOUNDARY) + 1
    words = text[begin : match.start()]
    words = words.removesuffix("共").removesuffix("等")
    if words.endswith("余") or "、" not in words or (begin and text[begin - 1] in "”）》"):
        return None
    earlier = max((found.end() for found in _COUNT.finditer(words)), default=0)  # 甲、乙2个村和丙、丁2个社区
    names = words[earlier:].lstrip("和及与、的").split("、")
    if len(names) < 2 or not all(_NAME.fullmatch(name) for name in names[1:]) or any(map(_is_prose, names[1:])):
        return None
    lead = re.sub(r"^.*(?:对|在|到|为|向|与|于|由|将|把|组织|督促|指导)(?=.{2,8}$)", "", names[0])
    start = begin + earlier + words[earlier:].find(names[0]) + names[0].rfind(lead)
    return (lead, *names[1:]), (start, match.end())


_OPENED = re.compile(r"[一-龥]{0,4}（(?:分别(?:是|为)|即)?([^（）。；，：]*)）")


def _names_behind(text: str, match: re.Match[str]) -> tuple[tuple[str, ...], tuple[int, int]] | None:
    """Names in brackets or behind a colon directly after the count."""
    opened = _OPENED.match(text, match.end())
    if opened is None or "、" not in opened[1] or opened[1].endswith("等"):
        return None
    names = tuple(opened[1].split("、"))
    if not all(_NAME.fullmatch(name) for name in names) or any(map(_is_prose, names)):
        return None
    return names, (match.start(), opened.end())


_PROSE = re.compile(r"[了着过等对在把将]|进行|开展|检查|通过|形式|工作$|\d")


def _is_prose(name: str) -> bool:
    return _PROSE.search(name) is not None


def _possible_counts(names: tuple[str, ...]) -> set[int]:
    """和 between two names joins them; in “和津” it is part of one."""
    joined = len(re.findall(r"(?<=[一-龥]{2})(?:以及|及|和|与)(?=[一-龥]{2})", names[-1]))
    sure = re.search(r"(?:村|社区|街道|镇|局|办|科|公司|小区)(?:以及|及|和|与)", names[-1]) is not None
    return {len(names) + joined} if sure or not joined else {len(names), len(names) + 1, len(names) + joined}


_TIMES = re.compile(
    r"(?P<count>\d{1,2}|[二两三四五六七八九十])(?:次|期|轮|场|批)[^。；，\d]{0,12}，分别(?:于|在|是|为)"
    r"(?P<dates>(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初)?[、和及])+(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|底|初)?)"
)


_TIMES_BEFORE = re.compile(
    r"(?P<dates>(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日[、和]){2,}(?:\d{1,2}月)?\d{1,2}日)(?:先后|共|分别|累计)?(?P<count>\d{1,2}|[二两三四五六七八九十]{1,3})次"
)


@only_with("分别(?:于|在|是|为)", _TIMES_BEFORE)
def named_times(text: str) -> Iterator[Hit]:
    """“7次听取汇报，分别于4月、5月、6月、7月、8月、9月”: as many days are named as times are counted."""
    for match in (*_TIMES.finditer(text), *_TIMES_BEFORE.finditer(text)):
        listed, counted = len(re.split("[、和及]", match["dates"])), _number(match["count"])
        if listed != counted:
            yield Hit(match.start(), match.end(), f"列出{listed}个时间，却写“{match['count']}次”")


_SLOGAN = re.compile(
    r"“(?P<count>[两二三四五六七八九十])(?:个|项|条|步|张|本|种|类|大|到|抓|严|有|查|看|讲|化|重|会)?[^”，。；：]{0,8}”"
    r"[^，。；：“”]{0,6}(?:：|，即)(?P<list>[^，。；：、“”（）]{1,12}(?:、[^，。；：、“”（）]{1,12})+)(?=[。；，])"
)


@only_with(_SLOGAN)
def slogans(text: str) -> Iterator[Hit]:
    """“做到‘三个不’：思想不松、力度不减、标准不降、尺度不松”: as many are listed as the slogan counts."""
    for match in _SLOGAN.finditer(text):
        names = tuple(match["list"].split("、"))
        counted = _number(match["count"])
        if names[-1].endswith("等") or counted in _possible_counts(names) or len({len(name) for name in names}) > 2:
            continue
        yield Hit(match.start("list"), match.end("list"), f"列出{len(names)}项，却称“{match['count']}”")


RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("announced-items", Family.FIGURES, Severity.WARNING, announced_items),
    DocumentRule("announced-paragraphs", Family.FIGURES, Severity.WARNING, announced_paragraphs, (_LEADS,)),
    TextRule("named-titles", Family.FIGURES, Severity.WARNING, named_titles),
    TextRule("named-things", Family.FIGURES, Severity.WARNING, named_things),
    TextRule("named-things", Family.FIGURES, Severity.WARNING, named_times),
    TextRule("named-things", Family.FIGURES, Severity.WARNING, slogans),
)
