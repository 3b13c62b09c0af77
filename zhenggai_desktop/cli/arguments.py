"""The grammar of the command line: commands, their arguments and their help, all in Chinese.

Only the standard library is imported here, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from zhenggai_desktop import __version__
from zhenggai_desktop.cli.filter_arguments import FILTER_ARGUMENTS
from zhenggai_desktop.cli.month_arguments import MONTH_COMMANDS
from zhenggai_desktop.errors import UsageError

PROGRAM = "zhenggai"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument or option; ``options`` go to argparse as they are."""

    name: str
    options: dict[str, Any]


def _argument(name: str, metavar: str, help_text: str, **options: Any) -> Argument:
    return Argument(name, {"metavar": metavar, "help": help_text, **options})


def _switch(name: str, help_text: str) -> Argument:
    return Argument(name, {"action": "store_true", "help": help_text})


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    help: str
    arguments: tuple[Argument, ...]


_LEDGER = _argument("ledger", "台账", "台账文件（.zgtz）")
_JSON = _switch("--json", "输出 JSON，供其他程序读取")

_BACKUPS = _argument("--backups", "文件夹", "放备份的文件夹；默认在用户的数据文件夹里", default="")
_PASSWORD = _argument("--password-file", "文件", "第一行是归档包密码的文本文件；密码遗失后无法打开", default="")

_OFFICE_PASSWORD = _argument(
    "--password-file", "文件", "第一行是密码的文本文件，导出的 .docx、.xlsx 要用它打开；密码遗失后无法打开", default=""
)

_MERGE_OPTIONS = (
    Argument(
        "--prefer",
        {
            "choices": ("ours", "theirs", "both"),
            "default": "ours",
            "help": "两边都改过的地方：ours 保留台账（默认），theirs 采用对方，both 大段文字两边都留，其余采用对方",
        },
    ),
)

_COLUMN = Argument(
    "--column",
    {
        "metavar": "表头=含义",
        "action": "append",
        "default": [],
        "help": "表格的某一列是什么，如 主抓科室=牵头部门；可以写几次，以后遇到同样的表会记得",
    },
)

