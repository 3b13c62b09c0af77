"""How each thing that a user can call is named, drawn and reached by the keyboard, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QKeySequence

from zhenggai_desktop.gui.calls import Call

Key = QKeySequence.StandardKey


class ActionSpec(NamedTuple):
    """One action. ``short`` is its text on the toolbar and on buttons; ``icon`` a file name without ending.

    ``in_tree``: its key counts only while the tree has the keyboard, so that it means what it always means elsewhere.
    ``on_page``: likewise while anything on the ledger page has it, the form too.
    """

    text: str
    short: str = ""
    shortcut: Key | str | None = None
    icon: str = ""
    tip: str = ""
    in_tree: bool = False
    on_page: bool = False
    checkable: bool = False


SPECS: Mapping[Call, ActionSpec] = {
    Call.NEW: ActionSpec("新建台账(&N)…", "新建", Key.New, "new", "新建一个空白台账"),
    Call.OPEN: ActionSpec("打开台账(&O)…", "打开", Key.Open, "open", "打开已有的台账文件"),
    Call.SAMPLE: ActionSpec("打开示例(&D)…", tip="用示例通报建立一个台账，先看看怎么用"),
    Call.IMPORT: ActionSpec(
        "导入反馈意见、通报或表格(&I)…",
        "导入",
        "Ctrl+I",
        "import",
        "读入反馈意见、以往的整改通报，或任何样子的台账表格",
    ),
    Call.PROOFREAD_FILE: ActionSpec("校对文件(&P)…", tip="校对一份没有台账的文稿，或粘贴来的文字；不改动台账"),
    Call.SAVE: ActionSpec("保存(&S)", shortcut=Key.Save, tip="输入的内容会自动保存；这里立即保存并告诉您"),
    Call.EXPORT_LEDGER: ActionSpec(
        "导出整改台账(Excel)(&E)…", "导出台账", "Ctrl+E", "sheet", "把整改台账导出为 Excel 表格"
    ),
    Call.EXPORT_SHOWN: ActionSpec("导出筛选结果(Excel)(&F)…", tip="只把筛选出来的问题导出为 Excel 表格"),
    Call.EXPORT_NOTICE: ActionSpec(
        "导出通报(Word)(&W)…", "导出通报", "Ctrl+Shift+E", "document", "把整改情况通报导出为 Word 文件"
    ),
    Call.PRINT: ActionSpec("打印(&P)…", shortcut=Key.Print, tip="打印当前页面：清单、通报或挂图"),
    Call.BACKUPS: ActionSpec("备份与恢复(&B)…", tip="看有哪些备份、与现在有什么不同，立即备份或恢复"),
    Call.CHECK: ActionSpec("检查台账文件(&H)…", tip="检查文件是否完好、佐证材料是否齐全，有问题可以修复"),
    Call.CLOSE: ActionSpec("关闭台账(&C)", shortcut=Key.Close, tip="关闭当前台账；内容都已保存"),
    Call.QUIT: ActionSpec("退出(&X)", shortcut="Ctrl+Q", tip="退出程序；内容都已保存"),
    Call.UNDO: ActionSpec("撤销(&U)", "撤销", Key.Undo, "undo", "撤销上一步"),
    Call.REDO: ActionSpec("恢复(&R)", "恢复", Key.Redo, "redo", "恢复刚撤销的一步"),
    Call.COPY: ActionSpec("复制所选行(&C)", shortcut=Key.Copy, tip="连同下级一起复制", in_tree=True),
    Call.PASTE: ActionSpec(
        "粘贴(&P)", shortcut=Key.Paste, tip="粘贴复制的行，或把文字、单元格变成问题和措施", in_tree=True
    ),
    Call.BULK_EDIT: ActionSpec("批量修改(&B)…", "批量修改", "Ctrl+B", tip="给选中的各行设定同样的责任人、时限等"),
    Call.RENAME: ActionSpec("改名(&M)", shortcut="F2", tip="在清单里直接修改标题", in_tree=True),
    Call.DELETE: ActionSpec("删除(&D)", shortcut="Del", tip="删除选中的行，可以撤销", in_tree=True),
    Call.ADD_SIBLING: ActionSpec("新增同级(&N)", shortcut="Return", tip="在所选行下面新增一行", in_tree=True),
    Call.ADD_MEASURE: ActionSpec(
        "新增整改措施(&A)", shortcut="Ctrl+Return", tip="给所选问题新增一条措施", on_page=True
    ),
    Call.ADD_ISSUE: ActionSpec(
        "新增下级问题(&I)", shortcut="Ctrl+Shift+Return", tip="在所选方面或问题下新增问题", on_page=True
    ),
    Call.ADD_SECTION: ActionSpec("新增方面(&S)", tip="在最后新增一个方面"),
    Call.INDENT: ActionSpec("降级(&L)", shortcut="Tab", tip="放到上一个问题下面", in_tree=True),
    Call.OUTDENT: ActionSpec("升级(&H)", shortcut="Shift+Tab", tip="放到上一级", in_tree=True),
    Call.MOVE_UP: ActionSpec("上移(&U)", shortcut="Alt+Up", tip="往上移一行", in_tree=True),
    Call.MOVE_DOWN: ActionSpec("下移(&W)", shortcut="Alt+Down", tip="往下移一行", in_tree=True),
    Call.OTHER_SIDE: ActionSpec("清单与表单之间切换(&T)", shortcut="F6", tip="键盘在清单和表单之间来回"),
    Call.FIND: ActionSpec("查找(&F)", shortcut=Key.Find, tip="按文字或拼音首字母查找问题和措施"),
    Call.DISTRIBUTE: ActionSpec("分发填报表(&D)…", tip="给每个部门（或领导、单位）生成一份只有自己内容的填报表"),
    Call.COLLECT: ActionSpec("收回填报表(&C)…", tip="把部门填好发回的表合并到台账，冲突的地方由您选择"),
    Call.FILL_FORM: ActionSpec("按表填写(&F)…", tip="用台账填写巡察办等发来的空表（Excel 或 Word），格式不变"),
    Call.EDIT_COLUMNS: ActionSpec("台账表格的列(&L)…", tip="导出的台账有哪些列，它们的次序、表头文字和宽度"),
    Call.MERGE: ActionSpec("合并台账副本(&M)…", tip="同一个台账在别处改过的副本，合并到这里"),
    Call.ROLL_UP: ActionSpec("汇总多个台账(&R)…", tip="把各单位的台账汇总成一张表"),
    Call.CHASE: ActionSpec("催办(&C)", "催办", "Ctrl+D", tip="哪些已逾期、快到期、没有进展；发督办通知，留下记录"),
    Call.PROGRESS_ENTRY: ActionSpec("本周进展(&P)", tip="一张表里登记各部门报来的进展"),
    Call.UNCLOSED: ActionSpec("未销号清单(&U)", tip="未销号的问题还剩几天、还缺什么、到了哪一步，成批办理"),
    Call.UNPROVEN: ActionSpec("缺佐证的问题(&M)", tip="哪些问题没有佐证材料，哪些材料早于反馈、文件不在了"),
    Call.PERIOD_REPORT: ActionSpec("周报、月报(&R)…", tip="上次以来的进展和变化，存成 Word 或 Excel"),
    Call.EXTEND: ActionSpec("延期(&T)…", tip="把所选问题或措施的时限推后，原时限、理由和批准都留着"),
    Call.HAND_ON: ActionSpec("责任交接(&H)…", tip="把一个人负责的事项交给另一个人，留下记录"),
    Call.CLOSING: ActionSpec("办理销号(&K)…", "销号", "Ctrl+K", tip="给所选问题办理销号的下一步：申请、审核直到销号"),
    Call.CLOSING_FORMS: ActionSpec("销号申请审批表(&F)…", tip="所选问题的审批表，每个问题一页"),
    Call.CLOSING_LEDGER: ActionSpec("销号台账(&L)…", tip="全部问题的销号情况，未销号的还剩几天"),
    Call.OUTCOMES: ActionSpec("成果登记与合计(&Y)…", tip="制度、问责、资金、线索等一次登记多项，并看各类各问题的合计"),
    Call.CALENDAR: ActionSpec("导出日历(&I)…", tip="把未完成的时限存成日历文件，可导入手机或邮箱的日历"),
    Call.ISSUE_FILE: ActionSpec(
        "一题一档(&O)…", tip="所选问题从反馈到销号的经过和佐证材料清单，一题另起一页，存成一个 Word 或 PDF 文件"
    ),
    Call.ISSUE_FILES: ActionSpec(
        "全部一题一档(&A)…", tip="每个问题一份 Word 或 PDF 文件，连同佐证材料目录和销号台账，存进一个文件夹"
    ),
    Call.EVIDENCE_LIST: ActionSpec("佐证材料目录(&E)…", tip="全部佐证材料的目录，按问题排列，可以打印"),
    Call.ARCHIVE: ActionSpec("归档打包(&A)…", tip="台账、佐证材料和导出的文件打成一个压缩包，自带校验，可设密码"),
    Call.OPEN_ARCHIVE: ActionSpec("打开归档包(&V)…", tip="把归档包还原成台账和佐证材料，并打开"),
    Call.NEXT_ROUND: ActionSpec(
        "建立下一轮台账(&X)…", tip="单位信息、人员和长期坚持、没有完成的事项带到下一轮巡察的台账"
    ),
    Call.CAME_BACK: ActionSpec("比对上轮台账(&B)…", tip="看新反馈的问题里有哪些上轮已经指出过，确认后标记反弹"),
    Call.COPY_LEDGER: ActionSpec("另存副本(&Y)…", tip="把台账连同佐证材料复制到别处，例如 U 盘"),
    Call.USER_NAME: ActionSpec("操作人姓名(&U)…", tip="写进修改历史的姓名；只是记录，不是登录"),
    Call.LARGER: ActionSpec("放大(&L)", shortcut=Key.ZoomIn, tip="放大整个界面的文字"),
    Call.SMALLER: ActionSpec("缩小(&S)", shortcut=Key.ZoomOut, tip="缩小整个界面的文字"),
    Call.USUAL_SIZE: ActionSpec("原来大小(&O)", shortcut="Ctrl+0", tip="恢复原来的文字大小"),
    Call.LARGE_TYPE: ActionSpec(
        "大字模式(&B)", shortcut="Ctrl+Shift+0", tip="整个界面用一倍半的大字；再选一次恢复", checkable=True
    ),
    Call.THEME_SYSTEM: ActionSpec("外观跟随系统(&Y)", tip="系统用深色时也用深色", checkable=True),
    Call.THEME_LIGHT: ActionSpec("浅色(&G)", tip="浅色外观", checkable=True),
    Call.THEME_DARK: ActionSpec("深色(&K)", tip="深色外观，光线暗时不刺眼", checkable=True),
    Call.THEME_CONTRAST: ActionSpec("高对比度(&H)", tip="黑底白字，看得更清楚", checkable=True),
    Call.MANUAL: ActionSpec("使用手册(&M)", shortcut=Key.HelpContents, tip="打开与当前页面有关的说明，可以查找"),
    Call.SHORTCUTS: ActionSpec("快捷键(&K)", tip="列出全部快捷键"),
    Call.ABOUT: ActionSpec("关于整改台账(&A)", tip="版本和说明"),
}
