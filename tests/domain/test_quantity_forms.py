"""Every form in which texts state a quantity: value, unit, whether about, the end of a range, and its words."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.quantities import quantities


def forms(text: str) -> list[tuple[str, str, bool, str | None, str]]:
    return [
        (
            f"{q.value.normalize():f}",
            q.unit,
            q.approximate,
            None if q.upper is None else f"{q.upper:f}",
            text[q.start : q.end],
        )
        for q in quantities(text)
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("约3亿元", [("3", "亿元", True, None, "约3亿元")]),
        ("大约3户", [("3", "户", True, None, "大约3户")]),
        ("100余人", [("100", "人", True, None, "100余人")]),
        ("1~2家", [("1", "家", False, "2", "1~2家")]),
        ("1至2家", [("1", "家", False, "2", "1至2家")]),
        ("3-5户", [("3", "户", False, "5", "3-5户")]),
        ("三至五户", [("3", "户", False, "5", "三至五户")]),
        ("98.71%", [("98.71", "%", False, None, "98.71%")]),
        ("百分之九十", [("90", "%", False, None, "百分之九十")]),
        ("百分之98.5", [("98.5", "%", False, None, "百分之98.5")]),
        ("千分之三", [("3", "‰", False, None, "千分之三")]),
        ("一亿二千万元", [("12000", "万元", False, None, "一亿二千万元")]),
        ("三千万元", [("3000", "万元", False, None, "三千万元")]),
        ("三点五万元", [("3.5", "万元", False, None, "三点五万元")]),
        ("1亿2000万元", [("12000", "万元", False, None, "1亿2000万元")]),
        ("3万5千户", [("35000", "户", False, None, "3万5千户")]),
        ("1.2万人", [("12000", "人", False, None, "1.2万人")]),
        ("1.2亿人", [("120000000", "人", False, None, "1.2亿人")]),
        ("二十三项", [("23", "项", False, None, "二十三项")]),
        ("三五个", [("3", "个", False, "5", "三五个")]),
        ("七八户", [("7", "户", False, "8", "七八户")]),
        ("十七八人", [("17", "人", False, "18", "十七八人")]),
        ("十五六人", [("15", "人", False, "16", "十五六人")]),
        ("两三次", [("2", "次", False, "3", "两三次")]),
        ("二五个", []),
        ("一二三个", []),
        ("十三户", [("13", "户", False, None, "十三户")]),
        ("一个", []),
        ("共一个", [("1", "个", False, None, "一个")]),
        ("仅一家", [("1", "家", False, None, "一家")]),
        ("计一名", [("1", "名", False, None, "一名")]),
        ("已一个", []),
        ("一方面", []),
        ("第三个", []),
        ("3月5日", []),
        ("2024年5个", [("5", "个", False, None, "5个")]),
        ("〔2024〕5号", []),
        ("《3项办法》", []),
        ("“三个清单”", []),
        ("12,345元", [("12345", "元", False, None, "12,345元")]),
        ("50多户", [("50", "户", True, None, "50多户")]),
        ("20几人", [("20", "人", True, None, "20几人")]),
        ("几十人", [("10", "人", True, None, "几十人")]),
        ("5人左右", [("5", "人", True, None, "5人左右")]),
        ("5人以上", [("5", "人", True, None, "5人以上")]),
        ("300万元", [("300", "万元", False, None, "300万元")]),
        ("3千户", [("3000", "户", False, None, "3千户")]),
        ("三千户", [("3000", "户", False, None, "三千户")]),
        ("两万五千元", [("25000", "元", False, None, "两万五千元")]),
        ("3万余人", [("30000", "人", True, None, "3万余人")]),
        ("3余万人", [("30000", "人", True, None, "3余万人")]),
        ("5至6万人", [("50000", "人", False, "60000", "5至6万人")]),
        ("二〇二四个", []),
        ("ABC12个", []),
        ("3部", [("3", "部", False, None, "3部")]),
        ("3部门", []),
        ("3:20", []),
        ("3.5个百分点", [("3.5", "个百分点", False, None, "3.5个百分点")]),
        ("5-6万元", [("5", "万元", False, "6", "5-6万元")]),
        ("近30户", [("30", "户", True, None, "近30户")]),
        ("附近30户", [("30", "户", False, None, "30户")]),
        ("合同约3份", [("3", "份", True, None, "约3份")]),
    ],
)
def test_a_quantity_is_read(given: str, expected: list[tuple[str, str, bool, str | None, str]]) -> None:
    """Dates, document numbers, titles and slogans are none, nor are articles (一个)."""
    assert forms(given) == expected
