"""Whether a line break inside one paragraph or cell (Shift+Enter, Alt+Enter) parts a sentence or two texts."""

from __future__ import annotations

import re

_LEADS_ON = re.compile(r"(?:[，、（“‘《〈-]|的|以及|(?<![缓温平柔饱祥谐调])和|或|且|于|把|被|其中|根据|按照)$")
_GOES_ON = re.compile(r"[，。、；：！？）”’》〉%]|的(?!士|确)")
_UNIT = "[年月日号个万亿元次名件所亩米吨]|公[里斤顷]|项(?!目)|人(?![员民])|户(?!籍)|条(?!例)|起(?!草)|家(?!庭)"
_NUMBER_CUT = re.compile(rf"[年月第约达计近]\n\d|\d\n(?:\d|{_UNIT})")
_BEGINS_WHOLE = re.compile(  # a day, a telephone, a figure
    r"(?:19|20)\d\d[年./-]|1\d{10}(?!\d)|\d[\d\s.:：年月日号/—–~至到-]*$"
)
_DAY_GOES_ON = re.compile(r"年\n\d{1,2}月|月\n\d{1,2}[日号]")
_PAIRS = ("（）", "“”", "《》")


def is_cut(before: str, after: str) -> bool:
    """True where ``after`` can only go on with the words of ``before``: neither is whole without the other."""
    if not before or not after:
        return False
    if _LEADS_ON.search(before) or _GOES_ON.match(after):
        return True
    parted = f"{before[-1]}\n{after}"
    if _NUMBER_CUT.match(parted) and (_BEGINS_WHOLE.match(after) is None or _DAY_GOES_ON.match(parted)):
        return True
    return any(_open(before, pair) and pair[1] in after for pair in _PAIRS)


def _open(text: str, pair: str) -> bool:
    opening, closing = pair
    return text.count(opening) > text.count(closing)
