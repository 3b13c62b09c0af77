"""Broken files for every reader: those that were found once, some new ones each time, and long runs when asked for.

``found/READER/…`` holds what once ended in a traceback, a hang or a full memory; the large ones are packed.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import main
from tests.fuzz.mutating import mutated
from tests.fuzz.readers import READERS, Reader
from tests.fuzz.running import a_file, tried
from zhenggai_desktop.errors import UsageError

FOUND = Path(__file__).resolve().parent / "found"
FINDINGS = sorted(path for path in FOUND.glob("*/*") if path.is_file())
by_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)


@by_reader
def test_good_files_are_taken(reader: Reader) -> None:
    for name, data in reader.good().items():
        outcome = tried(reader, name, data)
        assert not outcome.problem, (name, outcome)
        assert not outcome.refused or reader.name in {"draft", "zgtz", "kept"}, (name, outcome.refused)


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once_ends_in_a_ledger_or_a_sentence(path: Path) -> None:
    reader = next(reader for reader in READERS if reader.name == path.parent.name)
    data = path.read_bytes()
    packed = path.suffix == ".gz"
    outcome = tried(reader, path.stem if packed else path.name, gzip.decompress(data) if packed else data)
    assert not outcome.bug


@by_reader
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,  # a landing must not depend on luck; new files are for the long runs
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(random=st.randoms(use_true_random=False))
def test_broken_files_end_in_a_ledger_or_a_sentence(reader: Reader, random: Random) -> None:
    good = reader.good()
    name = random.choice(sorted(good))
    outcome = tried(reader, name, mutated(good[name], random))
    assert not outcome.bug


@pytest.mark.full
@by_reader
def test_a_minute_of_broken_files(reader: Reader, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([reader.name, "--minutes", "1", "--keep", str(tmp_path)]) == 0, capfd.readouterr().err


def test_a_sentence_quotes_nothing_that_turns_it_round_or_fills_a_screen() -> None:
    error = UsageError("没有“\u202e\x1b[31m甲\n乙\ud800”这一项", f"请改掉“{'长' * 5000}”")
    assert str(error) == f"没有“\ufffd\ufffd[31m甲\ufffd乙\ufffd”这一项；请改掉“{'长' * 100}…{'长' * 40}”。"


def test_the_same_seed_is_the_same_file() -> None:
    text = next(reader for reader in READERS if reader.name == "txt")
    files = [a_file(text, seed) for seed in range(20)]
    assert files == [a_file(text, seed) for seed in range(20)]
    assert len(set(files)) > 10
