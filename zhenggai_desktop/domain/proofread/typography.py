"""Family 8: punctuation, quotes, brackets and doubled characters of Chinese text (domain.md §9, GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.subject import Subject

_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〔": "〕", "【": "】"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_NAMES = {"“": "双引号", "‘": "单引号", "（": "括号", "《": "书名号", "〔": "六角括号", "【": "方头括号"}


def nested_quotes(text: str) -> Iterator[Hit]:
    """“甲“乙”丙”: the inner quotation takes single marks (GB/T 15834 4.8.3.2)."""
    for start, end, depth in _quotations(text):
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


def unpaired(text: str) -> Iterator[Hit]:
    """An opening mark that nothing closes, or the other way round."""
    stack: list[tuple[str, int]] = []
    for i, char in enumerate(text):
        if char in _PAIRS:
            stack.append((char, i))
        elif char in _CLOSING and not _is_list_number(text, i, char):
            if stack and stack[-1][0] == _CLOSING[char]:
                stack.pop()
            else:
                yield Hit(i, i + 1, f"{_NAMES[_CLOSING[char]]}“{char}”没有对应的前半个")
                return
    for char, i in stack[:1]:
        yield Hit(i, i + 1, f"{_NAMES[char]}“{char}”没有对应的后半个")


def _is_list_number(text: str, at: int, char: str) -> bool:
    return char == "）" and re.fullmatch(r"\d{1,2}|[一二三四五六七八九十]{1,3}", text[:at]) is not None


def needless_comma(text: str) -> Iterator[Hit]:
    """《甲》、《乙》 and “甲”、“乙” stand without 、 (GB/T 15834 4.5.3.5)."""
    for match in re.finditer(r"》、《|”、“", text):
        what = "书名号" if match[0][0] == "》" else "引号"
        yield Hit(match.start(), match.end(), f"并列的{what}之间不用顿号", match[0].replace("、", ""))


def doubled(text: str) -> Iterator[Hit]:
    """的的, 进行进行: the same word typed twice."""
    for match in re.finditer(
        r"的的(?!士|确)|了了(?!解|如)|和和(?!美|气|睦)|是是(?!非)|为为|与与|及及|对对(?!子)|将将|把把(?!关)|在在", text
    ):
        yield Hit(match.start(), match.end(), f"“{match[0]}”多打了一个字", match[0][0])
    for match in re.finditer(r"([一-龥]{2,4})\1", text):
        if match[1][0] not in "一逐件层人事天年月" and len(set(match[1])) > 1 and match[1] not in _REDUPLICATED:
            yield Hit(match.start(), match.end(), f"“{match[1]}”重复", match[1])


_REDUPLICATED = ("研究", "讨论", "商量", "考虑", "学习", "反复", "来来", "方方")


def punctuation_run(text: str) -> Iterator[Hit]:
    """，。 and 。。 and ，的: two stops in a row, or a clause broken off before 的."""
    for match in re.finditer(r"[，、；：。]{2,}", text):
        run = match[0]
        mend = "。" if "。" in run else "；" if "；" in run else run[0]
        yield Hit(match.start(), match.end(), f"标点“{run}”连用", mend)
    for match in re.finditer(r"[，、；]的(?=[一-龥])(?!确)", text):
        yield Hit(match.start(), match.end(), f"“{match[0]}”前后句子断开，标点多余", "的")


def year_brackets(text: str) -> Iterator[Hit]:
    """A document number's year stands in 〔〕 (GB/T 9704-2012 7.2.5)."""
    for match in re.finditer(r"[（(\[【［](\d{4})[）)\]】］](\d+号)", text):
        yield Hit(match.start(), match.end(), "发文字号的年份应使用六角括号〔〕", f"〔{match[1]}〕{match[2]}")


def stray_signs(text: str) -> Iterator[Hit]:
    """| or * left over at the end of a paragraph."""
    match = re.search(r"[|*#~^_`\\]+$", text)
    if match:
        yield Hit(match.start(), match.end(), f"段末有多余符号“{match[0]}”", "")


def half_width(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Half-width punctuation beside Chinese characters: told once for the whole text."""
    places = [
        (i, match)
        for i, text in enumerate(subject.texts)
        for match in re.finditer(r"(?<=[一-龥”》])[,;:?!()]|[,;:?!()](?=[一-龥“《])", text.raw)
    ]
    if places:
        i, match = places[0]
        message = f"全文有{len(places)}处半角标点与中文混用，应改为全角"
        yield i, Hit(match.start(), match.end(), message)


def stopped_headings(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A heading alone on its line has no full stop: told once for the whole text."""
    places = [i for i, text in enumerate(subject.texts) if text.kind is Kind.HEADING and text.text.endswith("。")]
    if places:
        text = subject.texts[places[0]].text
        yield places[0], Hit(len(text) - 1, len(text), f"独立成行的标题末尾不用句号（共{len(places)}处）", "")


def unfinished_paragraph(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A paragraph of prose that ends without a stop."""
    for i, text in enumerate(subject.texts):
        prose = text.kind is Kind.PARAGRAPH and len(text.text) > 20 and "，" in text.text
        if prose and (text.text[-1].isalnum() or text.text[-1] in "，、"):
            end = len(text.text)
            yield i, Hit(end - 1, end, "段末缺少句号")


RULES: tuple[TextRule | DocumentRule, ...] = (
    TextRule("nested-quotes", Family.TYPOGRAPHY, Severity.WARNING, nested_quotes),
    TextRule("unpaired", Family.TYPOGRAPHY, Severity.WARNING, unpaired),
    TextRule("needless-comma", Family.TYPOGRAPHY, Severity.WARNING, needless_comma),
    TextRule("doubled", Family.TYPOGRAPHY, Severity.WARNING, doubled),
    TextRule("punctuation-run", Family.TYPOGRAPHY, Severity.WARNING, punctuation_run),
    TextRule("year-brackets", Family.TYPOGRAPHY, Severity.WARNING, year_brackets),
    TextRule("stray-signs", Family.TYPOGRAPHY, Severity.WARNING, stray_signs),
    DocumentRule("half-width", Family.TYPOGRAPHY, Severity.WARNING, half_width),
    DocumentRule("stopped-heading", Family.TYPOGRAPHY, Severity.WARNING, stopped_headings),
    DocumentRule("unfinished-paragraph", Family.TYPOGRAPHY, Severity.WARNING, unfinished_paragraph),
)
