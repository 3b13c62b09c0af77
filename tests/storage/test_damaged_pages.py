"""Our own reader of SQLite's pages gives what SQLite gives; a page that makes no sense costs its own rows only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import pytest

from zhenggai_desktop.storage.pages import PageRow, Pages

INTEGERS = [
    0, 1, 2, -1, 127, 128, -128, -129, 32767, 32768, -32768, -32769, 2**23 - 1, 2**23, -(2**23), 2**31 - 1, 2**31,
    -(2**31), 2**47 - 1, 2**47, -(2**47) - 1, 2**63 - 1, -(2**63),
]  # fmt: skip
"""At both sides of each width that the format knows."""


def made(rows: Iterable[Sequence[object]], *, page_size: int = 4096, then: str = "") -> bytes:
    """The file that SQLite makes of a table with these rows; ``then`` is done to it afterwards."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"PRAGMA page_size = {page_size}")
    with connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    connection.executescript(then)
    data = connection.serialize()
    connection.close()
    return data


def root_of(pages: Pages, table: str = "t") -> int:
    (root,) = (row.values[3] for row in pages.schema() if row.values[1] == table)
    assert isinstance(root, int)
    return root


def read(data: bytes) -> list[PageRow]:
    pages = Pages(data)
    tree = pages.tree(root_of(pages))
    assert (tree.broken, pages.broken_cells) == (0, 0)
    return tree.rows


def test_every_kind_of_value_is_read_as_it_was_written() -> None:
    values = [*INTEGERS, None, 0.5, -1e300, "", "整改", "a", b"", b"\x00\xff", "长" * 60, b"x" * 130]
    data = made([(at, value, 7) for at, value in enumerate(values, 1)])
    rows = read(data)
    assert [row.values[1] for row in rows] == values
    assert [type(row.values[1]) for row in rows] == [type(value) for value in values]
    assert {row.values[0] for row in rows} == {None}  # the key stands in the row's number
    assert {row.values[2] for row in rows} == {7}  # and nothing is read from the neighbour


@pytest.mark.parametrize("rowid", [1, 127, 128, 16383, 16384, 2**32, 2**56 - 1, 2**56, 2**62, 2**63 - 1, -1, -(2**63)])
def test_row_numbers_of_every_length(rowid: int) -> None:
    data = made([(rowid, "内容", None)])
    assert read(data) == [PageRow(rowid, (None, "内容", None))]


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 32768, 65536])
def test_texts_of_every_length_on_pages_of_every_size(page_size: int) -> None:
    """Around what fits on a page, on one overflow page, on two: there the format changes its ways."""
    fits = page_size - 35  # the most that a record may take on its leaf
    least = (page_size - 12) * 32 // 255 - 23
    sizes = {1, 60, 200}
    for limit in (fits, least + page_size - 4, fits + page_size - 4, least + 2 * (page_size - 4), 5 * page_size):
        sizes |= set(range(limit - 12, limit + 4))
    rows = [(at, "x" * size, at) for at, size in enumerate(sorted(sizes), 1)]
    data = made(rows, page_size=page_size)
    assert [(row.rowid, *row.values[1:]) for row in read(data)] == rows
    assert Pages(data).size == page_size


def test_a_tree_of_several_levels_is_read_in_order_and_each_page_once() -> None:
    rows = [(at, f"第{at}行" * 8, at) for at in range(1, 3001)]
    data = made(rows, page_size=512)
    pages = Pages(data)
    root = root_of(pages)
    assert [(row.rowid, *row.values[1:]) for row in pages.tree(root).rows] == rows
    assert pages.used == set(range(1, pages.count + 1))
    again = pages.tree(root)
    assert (again.rows, again.broken) == ([], 0)  # read before: not lost
    assert list(pages.stray_leaves()) == []


def test_more_than_255_cells_on_a_page() -> None:
    """Rows on a leaf, and leaves below a page."""
    many = [(at, at, None) for at in range(1, 601)]
    assert [(row.rowid, *row.values[1:]) for row in read(made(many, page_size=32768))] == many
    wide = [(at, "x" * 3900, None) for at in range(1, 351)]
    assert [(row.rowid, *row.values[1:]) for row in read(made(wide))] == wide


@pytest.mark.parametrize(("number", "broken"), [(-1, 1), (0, 1), (9999, 1)])
def test_a_root_outside_the_file_is_a_broken_page(number: int, broken: int) -> None:
    pages = Pages(made([(1, "一", 1)]))
    assert pages.tree(number).broken == broken


def test_the_last_page_belongs_to_the_file_even_where_it_is_cut() -> None:
    data = made([(at, "行" * 20, at) for at in range(1, 60)], page_size=512)
    whole = len(data) // 512
    assert Pages(data).count == whole
    assert Pages(data[:-1]).count == whole
    assert Pages(data[: 512 * (whole - 1)]).count == whole - 1
    cut = Pages(data[:-512])
    tree = cut.tree(root_of(cut))
    assert tree.broken == 1
    assert 0 < len(tree.rows) < 59


