"""Family 5: a person's name directly beside a penalty (domain.md §9.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from zhenggai_desktop.domain.proofread.findings import Hit
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.quick_patterns import only_with, quick

NO_GIVEN = (
    "的了对给将和与及等某各该其之以为于在是有无不未已被由经至到从向同人员们部门"
    "单位村区镇街委办局党支书记主任管理处分问题"
)  # signs that no given name has
_WORDS = (
    "方面|方式|方法|方案|关于|关系|关键|高度|高档|常态|常务|常委|常规|严重|严肃|严格|严厉|万元|文件|金额|任职|任期|任用|任务|武装|"
    "白条|黄牌|程序|程度|余款|余额|季度"
)  # that begin with a surname: “在发展党员方面，给予党内警告2人”
_NO_LAST = "主户家方长组层警事属众师生业体目融辆队果案全间务"  # “对车主进行约谈”, “对商户…”: two signs that are no name
_ROLE = "相关责任人"
_SURE = f"“{{}}”的姓名与处理结果并列，公开稿应改为“{_ROLE}”"
_DOUBTFUL = f"“{{}}”像是人员姓名，与处理结果并列；是姓名的，公开稿应改为“{_ROLE}”"
_BEFOREHAND = r"(?:(?:扣[发减]|停[职发]|暂停|取消|调离|免去|追缴|责令)[^，。；、]{1,10}[并、])?"
_BRACKET = r"(?:（[^（）]{2,20}）)?"
_SO_MANY = r"(?:等?[\d二两三四五六七八九十]{1,3}[人名](?:同志)?)"


@dataclass(frozen=True, slots=True)
class _Words:
    """The alternatives of patterns: surnames, posts and penalties, the longest first."""

    surnames: str
    posts: str
    penalties: str

    @classmethod
    def of(cls, lexicon: Lexicon) -> _Words | None:
        """None where an office emptied one of the lists: nothing can be found then."""
        if not (lexicon.surnames and lexicon.penalties and lexicon.posts):
            return None
        return cls(*map(_either, (lexicon.surnames, lexicon.posts, (*lexicon.penalties, "处分"))))

    @property
    def whole(self) -> str:
        """A surname with a given name of two signs."""
        return rf"(?!{_WORDS})(?:{self.surnames})[^\W\d_{NO_GIVEN}]{{2}}"

    @property
    def name(self) -> str:
        """A surname with a given name of one sign or two."""
        return rf"(?!{_WORDS})(?:{self.surnames})[^\W\d_{NO_GIVEN}]{{1,2}}"

    @property
    def tail(self) -> str:
        """What stands between a name and its penalty, with the penalty."""
        done = r"(?:由[^，。；、]{2,14}?)?(?:给予|进行|作出|予以|处以|受到|被)了?[^，。；、]{0,4}"
        return rf"{_BRACKET}{_SO_MANY}?，?(?:分别)?{_BEFOREHAND}(?:{done})?(?:{self.penalties})"


def named_penalties(lexicon: Lexicon) -> Callable[[str], Iterable[Hit]]:
    """“对张建国同志给予党内警告处分”, “报账员李红诫勉谈话”: a full name directly beside a penalty, with the names that
    are listed before it."""
    words = _Words.of(lexicon)
    if words is None:
        return lambda _text: iter(())
    usual, suffered = "|".join((*_acted_on(words), *_punished(words))), "|".join(_suffered(words))
    acted, both = quick(usual), quick(f"{usual}|{suffered}")  # the second begins with any surname, and is slow
    listed = re.compile(
        rf"(?<=[对予将、和谈令])(?:[一-龥]{{0,6}}?(?:{words.posts}))?(?P<name>{words.name})(?:同志)?[、和]$"
    )

    with_dot = re.compile(rf"(?<=[对予将、和长记员任])(?P<dotted>[一-龥]{{2,6}}·[一-龥]{{2,8}}?)(?:同志)?{words.tail}")

    @only_with(f"{usual}|{suffered}|·")
    def check(text: str) -> Iterator[Hit]:
        usually = both if "被" in text or "受到" in text else acted
        for match in chain(usually.finditer(text), with_dot.finditer(text) if "·" in text else ()):
            start, end = match.span(match.lastgroup or "bare")
            yield from reversed(list(_listed_before(text, start, listed, words)))
            yield _hit(text, start, end)

    return check


def maybe_named_penalties(lexicon: Lexicon) -> Callable[[str], Iterable[Hit]]:
    """“对李明作出诫勉处理”: two signs behind 对 may be a name or a word."""
    words = _Words.of(lexicon)
    if words is None:
        return lambda _text: iter(())
    two = rf"(?:{words.surnames})[^\W\d_{NO_GIVEN}{_NO_LAST}]"
    pattern = quick(rf"(?:对|给予)(?P<name>{two}(?:、{two}){{0,4}})(?=给予|进行|作出|予以){words.tail}")

    @only_with(pattern)
    def check(text: str) -> Iterator[Hit]:
        for match in pattern.finditer(text):
            yield Hit(*match.span("name"), _DOUBTFUL.format(match["name"]))

    return check


def _acted_on(words: _Words) -> tuple[str, ...]:
    """Somebody is punished, talked to, relieved of an office."""
    name, whole, posts, penalties, tail = words.name, words.whole, words.posts, words.penalties, words.tail
    then = "(?=给予|进行|作出|予以|处以|受到|立案)"
    return (
        rf"(?:对|给予|将|、|和)(?P<comrade>{name})同志{tail}",
        rf"(?:{posts})(?P<post>{name})(?:同志)?{tail}",
        rf"(?:{penalties})了?[^，。；、（]{{0,4}}?(?:{posts})(?P<behind>{name})(?=[，。、；（\d]|等|同志)",
        rf"(?:对|给予|将)[^，。；、\d]{{1,12}}(?:的|原)(?P<of>{whole}){then}{tail}",
        rf"(?:对|给予|将|、|和)(?P<posted>{name})(?=（(?:时任|原任?|现任)?[^（）]{{0,12}}(?:{posts})）){tail}",
        rf"(?:对|给予)(?P<bare>{whole})(?=给予|进行|作出|予以|党内|政务|诫勉|（){tail}",
        rf"(?:对|给予|将|、|和)(?P<several>{name})(?={_SO_MANY}(?:给予|进行|作出|予以|分别)){tail}",
        rf"(?:对|给予|将)[^，。；\d]{{0,24}}[、和](?P<last>{whole}){then}{tail}",
    )


def _punished(words: _Words) -> tuple[str, ...]:
    """What somebody did or must do stands between the name and the penalty."""
    name, whole, posts, penalties = words.name, words.whole, words.posts, words.penalties
    cause = "因|违规|违纪|违法|涉嫌|失职|履职|收受|挪用|套取"
    return (
        rf"(?:{posts})(?P<cause>{name})(?:同志)?(?={cause})[^。；]{{2,40}}?(?:{penalties}|问责|处理|移交|调查|立案)",
        rf"(?:{penalties})(?:处分)?的[^，。；、\d]{{0,12}}?(?:{posts})(?P<had>{whole})(?=[同被，。、因])",
        rf"责令(?:[^，。；、\d]{{0,12}}?(?:{posts}))?(?P<ordered>{whole})(?:同志)?(?=作|写|提交|进行)[^，。；]{{0,8}}检[查讨]",
        rf"(?:免去|撤销|停止)(?P<removed>{whole})(?:同志)?(?=[^，。；、]{{2,20}}(?:职务|职位|资格))",
    )


def _suffered(words: _Words) -> tuple[str, ...]:
    """Somebody was punished: the name begins the clause."""
    name, whole, penalties = words.name, words.whole, words.penalties
    people = "老师|同志|医生|护士|教师"
    return (
        rf"(?:^|(?<=[，。；：、]))(?P<suffered>{name})(?:{people})(?:因[^，。；]{{2,20}})?(?:被|受到)[^。；，]{{0,12}}?(?:{penalties})",
        rf"(?:^|(?<=[，。；：]))(?P<passive>{whole})(?:因[^。；]{{2,40}}?，?)?(?:被|受到)[^。；，]{{0,10}}?(?:{penalties})",
    )


def _listed_before(text: str, start: int, listed: re.Pattern[str], words: _Words) -> Iterator[Hit]:
    """The names of a list before the one that ends it, the nearest first: “对王某、李某和赵某3人进行…”."""
    post = re.compile(rf"[一-龥]{{0,6}}(?:{words.posts})$")
    while start:
        lead = post.search(text, max(start - 12, 0), start)
        match = listed.search(text[max(start - 30, 0) : lead.start() if lead else start])
        if match is None:
            return
        start = max(start - 30, 0) + match.start("name")
        yield _hit(text, start, start + len(match["name"]))


def _hit(text: str, start: int, end: int) -> Hit:
    return Hit(start, end, _SURE.format(text[start:end]), _ROLE)


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
