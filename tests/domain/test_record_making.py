"""Records are frozen dataclasses with slots in all that can be seen of them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, make_dataclass, replace

import pytest

from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import RECORD_TYPES, BlockKind, ChapterBlock, Issue, Measure, Record, Section


@frozen
class Twig(Value):
    length: int
    leaves: tuple[str, ...] = ()


@pytest.mark.parametrize("kind", [*RECORD_TYPES, ChapterBlock], ids=lambda kind: kind.__name__)
def test_every_kind_is_the_dataclass_that_its_fields_make(kind: type[Record]) -> None:
    specs = [(spec.name, spec.type, spec) for spec in fields(kind)]
    usual = make_dataclass(kind.__name__, specs, frozen=True, slots=True)
    given = {} if kind is not ChapterBlock else {"kind": BlockKind.TITLE, "level": 0, "text": "题"}
    made, other = kind(**given), usual(**given)
    assert is_dataclass(kind)
    assert repr(made) == repr(other).replace("make_dataclass.<locals>.", "")
    assert hash(made) == hash(other)
    assert not hasattr(made, "__dict__")


def test_records_are_equal_where_kind_and_fields_are() -> None:
    assert Issue(id=1, title="甲") == Issue(id=1, title="甲")
    assert Issue(id=1, title="甲") != Issue(id=1, title="乙")
    assert Section(id=1) != Measure(id=1)
    assert len({Issue(id=1), Issue(id=1), Issue(id=2)}) == 2


def test_nothing_of_a_record_can_be_changed() -> None:
    issue = Issue(title="甲")
    for change in (lambda: setattr(issue, "title", "乙"), lambda: delattr(issue, "title")):
        with pytest.raises(FrozenInstanceError):
            change()
    assert replace(issue, title="乙") == Issue(title="乙")
    assert issue.title == "甲"


def test_fields_are_given_in_order_or_by_name_and_those_without_default_must_be() -> None:
    assert Twig(3, ("甲",)) == Twig(length=3, leaves=("甲",))
    assert Twig(3).leaves == ()
    with pytest.raises(TypeError):
        Twig()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Twig(3, colour="绿")  # type: ignore[call-arg]


def test_records_can_be_copied_and_sent_to_another_process() -> None:
    issue = Issue(id=7, title="甲", leaders=("王",))
    assert pickle.loads(pickle.dumps(issue)) == copy.deepcopy(issue) == copy.copy(issue) == issue


@frozen
class Basket(Value):
    name: str
    twigs: list[Twig] = field(default_factory=list[Twig])
    lid: bool = False


def test_a_default_can_be_made_anew_for_each_value() -> None:
    one, other = Basket("甲"), Basket("乙", lid=True)
    one.twigs.append(Twig(1))
    assert (one.twigs, other.twigs, other.lid) == ([Twig(1)], [], True)
    assert Basket("丙", [Twig(2)]) == Basket(name="丙", twigs=[Twig(2)], lid=False)


def test_a_field_does_not_hide_what_every_value_can_do() -> None:
    with pytest.raises(TypeError, match="changed"):

        @frozen
        class Leaf(Value):  # pyright: ignore[reportUnusedClass]
            colour: str
            changed: int  # type: ignore[assignment]
