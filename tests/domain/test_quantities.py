"""Quantities in all the forms in which texts write them read back as the numbers that were written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.chinese_numbers import read_chinese_number, write_chinese_number
from zhenggai_desktop.domain.quantities import (
    Quantity,
    comparable,
    counting,
    last_place,
    office_units,
    quantities,
    shown,
)

FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
COUNTS = st.integers(2, 99_999_999)
AMOUNTS = st.decimals(Decimal("0.01"), Decimal(99999), places=2, allow_nan=False)


def read(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


def with_commas(number: int) -> str:
    return f"{number:,}"


def in_myriads(number: int) -> str:
    """12345 → 1.2345万."""
    return f"{shown(Decimal(number) / 10_000)}万"


def mixed(number: int) -> str:
    """123450000 → 1亿2345万."""
    high, low = divmod(number, 10_000)
    return f"{high}万{low}" if high and low >= 1000 else str(number)


FORMS = (str, with_commas, in_myriads, mixed, write_chinese_number, lambda n: write_chinese_number(n).translate(FORMAL))


@settings(max_examples=300, deadline=None)
@given(COUNTS, st.sampled_from(FORMS), st.sampled_from(("户", "人次", "件", "项", "平方米", "亩")))
def test_a_count_reads_back_equal_in_every_form(number: int, form: object, unit: str) -> None:
    words = form(number)  # type: ignore[operator]
    found = read(f"累计完成{words}{unit}。")
    assert (found.value, found.unit, found.exact) == (number, unit, True)


@settings(max_examples=200, deadline=None)
@given(AMOUNTS, st.sampled_from(("元", "万元", "亿元")))
def test_money_reads_back_equal(amount: Decimal, unit: str) -> None:
    found = read(f"追回资金{shown(amount)}{unit}，")
    factor = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit]
    assert found.exact
    assert comparable(found) == (amount * factor, "元")


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9), st.integers(1, 9999))
def test_money_in_two_units_is_one_sum(high: int, low: int) -> None:
    assert comparable(read(f"投入{high}亿{low}万元。")) == (Decimal(high * 100_000_000 + low * 10_000), "元")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**15))
def test_chinese_numbers_read_back_equal(number: int) -> None:
    assert read_chinese_number(write_chinese_number(number)) == number


@settings(max_examples=100, deadline=None)
@given(st.decimals(0, 100, places=2, allow_nan=False))
def test_percentages_read_back_equal(rate: Decimal) -> None:
    whole, _, places = f"{rate:f}".partition(".")
    digits = "".join("零一二三四五六七八九"[int(digit)] for digit in places)
    spelled = f"百分之{write_chinese_number(int(whole))}点{digits}"
    for words in (f"{rate}%", f"百分之{rate}", spelled):
        found = read(f"完成率{words}。")
        assert (found.value, found.unit) == (rate, "%")


@settings(max_examples=100, deadline=None)
@given(
    COUNTS, st.sampled_from(("约{}户", "近{}户", "{}余户", "{}多户", "逾{}户", "{}户左右", "不少于{}户", "{}户以上"))
)
def test_what_is_about_a_number_claims_no_exact_one(number: int, form: str) -> None:
    found = read(form.format(number))
    assert (found.value, found.exact) == (number, False)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from("-~～至到—"))
def test_a_range_has_both_ends(low: int, more: int, sign: str) -> None:
    found = read(f"新建{low}{sign}{low + more}家。")
    assert (found.value, found.upper, found.exact) == (low, low + more, False)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("三五个", 3, 5), ("七八户", 7, 8), ("十七八名", 17, 18), ("三至五个", 3, 5), ("两三次", 2, 3)],
)
def test_spoken_ranges(words: str, low: int, high: int) -> None:
    found = read(words)
    assert (found.value, found.upper) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "一个方面", "第三批", "2024年9月10日", "9月10日", "二〇二四年三月五日", "〔2024〕4号",
        "落实“两个维护”", "《关于5项工作的通知》",
        "1:19的比例", "数十人参加", "第十二条规定", "千方百计",
    ],
)  # fmt: skip
def test_what_counts_nothing_is_stepped_over(text: str) -> None:
    assert [q for q in quantities(text) if q.exact] == []


def test_a_contract_is_not_about_a_number() -> None:
    assert read("签约235户").exact
    assert read("最近3次").exact


@pytest.mark.parametrize(("words", "value"), [("两千五户", 2500), ("两千零五户", 2005), ("三点五万户", 35000)])
def test_spoken_numbers(words: str, value: int) -> None:
    assert read(words).value == value


def test_an_office_can_add_a_unit() -> None:
    assert quantities("新增12垄") == []
    assert quantities("新增12垄", units=("垄",))[0].value == 12


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("3百户", 300, "户"), ("5千株", 5_000, "株"), ("2万户", 20_000, "户"), ("2百万株", 2_000_000, "株"),
        ("2百万元", 200, "万元"),
        ("3千万株", 30_000_000, "株"), ("3千万元", 3_000, "万元"), ("1亿元", 1, "亿元"), ("1亿株", 100_000_000, "株"),
        ("3.5万户", 35_000, "户"), ("12万元", 12, "万元"),
        ("1亿2000万元", 12_000, "万元"), ("3万5000人", 35_000, "人"), ("1,234户", 1_234, "户"),
    ],
)  # fmt: skip
def test_what_stands_between_number_and_unit_multiplies(words: str, value: int, unit: str) -> None:
    found = read(f"共{words}。")
    assert (found.value, found.unit, found.exact) == (value, unit, True)


def test_what_is_more_than_a_scale_is_about_it() -> None:
    found = read("惠及3余万人")
    assert (found.value, found.exact) == (30_000, False)


def test_only_digits_are_read_where_spelled_numbers_are_not_wanted() -> None:
    text = "召开会议三次，走访12户，完成率百分之三十，另有百分之15待办"
    assert [(q.value, q.unit) for q in quantities(text)] == [(3, "次"), (12, "户"), (30, "%"), (15, "%")]
    assert [(q.value, q.unit) for q in quantities(text, spelled=False)] == [(12, "户"), (15, "%")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一个方面", []), ("共一个", [1]), ("仅一次", [1]), ("计一件", [1]), ("另一个", []), ("两个方面", [2]),
        ("二〇二个", []), ("一二个", [1]), ("三六个", []), ("十个", [10]),
    ],
)  # fmt: skip
def test_spelled_counts_and_what_only_looks_like_one(text: str, values: list[int]) -> None:
    assert [q.value for q in quantities(text)] == values


def test_a_quantity_moves_with_its_text() -> None:
    (found,) = quantities("整改3至5个")
    (moved,) = quantities("问题整改3至5个")
    assert found.moved(2) == moved
    assert moved.moved(-2) == found
    assert (found.start, found.end) == (2, 6)


def test_an_office_s_own_units_are_known_everywhere_for_a_while() -> None:
    assert office_units() == ()
    with counting(("垄", "户")):
        assert office_units() == ("垄",)  # 户 is known anyway
        assert [q.value for q in quantities("新增12垄，3户")] == [12, 3]
    assert office_units() == ()
    assert quantities("新增12垄") == []


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("3名", 3, "人"),
        ("4位", 4, "人"),
        ("5起", 5, "件"),
        ("6宗", 6, "件"),
        ("7户", 7, "户"),
        ("2亿元", 200_000_000, "元"),
    ],
)
def test_sums_are_made_in_one_unit_of_each_kind(words: str, value: int, unit: str) -> None:
    assert comparable(read(f"共{words}")) == (value, unit)


@pytest.mark.parametrize(
    ("value", "words", "place"),
    [
        ("40", "40", "1"),
        ("40.0", "40", "0.1"),
        ("98.71", "98.71", "0.01"),
        ("1E+3", "1000", "1"),
        ("0.50", "0.5", "0.01"),
    ],
)
def test_numbers_are_shown_without_superfluous_zeros(value: str, words: str, place: str) -> None:
    assert shown(Decimal(value)) == words
    assert last_place(Decimal(value)) == Decimal(place)
