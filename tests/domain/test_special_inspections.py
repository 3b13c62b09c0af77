"""By its title a document is the feedback of a 专项检查, or it is none."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.special_inspections import special_inspection, subject_of


@pytest.mark.parametrize(
    ("title", "name", "subject"),
    [
        ("关于某局党组选人用人工作专项检查的反馈意见", "选人用人工作专项检查", "选人用人工作"),
        ("某镇党委选人用人专项检查情况反馈", "选人用人专项检查", "选人用人"),
        ("关于对某镇党委落实意识形态工作责任制情况开展专项检查的反馈意见",
         "意识形态工作责任制情况专项检查", "意识形态工作责任制"),
        ("意识形态工作责任制落实情况检查发现的问题", "意识形态工作责任制落实情况检查", "意识形态工作责任制落实"),
        ("关于巡察某镇党委（含选人用人专项检查）的反馈意见", "", ""),
        ("关于某镇党委安全生产专项检查的反馈意见", "", ""),
        ("关于巡察某镇党委的反馈意见", "", ""),
    ],
)  # fmt: skip
def test_titles(title: str, name: str, subject: str) -> None:
    assert special_inspection(title) == name
    assert subject_of(name) == subject
