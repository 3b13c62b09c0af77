"""Pages of the manual: Markdown files of ``resources/manual``, in the order of their names, and those made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtGui import QKeySequence

from zhenggai_desktop.gui.actions import SPECS
from zhenggai_desktop.gui.menus import MENUS
from zhenggai_desktop.gui.page_table import PAGES
from zhenggai_desktop.services.licences import bundled_licences

FIRST = "收到反馈怎么办"
SHORTCUTS = "快捷键"
LICENCES = "开源许可"
PICTURES = "pictures"  # beside the pages; a picture that is not there is left out

_PICTURE = re.compile(r"^!\[[^\]]*\]\(([^)]+)\)\s*$", re.MULTILINE)
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`#|]|^-{3,}$|^ *(?:-|\d+\.) ", re.MULTILINE)
_AROUND = 12  # characters before the words that were found, in a snippet
_LONGEST = 40


@dataclass(frozen=True)
class ManualPage:
    """``name`` is its title and what links to it say."""

    name: str
    markdown: str

    @cached_property
    def plain(self) -> str:
        """The text without its marks, to be searched."""
        return _MARKS.sub(lambda found: found.group(1) or "", self.markdown)


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that holds all words, and the line in which the first of them stands."""

    page: ManualPage
    snippet: str


def load_pages(folder: Path) -> tuple[ManualPage, ...]:
    """All pages; without the folder only the keys. A page that cannot be read is left out."""
    pages = [page for path in sorted(folder.glob("*.md")) if (page := _load(path)) is not None]
    at = next((at for at, page in enumerate(pages) if page.name == LICENCES), len(pages))
    last = [_with_licences(page, folder.parent) for page in pages[at:]]
    return (*pages[:at], ManualPage(SHORTCUTS, shortcuts()), *last)


def licence_pages(resources: Path) -> dict[str, ManualPage]:
    """A page for the whole text of each licence, by the name that links to it; none where the texts are not there."""
    pages: dict[str, ManualPage] = {}
    with suppress(OSError):
        for licence in bundled_licences(resources):
            head = f"# {licence.name}\n\n{licence.licence}　[返回]({LICENCES}.md)\n"
            pages[licence.file.stem] = ManualPage(licence.name, f"{head}\n```\n{licence.text()}\n```\n")
    return pages


def find(pages: Iterable[ManualPage], words: str) -> list[Hit]:
    """Pages that hold every word, those with a word in their title first."""
    wanted = words.lower().split()
    hits = [Hit(page, _snippet(page, wanted)) for page in pages if all(word in page.plain.lower() for word in wanted)]
    return sorted(hits, key=lambda hit: not any(word in hit.page.name.lower() for word in wanted))


def shortcuts() -> str:
    """All keys, from the tables that give them their meaning."""
    lines = [f"# {SHORTCUTS}", ""]
    for title, calls in MENUS:
        rows = [
            (_caption(SPECS[call].text), key, SPECS[call].tip)
            for call in calls
            if call and (key := _keys(SPECS[call].shortcut))
        ]
        if rows:
            lines += [f"## {_caption(title)}", "", *_table(("做什么", "按键", "说明"), rows), ""]
    rows = [(f"到“{spec.caption}”页", spec.shortcut, "") for spec in PAGES]
    lines += ["## 页面", "", *_table(("做什么", "按键", "说明"), rows), ""]
    lines += ["## 到处都能用", "", *_table(("做什么", "按键", "说明"), _EVERYWHERE)]
    return "\n".join(lines)


_EVERYWHERE = (
    ("下一个、上一个字段", "Tab、Shift+Tab", "清单里 Tab 是降级，用 F6 离开清单"),
    ("查找框里取消筛选", "Esc", "恢复全部"),
    ("从查找框到清单", "回车或 ↓", ""),
    ("清单里多选", "Shift+↑↓、Ctrl+点击", "然后可以批量修改、删除、移动、复制"),
)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [_row(heads), _row(["---"] * len(heads)), *map(_row, rows)]


def _with_licences(page: ManualPage, resources: Path) -> ManualPage:
    """The page of the licences with all that comes along, each with the way to its text."""
    if page.name != LICENCES:
        return page
    rows: list[tuple[str, str, str]] = []
    with suppress(OSError):
        rows += [
            (f"[{licence.name}]({licence.file.stem}.md)", licence.use, licence.licence)
            for licence in bundled_licences(resources)
        ]
    return ManualPage(page.name, "\n".join([page.markdown, "", *_table(("组件", "用途", "许可"), rows)]))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _caption(text: str) -> str:
    """“新建台账(&N)…” as “新建台账”."""
    return re.sub(r"\(&.\)|…|&", "", text)


def _keys(shortcut: QKeySequence.StandardKey | str | None) -> str:
    if shortcut is None:
        return ""
    text = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    for name, chinese in (("Return", "回车"), ("Del", "Delete"), ("Up", "↑"), ("Down", "↓")):
        text = re.sub(rf"\b{name}\b", chinese, text)
    return text


def _load(path: Path) -> ManualPage | None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    name = path.stem.partition("-")[2] or path.stem
    return ManualPage(
        name, _PICTURE.sub(lambda found: found.group(0) if (path.parent / found.group(1)).is_file() else "", text)
    )


def _snippet(page: ManualPage, words: Sequence[str]) -> str:
    """The line with the first word, shortened around it; the first line of text where only the title holds it."""
    lines = [line.strip() for line in page.plain.splitlines() if line.strip() and line.strip() != page.name]
    line = next((line for word in words for line in lines if word in line.lower()), lines[0] if lines else "")
    at = min((found for word in words if (found := line.lower().find(word)) >= 0), default=0)
    start = max(at - _AROUND, 0)
    cut = line[start : start + _LONGEST]
    return ("…" if start else "") + cut + ("…" if start + _LONGEST < len(line) else "")
