"""Titles that are nearly the same because they say the same of two: 东风社区…不规范 and 东岭社区…不规范.

A street answers for seven communities, an office has several branches (domain.md §4): one problem found in each of
them is as many problems. A title that was only reworded names the same units, periods and ordinals.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

_NUMERALS = "[0-9〇一二三四五六七八九十百两]+"
_WHICH = re.compile(
    rf"第{_NUMERALS}|{_NUMERALS}(?=号|组|社区|村|年|季度|期|月|楼|栋|党?支部|小区|网格|标段|大队|中队|科室|批次|轮)|[上下]半年"
)
_UNIT = (
    "社区|村(?![民干账务集级规容貌])|小区|街道|镇(?![村级])|乡(?![镇村])|党?支部|党?总支|党委|党组|办公室|"
    "办(?![理公法事结案学好])|局(?![面限部])|科(?![学技室级])|所(?![有以属在需])|站(?![位])|中心(?!组|工作|任务|思想)|"
    "公司|学校|小学|中学|医院|卫生院|幼儿园|组(?![织成])|大队|中队|合作社|处(?![理置分罚于])|园区|协会|商会|项目|水库|"
    "路(?![径子])|桥|某|书记|主任"
)
_FOLLOWED = re.compile(f".?(?:{_UNIT})|.村")
_ENDS = re.compile(f"(?:{_UNIT})$")
_LONGEST_NAME = 6
_NO_NAMES = frozenset("各本该在对向与和及等于从给为由是了不未没有无就把将以到至下上内外中新老大小多少全个名") | {
    "各个",
    "部分",
    "个别",
    "一些",
    "有的",
    "多个",
    "少数",
    "多数",
    "某些",
    "有些",
    "全体",
    "所有",
    "辖区",
    "基层",
    "下属",
    "所属",
    "农村",
    "机关",
    "其他",
    "其它",
    "相关",
    "有关",
    "这些",
    "那些",
    "对于",
}


def speak_of_others(one: str, other: str) -> bool:
    """True where two cores that are alike name different units, ordinals or periods. One that names fewer of them than
    the other may mean the same."""
    return _differ_in_number(one, other) or other_units(one, other)


def _differ_in_number(one: str, other: str) -> bool:
    ours, theirs = Counter(_WHICH.findall(one)), Counter(_WHICH.findall(other))
    return bool(ours - theirs and theirs - ours)


def other_units(one: str, other: str) -> bool:
    """True where a name that stands in one is another in the other: 党政办 and 纪检办."""
    for tag, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        pieces = one[start:end], other[begin:stop]
        if tag != "replace" or not all(map(_may_be_name, pieces)):
            continue
        if one[end:].startswith("村集") and max(map(len, pieces)) == 1:  # 大王村集体资金, but not 监管村集体资金
            return True
        if _FOLLOWED.match(one, end) or all(map(_ENDS.search, pieces)):
            return True
    return False


def _may_be_name(piece: str) -> bool:
    return len(piece) <= _LONGEST_NAME and piece not in _NO_NAMES and not re.fullmatch(_NUMERALS, piece)


def other_offices(one: str, other: str) -> bool:
    """True for two names of offices that cannot be long and short names of one: 党政办 is 党政综合办公室."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return bool(short) and not all(letter in letters for letter in short)