_LAYOUT_OPTIONS = (
    _argument("--layout", "版式", "版式名称或版式文件（.json）；默认用台账的版式", default=""),
    _argument("--template", "模板", "在 Word、WPS 中改过样式的模板（.docx）", default=""),
    _OFFICE_PASSWORD,
    _switch("--substitute", "本机没有的字体改用本机的字体（默认照写，对方电脑有即按规定显示）"),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        "new",
        "新建台账",
        (
            _argument("ledger", "台账", "要建立的台账文件（.zgtz）"),
            _argument("--unit", "全称", "责任单位全称", default=""),
            _argument("--feedback-date", "日期", "反馈日期，如 2024-05-06", default=""),
        ),
    ),
    Command(
        "import",
        "导入反馈意见、整改通报或台账表格",
        (
            _argument("ledger", "台账", "台账文件（.zgtz），没有就新建"),
            _argument("source", "来源", "要导入的文件（.docx、.txt、.xlsx 等）"),
            Argument(
                "--kind",
                {
                    "choices": ("auto", "feedback", "notice", "workbook"),
                    "default": "auto",
                    "help": "来源是什么：auto 自动判断（默认），feedback 反馈意见，notice 整改通报，workbook 台账表格",
                },
            ),
            _COLUMN,
            _switch("--update", "台账与来源不同的题目、时限、措施和位置也按来源修改（一步，可以撤销）"),
            _switch("--remove-gone", "与 --update 同用：来源里没有的问题从台账删除（可以撤销）"),
            _switch("--dry-run", "只显示将导入什么，不写任何文件"),
            _JSON,
        ),
    ),
    Command("show", "显示台账内容", (_LEDGER, _JSON)),
    Command(
        "export",
        "导出台账表格",
        (
            _LEDGER,
            _argument("target", "表格", "要写成的文件（.xlsx，按表填写时与表相同）"),
            Argument(
                "--kind",
                {
                    "choices": ("ledger", "lists", "figures", "data", "form", "template"),
                    "default": "ledger",
                    "help": "ledger 全部工作表（默认），lists 三个清单，figures 统计，data 数据，"
                    "form 填写发来的空表，template 各列的模板（.json），改好后用 --template 导出",
                },
            ),
            _OFFICE_PASSWORD,
            _argument("--form", "空表", "与 --kind form 同用：要填写的空表（.xlsx 或 .docx）", default=""),
            _COLUMN,
            _argument("--template", "模板", "台账各列的模板文件（JSON）", default=""),
            *(Argument(name, options) for name, options in FILTER_ARGUMENTS),
        ),
    ),
    Command(
        "distribute",
        "把台账分发成各部门的填报表",
        (
            _LEDGER,
            _argument("folder", "文件夹", "放填报表的文件夹，没有就新建"),
            Argument(
                "--by",
                {
                    "choices": ("department", "leader", "unit"),
                    "default": "department",
                    "help": "按什么分：department 牵头部门（默认），leader 责任领导，unit 涉及单位",
                },
            ),
            _JSON,
        ),
    ),
    Command(
        "collect",
        "收回填报表，合并到台账",
        (
            _LEDGER,
            _argument("files", "填报表", "收回的文件，可以有多个", nargs="+"),
            *_MERGE_OPTIONS,
            _switch("--additions", "收入新增的措施（默认只列出）"),
            _switch("--dry-run", "只显示将合并什么，不改台账"),
            _JSON,
        ),
    ),
    Command(
        "merge",
        "合并同一台账的另一个副本",
        (
            _LEDGER,
            _argument("other", "副本", "另一个副本（.zgtz）"),
            *_MERGE_OPTIONS,
            _switch("--dry-run", "只显示将合并什么，不改台账"),
            _JSON,
        ),
    ),
    Command(
        "rollup",
        "把多个台账汇总成一张表",
        (
            _argument("target", "汇总表", "要写成的文件（.xlsx）"),
            _argument("ledgers", "台账", "要汇总的台账（.zgtz），可以有多个", nargs="+"),
            _JSON,
        ),
    ),
    Command(
        "notice",
        "导出整改通报",
        (
            _LEDGER,
            _argument("target", "通报", "要写成的文件（.docx、.txt 或 .html）"),
            Argument(
                "--edition",
                {
                    "choices": ("public", "internal", "public_review", "internal_review"),
                    "default": "public",
                    "help": "给谁看：public 社会公开稿（默认），internal 党内通报稿；_review 是带送审单的送审稿",
                },
            ),
            _argument("--scheme", "方案", "标题方案：a、b、c、d、e 或方案文件；默认用导入时识别的方案", default=""),
            _switch("--final", "导出发布稿：不带书签、编号、作者和批注"),
            *_LAYOUT_OPTIONS,
        ),
    ),
    Command(
        "document",
        "导出整改方案、报告、统计表等文书",
        (
            _LEDGER,
            _argument(
                "target", "文书", "要写成的文件（.docx、.txt 或 .html）；.json 得到文书模板，修改后用 --kind 选用"
            ),
            _argument(
                "--kind",
                "种类",
                "plan 整改方案（默认），progress_report 进展情况报告，leader_report 主要负责人报告，"
                "statistics 统计表，submission 送审单，withheld 拟不公开事项表，comments 群众意见办理表，或模板文件",
                default="plan",
            ),
            *_LAYOUT_OPTIONS,
        ),
    ),
    Command(
        "layout",
        "另存版式文件，或供 Word 修改样式的模板",
        (
            _argument("target", "文件", "要写成的文件：.json 版式文件，.docx 可在 Word、WPS 中修改样式的模板"),
            _LAYOUT_OPTIONS[0],
            _argument("--line", "磅", "行距，如 28、28.95、30", default=""),
            Argument(
                "--fonts",
                {
                    "choices": ("gb2312", "gbk", "plain"),
                    "default": "",
                    "help": "字体名称：gb2312 仿宋_GB2312 等，gbk 方正 GBK，plain Windows 自带",
                },
            ),
            Argument(
                "--digits",
                {"choices": ("body", "roman"), "default": "", "help": "数字：body 仿宋，roman Times New Roman"},
            ),
            _switch("--bold", "二级标题楷体加粗"),
            _switch("--seal", "按加盖印章编排署名和日期"),
        ),
    ),
    Command(
        "opinion",
        "登记会审意见，或列出已登记的",
        (
            _LEDGER,
            _argument("--body", "单位", "会审单位，如 区委组织部", default=""),
            _argument("--text", "意见", "会审意见", default=""),
            Argument("--adopted", {"choices": ("yes", "no"), "default": "", "help": "是否采纳"}),
            _argument("--date", "日期", "提出日期，默认今天", default=""),
            _argument("--draft", "序号", "对哪一稿，文稿登记中的序号；默认最近的送审稿", default=""),
            _JSON,
        ),
    ),
    Command(
        "comment",
        "登记公开后的群众意见和答复，或列出已登记的",
        (
            _LEDGER,
            _argument("--text", "意见", "收到的意见", default=""),
            _argument("--date", "日期", "收到或答复的日期，默认今天", default=""),
            _argument("--number", "序号", "与 --answer 同用：答复第几条", default=""),
            _argument("--answer", "答复", "答复和办理情况", default=""),
            _argument("--by", "单位", "由谁办理答复", default=""),
            _JSON,
        ),
    ),
    Command("drafts", "列出文稿登记：导出过的各稿", (_LEDGER, _JSON)),
    Command(
        "compare",
        "比较两稿，或一稿与台账现状",
        (
            _LEDGER,
            _argument("one", "甲稿", "文稿登记中的序号"),
            _argument("other", "乙稿", "文稿登记中的序号，不写则与台账现状比较", nargs="?", default=""),
            _JSON,
        ),
    ),
    Command(
        "returned",
        "收回退回的文稿：列出改了什么，收入台账",
        (
            _LEDGER,
            _argument("file", "退回稿", "退回的文件（.docx、.doc、.wps 等）"),
            _argument("--take", "序号", "收入哪些修改：all 全部，或序号如 1,3,4；不写则只列出", default=""),
            _switch("--older", "退回的是较早的一稿时仍然收入"),
            _switch("--dry-run", "只列出，不改台账"),
            _JSON,
        ),
    ),
    Command(
        "published",
        "核对已发布的文字与审定的文稿是否一致",
        (
            _LEDGER,
            _argument("file", "发布文字", "已发布的文件（.docx、.html、.txt 等）"),
            _argument("--draft", "序号", "与文稿登记中的哪一份核对；默认为最近的发布稿", default=""),
            _JSON,
        ),
    ),
    Command(
        "proofread",
        "校对通报：数字、日期、隐私、标点、用词",
        (
            _argument("source", "台账或文件", "台账文件（.zgtz），或没有台账的 .docx、.txt 等文件"),
            _argument("--fix", "文件", "把能直接改的都改好，另存为这个文件（.docx、.txt 或 .html）", default=""),
            _argument("--comments", "文件", "在 Word 文件的副本上加批注，另存为这个文件（.docx）", default=""),
            _argument("--report", "文件", "把校对意见列成清单（.xlsx、.docx、.txt 或 .html）", default=""),
            _JSON,
        ),
    ),
    Command(
        "remind",
        "列出要催办的事项：超期、临期、该启动而未启动、久无进展",
        (
            _LEDGER,
            Argument(
                "--by",
                {
                    "choices": ("department", "leader"),
                    "default": "department",
                    "help": "按什么分组：department 牵头部门（默认），leader 责任领导",
                },
            ),
            _argument("--on", "日期", "以哪一天为准，如 2025-06-10；默认今天", default=""),
            _JSON,
        ),
    ),
    *(
        Command(name, help_text, (_LEDGER, *(Argument(*option) for option in options)))
        for name, help_text, options in MONTH_COMMANDS
    ),
    Command(
        "report",
        "写整改工作周报或月报，标出变化",
        (
            _LEDGER,
            _argument("target", "报告", "要写成的文件（.docx、.xlsx、.txt 或 .html）"),
            Argument(
                "--kind",
                {"choices": ("weekly", "monthly"), "default": "weekly", "help": "weekly 周报（默认），monthly 月报"},
            ),
            _argument("--from", "日期", "从哪一天起；默认本周一或本月1日", default="", dest="first"),
            _argument("--to", "日期", "到哪一天为止；默认今天", default="", dest="last"),
        ),
    ),
    Command(
        "files",
        "写全部问题的一题一档、佐证材料目录和销号台账",
        (_LEDGER, _argument("folder", "文件夹", "放文件的文件夹，没有就新建；须为空")),
    ),
    Command(
        "calendar",
        "把未完成事项的时限写成日历文件",
        (_LEDGER, _argument("target", "日历", "要写成的文件（.ics）")),
    ),
    Command(
        "archive",
        "归档：台账、佐证材料、导出文件和校验值装进一个压缩包",
        (
            _LEDGER,
            _argument("target", "归档包", "要写成的文件（.zip）"),
            _PASSWORD,
            _switch("--without-history", "归档包里的台账不带修改历史（历史里有删去的文字）"),
        ),
    ),
    Command(
        "unarchive",
        "从归档包取出台账和佐证材料",
        (
            _argument("archive", "归档包", "归档包（.zip）"),
            _argument("folder", "文件夹", "放台账的文件夹"),
            _PASSWORD,
        ),
    ),
    Command("figures", "显示统计数字", (_LEDGER, _JSON)),
    Command("undo", "撤销上一步", (_LEDGER,)),
    Command("redo", "恢复撤销的一步", (_LEDGER,)),
    Command("history", "显示修改历史", (_LEDGER, _JSON)),
    Command("check", "检查台账文件", (_LEDGER, _JSON)),
    Command(
        "backup",
        "备份台账",
        (
            _LEDGER,
            _argument("target", "备份", "备份成的文件或放备份的文件夹；不写就存入备份文件夹", nargs="?", default=""),
            _BACKUPS,
        ),
    ),
    Command(
        "repair",
        "把损坏的台账抢救到新台账",
        (
            _LEDGER,
            _argument("target", "新台账", "抢救成的台账文件；不写就放在原台账旁边", nargs="?", default=""),
            _BACKUPS,
            _JSON,
        ),
    ),
    Command("backups", "列出台账的备份", (_LEDGER, _BACKUPS, _JSON)),
    Command(
        "restore",
        "从备份恢复台账",
        (
            _LEDGER,
            _argument("backup", "编号", "备份的编号或文件名；默认最近的一份", nargs="?", default=""),
            _argument("--to", "新台账", "恢复成另一个台账文件，原台账不动", default=""),
            _switch("--dry-run", "只显示恢复会改变什么"),
            _BACKUPS,
        ),
    ),
)

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
