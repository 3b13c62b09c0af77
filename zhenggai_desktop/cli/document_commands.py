"""The commands that write documents and layouts; the notice's own is among the commands around drafts."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from zhenggai_desktop import paths
from zhenggai_desktop.cli.passwords import password_in
from zhenggai_desktop.cli.results import Result, user_name
from zhenggai_desktop.domain.layout import LayoutProfile
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.services import documents, drafts, fonts, layouts
from zhenggai_desktop.services.locking import locked


def _document(arguments: argparse.Namespace) -> Result:
    target = Path(arguments.target)
    template = documents.chosen_template(arguments.kind, documents_folder())
    if target.suffix.lower() == ".json":
        documents.save_template(arguments.kind, documents_folder(), target)
        return Result(f"已另存文书模板 {target}")
    with (
        drafts.opened_to_send(Path(arguments.ledger), user_name()) as ledger,
        locked(target, password_in(arguments.password_file)) as written,
    ):
        profile, said = export_layout(arguments, ledger.snapshot.facts, target)
        sent = documents.send_document(ledger, written, template, today=_today(), profile=profile)
    state = drafts.sending_words(sent.draft)
    return Result("\n".join([f"已导出{template.caption} {target}", state, *sent.warnings, *said]))


def _layout_file(arguments: argparse.Namespace) -> Result:
    target = Path(arguments.target)
    profile = layouts.adjusted(
        layouts.chosen_profile(arguments.layout, LedgerFacts()),
        line=arguments.line,
        fonts=arguments.fonts,
        digits=arguments.digits,
        bold=arguments.bold or None,
        seal=arguments.seal or None,
        name=target.stem,
    )
    layouts.save_layout(profile, target)
    return Result(f"已另存{'模板' if target.suffix.lower() == '.docx' else '版式'} {target}")


def export_layout(arguments: argparse.Namespace, facts: LedgerFacts, target: Path) -> tuple[LayoutProfile, list[str]]:
    """The profile for this export, and what there is to say of fonts that this computer lacks."""
    profile = layouts.chosen_profile(arguments.layout, facts, template=arguments.template)
    if target.suffix.lower() != ".docx":
        return profile, []
    report = fonts.check_fonts(profile, fonts.installed_fonts())
    return (report.substituted(profile) if arguments.substitute else profile), report.lines(
        substituted=arguments.substitute
    )


def documents_folder() -> Path:
    """Where the built-in templates of documents lie."""
    return paths.resources_folder() / "documents"


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


DOCUMENT_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    "document": _document,
    "layout": _layout_file,
}
