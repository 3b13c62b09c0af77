"""What every test stands on: no screen, no real home folder, and the published samples where they exist."""

from __future__ import annotations

import gc
import itertools
import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
HOME_VARIABLES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
XDG_VARIABLES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


_numbers = itertools.count()


def pytest_collection(session: pytest.Session) -> None:
    """What is collected stays; there is nothing to clear away meanwhile."""
    del session
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Eleven thousand collected tests are no garbage: looking through them again and again took a tenth of the time."""
    del session
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(5_000, 20, 20)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the home folders are: beside each other they would be counted again for every new one."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home folder: no test reads or writes what belongs to the person who runs it."""
    folder = homes / str(next(_numbers))
    folder.mkdir()
    for name in HOME_VARIABLES:
        monkeypatch.setenv(name, str(folder))
    for name in (*XDG_VARIABLES, "ZHENGGAI_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def resources() -> Path:
    """The bundled resources."""
    return ROOT / "resources"


@pytest.fixture
def published() -> Path:
    """The folder with published notices and real ledgers; the test is skipped where it does not exist."""
    folder = ROOT.parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("no published samples here")
    return folder
