"""One automatic number of Word as text: the number formats of ECMA-376 Part 1 §17.18.59 that office documents use.

Where Word departs from the standard, Word's way is taken ([MS-OI29500] §2.1.540, [MS-DOCX] §2.4): chineseCounting
writes 100 as 一○○, ideographEnclosedCircle draws ㈠. Sets that end (①…⑳, 甲…癸) go on in plain digits.
"""

from __future__ import annotations

from collections.abc import Callable

from zhenggai_desktop.domain.numbering import CIRCLED, chinese_numeral

_LEGAL_SIMPLIFIED = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_LEGAL_JAPANESE = str.maketrans("一二三四五六七八九十百千", "壱弐参四伍六七八九拾百阡")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LONGEST_NUMBER = 32767  # Word counts no further; it also keeps a hostile start value from writing pages of letters

Writer = Callable[[int], str]


def number_text(number: int, number_format: str) -> str:
    """``number`` as ``number_format`` (the value of ``w:numFmt``) writes it.

    "" for ``none`` and ``bullet``, which have no number ([MS-DOC] §2.4.6.4); plain digits for a format that is not
    known and for numbers that the format cannot write (0, the 21st circle), as Word does.
    """
    if number_format in {"none", "bullet"}:
        return ""
    if not 0 <= number <= _LONGEST_NUMBER:
        return str(number)
    return _WRITERS.get(number_format, str)(number)


def _digit_by_digit(zero: str) -> Writer:
    digits = str.maketrans("0123456789", zero + "一二三四五六七八九")
    return lambda number: str(number).translate(digits)


def _tens_then_digits(number: int) -> str:
    """一 … 九十九, then digit by digit: 一○○, 一○一."""
    return chinese_numeral(number) if 1 <= number <= 99 else _digit_by_digit("○")(number)


def _thousands(number: int) -> str:
    return chinese_numeral(number) if 1 <= number <= 9999 else _digit_by_digit("○")(number)


def _japanese(number: int) -> str:
    """百 and 千 stand without 一, and nothing marks a gap: 百一."""
    if not 1 <= number <= 9999:
        return _digit_by_digit("〇")(number)
    return chinese_numeral(number).replace("零", "").replace("一百", "百").replace("一千", "千").replace("一十", "十")


def _legal(table: dict[int, int]) -> Writer:
    def write(number: int) -> str:
        if not 1 <= number <= 9999:
            return str(number)
        words = chinese_numeral(number)
        return (f"一{words}" if words.startswith("十") else words).translate(table)

    return write


def _from_set(signs: str) -> Writer:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _code_points(first: int, count: int) -> str:
    return "".join(chr(first + step) for step in range(count))


def _enclosed_ideograph(number: int) -> str:
    return chr(0x3220 + number - 1) if 1 <= number <= 10 else _tens_then_digits(number)


def _sixty_years(number: int) -> str:
    """甲子 … 癸亥."""
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 1 <= number <= 60 else str(number)


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _lower_roman(number: int) -> str:
    return _roman(number) or "0"


def _lower_letter(number: int) -> str:
    """a … z, aa, bb … zz, aaa: the letter is repeated, as in Word, not counted in base 26."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else "0"


def _chicago(number: int) -> str:
    return "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1) if number else "0"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_WRITERS: dict[str, Writer] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _from_set(CIRCLED),
    "decimalEnclosedCircleChinese": _from_set(CIRCLED),
    "decimalEnclosedFullstop": _from_set(_code_points(0x2488, 20)),
    "decimalEnclosedParen": _from_set(_code_points(0x2474, 20)),
    "chineseCounting": _tens_then_digits,
    "chineseCountingThousand": _thousands,
    "chineseLegalSimplified": _legal(_LEGAL_SIMPLIFIED),
    "taiwaneseCounting": _tens_then_digits,
    "taiwaneseCountingThousand": _thousands,
    "taiwaneseDigital": _digit_by_digit("○"),
    "ideographDigital": _digit_by_digit("〇"),
    "ideographEnclosedCircle": _enclosed_ideograph,
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL),
    "ideographTraditional": _from_set(_STEMS),
    "ideographZodiac": _from_set(_BRANCHES),
    "ideographZodiacTraditional": _sixty_years,
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _digit_by_digit("〇"),
    "japaneseLegal": lambda number: _legal(_LEGAL_JAPANESE)(number).replace("零", ""),
    "koreanDigital2": _digit_by_digit("零"),
    "lowerRoman": _lower_roman,
    "upperRoman": lambda number: _lower_roman(number).upper(),
    "lowerLetter": _lower_letter,
    "upperLetter": lambda number: _lower_letter(number).upper(),
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "numberInDash": lambda number: f"- {number} -",
    "chicago": _chicago,
}


def custom_format_text(number: int, pattern: str) -> str:
    """``number`` in a custom format, given by its first examples: “001, 002, 003, ...” pads with zeros.

    [MS-DOCX] §2.4; other patterns stand for a format of the table and begin as it begins (“①, ②, ③, ...”).
    """
    first = pattern.split(",", 1)[0].strip()
    if first.isascii() and first.isdecimal():
        return f"{number:0{len(first)}d}"
    for name in _WRITERS:
        start = ", ".join(number_text(value, name) for value in (1, 2, 3))
        if pattern.startswith(start):
            return number_text(number, name)
    return str(number)
