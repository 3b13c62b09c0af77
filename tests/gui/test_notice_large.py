"""A large ledger's notice: composed and laid out beside the window, and never shown for newer than it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from keyboard import type_text
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.records import Chapter, ChapterBlock, ChapterRole, Issue
from zhenggai_desktop.errors import CancelledError, UsageError
from zhenggai_desktop.gui.notice import drafting
from zhenggai_desktop.gui.pages.notice import NoticePage
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.paper.pages import LaidOut, PageMaker
from zhenggai_desktop.services import documents, editing
from zhenggai_desktop.services.ledger import Ledger

PROSE = Chapter(title="组织情况", blocks=(ChapterBlock("paragraph", 0, "反馈的{问题总数}个问题正在整改。"),))
WAITING = "正在排版…"


@dataclass
class Gate:
    """Lets layouts through one by one, and notes on which threads they were made."""

    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    through: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    threads: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # threads whose layout was not made to its end

    def open(self) -> None:
        for _ in range(100):
            self.through.release()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate, lay_out = Gate(), PageMaker.lay_out

    def gated(maker: PageMaker, document: Document, *more: Any) -> LaidOut:
        gate.threads.append(threading.get_ident())
        gate.begun.release()
        assert gate.through.acquire(timeout=30)
        try:
            return lay_out(maker, document, *more)
        except CancelledError:
            gate.left.append(threading.get_ident())
            raise

    monkeypatch.setattr(PageMaker, "lay_out", gated)
    yield gate
    gate.open()


@pytest.fixture
def page(session: LedgerSession, gate: Gate, qtbot: QtBot, tmp_path: Path) -> NoticePage:
    """A page on 150 issues with 450 measures, whose first layout is under way."""
    chapters = (PROSE, Chapter(title="整改情况", role=ChapterRole.ISSUES))
    a_ledger(tmp_path, *chapters, *a_tree(5, 30, 3), organisation="某街道党工委").close()
    session.open(tmp_path / "台账.zgtz")
    page = NoticePage(session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    qtbot.waitActive(page)
    assert gate.begun.acquire(timeout=30)
    return page


def printed(page: NoticePage) -> str:
    return "" if page.laid_out is None else "\n".join(block.text for block in page.laid_out.document.blocks)


def type_at_end(page: NoticePage, text: str) -> None:
    page.editor.text.setFocus()
    page.editor.text.moveCursor(QTextCursor.MoveOperation.End)
    type_text(text, page.editor.text)


def test_the_page_is_there_before_its_layout(page: NoticePage, gate: Gate, qtbot: QtBot) -> None:
    assert page.chapters.list.item(0).text() == "一、组织情况"
    assert page.preview.state == WAITING
    assert page.preview.view.page_count == 0
    gate.open()
    qtbot.waitUntil(lambda: page.preview.view.page_count > 1)
    assert page.preview.state.startswith("共 ")
    assert threading.get_ident() not in gate.threads


def test_pages_follow_one_who_types_on_and_say_that_they_are_not_the_newest(
    page: NoticePage, gate: Gate, qtbot: QtBot
) -> None:
    gate.through.release()
    qtbot.waitUntil(lambda: page.pages.is_fresh)
    type_at_end(page, "已经开会。")
    qtbot.waitUntil(lambda: gate.begun.acquire(blocking=False))
    type_at_end(page, "再次开会。")
    qtbot.waitUntil(lambda: not page._showing.isActive())
    assert page.preview.state == WAITING
    assert "已经开会" not in printed(page)
    gate.through.release()
    qtbot.waitUntil(lambda: "已经开会。" in printed(page))
    assert "再次开会" not in printed(page)
    assert page.preview.state == WAITING
    assert not page.pages.is_fresh
    gate.open()
    qtbot.waitUntil(lambda: page.pages.is_fresh)
    assert "已经开会。再次开会。" in printed(page)
    assert page.preview.state.startswith("共 ")


def test_what_is_printed_is_what_is_typed_now(page: NoticePage, gate: Gate) -> None:
    gate.open()
    type_at_end(page, "马上打印。")
    assert "马上打印。" in "".join(block.text for block in page.fresh_pages().document.blocks)


def test_a_record_is_marked_as_soon_as_its_lines_are_there(page: NoticePage, gate: Gate, qtbot: QtBot) -> None:
    issue = page.session.snapshot.issues[-1]
    page.show_record((Issue, issue.id))
    gate.open()
    qtbot.waitUntil(lambda: page.pages.is_fresh)
    assert page.laid_out is not None
    assert {number for number, *_ in page.preview.view._marked} == {n for n, _ in page.laid_out.lines_of(issue.uid)}
    assert page.preview.view.verticalScrollBar().value() > 0


def test_nothing_of_a_ledger_that_was_closed_is_shown(
    page: NoticePage, gate: Gate, qtbot: QtBot, tmp_path: Path
) -> None:
    gate.through.release()
    qtbot.waitUntil(lambda: page.pages.is_fresh)
    page._show_preview()
    assert gate.begun.acquire(timeout=30)
    page.hide()
    page.session.close()
    assert page.preview.view.page_count == 0
    other = tmp_path / "另一个"
    other.mkdir()
    a_ledger(other, *a_tree(1, 1, 1), organisation="另一个单位党委").close()
    page.session.open(other / "台账.zgtz")
    gate.open()
    page.show()
    assert "另一个单位党委" in printed(page)
    page.pages.settle()
    page.pages._gathering.settle()
    assert "另一个单位党委" in printed(page)
    assert gate.left == [gate.threads[1]]  # it ended with its next block: nobody would have looked at the rest


def test_what_cannot_be_composed_is_told_and_what_is_shown_is_not_called_new(
    page: NoticePage, gate: Gate, qtbot: QtBot, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.open()
    qtbot.waitUntil(lambda: page.pages.is_fresh)

    def fail(*_: object, **__: object) -> Document:
        raise UsageError("送审单的模板读不出来", "请恢复自带模板")

    monkeypatch.setattr(documents, "notice_document", fail)
    dialogs.choices = ["关闭"]
    page._on_edition(Edition.PUBLIC_REVIEW)
    qtbot.waitUntil(lambda: bool(dialogs.shown))
    assert "送审单的模板读不出来" in dialogs.shown[-1]
    assert page.preview.state == "没有排成新的版面，这里是改动以前的"


def test_figures_are_counted_once_for_any_number_of_words(
    page: NoticePage, gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.open()
    counted: list[object] = []
    count = drafting.placeholders
    monkeypatch.setattr(drafting, "placeholders", lambda snapshot: counted.append(snapshot) or count(snapshot))
    type_at_end(page, "已经开会。")
    page.flush()
    assert page._reading.placeholders["问题总数"].value == "150"
    assert counted == []
    page.session.edit(_without_an_issue)
    assert page._reading.placeholders["问题总数"].value == "149"
    assert len(counted) == 1


def _without_an_issue(ledger: Ledger) -> None:
    editing.delete(ledger, [(Issue, ledger.snapshot.issues[0].id)])
