"""The columns in which this user prints the ledger: one template in the user's folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from zhenggai_desktop.domain.ledger_template import WHOLE, Template, load_template, template_text
from zhenggai_desktop.errors import TargetError, UsageError


def load_user_template(path: Path | None) -> Template:
    """The template at ``path``; the usual columns where there is none or it is damaged."""
    if path is not None:
        with suppress(OSError, UnicodeDecodeError, UsageError):
            return load_template(path.read_text(encoding="utf-8"))
    return WHOLE


def save_user_template(path: Path | None, template: Template) -> None:
    """Keep the template; the usual columns are kept as no file. Raises TargetError where the folder cannot be
    written."""
    if path is None:
        return
    try:
        if template == WHOLE:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + ".new")
        temporary.write_text(template_text(template), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise TargetError("台账表格的列没有保存成功", f"请检查“{path.parent}”能否写入") from error