@pytest.mark.parametrize(
    ("field", "size"),
    [(b"\x00\x01", 65536), (b"\x02\x00", 512), (b"\x80\x00", 32768), (b"\x10\x00", 4096)]
    + [(wrong, 4096) for wrong in (b"\x00\x00", b"\x01\x00", b"\x03\x00", b"\x10\x01", b"\xff\xff")],
)
def test_a_page_size_that_no_file_has_is_taken_for_the_usual_one(field: bytes, size: int) -> None:
    assert Pages(b"SQLite format 3\x00" + field + bytes(84)).size == size
    assert Pages(b"SQLite format x\x00" + field + bytes(84)).size == 4096


# --- damage


def leaf_with_rows() -> tuple[bytearray, int]:
    """A table of one leaf with five rows; gives the file and the place of that page in it."""
    data = bytearray(made([(at, f"第{at}行", at) for at in range(1, 6)], page_size=512))
    return data, (root_of(Pages(bytes(data))) - 1) * 512


def rows_of(data: bytes) -> tuple[list[int], int]:
    """The numbers of the rows that are read from the table, and how many cells were not."""
    pages = Pages(data)
    return [row.rowid for row in pages.tree(root_of(pages)).rows], pages.broken_cells


def pointer_of(data: bytes, start: int, row: int) -> int:
    return int.from_bytes(data[start + 8 + 2 * row : start + 10 + 2 * row], "big")


@pytest.mark.parametrize("pointer", [0, 7, 512, 0xFFFF])
def test_a_pointer_into_the_header_or_off_the_page_costs_its_row(pointer: int) -> None:
    data, start = leaf_with_rows()
    data[start + 10 : start + 12] = pointer.to_bytes(2, "big")
    assert rows_of(data) == ([1, 3, 4, 5], 1)


def test_a_count_of_cells_beyond_the_page_ends_at_the_page() -> None:
    data, start = leaf_with_rows()
    data[start + 3 : start + 5] = b"\xff\xff"
    rows, broken = rows_of(data)
    assert rows[:5] == [1, 2, 3, 4, 5]
    assert len(rows) + broken == (512 - 8) // 2


@pytest.mark.parametrize(
    ("at", "byte"),
    [
        (0, 0x00),  # no payload
        (0, 0x03),  # a payload shorter than its header says
        (0, 0x7F),  # a payload longer than what it holds
        (2, 0x00),  # a record header of no length
        (2, 0x02),  # a record header that ends before its columns do
        (2, 0x05),  # a record header that takes a value for a kind
        (4, 0x0A),  # kinds that no file has
        (4, 0x0B),
        (4, 0x7F),  # a text beyond the record
        (4, 0x0D),  # a text of another length than the record leaves for it
    ],
)
def test_a_record_that_makes_no_sense_costs_itself(at: int, byte: int) -> None:
    """length, number, length of the header, kinds (none, text, integer), text, integer."""
    data, start = leaf_with_rows()
    cell = start + pointer_of(data, start, 2)
    assert (data[cell], data[cell + 1], data[cell + 2], data[cell + 3], data[cell + 5]) == (12, 3, 4, 0, 1)
    data[cell + at] = byte
    assert rows_of(data) == ([1, 2, 4, 5], 1)


def test_a_text_that_is_none_costs_its_row() -> None:
    data, start = leaf_with_rows()
    cell = start + pointer_of(data, start, 0)
    data[cell + 6] = 0xFF
    assert rows_of(data) == ([2, 3, 4, 5], 1)


@pytest.mark.parametrize("kind", [0x00, 0x02, 0x0A, 0x0C, 0xFF])
def test_a_page_of_another_kind_is_broken(kind: int) -> None:
    data, start = leaf_with_rows()
    data[start] = kind
    pages = Pages(bytes(data))
    tree = pages.tree(root_of(pages))
    assert (tree.rows, tree.broken) == ([], 1)


def interior() -> tuple[bytearray, int]:
    """A table of one page that leads to leaves; gives the file and the place of that page in it."""
    data = bytearray(made([(at, "行" * 20, at) for at in range(1, 101)], page_size=512))
    start = (root_of(Pages(bytes(data))) - 1) * 512
    assert data[start] == 5
    return data, start


def test_a_wrong_way_down_costs_one_leaf_and_the_leaf_is_found_as_a_stray() -> None:
    data, start = interior()
    cell = start + int.from_bytes(data[start + 12 : start + 14], "big")
    first = int.from_bytes(data[cell : cell + 4], "big")
    data[cell : cell + 4] = (9999).to_bytes(4, "big")
    pages = Pages(bytes(data))
    tree = pages.tree(root_of(pages))
    strays = list(pages.stray_leaves())
    assert tree.broken == 1
    assert [[row.rowid for row in rows] for rows in strays] == [list(range(1, tree.rows[0].rowid))]
    assert first in pages.used
    assert list(pages.stray_leaves()) == []  # found once


