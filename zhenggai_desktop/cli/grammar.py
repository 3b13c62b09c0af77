"""What the tables of commands are written in: arguments, switches, commands. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument or option; ``options`` go to argparse as they are."""

    name: str
    options: dict[str, Any]


def argument(name: str, metavar: str, help_text: str, **options: Any) -> Argument:
    """A value; ``metavar`` is what the help calls it."""
    return Argument(name, {"metavar": metavar, "help": help_text, **options})


def switch(name: str, help_text: str) -> Argument:
    """An option without a value."""
    return Argument(name, {"action": "store_true", "help": help_text})


@dataclass(frozen=True, slots=True)
class Command:
    """A command with what follows it."""

    name: str
    help: str
    arguments: tuple[Argument, ...]


LEDGER = argument("ledger", "台账", "台账文件（.zgtz）")
JSON = switch("--json", "输出 JSON，供其他程序读取")
OFFICE_PASSWORD = argument(
    "--password-file", "文件", "第一行是密码的文本文件，导出的 .docx、.xlsx 要用它打开；密码遗失后无法打开", default=""
)
