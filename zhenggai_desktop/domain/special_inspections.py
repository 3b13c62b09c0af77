"""专项检查 that goes with an inspection and feeds back by itself: 选人用人, 意识形态. Their issues are one section."""

from __future__ import annotations

import re

_FEEDBACK = re.compile(
    r"(?P<name>(?:选人用人|意识形态|机构编制|基层党建)[一-龥]{0,16}?(?:专项)?检查)"
    r"(?:的|情况|发现|存在|主要)*(?:反馈|意见|问题)"
)

_DOING = re.compile(r"(?:的)?(?:开展|进行)了?(?:的)?(?=(?:专项)?检查$)")
_INSPECTION = re.compile(r"(?:情况)?(?:专项)?检查$")


def special_inspection(title: str) -> str:
    """“选人用人工作专项检查” where that is what the document of this title feeds back on; "" for any other."""
    found = _FEEDBACK.search(title)
    return _DOING.sub("", found["name"]) if found else ""


def subject_of(name: str) -> str:
    """“选人用人工作” of that one: what its section is called; its name where it says no more than that."""
    return _INSPECTION.sub("", name)
