"""Files of others that are opened to be written on: a blank form, a template, a text that gets comments.

They go through python-docx and openpyxl, which raise whatever comes to them where a file is not as they expect. First
every file passes the suspicious door of the readers; what the library then stumbles over is a sentence.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.containers import Wording, opened
from zhenggai_desktop.formats.file_kinds import read_bytes
from zhenggai_desktop.formats.word_package import open_word

if TYPE_CHECKING:
    from docx.document import Document
    from openpyxl import Workbook


def opened_document(path: Path) -> Document:
    """The Word file at ``path``, whole enough to be changed and saved.

    Raises the errors of ``open_word``, and SourceFormatError for what python-docx cannot take.
    """
    open_word(path)
    data = _not_swollen(path, "Word")
    import docx  # noqa: PLC0415 - it takes time to load

    try:
        document = docx.Document(BytesIO(data))
        _ask(document)
    except Exception as error:  # the library's mistakes over a foreign file have no common name
        raise _unusable(path, "Word") from error
    return document


def opened_workbook(path: Path, *sheets: str) -> Workbook:
    """The workbook at ``path`` with these ``sheets``, macros and all. Raises the readers' SourceError, and
    SourceFormatError for what openpyxl cannot take."""
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415 - calamine loads late

    read_workbook(path)
    data = _not_swollen(path, "Excel")
    from openpyxl import load_workbook  # noqa: PLC0415 - it takes time to load

    # It warns of what it leaves out, in English and on the console, and the clerk can mend none of it.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    try:
        book = load_workbook(BytesIO(data), keep_vba=path.suffix.lower() == ".xlsm")
        for sheet in sheets:
            book[sheet]
    except Exception as error:
        raise _unusable(path, "Excel") from error
    return book


def _not_swollen(path: Path, kind: str) -> bytes:
    """The bytes of the file. The readers inflate only what they need; the libraries inflate everything, pictures and
    all."""
    data, again = read_bytes(path), f"请用WPS或{kind}打开，另存后再试"
    with opened(data, path.name, Wording(kind, again, again)) as container:
        container.refuse_swollen()
    return data


def _ask(document: Document) -> None:
    """Touch what everybody who changes a document touches: parts of a wrong kind show only then."""
    element: Any = document.element  # python-docx leaves the types of its elements open
    element.body.find("a")
    _ = (document.core_properties.title, document.styles.default, list(document.sections), list(document.tables))


def _unusable(path: Path, kind: str) -> SourceFormatError:
    return SourceFormatError(
        f"“{path.name}”与{kind}文件的规定不符，不能在它上面书写", f"请用WPS或{kind}打开，另存后再试"
    )
