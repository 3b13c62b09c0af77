"""The grammar of the command line: commands, their arguments and their help, all in Chinese.

Only the standard library is imported here, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

from zhenggai_desktop import __version__
from zhenggai_desktop.cli.document_arguments import DOCUMENT_COMMANDS
from zhenggai_desktop.cli.grammar import Argument, Command
from zhenggai_desktop.cli.keeping_arguments import KEEPING_COMMANDS
from zhenggai_desktop.cli.ledger_arguments import LEDGER_COMMANDS
from zhenggai_desktop.errors import UsageError

PROGRAM = "zhenggai"


COMMANDS: tuple[Command, ...] = (*LEDGER_COMMANDS, *DOCUMENT_COMMANDS, *KEEPING_COMMANDS)
COMMAND_NAMES: tuple[str, ...] = tuple(command.name for command in COMMANDS)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and its values. Raises UsageError with one Chinese sentence; SystemExit(0) after help."""
    if not arguments:
        raise UsageError("没有写要做什么", f"输入 {PROGRAM} --help 查看可用的命令")
    return _parser().parse_args(list(arguments))


class _Help(argparse.HelpFormatter):
    """Argparse's help with a Chinese head and room for the Chinese words of arguments."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Argparse's parser whose errors are sentences for a clerk."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **options)

    def format_help(self) -> str:
        """Argparse's help with Chinese colons, and without the line that only repeats the word for a command."""
        return super().format_help().replace(":\n", "：\n").replace("：\n  命令\n", "：\n")

    def error(self, message: str) -> NoReturn:
        raise UsageError(_in_chinese(message), f"输入 {self.prog} --help 查看用法")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=PROGRAM, description="整改台账：从巡察反馈到整改公开稿，一个文件，离线使用。")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", required=True, parser_class=_Parser)
    for command in COMMANDS:
        options = commands.add_parser(command.name, help=command.help, description=command.help + "。")
        _fill(options, command.arguments)
    general = parser.add_argument_group("选项")
    general.add_argument("--version", action="version", version=f"整改台账 {__version__}", help="显示版本号")
    general.add_argument("-h", "--help", action="help", help="显示这段说明")
    return parser


def _fill(parser: argparse.ArgumentParser, arguments: Iterable[Argument]) -> None:
    required = parser.add_argument_group("参数")
    optional = parser.add_argument_group("选项")
    for argument in arguments:
        group = optional if argument.name.startswith("-") else required
        group.add_argument(argument.name, **argument.options)
    optional.add_argument("-h", "--help", action="help", help="显示这段说明")


def _missing(match: re.Match[str]) -> str:
    return f"缺少{match[1].replace(', ', '、')}"


def _unknown_choice(match: re.Match[str]) -> str:
    choices = "、".join(re.findall(r"[\w-]+", match[3]))
    if match[1] == "命令":
        return f"没有“{match[2]}”这个命令，可用的命令有 {choices}"
    return f"{match[1]} 不能是“{match[2]}”，只能是 {choices}"


def _unknown_words(match: re.Match[str]) -> str:
    return f"不认识“{match[1]}”"


def _nothing_behind(match: re.Match[str]) -> str:
    return f"{match[1]} 后面没有写内容"


def _something_behind(match: re.Match[str]) -> str:
    return f"{match[1]} 后面不能写 {match[2]}"


_SENTENCES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"the following arguments are required: (.*)", _missing),
    (r"unrecognized arguments: (.*)", _unknown_words),
    (r"argument (.*?): invalid choice: '?(.*?)'? (?:\(choose from|, maybe you meant)(.*)", _unknown_choice),
    (r"argument (.*?): expected one argument", _nothing_behind),
    (r"argument (.*?): ignored explicit argument (.*)", _something_behind),
)


def _in_chinese(message: str) -> str:
    """What argparse found, in Chinese; a wording of a later Python that is not known says only that much."""
    for pattern, write in _SENTENCES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            return write(match)
    return "命令的写法有误"
