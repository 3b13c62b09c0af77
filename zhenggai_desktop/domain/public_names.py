"""Persons in the public edition: where the directory has a public role, it stands for the name (domain.md §8)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from zhenggai_desktop.domain.blocks import Block, Document, Kind, Run
from zhenggai_desktop.domain.document_parts import is_contact_paragraph
from zhenggai_desktop.domain.records import Snapshot

_TITLE_BEHIND = re.compile(r"同志|书记|主任|副|科长|局长|镇长|所长|站长|队长|会计|[，。；、（）：等]|$")
_EDGE_BEFORE = re.compile(r"(?:^|[，。；、（：“对由经给与和向将]|书记|主任|长|员|会计|出纳|文书|人)$")
_COMRADE = "同志"


def name_stands_alone(text: str, match: re.Match[str]) -> bool:
    """A name of two characters may be part of other words (高明 in 高明显): it needs an edge on either side."""
    if len(match[0]) > 2:
        return True
    return bool(
        _TITLE_BEHIND.match(text, match.end()) and _EDGE_BEFORE.search(text[max(match.start() - 3, 0) : match.start()])
    )


def public_roles(snapshot: Snapshot) -> Mapping[str, str]:
    """Name or alias → the role that stands for it, for the persons of the directory that have one."""
    return {
        name: person.public_role
        for person in snapshot.persons
        if person.public_role
        for name in (person.name, *person.aliases)
        if len(name) > 1
    }


def with_roles(document: Document, snapshot: Snapshot) -> Document:
    """The document with names replaced by roles, and a warning that says how often; contacts keep their names.

    A role that stands before the name already is not said twice, and 同志 behind the name goes with it.
    """
    roles = public_roles(snapshot)
    if not roles:
        return document
    names = "|".join(map(re.escape, sorted(roles, key=len, reverse=True)))
    pattern = re.compile(names)
    counts: Counter[str] = Counter()
    blocks = tuple(_without_names(block, pattern, roles, counts) for block in document.blocks)
    if not counts:
        return document
    said = "、".join(f"{name}→{roles[name]}（{count}处）" for name, count in counts.items())
    return replace(document, blocks=blocks, warnings=(*document.warnings, f"公开稿中的姓名已换成公开称谓：{said}"))


def _without_names(block: Block, pattern: re.Pattern[str], roles: Mapping[str, str], counts: Counter[str]) -> Block:
    if block.kind in (Kind.TITLE, Kind.SIGNATURE, Kind.DATE) or is_contact_paragraph(block.text):
        return block
    runs = tuple(_replaced(run, pattern, roles, counts) for run in block.runs)
    return block if runs == block.runs else replace(block, runs=runs)


def _replaced(run: Run, pattern: re.Pattern[str], roles: Mapping[str, str], counts: Counter[str]) -> Run:
    text = run.text
    parts: list[str] = []
    at = 0
    for match in pattern.finditer(text):
        if not name_stands_alone(text, match):
            continue
        counts[match[0]] += 1
        role = roles[match[0]]
        before = text[at : match.start()]
        parts.append(before if "".join((*parts, before)).endswith(role) else before + role)
        at = match.end() + (len(_COMRADE) if text.startswith(_COMRADE, match.end()) else 0)
    return replace(run, text="".join((*parts, text[at:]))) if parts else run
