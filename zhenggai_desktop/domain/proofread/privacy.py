"""Family 5: what must not be public: numbers of persons, addresses, and who was punished (domain.md §8, §9.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from zhenggai_desktop.domain.proofread.clauses import words_before
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.proofread.names import NO_GIVEN
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_ID = quick(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = quick(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
_CARD = quick(r"(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?!\d)")
_CARD_WORDS = re.compile(r"账号|账户|卡号|银行|开户|存折|工资卡|一卡通")
_CARD_NUMBER = re.compile("卡(?:卡)?号[码为是：:（(]{0,2}$")
_UNION_PAY = ("62",)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?(?=(?:[A-Z]*\d){2})(?:(?=(?:[A-Z]*\d){3})[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])|[A-HJ-NP-Z0-9]{4}[警学挂港澳使领])"
)
_HOME = quick(
    r"(?:家住|家庭住址|住址[为：:]?|户籍地址?[为：:]?|居住(?:在|于)|现住)[^，。；]{2,30}?(?:号|室|组|栋|幢|单元)"
    r"|\d{1,9}(?:号楼|栋|幢)(?:\d{1,9}单元)?\d{2,4}室|\d{1,9}单元\d{2,4}[室号]|[一-龥]{1,6}(?:村|社区|屯|庄)\d{1,3}组\d{1,4}号"
)
_REACH = 60  # characters from the post to the penalty
_PENALTY = quick(
    r"警告|处分|诫勉|立案|批评教育|提醒谈话|约谈|撤职|开除|免职|通报批评|书面检查|组织处理|调离|留党察看|记过"
)
_POST = re.compile(
    r"(?P<place>[一-龥]{1,6}?(?:村|社区))(?:原)?(?:党支部|党总支|党委|居委会|村委会|“两委”)?(?:原)?"
    r"(?:主要负责人|负责人|书记|主任|副书记|副主任|报账员|文书|会计|出纳|委员|党务工作人员|工作人员)"
)
_BEFORE_PLACE = re.compile(
    r"^.*(?:[对及的与给予将把被向由为题各原]|督促|要求|组织|指导|约谈|提醒|教育|批评|部分|所辖)(?=.)"
)
_NO_PLACE = re.compile(
    r"^(?:各|部分|相关|有关|该|所辖|全体|本|全|每个?|多个|个|涉事|涉案|责任|问题|上述|其他|城市|农村|行政)*(?:村|社区)$"
)
_NO_PENALTY = re.compile(r"^[^，。；]{0,6}(?:廉政)?(?:谈话制度|约谈制度)")


def _place(match: re.Match[str]) -> int:
    """Where the name of the village begins in a match; -1 where none is named."""
    name = match["place"]
    lead = _BEFORE_PLACE.match(name)
    start = lead.end() if lead else 0
    if name[start:].startswith("和") and len(name[start:]) > 4:
        start += 1  # 和 joins; in 和津社区 it is part of the name
    return -1 if _NO_PLACE.match(name[start:]) else start


@only_with(_ID)
def id_numbers(text: str) -> Iterator[Hit]:
    """A resident's ID number whose check digit is right (GB 11643-1999)."""
    for match in _ID.finditer(text):
        digits = match[0].upper()
        check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11]
        if check == digits[-1]:
            yield Hit(match.start(), match.end(), "出现身份证号码，不得公开")


@only_with(_CARD)
def bank_cards(text: str) -> Iterator[Hit]:
    """16 to 19 digits that pass the Luhn check, with a bank's prefix or a word of banking before them."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        called = _CARD_NUMBER.search(words_before(text, match.start(), 8))  # whatever its check digit
        if not 16 <= len(digits) <= 19 or not (called or _luhn(digits)) or _ID.fullmatch(digits):
            continue
        if digits.startswith(_UNION_PAY) or _CARD_WORDS.search(words_before(text, match.start(), 20)):
            yield Hit(match.start(), match.end(), "出现疑似银行卡号，不得公开")


def _luhn(digits: str) -> bool:
    total = 0
    for i, char in enumerate(reversed(digits)):
        doubled = int(char) * (2 if i % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _spans_of(pattern: re.Pattern[str]) -> Callable[[str], tuple[tuple[int, int], ...]]:
    return only_with(pattern)(lambda text: tuple(match.span() for match in pattern.finditer(text)))


_MOBILES, _HOMES = Reading(_spans_of(_MOBILE)), Reading(_spans_of(_HOME))


def mobiles(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A mobile number outside the contacts."""
    for i, spans in subject.places(_MOBILES):
        for start, end in () if subject.texts[i].is_contact else spans:
            yield i, Hit(start, end, "出现手机号码，不得公开")


_DWELLING = re.compile(r"家属院|家住|住址|宿舍|\d{1,9}单元\d{2,4}室")


