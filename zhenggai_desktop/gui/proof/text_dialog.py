"""Proofread a file or pasted text that has no ledger: the text at the left, what was found beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop import paths
from zhenggai_desktop.domain.proofread.captions import place_of
from zhenggai_desktop.domain.proofread.checker import Proofreader
from zhenggai_desktop.domain.proofread.findings import Finding
from zhenggai_desktop.domain.proofread.raw_places import raw_span
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.progress import wait_for, write_file
from zhenggai_desktop.gui.proof.findings_list import Entry
from zhenggai_desktop.gui.proof.panel import FindingsPanel
from zhenggai_desktop.gui.proof.runner import Runner
from zhenggai_desktop.gui.proof.severities import severity_colour
from zhenggai_desktop.gui.session import this_day
from zhenggai_desktop.gui.style import GAP, MARGIN

if TYPE_CHECKING:
    from zhenggai_desktop.services.proofreading import Proof

PAUSE = 400  # milliseconds without a key
_MOST_MARKED = 500  # places that are underlined
_SIZE = (1120, 680)
_INVITATION = "打开一个文件，或者把要校对的文字粘贴到这里。"
_TEXTS = "Word 文档 (*.docx);;纯文本 (*.txt);;网页 (*.html)"
_REPORTS = "Word 文档 (*.docx);;Excel 工作簿 (*.xlsx);;纯文本 (*.txt)"


class TextProofDialog(Dialog):
    """Nothing is written until it is asked for; mends are the editor's own steps and can be undone there."""

    help_topic = "出通报"

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("校对文件")
        self.resize(*_SIZE)
        self._folder = folder
        self._path: Path | None = None
        self._reader: Proofreader | None = None
        self.proof: Proof | None = None
        self._read: str | None = None  # the text of which ``proof`` is
        self._runner = Runner(self)
        self._runner.done.connect(self._on_done)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._begin)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(_INVITATION)
        self.text.setAccessibleName("要校对的文字")
        self.text.setTabChangesFocus(True)
        self.panel = FindingsPanel(place_of, with_waivers=False)
        self.panel.close_button.hide()
        self.panel.menu_button.hide()
        self.open_button = _button("打开文件…", lambda: messages.guarded(self, self.ask_file))
        self.save_button = _button("另存改正稿…", lambda: messages.guarded(self, self._save))
        self.comment_button = _button("带批注的副本…", lambda: messages.guarded(self, self._save_comments))
        self.list_button = _button("意见清单…", lambda: messages.guarded(self, self._save_list))
        self._arrange()
        self.text.textChanged.connect(self._on_text)
        self.panel.chosen.connect(self.show_words)
        self.panel.opened.connect(self._on_opened)
        self.panel.mend_asked.connect(lambda finding: self._mend((finding,)))
        self.panel.mend_all_asked.connect(self._on_mend_all)
        self._show()

    def take_file(self, path: Path) -> None:
        """Put the words of a file into the editor. Raises SourceError."""
        from zhenggai_desktop.services.importing import source_document  # noqa: PLC0415 - not at start

        source = wait_for(self, f"正在读取“{path.name}”…", lambda: source_document(path))
        self._path = path
        self.setWindowTitle(f"校对“{path.name}”")
        self.text.setPlainText("\n".join(paragraph.text.replace("\n", " ") for paragraph in source.paragraphs))

    def ask_file(self) -> None:
        """Ask which file."""
        path = files.ask_source(self, self._folder)
        if path is not None:
            self.take_file(path)

    def close_down(self) -> None:
        """Nobody looks any more: stop reading."""
        self._pause.stop()
        self._runner.stop()

    @property
    def is_current(self) -> bool:
        """True where ``proof`` is of the text as it stands."""
        return self._read == self.text.toPlainText()

    def show_words(self, finding: Finding) -> None:
        """Select the words in the text."""
        cursor = self._cursor(finding)
        if cursor is not None:
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    # --- arranging

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.open_button)
        head.addStretch(1)
        for button in (self.list_button, self.comment_button, self.save_button):
            head.addWidget(button)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.text)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([_SIZE[0] - 360, 360])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)

    # --- reading

    def _on_text(self) -> None:
        self._pause.start()

    def _begin(self) -> None:
        text = self.text.toPlainText()
        if text.strip() and not self.is_current:
            if self.proof is None:
                self.panel.show_findings((), lambda _: 0, editable=True, trouble="正在校对…")
            self._runner.begin(lambda stopped: self._work(text, stopped))
        elif not text.strip():
            self.proof, self._read = None, None
            self._show()

    def _work(self, text: str, stopped: Callable[[], bool]) -> object:
        from zhenggai_desktop.services.proofreading import load_lexicon, proofread_text  # noqa: PLC0415

        if self._reader is None:
            words = paths.resources_folder() / "words" / "proofreading.json"
            self._reader = Proofreader(load_lexicon(words, paths.user_folder()))
        proof = proofread_text(text, self._reader, this_day(), stopped)
        return text, proof

    def _on_done(self, result: object) -> None:
        if isinstance(result, ZhenggaiError):
            self.panel.show_findings((), lambda _: 0, editable=False, trouble=f"{result.what_happened}。")
        elif isinstance(result, Exception):
            raise result
        else:
            assert isinstance(result, tuple)
            self._read, self.proof = result
            self._show()

    def _fresh(self) -> Proof:
        if not self.is_current or self.proof is None:
            self._runner.join()
            text = self.text.toPlainText()
            self._on_done(wait_for(self, "正在校对…", lambda: self._work(text, lambda: False)))
        assert self.proof is not None
        return self.proof

    # --- showing

    def _show(self) -> None:
        proof = self.proof
        for button in (self.save_button, self.list_button):
            button.setEnabled(proof is not None)
        self.comment_button.setEnabled(
            proof is not None and self._path is not None and self._path.suffix.lower() == ".docx"
        )
        if proof is None:
            self.panel.show_findings((), lambda _: 0, editable=True, trouble=" ")
            self.text.setExtraSelections([])
            return
        entries = [Entry(finding) for group in proof.by_severity().values() for finding in group]
        self.panel.show_findings(entries, lambda finding: len(_places(proof.of_kind(finding))), editable=True)
        self.text.setExtraSelections(list(self._marks(proof.findings)))

    def _marks(self, findings: Sequence[Finding]) -> list[QTextEdit.ExtraSelection]:
        marks: list[QTextEdit.ExtraSelection] = []
        for finding in findings[:_MOST_MARKED]:
            cursor = self._cursor(finding) if finding.end - finding.start <= _LONGEST_MARKED else None
            if cursor is not None:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor  # type: ignore[attr-defined] - Qt's stubs leave the fields out
                shape = QTextCharFormat()
                shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                shape.setUnderlineColor(severity_colour(finding.severity))
                mark.format = shape  # type: ignore[attr-defined]
                marks.append(mark)
        return marks

    def _cursor(self, finding: Finding) -> QTextCursor | None:
        """The words of a finding in the editor; None where it is about the whole."""
        if self.proof is None or finding.paragraph < 0 or not finding.line:
            return None
        block = self.text.document().findBlockByNumber(finding.line - 1)
        text = self.proof.subject.texts[finding.paragraph]
        raw = block.text()
        in_raw = text.text[finding.start : finding.end] != finding.words
        span = (finding.start, finding.end) if in_raw else raw_span(raw, text.text, finding.start, finding.end)
        if not block.isValid() or span is None or span[1] > len(raw):
            return None
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + span[0])
        cursor.setPosition(block.position() + span[1], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _on_opened(self, finding: Finding) -> None:
        self.show_words(finding)
        self.text.setFocus()

    # --- mending

    def _mend(self, findings: Sequence[Finding]) -> None:
        """Put the mends in as one step of the editor."""
        if not self.is_current:
            return
        cursors = [(cursor, place) for place in _places(findings) if (cursor := self._cursor(place)) is not None]
        whole = QTextCursor(self.text.document())
        whole.beginEditBlock()
        limit = self.text.document().characterCount()
        for cursor, finding in sorted(cursors, key=lambda pair: pair[0].selectionStart(), reverse=True):
            if finding.mend is not None and cursor.selectionEnd() <= limit:
                limit = cursor.selectionStart()
                cursor.insertText(finding.mend)
        whole.endEditBlock()
        messages.guarded(self, self._fresh)

    def _on_mend_all(self, finding: Finding) -> None:
        if self.proof is not None:
            self._mend(self.proof.of_kind(finding))

    # --- files

    def _save(self) -> None:
        from zhenggai_desktop.services.proofreading import write_text  # noqa: PLC0415

        self._write("另存改正稿", "（改正稿）", _TEXTS, write_text)

    def _save_list(self) -> None:
        from zhenggai_desktop.services.proof_report import write_report  # noqa: PLC0415

        self._write("导出校对意见清单", "校对意见清单", _REPORTS, write_report)

    def _save_comments(self) -> None:
        """The original with comments; what was typed here since is not in it."""
        from zhenggai_desktop.services.importing import source_document  # noqa: PLC0415
        from zhenggai_desktop.services.proof_report import write_comments  # noqa: PLC0415
        from zhenggai_desktop.services.proofreading import proofread_source  # noqa: PLC0415

        original = self._path
        assert original is not None, "only a file has a copy with comments"
        reader = self._reader
        assert reader is not None, "proofread before"

        def write(_proof: Proof, path: Path) -> None:
            proof = proofread_source(source_document(original), reader.lexicon, this_day())
            write_comments(proof, original, path)

        self._write("另存带批注的副本", "（校对批注）", "Word 文档 (*.docx)", write)

    def _write(self, title: str, ending: str, kinds: str, write: Callable[[Proof, Path], object]) -> None:
        beside = self._path or self._folder / "文稿"
        suggestion = beside.with_name(f"{beside.stem}{ending}.docx")
        path = files.ask_target(self, title, suggestion, kinds)
        if path is None:
            return
        proof = self._fresh()
        write_file(self, f"正在导出“{path.name}”…", path, lambda made: write(proof, made))
        messages.tell_exported(self, path)


_LONGEST_MARKED = 120  # characters; a finding on a whole paragraph is not underlined


def _places(findings: Sequence[Finding]) -> list[Finding]:
    return [place for finding in findings for place in finding.everywhere() if place.mend is not None]


def _button(text: str, call: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: call())
    return button
