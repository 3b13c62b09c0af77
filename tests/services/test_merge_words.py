"""What a merge of two copies does, in words."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.merge_places import PLACE
from zhenggai_desktop.domain.merging import FieldChange
from zhenggai_desktop.domain.records import Issue, LogEntry, Section
from zhenggai_desktop.services.merge_words import MergeWords


@pytest.mark.parametrize("value", [None, "", "a", 1])
def test_a_place_that_is_none_is_the_root_or_nothing(value: object) -> None:
    """A copy that was damaged may hold any value there."""
    section = (Section, "s")
    words = MergeWords({section: {"title": "甲"}})
    line = words.line(FieldChange((Issue, "i"), PLACE, value, value, section))
    assert (line.base, line.ours) == ("最上一级", "最上一级")
    assert "甲" in line.theirs
    assert words.line(FieldChange((LogEntry, "l"), PLACE, value, value, None)).ours == ""