def test_the_last_way_down_stands_in_the_header() -> None:
    data, start = interior()
    data[start + 8 : start + 12] = bytes(4)
    rows, _ = rows_of(data)
    assert rows == list(range(1, rows[-1] + 1))
    assert 50 < rows[-1] < 100


@pytest.mark.parametrize(("pointer", "broken"), [(508, 1), (509, 0)])
def test_a_way_down_must_lie_on_the_page(pointer: int, broken: int) -> None:
    """Four bytes at the page's end are a page's number (here none that the file has); three are nothing at all."""
    data, start = interior()
    data[start + 508 : start + 512] = b"\xff\xff\xff\xff"
    data[start + 12 : start + 14] = pointer.to_bytes(2, "big")
    pages = Pages(bytes(data))
    assert pages.tree(root_of(pages)).broken == broken


def test_a_page_that_leads_to_itself_is_read_once() -> None:
    data, start = interior()
    cell = start + int.from_bytes(data[start + 12 : start + 14], "big")
    data[cell : cell + 4] = (start // 512 + 1).to_bytes(4, "big")
    rows, _ = rows_of(data)
    assert rows[-1] == 100


def overflowing() -> tuple[bytearray, int]:
    """A row on its leaf and three overflow pages; gives the file and the place of the first overflow page's number."""
    data = bytearray(made([(1, "x" * 1700, 1), (2, "短", 2)], page_size=512))
    start = (root_of(Pages(bytes(data))) - 1) * 512
    assert rows_of(data) == ([1, 2], 0)
    cell = start + pointer_of(data, start, 0)
    return data, cell + 3 + _kept_on_the_leaf(5 + 1700)


def _kept_on_the_leaf(length: int) -> int:
    """sqlite.org/fileformat2.html, “Cell payload overflow pages”, for pages of 512 bytes."""
    most, least = 512 - 35, (512 - 12) * 32 // 255 - 23
    kept = least + (length - least) % (512 - 4)
    return kept if kept <= most else least


@pytest.mark.parametrize("number", [0, 1, 9999])
def test_an_overflow_page_that_is_none_costs_the_row(number: int) -> None:
    data, place = overflowing()
    assert int.from_bytes(data[place : place + 4], "big") in range(2, len(data) // 512 + 1)
    data[place : place + 4] = number.to_bytes(4, "big")
    assert rows_of(data) == ([2], 1)


def test_overflow_pages_in_a_circle_cost_the_row() -> None:
    data, place = overflowing()
    first = int.from_bytes(data[place : place + 4], "big")
    data[(first - 1) * 512 : (first - 1) * 512 + 4] = first.to_bytes(4, "big")
    assert rows_of(data) == ([2], 1)


def test_an_overflow_page_that_is_cut_off_costs_the_row() -> None:
    data, place = overflowing()
    first = int.from_bytes(data[place : place + 4], "big")
    last = first
    while following := int.from_bytes(data[(last - 1) * 512 : (last - 1) * 512 + 4], "big"):
        last = following
    assert last == len(data) // 512
    assert rows_of(data[:-500]) == ([2], 1)


def test_what_was_deleted_is_no_stray() -> None:
    rows = [(at, "行" * 20, at) for at in range(1, 6001)]
    data = made(rows, page_size=512, then="PRAGMA secure_delete = OFF; DELETE FROM t WHERE id > 3000")
    free = int.from_bytes(data[36:40], "big")
    assert free > 2 * 126  # more than two pages of the list tell of
    pages = Pages(data)
    assert len(pages.tree(root_of(pages)).rows) == 3000
    assert list(pages.stray_leaves()) == []
    assert pages.count - len(pages.used) == free


def test_a_list_of_free_pages_that_runs_in_a_circle_ends() -> None:
    data, start = leaf_with_rows()
    extra = bytearray(512)
    number = len(data) // 512 + 1
    extra[:4] = number.to_bytes(4, "big")
    extra[4:8] = (0xFFFF).to_bytes(4, "big")  # more than a page holds
    data += extra + data[start : start + 512]
    data[32:36] = number.to_bytes(4, "big")
    pages = Pages(bytes(data))
    pages.tree(root_of(pages))
    assert [[row.rowid for row in rows] for rows in pages.stray_leaves()] == [[1, 2, 3, 4, 5]]


def test_a_file_without_a_list_of_free_pages_gives_its_stray_leaf() -> None:
    data, start = leaf_with_rows()
    data += data[start : start + 512]
    pages = Pages(bytes(data))
    pages.tree(root_of(pages))
    assert [[row.rowid for row in rows] for rows in pages.stray_leaves()] == [[1, 2, 3, 4, 5]]


def test_a_leaf_without_a_readable_row_is_no_find() -> None:
    data, _ = leaf_with_rows()
    stray = bytearray(512)
    stray[0] = 0x0D
    data += stray
    pages = Pages(bytes(data))
    pages.tree(root_of(pages))
    assert list(pages.stray_leaves()) == []
