"""Commands about deadlines, reports, archives, history and backups. Standard library only, as the whole grammar."""

from __future__ import annotations

from zhenggai_desktop.cli.grammar import JSON, LEDGER, Argument, Command, argument, switch
from zhenggai_desktop.cli.month_arguments import MONTH_COMMANDS

_BACKUPS = argument("--backups", "文件夹", "放备份的文件夹；默认在用户的数据文件夹里", default="")

_PASSWORD = argument(
    "--password-file", "文件", "第一行是归档包密码的文本文件；密码遗失后无法打开，里面的文件名不加密", default=""
)

KEEPING_COMMANDS: tuple[Command, ...] = (
    Command(
        "remind",
        "列出要催办的事项：逾期、临期、该启动而未启动、久无进展",
        (
            LEDGER,
            Argument(
                "--by",
                {
                    "choices": ("department", "leader"),
                    "default": "department",
                    "help": "按什么分组：department 牵头部门（默认），leader 责任领导",
                },
            ),
            argument("--on", "日期", "以哪一天为准，如 2025-06-10；默认今天", default=""),
            JSON,
        ),
    ),
    *(
        Command(name, help_text, (LEDGER, *(Argument(*option) for option in options)))
        for name, help_text, options in MONTH_COMMANDS
    ),
    Command(
        "report",
        "写整改工作周报或月报，标出变化",
        (
            LEDGER,
            argument("target", "报告", "要写成的文件（.docx、.xlsx、.txt 或 .html）"),
            Argument(
                "--kind",
                {"choices": ("weekly", "monthly"), "default": "weekly", "help": "weekly 周报（默认），monthly 月报"},
            ),
            argument("--from", "日期", "从哪一天起；默认本周一或本月1日", default="", dest="first"),
            argument("--to", "日期", "到哪一天为止；默认今天", default="", dest="last"),
        ),
    ),
    Command(
        "files",
        "写全部问题的一题一档、佐证材料目录和销号台账",
        (LEDGER, argument("folder", "文件夹", "放文件的文件夹，没有就新建；须为空")),
    ),
    Command(
        "calendar",
        "把未完成事项的时限写成日历文件",
        (LEDGER, argument("target", "日历", "要写成的文件（.ics）")),
    ),
    Command(
        "archive",
        "归档：台账、佐证材料、导出文件和校验值装进一个压缩包",
        (
            LEDGER,
            argument("target", "归档包", "要写成的文件（.zip）"),
            _PASSWORD,
            switch("--without-history", "归档包里的台账不带修改历史（历史里有删去的文字；登记过的各稿仍在）"),
        ),
    ),
    Command(
        "unarchive",
        "从归档包取出台账和佐证材料",
        (
            argument("archive", "归档包", "归档包（.zip）"),
            argument("folder", "文件夹", "放台账的文件夹"),
            _PASSWORD,
        ),
    ),
    Command("figures", "显示统计数字", (LEDGER, JSON)),
    Command("undo", "撤销上一步", (LEDGER,)),
    Command("redo", "恢复撤销的一步", (LEDGER,)),
    Command("history", "显示修改历史", (LEDGER, JSON)),
    Command("check", "检查台账文件", (LEDGER, JSON)),
    Command(
        "backup",
        "备份台账",
        (
            LEDGER,
            argument("target", "备份", "备份成的文件或放备份的文件夹；不写就存入备份文件夹", nargs="?", default=""),
            _BACKUPS,
        ),
    ),
    Command(
        "repair",
        "把损坏的台账抢救到新台账",
        (
            LEDGER,
            argument("target", "新台账", "抢救成的台账文件；不写就放在原台账旁边", nargs="?", default=""),
            _BACKUPS,
            JSON,
        ),
    ),
    Command("backups", "列出台账的备份", (LEDGER, _BACKUPS, JSON)),
    Command(
        "restore",
        "从备份恢复台账",
        (
            LEDGER,
            argument("backup", "编号", "备份的编号或文件名；默认最近的一份", nargs="?", default=""),
            argument("--to", "新台账", "恢复成另一个台账文件，原台账不动", default=""),
            switch("--dry-run", "只显示恢复会改变什么"),
            _BACKUPS,
        ),
    ),
)
