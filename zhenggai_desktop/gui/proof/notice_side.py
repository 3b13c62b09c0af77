"""The findings at the side of the notice: a click leads to the words, mends and waivers are steps of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from zhenggai_desktop import paths
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.proofread.findings import Finding
from zhenggai_desktop.domain.records import Chapter, Waiver
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.notice.drafting import key_of
from zhenggai_desktop.gui.progress import write_file
from zhenggai_desktop.gui.proof.desk import ProofDesk
from zhenggai_desktop.gui.proof.findings_list import Entry
from zhenggai_desktop.gui.proof.panel import FindingsPanel

if TYPE_CHECKING:
    from zhenggai_desktop.gui.pages.notice import NoticePage
    from zhenggai_desktop.paper.pages import LaidOut

_WIDTH = 320  # pixels of the panel when it opens
_REPORTS = "Word 文档 (*.docx);;Excel 工作簿 (*.xlsx);;纯文本 (*.txt)"


class NoticeSide(QObject):
    """Belongs to a notice page; adds a button to its head, and the panel where that is pressed."""

    def __init__(self, page: NoticePage) -> None:
        super().__init__(page)
        self._page = page
        self.desk = ProofDesk.of(page.session)
        self.panel = FindingsPanel(self._place_of)
        self.panel.setVisible(False)
        self.button = QPushButton("校对")
        self.button.setCheckable(True)
        self.button.setToolTip("显示或收起校对意见；输入停顿后自动校对")
        page.head.add_button(self.button)
        for caption, call in (
            ("导出校对意见清单(&L)…", self._export_list),
            ("导出带批注的通报(&W)…", self._export_comments),
            ("本单位的校对词表(&D)…", self._open_words),
        ):
            self.panel.menu.addAction(caption).triggered.connect(lambda _=False, call=call: page.guarded(call))
        self.button.toggled.connect(self._on_toggled)
        self.panel.closed.connect(lambda: self.button.setChecked(False))
        self.panel.chosen.connect(self.show_words)
        self.panel.opened.connect(self._on_opened)
        self.panel.mend_asked.connect(lambda finding: self._mend((finding,)))
        self.panel.mend_all_asked.connect(self._on_mend_all)
        self.panel.waive_asked.connect(self._on_waive)
        self.panel.unwaive_asked.connect(self._on_unwaive)
        page.head.edition_chosen.connect(self.desk.set_edition)
        self.desk.proofread.connect(self._show)
        self._show()

    # --- showing

    def _show(self) -> None:
        proof, page = self.desk.proof, self._page
        errors = proof.errors if proof is not None else 0
        total = len(proof.findings) if proof is not None else 0
        self.button.setText(f"校对 {total}" if total else "校对")
        self.button.setToolTip(f"其中错误 {errors} 处，须改正或注明保留理由" if errors else "显示或收起校对意见")
        if proof is None:
            self.panel.show_findings((), lambda _: 0, editable=False, trouble=self.desk.trouble or "正在校对…")
            return
        entries = [Entry(finding) for group in proof.by_severity().values() for finding in group]
        entries += [Entry(finding, waiver) for finding, waiver in proof.waived]
        self.panel.show_findings(
            entries, lambda finding: len(proof.of_kind(finding)), editable=not page.session.read_only
        )

    def _on_toggled(self, shown: bool) -> None:
        self._page.show_findings(self.panel if shown else None)
        self.panel.setVisible(shown)
        if shown:
            splitter = self._page.findings.parentWidget()
            sizes = splitter.sizes()  # type: ignore[union-attr] - the page's splitter
            sizes[2] = max(sizes[2] - _WIDTH + sizes[3], 200)
            sizes[3] = _WIDTH
            splitter.setSizes(sizes)  # type: ignore[union-attr]
            self.panel.list.setFocus()

    def _place_of(self, finding: Finding) -> str:
        """“问题 2-1”, the chapter's heading, or that it is about the whole."""
        anchor, snapshot = finding.anchor, self._page.session.snapshot
        if finding.paragraph < 0:
            return "全文"
        if anchor is None:
            return "标题和落款"
        if anchor.kind == "chapter":
            chapter = next((each for each in snapshot.chapters if each.uid == anchor.uid), None)
            return _chapter_name(chapter)
        outline = Outline(snapshot)
        issue = next((each for each in snapshot.issues if each.uid == anchor.uid), None)
        if issue is not None:
            return f"问题 {outline.number(issue)} {issue.title}"
        section = next((each for each in snapshot.sections if each.uid == anchor.uid), None)
        return f"方面 {outline.section_number(section)} {section.title}" if section else "正文"

    def show_words(self, finding: Finding) -> None:
        """Mark the lines of the words in the preview; words of a chapter are selected in its editor too."""
        page = self._page
        anchor, proof = finding.anchor, self.desk.proof
        if page.laid_out is None or proof is None or finding.paragraph < 0:
            return
        if anchor is not None and anchor.kind == "chapter":
            page.chapters.choose(anchor.uid)
            text = proof.subject.texts[finding.paragraph].text
            page.editor.text.select_words(finding.words, text[: finding.start].count(finding.words))
        page.pages.when_fresh(lambda laid_out: self._mark_lines(laid_out, finding))

    def _mark_lines(self, laid_out: LaidOut, finding: Finding) -> None:
        lines = laid_out.lines_of_block(self._page.notice_start + finding.paragraph)
        hit = [(n, placed) for n, placed in lines if placed.line.start < max(finding.end, finding.start + 1)]
        hit = [(n, placed) for n, placed in hit if placed.line.end > finding.start] or list(lines)
        self._page.preview.view.mark(tuple(hit))

    def _on_opened(self, finding: Finding) -> None:
        """Go where the words can be changed: to the record on the ledger page, or into the chapter's editor."""
        anchor = finding.anchor
        key = key_of(self._page.session.snapshot, anchor) if anchor is not None else None
        if key is not None:
            self._page.guarded(self._page.flush)
            self._page.record_chosen.emit(key)
        else:
            self.show_words(finding)
            self._page.editor.text.setFocus()

    # --- what is asked for

    def _edit(self, work: Callable[[], object]) -> None:
        self._page.guarded(work)
        self._page.guarded(lambda: self.desk.fresh(self._page) and None)

    def _mend(self, findings: tuple[Finding, ...]) -> None:
        from zhenggai_desktop.services.proofreading import mend_in_ledger  # noqa: PLC0415 - with the first mend

        def work() -> None:
            session = self._page.session
            session.flush()
            proof = self.desk.fresh(self._page)
            known = {_key(finding) for finding in findings}
            still = [finding for finding in proof.findings if _key(finding) in known]
            done = session.edit(lambda ledger: mend_in_ledger(ledger, proof, still)) if still else 0
            told = f"已改正{done}处，可以撤销。" if done else "这里的文字由标题方案生成，请到原处修改。"
            self._page.told.emit(told)

        self._edit(work)

    def _on_mend_all(self, finding: Finding) -> None:
        proof = self.desk.proof
        if proof is not None:
            self._mend(proof.of_kind(finding))

    def _on_waive(self, finding: Finding, reason: str) -> None:
        from zhenggai_desktop.services.proofreading import waive  # noqa: PLC0415

        session = self._page.session
        self._edit(lambda: session.edit(lambda ledger: waive(ledger, finding, reason, today=session.today())))

    def _on_unwaive(self, waiver: Waiver) -> None:
        from zhenggai_desktop.services.proofreading import withdraw_waiver  # noqa: PLC0415

        self._edit(lambda: self._page.session.edit(lambda ledger: withdraw_waiver(ledger, waiver.id)))

    # --- on paper

    def _export_list(self) -> None:
        from zhenggai_desktop.services.proof_report import write_report  # noqa: PLC0415

        path = self._ask_target("导出校对意见清单", "校对意见清单.docx", _REPORTS)
        if path is not None:
            proof = self.desk.fresh(self._page)
            write_file(self._page, f"正在导出“{path.name}”…", path, lambda made: write_report(proof, made))
            messages.tell_exported(self._page, path)

    def _export_comments(self) -> None:
        from zhenggai_desktop.services.proof_report import write_comments  # noqa: PLC0415

        path = self._ask_target("导出带批注的通报", "整改通报（校对批注）.docx", "Word 文档 (*.docx)")
        if path is not None:
            proof = self.desk.fresh(self._page)
            write_file(self._page, f"正在导出“{path.name}”…", path, lambda made: write_comments(proof, None, made))
            messages.tell_exported(self._page, path)

    def _ask_target(self, title: str, name: str, kinds: str) -> Path | None:
        ledger = self._page.session.path
        assert ledger is not None, "an export needs a ledger"
        suggestion = ledger.with_name(ledger.stem + name)
        return files.ask_export(self._page, title, suggestion, kinds, self._page.session.folders)

    def _open_words(self) -> None:
        """The office's own words in the system's editor; they count from the next check on."""
        from zhenggai_desktop.services.proofreading import own_words_file  # noqa: PLC0415

        path = own_words_file(paths.user_folder())
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.desk.forget_words()


def _chapter_name(chapter: Chapter | None) -> str:
    if chapter is None:
        return "正文"
    return chapter.printed_heading or chapter.title or (chapter.blocks[0].text[:12] if chapter.blocks else "正文")


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.anchor, finding.words, finding.start, finding.message
