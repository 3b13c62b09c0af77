"""The tables hold what the records hold, and refuse what no record may be."""

from __future__ import annotations

import dataclasses
import sqlite3
import types
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from zhenggai_desktop.domain.records import RECORD_TYPES, Record
from zhenggai_desktop.storage import schema
from zhenggai_desktop.storage.codec import Codec, codec

OWNED_BY_ONE = {"log_entries", "outcome_links", "evidence_links", "extensions", "chases", "hand_overs"}


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    yield connection
    connection.close()


def fields_of(record_type: type[Record]) -> list[str]:
    return [field.name for field in dataclasses.fields(record_type)]


def enums() -> Iterator[tuple[str, str, type[StrEnum]]]:
    """Every column that holds an enum: table, column, enum."""
    for record_type in RECORD_TYPES:
        for name, hint in get_type_hints(record_type).items():
            parts = get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
            for part in parts:
                if isinstance(part, type) and issubclass(part, StrEnum):
                    yield schema.TABLES[record_type], name, part


def allowed(connection: sqlite3.Connection, table: str, **columns: Any) -> bool:
    """Whether a table takes an empty record in which these columns hold these values."""
    storage: Codec[Any] = codec(schema.RECORD_TYPE_OF[table])
    row: dict[str, Any] = dict(zip(storage.columns, storage.encode(storage.record_type()), strict=True))
    row |= {"id": 1, "uid": "u"} | ({"issue_id": 1} if table in OWNED_BY_ONE else {}) | columns
    connection.execute("SAVEPOINT trial")
    try:
        connection.execute(storage.insert, tuple(row.values()))
    except (sqlite3.IntegrityError, sqlite3.OperationalError):
        return False
    else:
        return True
    finally:
        connection.execute("ROLLBACK TO trial")


def test_the_header_says_whose_file_it_is_and_which_format(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA application_id").fetchone() == (0x5A47545A,)
    assert database.execute("PRAGMA user_version").fetchone() == (schema.FORMAT_VERSION,)


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda found: found.__name__)
def test_a_table_has_exactly_the_fields_of_its_record(database: sqlite3.Connection, record_type: type[Record]) -> None:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({schema.TABLES[record_type]})")]
    assert columns == fields_of(record_type)


def test_every_table_of_ours_is_strict(database: sqlite3.Connection) -> None:
    ours = {*schema.TABLES.values(), "steps", "step_images"}
    strict = {row[1] for row in database.execute("PRAGMA table_list") if row[5]}
    assert strict == ours


def test_every_foreign_key_has_an_index_and_says_what_a_deletion_means(database: sqlite3.Connection) -> None:
    for table in (*schema.TABLES.values(), "steps", "step_images"):
        indexed = {
            database.execute(f"PRAGMA index_info({index[1]})").fetchone()[2]
            for index in database.execute(f"PRAGMA index_list({table})").fetchall()
        }
        for key in database.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            assert key[3] in indexed, (table, key[3])
            assert key[6] in {"CASCADE", "SET NULL"}, (table, key[3])


def test_every_field_that_names_another_record_is_a_foreign_key(database: sqlite3.Connection) -> None:
    for record_type, table in schema.TABLES.items():
        named = {name for name in fields_of(record_type) if name.endswith("_id") and name != "draft_id"}
        named |= {"draft_id"} if table == "review_opinions" else set()
        assert {key[3] for key in database.execute(f"PRAGMA foreign_key_list({table})")} == named, table


@pytest.mark.parametrize(("table", "column", "enum"), list(enums()), ids=str)
def test_a_choice_takes_its_members_and_nothing_else(
    database: sqlite3.Connection, table: str, column: str, enum: type[StrEnum]
) -> None:
    assert [member for member in enum if not allowed(database, table, **{column: member.value})] == []
    assert not allowed(database, table, **{column: "something else"})


@pytest.mark.parametrize("value", ["2025-2-1", "2025-02-30", "2025年", "2025-02-01 10:00", ""])
def test_a_date_is_a_real_day_written_in_full(database: sqlite3.Connection, value: str) -> None:
    assert allowed(database, "measures", due_on="2025-02-28")
    assert allowed(database, "measures", due_on=None)
    assert not allowed(database, "measures", due_on=value)


@pytest.mark.parametrize("value", ["", "甲、乙", "{}", '"甲"', None])
def test_a_list_is_a_json_array(database: sqlite3.Connection, value: str | None) -> None:
    assert allowed(database, "measures", leaders='["甲", "乙"]')
    assert not allowed(database, "measures", leaders=value)


@pytest.mark.parametrize("value", ["", "1e3", "NaN", "12万", "1,000", "-"])
def test_an_amount_is_written_in_plain_digits(database: sqlite3.Connection, value: str) -> None:
    for amount in ("0", "12.50", "-3", None):
        assert allowed(database, "outcomes", number=amount)
    assert not allowed(database, "outcomes", number=value)


def test_a_text_is_never_null_and_a_flag_is_yes_or_no(database: sqlite3.Connection) -> None:
    assert not allowed(database, "measures", content=None)
    assert not allowed(database, "issues", standing=2)
    assert allowed(database, "issues", concentrated=None)


@pytest.mark.parametrize("table", sorted(OWNED_BY_ONE))
def test_what_belongs_to_one_record_belongs_to_exactly_one(database: sqlite3.Connection, table: str) -> None:
    assert not allowed(database, table, issue_id=None)
    assert not allowed(database, table, measure_id=1)


def test_an_issue_stands_under_a_section_or_under_an_issue_never_under_both(database: sqlite3.Connection) -> None:
    assert allowed(database, "issues", parent_id=7)
    assert allowed(database, "issues", section_id=7)
    assert not allowed(database, "issues", parent_id=7, section_id=7)


def test_a_ledger_has_one_row_about_itself(database: sqlite3.Connection) -> None:
    assert not allowed(database, "facts", id=2)


def test_migrating_a_ledger_of_today_changes_nothing(database: sqlite3.Connection, tmp_path: Path) -> None:
    before = list(database.iterdump())
    schema.migrate(database)
    assert list(database.iterdump()) == before
