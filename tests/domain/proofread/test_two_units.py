"""Totals in two units: what divides them in one of the units divides them in the other."""

from __future__ import annotations

import pytest
from growing import lines_run
from told_of import told_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "盘活用地7宗146亩，其中腾退5宗82亩、改造提升3宗64亩。",
            [("7宗146亩，其中腾退5宗82亩、改造提升3宗", "“其中”各项之和 5 + 3 = 8宗")],
        ),
        ("盘活用地7宗146亩，其中腾退4宗82亩、改造提升3宗64亩。", []),
        (
            "清理合同120份，涉及资金350万元，其中土地合同80份210万元、门面合同45份140万元。",
            [("120份，涉及资金350万元，其中土地合同80份210万元、门面合同45份", "“其中”各项之和 80 + 45 = 125份")],
        ),
        ("立案3件4人，结案2件3人，2件1人正在审理。", [("3件4人，结案2件3人，2件", "各项之和 2 + 2 = 4件")]),
        ("立案3件4人，结案2件3人，1件2人正在审理。", [("4人，结案2件3人，1件2人", "各项之和 3 + 2 = 5人")]),
        ("立案3件4人，结案2件3人，1件1人正在审理。", []),
        ("立案3件4人，结案2件4人，2件1人正在审理。", []),  # nothing says that these are parts
        ("核查低保31户52人，取消4户6人，新增3户5人，现有低保户30户51人。", []),
        ("查处问题23起28人，党纪处分9起11人，通报曝光13起16人。", []),
        (
            "查处问题23起28人，党纪处分9起11人，通报曝光14起16人，移送1起1人。",
            [("23起28人，党纪处分9起11人，通报曝光14起16人，移送1起", "各项之和 9 + 14 + 1 = 24起")],
        ),
        ("收回土地5宗共312亩，其中无偿收回3宗137亩。", []),
    ],
)
def test_parts_are_not_more_than_the_total(text: str, told: list[tuple[str, ...]]) -> None:
    assert told_of("exceeding-parts", text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "收回土地5宗共312亩，其中无偿收回2宗137亩、协议收回2宗175亩。",
            [("5宗共312亩，其中无偿收回2宗137亩、协议收回2宗", "“其中”各项之和 2 + 2 = 4宗")],
        ),
        ("立案5件4人，结案2件3人，1件1人正在审理。", [("5件4人，结案2件3人，1件", "各项之和 2 + 1 = 3件")]),
        ("收回土地5宗共312亩，其中无偿收回2宗137亩、协议收回3宗175亩。", []),
        ("发放补贴186户372人，其中低保96户190人、特困30户60人。", []),
        ("立案5件4人，结案2件3人，1件1人正在审理，2件移送。", []),
    ],
)
def test_parts_that_make_the_total_in_one_unit_do_so_in_the_other(text: str, told: list[tuple[str, ...]]) -> None:
    assert told_of("missing-parts", text) == told


def test_a_long_list_is_read_in_work_that_grows_with_it() -> None:
    def work(count: int) -> int:
        return lines_run(lambda: told_of("missing-parts", "立案3件4人，" * count))

    assert work(100) < 3 * work(50)
