"""Several inspected organisations in one text: which issues are whose.

“办公室部分” and “街道部分”, or a chapter or section for each school: the heading says whom the issues below it concern.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.plan import ImportPlan, ProposedSection
from zhenggai_desktop.domain.records import ChapterRole

_BESIDE_THE_NAME = re.compile(
    r"^(?:关于|对)|(?:存在的|反馈的)?(?:主要)?(?:问题)?(?:的)?(?:整改)?(?:落实|进展)?(?:部分|方面|情况|问题)$"
)
_PARTY = re.compile(r"(?:党总支|党支部|党委|党组|党组织|党工委)$")
_SHORTEST = 2


def name_units(plan: ImportPlan) -> None:
    """Set the units of every issue below a heading that names one of several inspected organisations."""
    if len(plan.inspected_units) < 2:
        return
    chapters = [chapter for chapter in plan.chapters if chapter.role is ChapterRole.ISSUES]
    titles = {chapter.id: chapter.title for chapter in chapters}
    for section in plan.sections:
        record = section.record
        above = titles.get(record.chapter_id or 0, chapters[0].title if chapters else "") if record else ""
        unit = unit_named(record.title if record else "", plan.inspected_units) or unit_named(
            above, plan.inspected_units
        )
        if unit:
            _give(section, unit)


def unit_named(title: str, units: Sequence[str]) -> str:
    """The one of ``units`` that a heading names, by its beginning or its end; "" where it names none or several."""
    name = _BESIDE_THE_NAME.sub("", title.rstrip("。："))
    if len(name) < _SHORTEST:
        return ""
    found = [unit for unit in units if unit.startswith(name) or unit.endswith(name)]
    if not found:  # 上村党总支 is the organisation of 上村
        place = _PARTY.sub("", name)
        found = [unit for unit in units if len(place) >= _SHORTEST and _PARTY.sub("", unit).endswith(place)]
    return found[0] if len(found) == 1 else ""


def _give(section: ProposedSection, unit: str) -> None:
    for top in section.issues:
        for issue in top.walk():
            if not issue.record.units:
                issue.record = replace(issue.record, units=(unit,))
