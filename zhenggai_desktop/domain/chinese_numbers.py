"""Numbers in Chinese characters, read as exact values: 二十三, 两千零五, 三点五, 一亿二千万, 壹佰贰拾, 二〇二四."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "廿": 20, "卅": 30}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
NUMERAL_SIGNS = "".join({*_DIGITS, *_TENS, *_MYRIADS, "点"})


def read_chinese_number(text: str) -> Decimal | None:
    """The value of a number in Chinese characters, None where ``text`` is none.

    A row of bare digits is read one by one (二〇二四); a last digit behind a unit is of the next lower one, as spoken
    (两千五 = 2500, but 两千零五 = 2005).
    """
    if not text or any(char not in NUMERAL_SIGNS for char in text):
        return None
    whole, point, rest = text.partition("点")
    if point:
        return _with_places(whole, rest)
    if all(char in _DIGITS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    value = _grouped(text)
    return None if value is None else Decimal(value)


def _with_places(whole: str, rest: str) -> Decimal | None:
    """三点五, 三点一四万: the places stand before a closing 万 or 亿."""
    scale = 1
    while rest and rest[-1] in _MYRIADS:
        scale *= _MYRIADS[rest[-1]]
        rest = rest[:-1]
    before = read_chinese_number(whole)
    if before is None or not rest or any(char not in _DIGITS for char in rest):
        return None
    return Decimal(f"{before}.{''.join(str(_DIGITS[char]) for char in rest)}") * scale


def _grouped(text: str) -> int | None:
    """Groups of four places, each closed by 万 or 亿; 万亿 multiplies."""
    total = group = 0
    digit: int | None = None
    unit = 0  # the last unit, which a spoken last digit follows
    for char in text:
        if char in _DIGITS:
            value = _DIGITS[char]
            if digit and value:
                return None  # 三五: no number but “three to five”
            digit, unit = value, (unit if value else 0)
        elif char in _TENS:
            group += _TENS[char] * (1 if not digit or char in "廿卅" else digit)  # 零十五 is read as 零一十五
            digit, unit = None, _TENS[char]
        else:
            factor = _MYRIADS[char]
            group += digit or 0
            if not group and not total:
                return None
            total = (total + group) * factor if group == 0 or total < factor else total + group * factor
            group, digit, unit = 0, None, factor
    if digit is not None:
        spoken = digit and unit >= 100 and text[-2] not in _DIGITS
        group += digit * (unit // 10) if spoken else digit
    return total + group


def write_chinese_number(number: int) -> str:
    """A whole number from 0 below 10 to the 16th in plain Chinese characters (二万零三百)."""
    if number < 10_000:
        return _group(number).removeprefix("一") if 10 <= number < 20 else _group(number)
    for factor, sign in ((100_000_000, "亿"), (10_000, "万")):
        if number >= factor:
            high, low = divmod(number, factor)
            gap = "零" if 0 < low < factor // 10 else ""
            return write_chinese_number(high) + sign + ((gap + _padded(low)) if low else "")
    raise AssertionError(number)  # every number from 10,000 on has a factor


def _padded(number: int) -> str:
    """Inside a number 10 to 19 keep their 一 (一万零一十)."""
    return _group(number) if number < 10_000 else write_chinese_number(number)


def _group(number: int) -> str:
    if number == 0:
        return "零"
    words, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        else:
            gap = True
    return words
