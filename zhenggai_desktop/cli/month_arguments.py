"""The commands that write into the working months and their options. Standard library only, as the whole grammar."""

from __future__ import annotations

from typing import Any

Options = tuple[tuple[str, dict[str, Any]], ...]


def _text(metavar: str, help_text: str, **more: Any) -> dict[str, Any]:
    return {"metavar": metavar, "help": help_text, "default": "", **more}


def _switch(help_text: str) -> dict[str, Any]:
    return {"action": "store_true", "help": help_text}


#: Name, help, and what follows the ledger.
MONTH_COMMANDS: tuple[tuple[str, str, Options], ...] = (
    (
        "letters",
        "写督办通知单、临期提醒书或超期告诫书，并登记催办",
        (
            ("target", {"metavar": "文书", "help": "要写成的文件（.docx），或已有的文件夹（每个对象一个文件）"}),
            (
                "--kind",
                {
                    "choices": ("chase_notice", "due_reminder", "overdue_warning"),
                    "default": "chase_notice",
                    "help": "chase_notice 督办通知单（默认），due_reminder 临期提醒书，overdue_warning 超期告诫书",
                },
            ),
            (
                "--by",
                {
                    "choices": ("department", "leader"),
                    "default": "department",
                    "help": "发给谁：department 牵头部门（默认），leader 责任领导",
                },
            ),
            (
                "--to",
                {"metavar": "对象", "action": "append", "default": [], "help": "只发给谁，可以写几次"},
            ),
            ("--on", _text("日期", "以哪一天为准，如 2025-06-10；默认今天")),
            ("--no-record", _switch("不在台账里登记催办")),
        ),
    ),
    (
        "extend",
        "给问题或措施延期，原来的时限、理由和批准都留着",
        (
            ("numbers", {"metavar": "序号", "nargs": "+", "help": "问题或措施的序号，如 1-2、1-2-措1，可以有多个"}),
            ("--until", _text("时限", "新的时限，如 2025年9月底前", required=True)),
            ("--reason", _text("理由", "为什么延期", required=True)),
            ("--approval", _text("批准", "谁批准的、文号")),
            ("--on", _text("日期", "哪一天批准的；默认今天")),
        ),
    ),
    (
        "close",
        "列出未销号的问题；写明序号时办理销号的下一步",
        (
            (
                "numbers",
                {"metavar": "序号", "nargs": "*", "help": "问题的序号，如 1-2，不写就列出未销号的"},
            ),
            ("--back", _switch("退回，--opinion 写理由")),
            ("--reopen", _switch("已销号的重新整改，--opinion 写理由")),
            ("--opinion", _text("意见", "意见或理由")),
            ("--by", _text("姓名", "办理人")),
            ("--document", _text("文号", "文号或会议纪要")),
            ("--override", _text("理由", "不具备条件仍要办理的理由")),
            ("--on", _text("日期", "哪一天办理的；默认今天")),
            ("--json", _switch("输出 JSON，供其他程序读取")),
        ),
    ),
)
