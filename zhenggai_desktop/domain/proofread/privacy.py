"""Family 5: what must not be public: numbers of persons, names, and who was punished (domain.md §8, §9.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.subject import Subject

_ID = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
_CARD = re.compile(r"(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?!\d)")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
_HOME = re.compile(r"(?:家住|住址[为：:]?|居住(?:在|于)).{2,30}?(?:号|室|组)|\d+(?:号楼|栋|幢)(?:\d+单元)?\d{2,4}室")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_SOMEONE = re.compile(
    rf"(?<![一-龥])[{_SURNAMES}]某(?:某|[甲乙丙丁]|[一-龥](?=同志))?|(?<=[一-龥、])[{_SURNAMES}]某某|(?<=[对给予将、和，])[{_SURNAMES}]某(?=[一-龥，。、])(?!某?[些个种项])"
)
_REACH = 60  # characters from the post to the penalty
_PENALTY = re.compile(r"警告|处分|诫勉|立案|批评教育|提醒谈话|约谈|撤职|开除|免职|通报批评|书面检查|组织处理|调离")
_POST = re.compile(
    r"(?P<place>[一-龥]{1,6}?(?:村|社区))(?:原)?(?:党支部|党总支|党委|居委会|村委会|“两委”)?(?:原)?"
    r"(?:主要负责人|负责人|书记|主任|副书记|副主任|报账员|文书|会计|出纳|委员|党务工作人员|工作人员)"
)
_BEFORE_PLACE = re.compile(
    r"^.*(?:[对及的与给将把被向由为题各原]|督促|要求|组织|指导|约谈|提醒|教育|批评|部分|所辖)(?=.)"
)
_NO_PLACE = re.compile(r"^(?:各|部分|相关|有关|该|所辖|全体|本|每个?|多个|个)?(?:村|社区)$")


def _place(match: re.Match[str]) -> int:
    """Where the name of the village begins in a match; -1 where none is named."""
    name = match["place"]
    lead = _BEFORE_PLACE.match(name)
    start = lead.end() if lead else 0
    if name[start:].startswith("和") and len(name[start:]) > 4:
        start += 1  # 和 joins; in 和津社区 it is part of the name
    return -1 if _NO_PLACE.match(name[start:]) else start


_SECRET = re.compile(r"(?:绝密|机密|秘密)(?:★|级文件|\d+年)|★\s*(?:\d+年|长期)|内部资料[，。]?(?:注意保存|严禁外传)")
_CASES = re.compile(
    r"正在接受(?:纪律)?审查(?:和监察)?调查|被(?:采取)?留置|采取留置措施|移送检察机关(?:依法)?审查起诉|正在初步核实"
)
_PERSONAL_MAIL = re.compile(
    r"[\w.+-]+@(?:qq|163|126|139|189|sina|sohu|gmail|hotmail|outlook|foxmail|yeah|aliyun)\.(?:com|cn|net)", re.ASCII
)


def id_numbers(text: str) -> Iterator[Hit]:
    """A resident's ID number whose check digit is right (GB 11643-1999)."""
    for match in _ID.finditer(text):
        digits = match[0].upper()
        check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11]
        if check == digits[-1]:
            yield Hit(match.start(), match.end(), "出现身份证号码，不得公开")


def bank_cards(text: str) -> Iterator[Hit]:
    """16 to 19 digits that pass the Luhn check and are no ID number."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if 16 <= len(digits) <= 19 and _luhn(digits) and not _ID.fullmatch(digits):
            yield Hit(match.start(), match.end(), "出现疑似银行卡号，不得公开")


def _luhn(digits: str) -> bool:
    total = 0
    for i, char in enumerate(reversed(digits)):
        doubled = int(char) * (2 if i % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def mobiles(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A mobile number outside the contacts."""
    for i, text in enumerate(subject.texts):
        for match in () if text.is_contact else _MOBILE.finditer(text.text):
            yield i, Hit(match.start(), match.end(), "出现手机号码，不得公开")


def plates(text: str) -> Iterator[Hit]:
    for match in _PLATE.finditer(text):
        yield Hit(match.start(), match.end(), "出现车牌号码，不得公开")


def homes(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """An address below the township, outside the contacts."""
    for i, text in enumerate(subject.texts):
        for match in () if text.is_contact else _HOME.finditer(text.text):
            yield i, Hit(match.start(), match.end(), "出现住址门牌，不得公开")


def someone(text: str) -> Iterator[Hit]:
    """张某, 李某某: a surname in a public text still points to a person."""
    for match in _SOMEONE.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match[0]}”指向具体人员，公开稿应改为“相关责任人”", "相关责任人")


def punished_by_post(text: str) -> Iterator[Hit]:
    """Village and post beside a penalty name the person as surely as the name would."""
    for sentence in re.finditer(r"[^。；]+", text):
        for match in _POST.finditer(sentence[0]):
            offset = _place(match)
            if offset < 0 or not _PENALTY.search(sentence[0][match.start() : match.end() + _REACH]):
                continue
            start, end = sentence.start() + match.start() + offset, sentence.start() + match.end()
            words = text[start:end]
            yield Hit(start, end, f"“{words}”与处理结果并列，可据此认出本人，公开稿宜改为“相关责任人”")


def secrecy_marks(text: str) -> Iterator[Hit]:
    for match in _SECRET.finditer(text):
        yield Hit(match.start(), match.end(), f"出现“{match[0]}”，涉密或内部内容不得公开")


def open_cases(text: str) -> Iterator[Hit]:
    for match in _CASES.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match[0]}”涉及尚未公布的案件，请核对是否可以公开")


def known_names(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A person of the ledger's directory by name; the public role stands for the person where the directory has one."""
    people = {alias: person for person in subject.snapshot.persons for alias in (person.name, *person.aliases) if alias}
    for i, text in enumerate(subject.texts):
        for name, person in people.items():
            at = text.text.find(name)
            if at >= 0:
                role = person.public_role or None
                yield (
                    i,
                    Hit(at, at + len(name), f"出现台账中的人员姓名“{name}”，公开稿应以职务或“相关责任人”代替", role),
                )


def personal_mail(text: str) -> Iterator[Hit]:
    for match in _PERSONAL_MAIL.finditer(text):
        yield Hit(match.start(), match.end(), "联系邮箱是个人邮箱，建议改用单位邮箱")


RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("id-number", Family.PRIVACY, Severity.ERROR, id_numbers),
    TextRule("bank-card", Family.PRIVACY, Severity.ERROR, bank_cards),
    DocumentRule("mobile", Family.PRIVACY, Severity.ERROR, mobiles),
    TextRule("plate", Family.PRIVACY, Severity.ERROR, plates),
    DocumentRule("home-address", Family.PRIVACY, Severity.ERROR, homes),
    TextRule("someone", Family.PRIVACY, Severity.WARNING, someone),
    TextRule("punished-by-post", Family.PRIVACY, Severity.WARNING, punished_by_post),
    TextRule("secrecy-mark", Family.PRIVACY, Severity.ERROR, secrecy_marks),
    TextRule("open-case", Family.PRIVACY, Severity.WARNING, open_cases),
    DocumentRule("known-name", Family.PRIVACY, Severity.ERROR, known_names),
    TextRule("personal-mail", Family.PRIVACY, Severity.NOTE, personal_mail),
)
