"""Commands that bring a ledger together and hand it out as tables. Standard library only, as the whole grammar."""

from __future__ import annotations

from zhenggai_desktop.cli.filter_arguments import FILTER_ARGUMENTS
from zhenggai_desktop.cli.grammar import JSON, LEDGER, OFFICE_PASSWORD, Argument, Command, argument, switch

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

LEDGER_COMMANDS: tuple[Command, ...] = (
    Command(
        "new",
        "新建台账",
        (
            argument("ledger", "台账", "要建立的台账文件（.zgtz）"),
            argument("--unit", "全称", "责任单位全称", default=""),
            argument("--feedback-date", "日期", "反馈日期，如 2024-05-06", default=""),
        ),
    ),
    Command(
        "import",
        "导入反馈意见、整改通报或台账表格",
        (
            argument("ledger", "台账", "台账文件（.zgtz），没有就新建"),
            argument("source", "来源", "要导入的文件（.docx、.txt、.xlsx 等）"),
            Argument(
                "--kind",
                {
                    "choices": ("auto", "feedback", "notice", "workbook"),
                    "default": "auto",
                    "help": "来源是什么：auto 自动判断（默认），feedback 反馈意见，notice 整改通报，workbook 台账表格",
                },
            ),
            _COLUMN,
            switch("--update", "台账与来源不同的题目、时限、措施和位置也按来源修改（一步，可以撤销）"),
            switch("--remove-gone", "与 --update 同用：来源里没有的问题从台账删除（可以撤销）"),
            switch("--dry-run", "只显示将导入什么，不写任何文件"),
            JSON,
        ),
    ),
    Command("show", "显示台账内容", (LEDGER, JSON)),
    Command(
        "export",
        "导出台账表格",
        (
            LEDGER,
            argument("target", "表格", "要写成的文件（.xlsx，按表填写时与表相同）"),
            Argument(
                "--kind",
                {
                    "choices": ("ledger", "lists", "figures", "data", "form", "template"),
                    "default": "ledger",
                    "help": "ledger 全部工作表（默认），lists 三个清单，figures 统计，data 数据，"
                    "form 填写发来的空表，template 各列的模板（.json），改好后用 --template 导出",
                },
            ),
            OFFICE_PASSWORD,
            argument("--form", "空表", "与 --kind form 同用：要填写的空表（.xlsx 或 .docx）", default=""),
            _COLUMN,
            argument("--template", "模板", "台账各列的模板文件（JSON）", default=""),
            *(Argument(name, options) for name, options in FILTER_ARGUMENTS),
        ),
    ),
    Command(
        "distribute",
        "把台账分发成各部门的填报表",
        (
            LEDGER,
            argument("folder", "文件夹", "放填报表的文件夹，没有就新建"),
            Argument(
                "--by",
                {
                    "choices": ("department", "leader", "unit"),
                    "default": "department",
                    "help": "按什么分：department 牵头部门（默认），leader 责任领导，unit 涉及单位",
                },
            ),
            JSON,
        ),
    ),
    Command(
        "collect",
        "收回填报表，合并到台账",
        (
            LEDGER,
            argument("files", "填报表", "收回的文件，可以有多个", nargs="+"),
            *_MERGE_OPTIONS,
            switch("--additions", "收入新增的措施（默认只列出）"),
            switch("--dry-run", "只显示将合并什么，不改台账"),
            JSON,
        ),
    ),
    Command(
        "merge",
        "合并同一台账的另一个副本",
        (
            LEDGER,
            argument("other", "副本", "另一个副本（.zgtz）"),
            *_MERGE_OPTIONS,
            switch("--dry-run", "只显示将合并什么，不改台账"),
            JSON,
        ),
    ),
    Command(
        "rollup",
        "把多个台账汇总成一张表",
        (
            argument("target", "汇总表", "要写成的文件（.xlsx）"),
            argument("ledgers", "台账", "要汇总的台账（.zgtz），可以有多个", nargs="+"),
            JSON,
        ),
    ),
)
