"""Kinds of outcomes: the usual list, an office's own, and what an outcome takes from its kind."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from builders import a_ledger

from zhenggai_desktop.domain.office_rules import OfficeRules, office_rules
from zhenggai_desktop.domain.outcome_kinds import USUAL_KINDS, CountedKind, kind_uses
from zhenggai_desktop.domain.records import Outcome
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.editing import set_fields
from zhenggai_desktop.services.outcome_kinds import add_kind, change_kind, listed_kinds, remove_kind, usual_kinds
from zhenggai_desktop.services.suggestions import suggestions

TODAY = dt.date(2025, 6, 1)


def test_a_ledger_starts_with_the_usual_kinds_and_writes_nothing_for_them(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        assert listed_kinds(ledger.snapshot) == USUAL_KINDS
        usual_kinds(ledger)
        assert (ledger.snapshot.facts.rules, ledger.undo_label) == ("", None)


def test_an_office_adds_renames_and_removes_kinds_each_as_a_step(tmp_path: Path) -> None:
    with a_ledger(
        tmp_path, Outcome(kind="回访", number=Decimal(3)), Outcome(kind="回访"), Outcome(kind="诫勉")
    ) as ledger:
        add_kind(ledger, CountedKind(" 走访  群众 ", "户"))
        assert listed_kinds(ledger.snapshot)[-1] == CountedKind("走访 群众", "户")
        assert change_kind(ledger, "回访", CountedKind("群众回访", "次")) == 2  # it was only typed so far
        assert [outcome.kind for outcome in ledger.snapshot.outcomes] == ["群众回访", "群众回访", "诫勉"]
        assert listed_kinds(ledger.snapshot)[-1] == CountedKind("群众回访", "次")
        remove_kind(ledger, "诫勉")
        assert "诫勉" not in {kind.name for kind in listed_kinds(ledger.snapshot)}
        assert ledger.snapshot.outcomes[-1].kind == "诫勉"
        assert ledger.undo_label == "删除成果种类“诫勉”"
        for _ in range(3):
            ledger.undo()
        assert listed_kinds(ledger.snapshot) == USUAL_KINDS
        assert ledger.snapshot.outcomes[0].kind == "回访"


@pytest.mark.parametrize("name", ["", "   ", "诫勉", "长" * 61])
def test_a_kind_needs_a_name_of_its_own(tmp_path: Path, name: str) -> None:
    with a_ledger(tmp_path) as ledger:
        with pytest.raises(UsageError):
            add_kind(ledger, CountedKind(name))
        with pytest.raises(UsageError):
            change_kind(ledger, "约谈", CountedKind(name))
        assert ledger.undo_label is None


def test_an_outcome_takes_the_unit_of_its_kind_where_it_has_none(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Outcome(), Outcome(unit="元")) as ledger:
        for at in (1, 2):
            set_fields(ledger, (Outcome, at), {"kind": "清退资金"}, today=TODAY)
        assert [outcome.unit for outcome in ledger.snapshot.outcomes] == ["万元", "元"]


def test_kinds_are_offered_the_used_ones_first(tmp_path: Path) -> None:
    with a_ledger(tmp_path, Outcome(kind="走访"), Outcome(kind="约谈")) as ledger:
        offered = suggestions(ledger.snapshot)["kind"]
        assert offered[:2] == ("走访", "约谈")
        assert set(offered) == {"走访"} | {kind.name for kind in USUAL_KINDS}


def test_the_use_of_a_kind_is_counted_and_summed_by_unit() -> None:
    outcomes = (
        Outcome(kind="清退资金", number=Decimal("1.5"), unit="万元"),
        Outcome(kind="清退资金", number=Decimal(300), unit="元"),
        Outcome(kind="走访", number=Decimal(4), unit="户"),
        Outcome(),
    )
    uses = {
        use.kind.name: use for use in kind_uses((CountedKind("清退资金", "万元"), CountedKind("约谈", "人")), outcomes)
    }
    assert [(use.listed, use.count, use.totals) for use in uses.values()] == [
        (True, 2, (("万元", Decimal("1.5")), ("元", Decimal(300)))),
        (True, 0, ()),
        (False, 1, (("户", Decimal(4)),)),
    ]
    assert uses["走访"].kind.unit == "户"


def test_rules_with_doubled_kinds_are_told_in_a_sentence(tmp_path: Path) -> None:
    doubled = '{"outcome_kinds": [{"name": "甲"}, {"name": "甲"}]}'
    with a_ledger(tmp_path, rules=doubled) as ledger:
        assert office_rules(ledger.snapshot.facts) == OfficeRules()
        assert ["无法识别" in finding.text for finding in ledger.check()] == [True]
