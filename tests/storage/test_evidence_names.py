"""A ledger from elsewhere may name any file as its evidence; none outside of the folder is read, moved or written."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.records import Evidence
from zhenggai_desktop.services import archiving, backups, evidence_care, proving
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.repairing import repair

SECRET = b"somebody's own file"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the user beside the folder in which the ledger lies."""
    path = tmp_path / "私人.docx"
    path.write_bytes(SECRET)
    return path


@pytest.fixture(params=["up", "whole", "backslash", "long", "dots"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path, secret: Path) -> Ledger:
    name = {
        "up": "../../私人.docx",
        "whole": str(secret),
        "backslash": "..\\..\\私人.docx",
        "long": "长" * 300,
        "dots": "..",
    }[request.param]
    folder = tmp_path / "台账"
    folder.mkdir()
    sha = hashlib.sha256(SECRET).hexdigest()
    made = a_ledger(folder, Evidence(title="材料", file_name=name, sha256=sha, size=len(SECRET)))
    made.evidence_folder.path.mkdir()
    return made


def evidence_of(ledger: Ledger) -> Evidence:
    return ledger.snapshot.evidence[0]


def test_it_counts_as_missing(ledger: Ledger) -> None:
    with ledger:
        name = evidence_of(ledger).file_name
        assert proving.place_of(ledger, evidence_of(ledger)) is None
        assert ledger.evidence_folder.missing([name]) == {name}
        assert [finding.code for finding in ledger.check()] == ["evidence_missing"]
        doubts = evidence_care.look_over(ledger.evidence_folder, ledger.snapshot.evidence)
        assert [one.state for one in doubts] == [evidence_care.FileState.MISSING]


def test_removing_the_record_and_bringing_it_back_moves_nothing(ledger: Ledger, secret: Path) -> None:
    with ledger:
        with ledger.step("删除") as writer:
            writer.remove(Evidence, 1)
        assert secret.read_bytes() == SECRET
        ledger.undo()
        ledger.evidence_folder.drop(evidence_of(ledger).file_name)
    assert secret.read_bytes() == SECRET


def test_no_archive_backup_or_rescue_takes_it_along(ledger: Ledger, secret: Path, tmp_path: Path) -> None:
    with ledger:
        done = archiving.make_archive(ledger, tmp_path / "归档.zip")
        assert (done.evidence, done.missing) == (0, ("材料",))
    backup = backups.back_up(ledger.path, tmp_path / "备份", backups.ON_DEMAND)
    assert backup is not None
    assert backup.evidence == {}
    assert (
        "佐证材料“材料”的文件没有带过来（找不到、读不出，或者磁盘已满）。"
        in repair(ledger.path, backups=tmp_path / "备份").lines
    )
    assert secret.read_bytes() == SECRET
    assert {path.name for path in tmp_path.iterdir()} == {"私人.docx", "台账", "归档.zip", "备份"}


def test_a_file_found_again_goes_nowhere_else(ledger: Ledger, secret: Path, tmp_path: Path) -> None:
    where = tmp_path / "找"
    where.mkdir()
    (where / "同样内容.docx").write_bytes(SECRET)
    secret.unlink()
    with ledger:
        assert evidence_care.find_again(ledger.evidence_folder, ledger.snapshot.evidence, where) == ()
        assert [path for path in ledger.evidence_folder.path.rglob("*") if path.is_file()] == []
    assert not secret.exists()
