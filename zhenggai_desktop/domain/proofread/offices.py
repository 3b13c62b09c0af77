"""Family 9: one office of a county under two names, of which a county has but one (domain.md §9.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.proofread.clauses import words_before
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import Reading
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quick_patterns import only_with

_SAME = (
    "水利局 水务局|"
    "农业农村局 农业局 农牧局|"
    "住房和城乡建设局 住房城乡建设局 住建局 建设局|"
    "自然资源局 国土资源局 自然资源和规划局|"
    "生态环境局 环境保护局 环保局|"
    "卫生健康局 卫生健康委员会 卫健局 卫健委 卫生局 卫计局|"
    "文化和旅游局 文化广电和旅游局 文化旅游局 文旅局 文广旅局|"
    "市场监督管理局 市场监管局 工商局|"
    "人力资源和社会保障局 人力资源社会保障局 人社局|"
    "交通运输局 交通局|"
    "城市管理局 城市管理执法局 城市管理综合执法局 城市管理行政执法局 城管局|"
    "教育局 教育体育局 教体局 教育和体育局|"
    "医疗保障局 医保局|"
    "应急管理局 应急局 安监局|"
    "退役军人事务局 退役军人局|"
    "民政局 民政和社会事务局|"
    "发展和改革局 发展改革局 发展和改革委员会 发展改革委 发改局 发改委|"
    "工业和信息化局 工信局 经济和信息化局 经信局|"
    "林业局 林业和草原局 林草局|"
    "乡村振兴局 扶贫办|"
    "行政审批局 行政审批服务局 政务服务局"
)  # an office with its short forms, and what it is called elsewhere or was called before
_SHORT = re.compile(r"^(?:住建|卫健|文旅|文广旅|人社|城管|教体|医保|应急|发改|工信|经信|林草|环保|市场监管|退役军人)")
_GROUP = {name: at for at, names in enumerate(_SAME.split("|")) for name in names.split()}
_LEVELS = "省市县区州旗"
_OFFICE = re.compile(
    rf"(?P<level>[{_LEVELS}])(?P<name>" + "|".join(sorted(_GROUP, key=len, reverse=True)) + r")(?!派驻)"
)
_QUOTED = re.compile("原$|前身|更名|（原|撤销|并入|划转|移交")


@only_with("[局委办]")
def _offices(text: str) -> tuple[tuple[int, int, str, str], ...]:
    """Offices with their level: place, level, name."""
    return tuple(
        (match.start(), match.end(), match["level"], match["name"])
        for match in _OFFICE.finditer(text)
        if not _QUOTED.search(words_before(text, match.start(), 8)) and not _in_title(text, match.start())
    )


def _in_title(text: str, at: int) -> bool:
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


_OFFICES = Reading(_offices)


def office_names(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """县水利局 in the title and 县水务局 in an answer: a county has one of them. Short forms are none of it."""
    first: dict[tuple[str, int], str] = {}
    for i, found in subject.places(_OFFICES):
        for start, end, level, name in found:
            if _SHORT.search(name):
                continue
            known = first.setdefault((level, _GROUP[name]), name)
            if known != name:
                message = f"单位名称前后不一致：前文为“{level}{known}”，此处为“{level}{name}”，请核对"
                yield i, Hit(start, end, message)


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("office-name", Family.WORDS, Severity.WARNING, office_names, (_OFFICES,)),
)
