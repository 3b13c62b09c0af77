"""``--column 表头=含义``: what the columns of a foreign table mean, said once and remembered for its shape."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhenggai_desktop import paths
from zhenggai_desktop.domain.column_names import COLUMN_NAMES, column_named
from zhenggai_desktop.domain.table_columns import Column, Header
from zhenggai_desktop.domain.workbook_reader import ANY_SHAPE, Chosen, caption_keys, shape_of
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.form_memory import FormMemory


def form_memory() -> FormMemory:
    """What this user said of foreign forms, here and in the window."""
    return FormMemory(paths.forms_folder(paths.user_folder()))


def with_said(chosen: Chosen, said: Sequence[str]) -> Chosen:
    """What is remembered, and before it what the options say. Raises UsageError for an option that cannot be read."""
    return {**chosen, ANY_SHAPE: dict(map(_pair, said))} if said else chosen


def _pair(option: str) -> tuple[str, Column]:
    caption, sign, meaning = option.replace("＝", "=").rpartition("=")
    column = column_named(meaning)
    if not sign or not caption.strip():
        raise UsageError(f"--column 后面的“{option}”看不懂", "请写成 表头=含义，如 --column 主抓科室=牵头部门")
    if column is None:
        raise UsageError(f"没有“{meaning}”这种含义", f"可用的有 {'、'.join(COLUMN_NAMES.values())}")
    return "".join(caption.split()), column


def remember_said(memory: FormMemory, headers: Sequence[Header], said: Sequence[str], source: Path) -> None:
    """Remember the options for the shapes of these tables. Raises UsageError where a caption stands in none."""
    wanted = dict(map(_pair, said))
    known = {key for header in headers for key in caption_keys(header)}
    if missing := [caption for caption in wanted if caption not in known]:
        raise UsageError(
            f"“{source.name}”的表头里没有“{missing[0]}”", f"表头有 {'、'.join(sorted(filter(None, known)))}"
        )
    for header in headers:
        own = {caption: column for caption, column in wanted.items() if caption in caption_keys(header)}
        if own:
            shape = shape_of(header)
            memory.remember_columns(shape, {**memory.chosen.get(shape, {}), **own})
