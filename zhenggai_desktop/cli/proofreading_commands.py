"""The command that proofreads a ledger's notice or a file, and writes what was found or mended."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from zhenggai_desktop import paths
from zhenggai_desktop.cli import printing
from zhenggai_desktop.cli.results import Result, json_result, read_snapshot
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.names import LEDGER_SUFFIX
from zhenggai_desktop.services import importing, proof_report, proofreading


def _proofread(arguments: argparse.Namespace) -> Result:
    source = Path(arguments.source)
    proof = _proof(source)
    written = _proof_files(arguments, source, proof)
    code = 1 if proof.errors else 0
    if arguments.json:
        values = [proofreading.finding_values(finding) for finding in proof.findings]
        mended = written.get("mended", 0)
        waived = proofreading.waived_values(proof.waived)
        return json_result({"errors": proof.errors, "mended": mended, "findings": values, "waived": waived}, code)
    lines = printing.proof_lines(proof)
    if arguments.fix:
        lines.append(f"已改正 {written['mended']} 处，另存为 {arguments.fix}")
    if arguments.comments:
        lines.append(f"已加 {written['commented']} 条批注，另存为 {arguments.comments}")
    if arguments.report:
        lines.append(f"已导出校对意见清单 {arguments.report}")
    return Result("\n".join(lines), code)


def _proof_files(arguments: argparse.Namespace, source: Path, proof: proofreading.Proof) -> dict[str, int]:
    """Write what was asked for beside the findings; how many were mended and commented."""
    written: dict[str, int] = {}
    if arguments.fix:
        written["mended"] = proofreading.fix(proof, Path(arguments.fix))
    if arguments.comments:
        of_file = None if source.suffix.lower() == LEDGER_SUFFIX else source
        written["commented"] = proof_report.write_comments(proof, of_file, Path(arguments.comments))
    if arguments.report:
        proof_report.write_report(proof, Path(arguments.report))
    return written


def _proof(path: Path) -> proofreading.Proof:
    if path.suffix.lower() == LEDGER_SUFFIX:
        return _proof_of(read_snapshot(path))
    return proofreading.proofread_source(importing.source_document(path), _lexicon(), _today())


def _proof_of(snapshot: Snapshot) -> proofreading.Proof:
    return proofreading.proofread_ledger(snapshot, _lexicon(), _today())


def _lexicon() -> Lexicon:
    words = paths.resources_folder() / "words" / "proofreading.json"
    return proofreading.load_lexicon(words, paths.user_folder())


def _today() -> dt.date:
    return dt.date.today()  # noqa: DTZ011 - the clerk's own day


def unresolved_errors(snapshot: Snapshot) -> tuple[str, ...]:
    """What a notice still has that must be dealt with or waived, said beside its export."""
    return proofreading.unresolved_errors(_proof_of(snapshot))


PROOFREADING_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {"proofread": _proofread}
