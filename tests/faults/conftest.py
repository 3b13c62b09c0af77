# pyright: basic
"""What every fault starts from: a folder with everything that the scenes work on, and the shim."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_ledger, a_tree
from harness import HERE


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that the scenes work on."""
    folder = tmp_path_factory.mktemp("prepared")
    with a_ledger(folder, *a_tree(2, 6, 2)) as ledger:
        ledger.backup(folder / "副本.zgtz")
    (folder / "来源.txt").write_text("佐证材料。" * 20_000, "utf-8")
    root = HERE.parents[1]
    shutil.copy(root / "resources" / "samples" / "示例整改通报.txt", folder / "通报.txt")
    shutil.copy(HERE.parent / "storage" / "formats" / "format-1.zgtz", folder / "旧格式.zgtz")
    return folder


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no C compiler for Linux here: disk faults and power cuts are not tried")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    source = str(HERE / "shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(library), source, "-ldl"], check=True)
    return library
