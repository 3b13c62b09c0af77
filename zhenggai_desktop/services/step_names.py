"""What a step is called in the history and on the undo button: “修改整改时限”, “删除问题‘学习不够’”."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from zhenggai_desktop.domain.cleaning import clipped
from zhenggai_desktop.domain.records import Issue, Measure, Record, Section
from zhenggai_desktop.texts import RECORD_NAMES, field_name

_LONGEST = 12  # characters of a title; a menu entry must stay short

_NAMING = ("title", "content", "progress", "text", "name")  # fields that can stand for a record, the best first

#: Captions that would read oddly after a verb.
_SPOKEN: Mapping[tuple[type[Record], str], str] = {
    (Issue, "title"): "问题标题",
    (Section, "title"): "方面标题",
    (Measure, "content"): "措施内容",
}
#: Fields that follow another one when it is changed, and are not named beside it.
_FOLLOWERS: Mapping[str, frozenset[str]] = {
    "deadline": frozenset({"due_on", "track", "standing"}),
    "status": frozenset({"completed_on"}),
}


def captions(record_type: type[Record], names: Collection[str]) -> list[str]:
    """The fields that a change is about, in words, without those that only followed."""
    followers = {follower for name in names for follower in _FOLLOWERS.get(name, ())}
    leading = [name for name in names if name not in followers]
    return [_SPOKEN.get((record_type, name)) or field_name(record_type, name) for name in leading]


def change_label(record_type: type[Record], names: Collection[str]) -> str:
    """“修改整改时限”; “修改问题” where several fields are changed at once."""
    words = captions(record_type, names)
    return f"修改{words[0]}" if len(words) == 1 else f"修改{RECORD_NAMES[record_type]}"


def bulk_label(names: Collection[str], count: int) -> str:
    """“批量修改责任人、牵头部门（12项）”."""
    return f"批量修改{'、'.join(captions(Issue, names))}（{count}项）"


def rows_label(verb: str, records: Iterable[Record]) -> str:
    """“删除问题‘学习不够’”; of several rows “删除3项”."""
    rows = list(records)
    if len(rows) != 1:
        return f"{verb}{len(rows)}项"
    title = short_title(rows[0])
    return f"{verb}{RECORD_NAMES[type(rows[0])]}" + (f"“{title}”" if title else "")


def short_title(record: Record) -> str:
    """The first words of what a record says."""
    words = next(
        (str(text) for name in ("title", "content", "progress", "text", "name") if (text := _of(record, name))), ""
    )
    words = " ".join(words.split())
    return clipped(words, _LONGEST)


def _of(record: Record, name: str) -> object:
    return getattr(record, name, "")
