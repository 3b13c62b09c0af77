"""Text and cells from the clipboard become issues and measures, their numbering understood. Each paste is one step."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.answer_labels import LabelKind, leading_label
from zhenggai_desktop.domain.cell_items import split_items
from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.numbering import NUMERAL, Mark, MarkKind, leading_mark
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.domain.typography import without_stop
from zhenggai_desktop.services.cell_columns import head_of, measures_of_cells
from zhenggai_desktop.services.editing import placed_issue
from zhenggai_desktop.services.pasted_tables import names_issues, paste_table
from zhenggai_desktop.services.tree_places import DEEPEST, children_of, line_up, parent_of, siblings_of, tree_type

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer

#: A cell that is all within quotes, as Excel and WPS write one that holds a line break or a tab.
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")
#: Headings below which there are answers and no further issues (domain.md §6, C and D).
_ANSWER_FOLLOWS = re.compile(r"(?:问题|意见)的整改(?:落实|进展|完成)?情况[。：:]?$|进行了(?:以下|如下)整改[。：:]?$")
#: “1,党建…” as it is typed into a chat: the comma behind the number.
_NUMBER_AND_COMMA = re.compile(rf"(\d{{1,2}}|{NUMERAL}{{1,2}})[ 　]*[,，](?=[ 　]*[“《一-龥])")


@dataclass(slots=True)
class PastedItem:
    """One line with its own number taken off, what followed it without a number, and what is numbered below it."""

    text: str
    say: bool = False  # numbered as 一是: a measure wherever it stands
    more: list[str] = field(default_factory=list[str])
    below: list[PastedItem] = field(default_factory=list["PastedItem"])


def understand_lines(text: str) -> list[PastedItem]:
    """Lines as a tree. Each family of numbers is a level, in the order in which families first come; without any number
    each line is an item; between numbered lines, an unnumbered one belongs to the item before it. The lines of one cell
    of Excel stay together: the first says what it is, the others belong to it."""
    blocks = _blocks(text)
    marked = [(leading_mark(first), first, more) for first, *more in blocks]
    if not any(mark for mark, _, _ in marked):
        return [PastedItem(line, more=more) for _, line, more in marked]
    items: list[PastedItem] = []
    open_items: list[tuple[Mark, PastedItem]] = []
    for mark, line, more in marked:
        if mark is None:
            if open_items:
                open_items[-1][1].more.extend([line, *more])
            else:  # words before the first number are an item of their own
                items.append(PastedItem(line, more=more))
            continue
        while any(_goes_on(before, mark) for before, _ in open_items):
            open_items.pop()
        item = PastedItem(line[len(mark.text) :].strip(), say=mark.kind is MarkKind.SAY, more=more)
        (open_items[-1][1].below if open_items else items).append(item)
        open_items.append((mark, item))
    return items


def _goes_on(before: Mark, mark: Mark) -> bool:
    """Whether two marks stand in one list: written alike, or the next number written otherwise (2. and then 3、)."""
    return mark.family == before.family or (mark.kind is before.kind and mark.number == before.number + 1)


def _blocks(text: str) -> list[list[str]]:
    """What belongs together: a line, or all lines of a cell. Excel puts quotes around a cell that has several, and
    doubles those within."""
    blocks = [[line for part in cell.splitlines() if (line := _line(part))] for row in read_cells(text) for cell in row]
    return [block for block in blocks if block]


def _line(text: str) -> str:
    """The words as they are; behind a number stands what all numbers have there."""
    words = text.strip(" \t　")
    number = _NUMBER_AND_COMMA.match(words)
    return words if number is None else f"{number[1]}、{words[number.end() :]}"


def paste_lines(ledger: Ledger, target: RecordKey | None, text: str) -> list[RecordKey]:
    """Lines become issues under a section or at the root, measures under an issue or after a measure.

    Gives the rows on the top level of what was pasted; empty text gives none.
    """
    items = understand_lines(text)
    if target is not None and target[0] in (Issue, Measure):
        if items and head_of(items[0].text) is not None:  # a column was copied with its head
            items = items[1:]
        measures = [Measure(content=content) for content in _contents(items)]
        return _add_measures(ledger, target, measures)
    if not items:
        return []
    with ledger.step(f"粘贴{len(items)}个问题") as writer:
        return [_write_issue(writer, item, target, depth=1) for item in items]


def _contents(items: Sequence[PastedItem]) -> Iterator[str]:
    """The measures of a list: an item with numbered parts is said by its parts."""
    for item in items:
        own = "\n".join(filter(None, [item.text, *item.more]))
        if own:
            yield own
        yield from _contents(item.below)


def _answered(item: PastedItem) -> tuple[list[str], list[str]]:
    """What follows an issue's heading: its own words, and from the first label of an answer (整改措施及成效：) on, or
    where the heading itself announces one, the measures."""
    if _ANSWER_FOLLOWS.search(item.text):
        return [], item.more
    for at, line in enumerate(item.more):
        label = leading_label(line)
        if label is not None and label.kind is LabelKind.ANSWER:
            introduction, items = split_items([line.removeprefix(label.text).strip()])
            return item.more[:at], [one for one in (introduction, *items, *item.more[at + 1 :]) if one]
    return item.more, []


def _title(text: str) -> str:
    """A line as a title: one sentence leaves its stop behind, several stay as they are."""
    title = without_stop(text)
    return title if title and "。" not in title else text


def _write_issue(writer: Writer, item: PastedItem, parent: RecordKey | None, *, depth: int) -> RecordKey:
    own, answer = _answered(item)
    issue = placed_issue(Issue(title=_title(item.text), original_text="\n".join(own)), parent)
    key: RecordKey = (Issue, writer.add(issue).id)
    if answer:
        writer.add_many(Measure(issue_id=key[1], content=content) for content in answer)
    for child in item.below:
        if child.say or depth == DEEPEST or _ANSWER_FOLLOWS.search(item.text):
            writer.add_many(Measure(issue_id=key[1], content=content) for content in _contents([child]))
        else:
            _write_issue(writer, child, key, depth=depth + 1)
    return key


# --- cells


def is_cells(text: str) -> bool:
    """True for what Excel and WPS put on the clipboard when more than one column was copied."""
    return "\t" in text.strip("\n")


def read_cells(text: str) -> list[list[str]]:
    """The rows of copied cells; rows without words are left out. A cell that holds a line break or a tab comes in
    quotes, its own ones doubled; any other quotes are words."""
    text = "\n".join(text.splitlines())
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        quoted = _QUOTED.match(text, at)
        if quoted is not None and ("\n" in quoted[1] or "\t" in quoted[1]):
            cell, at = quoted[1].replace('""', '"'), quoted.end()
        else:
            plain = _PLAIN.match(text, at)
            cell, at = (plain[0], plain.end()) if plain else ("", at)
        rows[-1].append(cell.strip())
        if at == len(text):
            return [_to_the_last(row) for row in rows if any(row)]
        if text[at] == "\n":
            rows.append([])
        at += 1


def _to_the_last(cells: list[str]) -> list[str]:
    """The cells without the blank ones at the end: a whole row that was copied has 16,384."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def paste_cells(ledger: Ledger, target: RecordKey | None, text: str, *, today: dt.date) -> list[RecordKey]:
    """Each row becomes a measure under the chosen issue, or after the chosen measure; in a section, at the root, and
    wherever the cells' own header names issues, an issue with its measures (``paste_table``)."""
    rows = read_cells(text)
    if target is None or target[0] is Section or names_issues(rows):
        above = () if target is None else line_up(ledger.outline, target)
        return paste_table(ledger, next((key for key in above if key[0] is Section), None), rows, today=today)
    measures = measures_of_cells(rows, feedback_date=ledger.snapshot.facts.feedback_date, today=today)
    return _add_measures(ledger, target, measures)


def _add_measures(ledger: Ledger, target: RecordKey, measures: Sequence[Measure]) -> list[RecordKey]:
    outline = ledger.outline
    if tree_type(target) is Measure:
        issue, position = parent_of(outline, target), siblings_of(outline, target).index(target) + 2
    else:
        issue, position = target, len(children_of(outline, target, Measure)) + 1
    if not measures:
        return []
    assert issue is not None, "a measure stands under an issue"
    with ledger.step(f"粘贴{len(measures)}条整改措施") as writer:
        places = enumerate(measures, position)
        added = [writer.add(replace(measure, issue_id=issue[1], position=at)) for at, measure in places]
    return [(Measure, measure.id) for measure in added]