def homes(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """An address below the township, outside the contacts."""
    for i, spans in subject.places(_HOMES):
        text = subject.texts[i]
        for start, end in spans:
            if not text.is_contact or _DWELLING.search(text.text[max(start - 12, 0) : end]):
                yield i, Hit(start, end, "出现住址门牌，不得公开")


@only_with(_PLATE)
def plates(text: str) -> Iterator[Hit]:
    for match in _PLATE.finditer(text):
        yield Hit(match.start(), match.end(), "出现车牌号码，不得公开")


@only_with(_POST)
def punished_by_post(text: str) -> Iterator[Hit]:
    """Village and post beside a penalty name the person as surely as the name would."""
    if not _PENALTY.search(text):
        return
    for sentence in re.finditer(r"[^。；]+", text):
        for match in _POST.finditer(sentence[0]):
            offset = _place(match)
            after = sentence[0][match.end() : match.end() + _REACH]
            if offset < 0 or not _PENALTY.search(after) or _NO_PENALTY.match(after):
                continue
            start, end = sentence.start() + match.start() + offset, sentence.start() + match.end()
            words = text[start:end]
            yield Hit(start, end, f"“{words}”与处理结果并列，可据此认出本人，公开稿宜改为“相关责任人”")


_TWO_SIGNED_POSTS = (
    "主任|书记|局长|科长|所长|站长|经理|校长|院长|镇长|乡长|会计|组长|队长|部长|村民|主席|处长|干部|员工|人员|同志|"
    "格长|村长|区长|县长|厂长|班长|园长|股长|党员|居民|职工|教师|医生|护士|司机|职员|出纳|文书"
)


def someone(lexicon: Lexicon) -> Callable[[str], Iterable[Hit]]:
    """张某, 李某某, 王××: a surname in a public text still points to a person."""
    surnames = "|".join(sorted(map(re.escape, lexicon.surnames), key=len, reverse=True))
    pattern = quick(
        rf"(?<![一-龥])(?:{surnames})某(?:某|[甲乙丙丁]|[一-龥](?=同志))?|(?<=[一-龥、])(?:{surnames})某某"
        rf"|(?<=(?:{_TWO_SIGNED_POSTS}))(?:{surnames})某(?![某些个种项时])"
        rf"|(?<=[对给予将、和，])(?:{surnames})某(?=[一-龥，。、])(?!某?[些个种项])|(?:{surnames})(?:(?:××|XX|xx|\*\*)(?![万亿]?元)|[×*](?=同志|给予|受到|被|等|因|[，、]))"
    )

    @only_with(pattern)
    def check(text: str) -> Iterator[Hit]:
        for match in pattern.finditer(text):
            yield Hit(match.start(), match.end(), f"“{match[0]}”指向具体人员，公开稿应改为“相关责任人”", "相关责任人")

    return check if surnames else lambda _text: iter(())


_WITNESSES = r"村民|信访人|当事人|户主|举报人|上访人|居民|业主|贫困户|低保户|监测户|承包人|承租人|农户|投诉人"
_CONCERN = (
    r"违建|违法|违规|反映|举报|投诉|家(?:中|庭)?|户|承包|信访|上访|宅基地|低保|危房|土地|等\d*[人户]|"
    r"同志|一家|与|[，、。（]"
)


def named_residents(lexicon: Lexicon) -> Callable[[str], Iterable[Hit]]:
    """“村民孙德旺违建问题”: who complains and who is concerned is nobody's business either."""
    surnames = "|".join(sorted(map(re.escape, lexicon.surnames), key=len, reverse=True))
    given = rf"[^\W\d_{NO_GIVEN}高关注]"
    pattern = quick(rf"(?:{_WITNESSES})(?P<name>(?:{surnames}){given}{{2}})(?={_CONCERN})")

    @only_with(pattern)
    def check(text: str) -> Iterator[Hit]:
        for match in pattern.finditer(text):
            start, end = match.span("name")
            yield Hit(start, end, f"“{match['name']}”是群众姓名，公开稿中不应出现")

    return check if surnames else lambda _text: ()


def rules(lexicon: Lexicon) -> tuple[TextRule | DocumentRule, ...]:
    """The rules of this family; surnames are data."""
    return (
        TextRule("id-number", Family.PRIVACY, Severity.ERROR, id_numbers),
        TextRule("bank-card", Family.PRIVACY, Severity.ERROR, bank_cards),
        DocumentRule("mobile", Family.PRIVACY, Severity.ERROR, mobiles, (_MOBILES,)),
        TextRule("plate", Family.PRIVACY, Severity.ERROR, plates),
        DocumentRule("home-address", Family.PRIVACY, Severity.ERROR, homes, (_HOMES,)),
        TextRule("someone", Family.PRIVACY, Severity.WARNING, someone(lexicon)),
        TextRule("named-resident", Family.PRIVACY, Severity.WARNING, named_residents(lexicon)),
        TextRule("punished-by-post", Family.PRIVACY, Severity.WARNING, punished_by_post),
    )
