"""Family 8: punctuation, quotes, brackets and doubled characters of Chinese text (domain.md §9, GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.raw_places import text_span
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with, quick

_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〔": "〕", "【": "】"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_NAMES = {"“": "双引号", "‘": "单引号", "（": "括号", "《": "书名号", "〔": "六角括号", "【": "方头括号"}
_ANY_MARK = re.compile("[“”‘’（）《》〔〕【】]")


@only_with("“")
def nested_quotes(text: str) -> Iterator[Hit]:
    """“甲“乙”丙”: the inner quotation takes single marks (GB/T 15834 4.8.3.2)."""
    for start, end, depth in _quotations(text) if text.count("“") > 1 else ():
        if depth % 2 == 1:
            inner = text[start + 1 : end]
            yield Hit(start, end + 1, f"引号内又用双引号，“{inner}”应改用单引号", f"‘{inner}’")


def _quotations(text: str) -> list[tuple[int, int, int]]:
    """Paired double quotations with their depth; [] for a text whose marks are not all paired."""
    found: list[tuple[int, int, int]] = []
    stack: list[int] = []
    for i, char in enumerate(text):
        if char == "“":
            stack.append(i)
        elif char == "”":
            if not stack:
                return []
            start = stack.pop()
            found.append((start, i, len(stack)))
    return sorted(found) if not stack else []


@only_with(_ANY_MARK)
def unpaired(text: str) -> Iterator[Hit]:
    """An opening mark that nothing closes, or the other way round."""
    stack: list[tuple[str, int]] = []
    for match in _ANY_MARK.finditer(text):
        char, i = match[0], match.start()
        if char in _PAIRS:
            stack.append((char, i))
        elif stack and stack[-1][0] == _CLOSING[char]:
            stack.pop()
        elif not _is_list_number(text, i, char) and not (char == "’" and _apostrophe(text, i)):
            yield _unpaired_hit(text, stack, char, i)
            return
    for char, i in stack[:1]:
        yield Hit(i, i + 1, f"{_NAMES[char]}“{char}”没有对应的后半个")


def _unpaired_hit(text: str, stack: list[tuple[str, int]], char: str, at: int) -> Hit:
    """The half that is too much: the closing one, or an opening one before it that should have closed first."""
    del text
    if any(opening == _CLOSING[char] for opening, _ in stack):
        opening, i = stack[-1]
        return Hit(i, i + 1, f"{_NAMES[opening]}“{opening}”没有对应的后半个")
    return Hit(at, at + 1, f"{_NAMES[_CLOSING[char]]}“{char}”没有对应的前半个")


def _apostrophe(text: str, at: int) -> bool:
    return text[at - 1 : at].isascii() and text[at - 1 : at].isalpha()


_LONGEST_NUMBER = 4  # signs, with the stop before it
_LIST_NUMBER = re.compile(r"(?:^|[。；：，])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])$")


def _is_list_number(text: str, at: int, char: str) -> bool:
    """1） at the head of a paragraph or of an item."""
    return char == "）" and _LIST_NUMBER.search(text, max(at - _LONGEST_NUMBER, 0), at) is not None


@only_with('"')
def straight_quotes(text: str) -> Iterator[Hit]:
    """A single straight quote in Chinese text: pairs are made curly on reading, an odd one is left."""
    if text.count('"') % 2:
        at = text.rfind('"')
        yield Hit(at, at + 1, '直引号“"”不成对，应使用成对的中文引号')


_NEEDLESS = re.compile("》、(?=《)|”、(?=“)")


@only_with(_NEEDLESS)
def needless_comma(text: str) -> Iterator[Hit]:
    """《甲》、《乙》 and “甲”、“乙” stand without 、 (GB/T 15834 4.5.3.5)."""
    for match in _NEEDLESS.finditer(text):
        what = "书名号" if match[0][0] == "》" else "引号"
        yield Hit(match.start(), match.end() + 1, f"并列的{what}之间不用顿号", match[0][0] + text[match.end()])


_DOUBLED = quick(
    r"的的(?!士|确)|了了(?!解|如|之)|和和(?!美|气|睦)|是是(?!非)|为为|与与|及及|对对(?!子|方)|将将|把把(?!关|脉|手)|(?<!实)在在(?![建编册校岗线职读办管修库])|并并(?!联)|等等等|被被|由由|约约|均均|至至|使使|且且|或或|但但|因因"
)
_TWICE = re.compile(r"([一-龥]{2,6})\1")
_VERBS = "研究讨论商量考虑学习教育检查整理打扫了解休息沟通交流比较锻炼调整收拾"  # 研究研究
_REDUPLICATED = frozenset({*(_VERBS[k : k + 2] for k in range(0, len(_VERBS), 2)), "反复", "来来", "方方"})


@only_with(_DOUBLED)
def doubled_signs(text: str) -> Iterator[Hit]:
    """的的: the same sign typed twice."""
    for match in _DOUBLED.finditer(text):
        if text[match.start() - 1 : match.start()] not in ("目", "标") or match[0] != "的的":
            yield Hit(match.start(), match.end(), f"“{match[0]}”多打了一个字", match[0][0])


def doubled_words(text: str) -> Iterator[Hit]:
    """进行进行: the same word typed twice."""
    for match in _TWICE.finditer(text):
        word = match[1]
        if (
            word[0] not in "一逐件层人事天年月日时处户家村步条项点次个"
            and len(set(word)) > 1
            and word not in _REDUPLICATED
        ):
            yield Hit(match.start(), match.end(), f"“{word}”重复", word)


_SENTENCES = re.compile(r"(?<![^。；])[^。；]{8,}+(?=[。；])")  # begins at a begin only: endless text is read once
_LEAD = re.compile(r"^(?:[一-龥]{2,8}：)?(?:[一二三四五六七八九十]+是|（[^（）]{1,3}）|[①-⑳])?")
_LONG_SENTENCE = 12  # characters; a shorter one is told where it stands again right behind itself


_SHORTEST_AGAIN = 7


def repeated_sentence(text: str) -> Iterator[Hit]:
    """The same sentence twice in one paragraph: pasted twice."""
    seen: set[str] = set()
    before = ""
    for match in _SENTENCES.finditer(text):
        sentence = match[0]
        words = _LEAD.sub("", sentence)
        again = len(words) > _SHORTEST_AGAIN and text.endswith(f"{words}。", 0, match.start())
        if again or (words in seen and (len(words) >= _LONG_SENTENCE or sentence == before)):
            yield Hit(match.start(), match.end(), f"“{words[:16]}……”在本段重复出现")
        seen.add(words)
        before = sentence


_RUN = re.compile(r"[，、；：。！？]{2,}")
_FINE_RUNS = frozenset({"？！", "！？"})


_BROKEN_OFF = re.compile(r"(?<![，、；])[，、；]的(?=[一-龥])(?!确|士)")
_SUPERFLUOUS = re.compile(r"[（“《‘][，。；、：]|[，、][）》]")


@only_with(_RUN, _BROKEN_OFF, _SUPERFLUOUS)
def punctuation_run(text: str) -> Iterator[Hit]:
    """，。 and 。。 and ，的: two stops in a row, or a clause broken off before 的."""
    for match in _RUN.finditer(text):
        run = match[0]
        if run in _FINE_RUNS:
            continue
        mend = "……" if run == "。" * len(run) and len(run) > 2 else _strongest(run)
        yield Hit(match.start(), match.end(), f"标点“{run}”连用", mend)
    for match in _BROKEN_OFF.finditer(text):
        yield Hit(match.start(), match.end(), f"“{match[0]}”前后句子断开，标点多余", "的")
    for match in _SUPERFLUOUS.finditer(text):
        if match[0] not in ("（：", "“：") and not (
            match[0][0] in "，、" and text[match.end() - 2 : match.end()] == "、》"
        ):
            kept = match[0][0] if match[0][0] in "（“《‘" else match[0][1]
            yield Hit(match.start(), match.end(), f"“{match[0]}”中的标点多余", kept)


def _strongest(run: str) -> str:
    return next(sign for sign in "。！？；：，、" if sign in run)


_BRACKETED_YEAR = re.compile(r"[（(\[【［](?P<year>(?:19|20)\d{2})[）)\]】］](?P<number>第?\d{1,9}号)")


@only_with(_BRACKETED_YEAR)
def document_numbers(text: str) -> Iterator[Hit]:
    """A document number's year stands in 〔〕 (GB/T 9704-2012 7.2.5)."""
    for match in _BRACKETED_YEAR.finditer(text):
        yield Hit(
            match.start(), match.end(), "发文字号的年份应使用六角括号〔〕", f"〔{match['year']}〕{match['number']}"
        )


