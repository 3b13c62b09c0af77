"""The manual as it goes out: its pictures come from the program, and all of it stands on paper."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "installer"))

import manual_pdf
import manual_pictures


def test_every_picture_that_a_page_names_is_there(resources: Path) -> None:
    pictures = {path.stem: QImage(str(path)) for path in (resources / "manual" / "pictures").glob("*.png")}
    assert set(pictures) == set(manual_pictures.named())
    assert all(image.width() >= 800 for image in pictures.values())


@pytest.mark.full
def test_the_program_can_be_photographed_for_all_of_them(qtbot: QtBot, tmp_path: Path) -> None:
    names = ["start", "import", "ledger", "notice", "overview", "facts", "chase", "progress", "closing"]
    assert set(manual_pictures.named()) <= set(names)
    taken = manual_pictures.pictures(names, tmp_path)
    data = {name: image.constBits().tobytes() for name, image in taken.items()}
    assert len(set(data.values())) == len(names), "each shows something else"


def test_the_manual_is_a_pdf_with_a_page_for_each_task(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "使用手册.pdf"
    sheets = manual_pdf.write(target)
    text = re.sub(r"\s", "", extract_text(str(target)))
    assert sheets >= 10
    tasks = ("收到反馈怎么办", "收回合并", "催办", "销号", "换电脑", "快捷键", f"使用手册{sheets}")
    assert [task for task in tasks if task not in unicodedata.normalize("NFKC", text)] == []
