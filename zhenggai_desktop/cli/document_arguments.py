"""Commands about the notice and the other documents. Standard library only, as the whole grammar."""

from __future__ import annotations

from zhenggai_desktop.cli.grammar import JSON, LEDGER, OFFICE_PASSWORD, Argument, Command, argument, switch

_LAYOUT_OPTIONS = (
    argument("--layout", "版式", "版式名称或版式文件（.json）；默认用台账的版式", default=""),
    argument("--template", "模板", "在 Word、WPS 中改过样式的模板（.docx）", default=""),
    OFFICE_PASSWORD,
    switch("--substitute", "本机没有的字体改用本机的字体（默认照写，对方电脑有即按规定显示）"),
)

DOCUMENT_COMMANDS: tuple[Command, ...] = (
    Command(
        "notice",
        "导出整改通报",
        (
            LEDGER,
            argument("target", "通报", "要写成的文件（.docx、.txt 或 .html）"),
            Argument(
                "--edition",
                {
                    "choices": ("public", "internal", "public_review", "internal_review"),
                    "default": "public",
                    "help": "给谁看：public 社会公开稿（默认），internal 党内通报稿；_review 是带送审单的送审稿",
                },
            ),
            argument("--scheme", "方案", "标题方案：a、b、c、d、e 或方案文件；默认用导入时识别的方案", default=""),
            switch("--final", "导出发布稿：不带书签、编号、作者和批注"),
            *_LAYOUT_OPTIONS,
        ),
    ),
    Command(
        "document",
        "导出整改方案、报告、统计表等文书",
        (
            LEDGER,
            argument(
                "target", "文书", "要写成的文件（.docx、.txt 或 .html）；.json 得到文书模板，修改后用 --kind 选用"
            ),
            argument(
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
            argument("target", "文件", "要写成的文件：.json 版式文件，.docx 可在 Word、WPS 中修改样式的模板"),
            _LAYOUT_OPTIONS[0],
            argument("--line", "磅", "行距，如 28、28.95、30", default=""),
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
            switch("--bold", "二级标题楷体加粗"),
            switch("--seal", "按加盖印章编排署名和日期"),
        ),
    ),
    Command(
        "opinion",
        "登记会审意见，或列出已登记的",
        (
            LEDGER,
            argument("--body", "单位", "会审单位，如 区委组织部", default=""),
            argument("--text", "意见", "会审意见", default=""),
            Argument("--adopted", {"choices": ("yes", "no"), "default": "", "help": "是否采纳"}),
            argument("--date", "日期", "提出日期，默认今天", default=""),
            argument("--draft", "序号", "对哪一稿，文稿登记中的序号；默认最近的送审稿", default=""),
            JSON,
        ),
    ),
    Command(
        "comment",
        "登记公开后的群众意见和答复，或列出已登记的",
        (
            LEDGER,
            argument("--text", "意见", "收到的意见", default=""),
            argument("--date", "日期", "收到或答复的日期，默认今天", default=""),
            argument("--number", "序号", "与 --answer 同用：答复第几条", default=""),
            argument("--answer", "答复", "答复和办理情况", default=""),
            argument("--by", "单位", "由谁办理答复", default=""),
            JSON,
        ),
    ),
    Command("drafts", "列出文稿登记：导出过的各稿", (LEDGER, JSON)),
    Command(
        "compare",
        "比较两稿，或一稿与台账现状",
        (
            LEDGER,
            argument("one", "甲稿", "文稿登记中的序号"),
            argument("other", "乙稿", "文稿登记中的序号，不写则与台账现状比较", nargs="?", default=""),
            JSON,
        ),
    ),
    Command(
        "returned",
        "收回退回的文稿：列出改了什么，收入台账",
        (
            LEDGER,
            argument("file", "退回稿", "退回的文件（.docx、.doc、.wps 等）"),
            argument("--take", "序号", "收入哪些修改：all 全部，或序号如 1,3,4；不写则只列出", default=""),
            switch("--older", "退回的是较早的一稿时仍然收入"),
            switch("--dry-run", "只列出，不改台账"),
            JSON,
        ),
    ),
    Command(
        "published",
        "核对已发布的文字与审定的文稿是否一致",
        (
            LEDGER,
            argument("file", "发布文字", "已发布的文件（.docx、.html、.txt 等）"),
            argument("--draft", "序号", "与文稿登记中的哪一份核对；默认为最近的发布稿", default=""),
            JSON,
        ),
    ),
    Command(
        "proofread",
        "校对通报：数字、日期、隐私、标点、用词",
        (
            argument("source", "台账或文件", "台账文件（.zgtz），或没有台账的 .docx、.txt 等文件"),
            argument("--fix", "文件", "把能直接改的都改好，另存为这个文件（.docx、.txt 或 .html）", default=""),
            argument("--comments", "文件", "在 Word 文件的副本上加批注，另存为这个文件（.docx）", default=""),
            argument("--report", "文件", "把校对意见列成清单（.xlsx、.docx、.txt 或 .html）", default=""),
            JSON,
        ),
    ),
)
