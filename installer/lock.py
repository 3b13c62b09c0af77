"""Write the two lock files from ``pyproject.toml``: for whoever changes a dependency, with ``uv`` on the path.

The files hold every version for every system with the hashes of its archives, and no address: where the archives come
from is the business of the machine that installs them.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYPROJECT = "../pyproject.toml"
HEADER = "# 由 installer/lock.py 依据 pyproject.toml 生成，请勿手工修改。\n"
COMMON = (
    "uv", "pip", "compile", PYPROJECT, "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-config", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
)  # fmt: skip
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.txt": (),
    "requirements-test.txt": ("--group", f"{PYPROJECT}:test", "--constraints", "requirements.txt"),
}


def main() -> None:
    """Write each lock in turn: the tests' lock holds the product's versions unchanged."""
    for name, options in LOCKS.items():
        text = subprocess.run([*COMMON, *options], cwd=HERE, check=True, capture_output=True, encoding="utf-8").stdout
        (HERE / name).write_text(HEADER + text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
