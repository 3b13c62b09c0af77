"""Runs first in a packaged program: its modules lie in one archive beside it, which both programs of Windows share.

PyInstaller appends the modules to each program (6 MB twice, which a zip cannot find out); its reader takes them from a
file of their own just as well. Only what Python has built in can be imported here.
"""

import sys

import pyimod01_archive  # pyright: ignore[reportMissingImports] - PyInstaller's own, there in a packaged program
import pyimod02_importers  # pyright: ignore[reportMissingImports]

_ARCHIVE = f"{sys._MEIPASS}/modules.pyz"  # pyright: ignore # noqa: SLF001 - where PyInstaller says the rest lies
pyimod02_importers.pyz_archive = pyimod01_archive.ZlibArchiveReader(_ARCHIVE, 0, check_pymagic=True)  # pyright: ignore
sys.path_importer_cache.clear()  # finders that know the empty archive
