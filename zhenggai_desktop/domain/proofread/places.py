"""Family 9: one village or community whose name is written in two ways (domain.md §9.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.naming import TELLING
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with

_PLACE = re.compile(r"村(?![民级干务两“委史貌容落庄规医组小集镇卫支部情账财企道里])|社区(?![党工干居民“书网矫])")
_PARTS = frozenset("的了对在为向由到于及与给将把从即和各该等被同是以至跟经派驻赴有含全本某个所")
_NO_NAME = re.compile(
    r"^(?:自然|行政|农|乡|薄弱|示范|重点|试点|贫困|脱贫|城市|农村|空壳|美丽|帮扶|联系|易地|其他|相关|有关|部分|多数|涉及|分别|边远|后进|先进|软弱涣散|"
    r"[一二三四五六七八九十两\d]+(?:个|余|多|$))|(?:集体|经济|全乡|全镇|街道|镇|乡|薄弱|示范|试点|贫困|脱贫|中心|智慧|老旧|延伸|包|驻|联|进|入)$|\d"
)
_LONGEST, _SURE = 5, 4  # signs before 村; a name of so many with it is known by all but one
# signs that sound or look alike in names of villages
_ALIKE = (
    "琵琶 坳凹拗 岭领陵 坪平评 坝霸 湾弯 河合何 塘唐糖堂 庄妆 桥侨 洼挖凹 沟钩构 坡波 堡保 屯囤 店点 铺埔 "
    "渡度 畈版板 柏伯 槐愧 杨扬 梁粱良 渠曲 墩敦 峪裕 峰锋 溪西 源原园圆 圩墟 寨塞 营荥 窑摇 "
    "陂坡 垭丫 岗冈 崖涯 洲州 港巷 圳川 埠阜 埂梗 塬原 漕槽 潭谭 井景 石时 兴星新 福富 "
    "明名 丰峰 华花 青清 红洪 安按 永咏 祥翔 泉全 林临 阳洋 竹祝 李里 "
)
_GROUPS = {frozenset((a, b)) for group in re.findall("[一-龥]+", _ALIKE) for a in group for b in group if a != b}


_LEAD = re.compile(
    r"回访|核查|督促|走访|审计|引导|组织|检查|指导|帮助|约谈|协调|支持|抽查|延伸|巡察|发现|调整|清理|整治|推动|安排|涉及|排查|位于|"
    r"包括|其中|以及|完成|建成|核实|监督|责令|要求|试点|覆盖|深入"
)


@only_with("村|社区")
def _names(text: str) -> tuple[tuple[int, int, bool], ...]:
    """Places named in a text: beginning, end, and whether it is sure where the name begins."""
    found: list[tuple[int, int, bool]] = []
    for match in _PLACE.finditer(text):
        begin = match.start()
        while begin > 0 and match.start() - begin <= _LONGEST and _is_sign(text[begin - 1]):
            begin -= 1
        lead = _LEAD.match(text, begin, match.start())
        if lead and match.start() - lead.end() >= 2:
            begin = lead.end()
        length = match.start() - begin
        name = text[begin : match.start()]
        if length >= 2 and not _NO_NAME.search(name):
            found.append((begin, match.end(), length <= _LONGEST))
    return tuple(found)


def _is_sign(char: str) -> bool:
    return "一" <= char <= "龥" and char not in _PARTS and char not in "村区"


def place_names(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """竹林坳村 here and 竹林凹村 there. Names that are listed side by side are two places."""
    told = [(i, subject.texts[i].text, *each) for i, found in subject.places(_NAMES) for each in found]
    first: dict[str, tuple[int, int]] = {}
    often: dict[str, int] = {}
    alike: dict[str, list[str]] = {}
    for i, text, begin, end, sure in told:
        name = text[begin:end]
        if sure and name not in first:
            first[name] = len(first), i
            for mask in _masks(name):
                alike.setdefault(mask, []).append(name)
        if sure:
            often[name] = often.get(name, 0) + 1
    seen: set[str] = set()
    for name in first:
        others = (each for mask in _masks(name) for each in alike[mask] if each != name)
        other = next((each for each in others if {each, name}.isdisjoint(seen) and _near(each, name)), "")
        if other and not _side_by_side(subject, name, other):
            wrong, right = (name, other) if _later_or_rarer(first, often, name, other) else (other, name)
            seen |= {name, other}
            yield from _hit(subject, first[wrong][1], wrong, right)
    yield from _mistyped(subject, first)


def _mistyped(subject: Subject, names: Iterable[str]) -> Iterator[tuple[int, Hit]]:
    """后坞树 for 后坞村: the last sign of a known name is one that looks like 村."""
    known = {name[:-1]: name for name in names if len(name) > 2 and name.endswith("村")}
    for i, found in subject.places(_ODD_ENDS) if known else ():
        text = subject.texts[i].text
        for at in found:
            base = next((text[at - n : at] for n in (4, 3, 2) if at >= n and text[at - n : at] in known), "")
            if base:
                start = at - len(base)
                yield i, Hit(start, at + 1, f"“{text[start : at + 1]}”疑为“{known[base]}”，请核对")


@only_with("[材树忖付]")
def _odd_ends(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in re.finditer("(?<=[一-龥]{2})[材树忖付](?![村林木种苗款息])", text))


def _masks(name: str) -> set[str]:
    """By these two names meet that differ in one sign, or of which one has a sign more."""
    return {name, *(name[:k] + name[k + 1 :] for k in range(len(name)))}


def _later_or_rarer(first: dict[str, tuple[int, int]], often: dict[str, int], name: str, other: str) -> bool:
    return often[name] < often[other] or (often[name] == often[other] and first[name] >= first[other])


def _hit(subject: Subject, i: int, wrong: str, right: str) -> Iterator[tuple[int, Hit]]:
    text = subject.texts[i].text
    at = text.find(wrong)
    yield i, Hit(at, at + len(wrong), f"地名前后不一致：此处为“{wrong}”，别处为“{right}”，请核对")


def _side_by_side(subject: Subject, one: str, other: str) -> bool:
    """Both in one list: whoever lists them knows that they are two."""
    return any(
        one in clause and other in clause and "、" in clause
        for text in subject.texts
        if one in text.text and other in text.text
        for clause in re.split("[。；，]", text.text)
    )


def _near(one: str, other: str) -> bool:
    if len(one) == len(other):
        pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        if len(pairs) != 1 or any(sign in TELLING for sign in pairs[0]):
            return False
        if frozenset(pairs[0]) in _GROUPS:
            return True
        return len(one.removesuffix("社区").removesuffix("村")) >= _SURE - 1 and one[0] == other[0]
    shorter, longer = sorted((one, other), key=len)
    if len(longer) != len(shorter) + 1 or len(longer.removesuffix("社区").removesuffix("村")) < 3:
        return False
    at = next((k for k, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return at > 0 and shorter[at:] == longer[at + 1 :] and longer[at] not in TELLING


_NAMES, _ODD_ENDS = Reading(_names), Reading(_odd_ends)

RULES: tuple[DocumentRule, ...] = (
    DocumentRule("place-name", Family.WORDS, Severity.WARNING, place_names, (_NAMES, _ODD_ENDS)),
)