_PADDED = re.compile(r"(?<=〕)(?:第0*(?P<a>[1-9]\d*)|0+(?P<b>[1-9]\d*))号")


@only_with(_PADDED)
def document_number_zeros(text: str) -> Iterator[Hit]:
    """〔2024〕第4号, 〔2024〕04号: the number stands without 第 and without leading zeros (GB/T 9704-2012 7.2.5)."""
    for match in _PADDED.finditer(text):
        right = f"{match['a'] or match['b']}号"
        yield Hit(match.start(), match.end(), "发文字号的序号不加“第”，不编虚位", right)


_STRAY = re.compile(r"[|*#~^_`\\]+$")


@only_with(_STRAY)
def stray_signs(text: str) -> Iterator[Hit]:
    """| or * left over at the end of a paragraph."""
    match = _STRAY.search(text)
    if match:
        yield Hit(match.start(), match.end(), f"段末有多余符号“{match[0]}”", "")


def _places_of(pattern: re.Pattern[str]) -> Reading[tuple[tuple[int, int], ...]]:
    """Reads where a pattern stands in the words as they were typed: the normal form has none of it."""
    return Reading(only_with(pattern)(lambda raw: tuple(match.span() for match in pattern.finditer(raw))), raw=True)


_HALVES = _places_of(quick(r"(?<=[一-龥”》])[,;:?!()]|[,;:?!()](?=[一-龥“《])|(?<=[一-龥”》）])\.(?=[一-龥“《（]|$)"))
_STRAIGHT = _places_of(quick("[\"'](?=[一-龥《])|(?<=[一-龥》，。；])[\"']"))
_WIDE = _places_of(quick("[０-９Ａ-Ｚａ-ｚ％]+"))


