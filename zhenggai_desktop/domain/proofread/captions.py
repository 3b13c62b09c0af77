"""What severities and families are called on the screen and in reports."""

from __future__ import annotations

from collections.abc import Mapping

from zhenggai_desktop.domain.proofread.findings import Family, Finding, Severity

SEVERITY_NAMES: Mapping[Severity, str] = {
    Severity.ERROR: "错误",
    Severity.WARNING: "提醒",
    Severity.NOTE: "参考",
}
FAMILY_NAMES: Mapping[Family, str] = {
    Family.FIGURES: "数字",
    Family.COVERAGE: "问题是否齐全",
    Family.STATUS: "完成情况",
    Family.PARTS: "必备要素",
    Family.PRIVACY: "隐私和保密",
    Family.TIME: "日期",
    Family.NUMBERING: "编号",
    Family.TYPOGRAPHY: "标点和格式",
    Family.WORDS: "用词",
    Family.PLAINNESS: "行文",
}


def place_of(finding: Finding) -> str:
    """“第5行”, or “全文” for a finding on the text as a whole."""
    return f"第{finding.line}行" if finding.line else "全文"


def advice_of(finding: Finding) -> str:
    """“可改为“台账””, “可删去”, or "" where nothing is offered."""
    if finding.mend is None:
        return ""
    return f"可改为“{finding.mend}”" if finding.mend else "可删去"
