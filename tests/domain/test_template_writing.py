"""Every built-in template, written out, reads back equal: what the window saves loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenggai_desktop.domain.document_template import document_template_text, load_document_template

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "documents"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_template_that_is_written_out_reads_back_equal(path: Path) -> None:
    template = load_document_template(path.read_text("utf-8"), path.stem)
    assert load_document_template(document_template_text(template), path.stem) == template