def _told_once(
    reading: Reading[tuple[tuple[int, int], ...]], message: str
) -> Callable[[Subject], Iterator[tuple[int, Hit]]]:
    """A rule that tells the first place of a whole text and how many there are."""

    def check(subject: Subject) -> Iterator[tuple[int, Hit]]:
        places = [(i, span) for i, spans in subject.places(reading) for span in spans]
        if places:
            i, span = places[0]
            text = subject.texts[i]
            yield i, Hit(*text_span(text.raw, text.text, *span), message.format(len(places)))

    return check


half_width = _told_once(_HALVES, "全文有{}处半角标点与中文混用，应改为全角")
straight_marks = _told_once(_STRAIGHT, "全文有{}处直引号，应改为中文引号“”")
wide_digits = _told_once(_WIDE, "全文有{}处全角的数字、字母或百分号，应改为半角")


_BLANKS = re.compile(
    r"(?<=[一-龥”）》\d])[ \u3000]+(?=[，。；：、！？）》”])|(?<=[，。；：、（《“])[ \u3000]+(?=[一-龥\d])"
)


_STRAY_BLANKS = _places_of(_BLANKS)


def stray_blanks(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """“逐张核实 ，并…”: a blank beside a Chinese mark, told once for the whole text."""
    places = [(i, span) for i, spans in subject.places(_STRAY_BLANKS) for span in spans]
    if places:
        i, span = places[0]
        text = subject.texts[i]
        start, end = text_span(text.raw, text.text, *span)
        more = f"（共{len(places)}处）" if len(places) > 1 else ""
        yield i, Hit(max(start - 1, 0), end + 1, f"标点旁有多余的空格{more}")


def stopped_headings(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A heading alone on its line has no full stop: told once for the whole text.

    Of a ledger's notice the headings of issues are not asked: the scheme that was chosen puts their stops there
    (domain.md §6), and nothing that a clerk typed could be mended.
    """
    printed = subject.issues_by_uid if subject.plan is None else {}
    places = [
        i
        for i, text in enumerate(subject.texts)
        if text.kind is Kind.HEADING
        and text.text.endswith("。")
        and not (text.anchor is not None and text.anchor.uid in printed)
    ]
    if places:
        ends = [(i, subject.texts[i].line, len(subject.texts[i].text)) for i in places]
        also = tuple((i, line, end - 1, end) for i, line, end in ends[1:])
        _, _, end = ends[0]
        yield places[0], Hit(end - 1, end, f"独立成行的标题末尾不用句号（共{len(places)}处）", "", also)


_PROSE = re.compile("[，。]")


def _is_prose(text: str) -> bool:
    return len(text) > 20 and _PROSE.search(text) is not None


def _ends_bare(text: str) -> bool:
    """Prose that ends with a character or a comma."""
    last = text[-1:]
    return (last in "，、" or (last.isalnum() and not re.search(r"[A-Za-z0-9]$", text))) and _is_prose(text)


def _prose_paragraphs(subject: Subject) -> int:
    return sum(text.kind is Kind.PARAGRAPH and _is_prose(text.text) for text in subject.texts)


_UNFINISHED = Reading(_ends_bare, nothing=False)


def unfinished_paragraph(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A paragraph of prose that ends without a stop, or with a comma."""
    found = [(i, subject.texts[i]) for i, _ in subject.places(_UNFINISHED)]
    found = [(i, text) for i, text in found if text.kind is Kind.PARAGRAPH]
    bare = [(i, text) for i, text in found if text.text[-1].isalnum()]
    if not subject.is_notice or (len(bare) > 2 and len(bare) > _prose_paragraphs(subject) // 4):
        bare = []  # a text that ends so again and again means it
    for i, text in (*bare, *((i, text) for i, text in found if text.text[-1] in "，、")):
        end = len(text.text)
        yield i, Hit(end - 1, end, "段末缺少句号", text.text[-1] + "。" if text.text[-1].isalnum() else "。")


_FEW_MERGED, _MOST_MERGED = 2, 5  # of the lines, one in so many


def merged_lines(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A line that ends with a comma was read together with the next one, though other lines end as they should."""
    if subject.plan is None:
        return
    joined = [
        (i, len(text.raw.rstrip()))
        for i, text in enumerate(subject.texts)
        if text.raw.rstrip().endswith(("，", "、")) and len(text.text) > len(text.raw.rstrip())
    ]
    if len(joined) <= _FEW_MERGED and len(joined) * _MOST_MERGED < len(subject.texts):
        for i, end in joined:
            text = subject.texts[i].text
            if text[end - 1 : end] in ("，", "、"):
                yield i, Hit(end - 1, end, "段末应为句号", "。")


RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("nested-quotes", Family.TYPOGRAPHY, Severity.WARNING, nested_quotes),
    TextRule("unpaired", Family.TYPOGRAPHY, Severity.WARNING, unpaired),
    TextRule("straight-quote", Family.TYPOGRAPHY, Severity.WARNING, straight_quotes),
    TextRule("needless-comma", Family.TYPOGRAPHY, Severity.WARNING, needless_comma),
    TextRule("doubled", Family.TYPOGRAPHY, Severity.WARNING, doubled_signs),
    TextRule("doubled", Family.TYPOGRAPHY, Severity.WARNING, doubled_words),
    TextRule("repeated-sentence", Family.TYPOGRAPHY, Severity.WARNING, repeated_sentence),
    TextRule("punctuation-run", Family.TYPOGRAPHY, Severity.WARNING, punctuation_run),
    TextRule("year-brackets", Family.TYPOGRAPHY, Severity.WARNING, document_numbers),
    TextRule("document-number", Family.TYPOGRAPHY, Severity.WARNING, document_number_zeros),
    TextRule("stray-signs", Family.TYPOGRAPHY, Severity.WARNING, stray_signs),
    DocumentRule("half-width", Family.TYPOGRAPHY, Severity.WARNING, half_width, (_HALVES,)),
    DocumentRule("straight-quote", Family.TYPOGRAPHY, Severity.WARNING, straight_marks, (_STRAIGHT,)),
    DocumentRule("wide-digit", Family.TYPOGRAPHY, Severity.WARNING, wide_digits, (_WIDE,)),
    DocumentRule("stray-blank", Family.TYPOGRAPHY, Severity.WARNING, stray_blanks, (_STRAY_BLANKS,)),
    DocumentRule("stopped-heading", Family.TYPOGRAPHY, Severity.WARNING, stopped_headings),
    DocumentRule("unfinished-paragraph", Family.TYPOGRAPHY, Severity.WARNING, merged_lines),
    DocumentRule("unfinished-paragraph", Family.TYPOGRAPHY, Severity.WARNING, unfinished_paragraph, (_UNFINISHED,)),
)
