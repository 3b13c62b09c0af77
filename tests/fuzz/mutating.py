"""Good files made bad by their structure: a part, an element, an attribute, a value, a row or a byte at a time.

Every choice comes from one ``random.Random``, so that a seed is a file, and hypothesis can choose and shrink as well.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

from zhenggai_desktop.formats.archive_zip import SUMS

HOSTILE: tuple[str, ...] = (
    "", " ", "-1", "0", "1", "99999999999999999999", "2147483648", "1e999", "NaN", "-Infinity", "0x41", "true", "９９",
    "²", "٣", "①", "9" * 5000, "1" * 30, "%1%2%9%99", "2024年13月45日", "9999-99-99", "0001-01-01", "+292278994-01-01",
    "../../../../tmp/逃出.txt", "..\\..\\逃出.txt", "C:\\Windows\\win.ini", "/etc/passwd", "\\\\server\\share\\a.docx",
    "file:///etc/passwd", "http://example.com/a.dtd", "CON", "nul.txt", "a" * 300, "/" * 50, ".", "..",
    "=HYPERLINK(\"http://example.com\",\"a\")", "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1+1", "{=1}",
    "<b>粗</b><img src='http://example.com/a.png'>", "<script>alert(1)</script>", "]]>", "&amp;lt;", "'; DROP TABLE",
    "\u202e倒着\u202c", "\u2066\u2067\u2069", "\u200b\u200d\ufeff", "\ufffe\uffff", "\x7f\x85\x9f", "\U000e0041",
    "\u0301" * 500, "😀" * 50, "𠮷", "\u2028\u2029", "\t\r\n", "一" * 2000, "（一" * 3000, "一是" * 3000, "、，" * 4000,
    "一、" * 3000, "针对“" * 2000, "“‘《（【" * 2000, "2024年" * 3000, "关于问题的问题" * 1500,
    "问题一：" * 2000, "{问题总数}" * 500,
    "{" * 2000, "%s%s%n", "${x}", "{0.__class__}", "\\" * 200, "第" + "九" * 3000 + "条", "12" * 9000,
)  # fmt: skip
"""Values that some reader somewhere has stumbled over."""

CONTROLS = ("\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x1f")
_XML_TOKEN = re.compile(r"<[^<>]*>|[^<]+|<")
_ATTRIBUTE = re.compile(r'(\s[\w:.-]+=)(["\'])(.*?)\2', re.DOTALL)
_DOCTYPES = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a SYSTEM "http://example.com/a.dtd">',
    '<!DOCTYPE a [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    '<?xml-stylesheet href="http://example.com/a.xsl"?>',
    "<!--" + "-" * 100 + "-->",
)
_NAMES = (
    "../../../逃出.txt", "/tmp/逃出.txt", "..\\..\\逃出.txt", "C:\\逃出.txt", "CON", "a\x00b", "a" * 400, "",
    "佐证材料/../../逃出.txt", "内容.json", "mimetype", "word/vbaProject.bin", "xl/vbaProject.bin",
    "word/../a", "[Content_Types].xml",
    "word/document.xml", "xl/workbook.xml", "xl/workbook.bin", "content.xml", "OFD.xml", "a/" * 200,
)  # fmt: skip
_FEW, _MANY, _DEEP = 3, 1000, 4000
_LARGEST = 16 << 20  # bytes; what grew beyond it is cut: a size is refused by its number, not by what stands in it


def mutated(data: bytes, random: Random) -> bytes:
    """The file with one to four things wrong in it, of the kind that its content is open to."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 4))):
        data = _once(data, random)[:_LARGEST]
    return data


def _once(data: bytes, random: Random) -> bytes:
    if random.random() < 0.06:
        return broken_bytes(data, random)
    if data.startswith(b"PK"):
        return _zip(data, random)
    if data.startswith(b"SQLite format 3\x00"):
        return _database(data, random)
    if data.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        return broken_bytes(data, random)
    return part(data, random)


def part(data: bytes, random: Random) -> bytes:
    """A member or a plain file: XML, JSON, HTML, text or bytes, as it looks."""
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return broken_bytes(data, random)
    if start.startswith((b"{", b"[")):
        with suppress(ValueError, RecursionError):
            return _json(json.loads(text.removeprefix("\ufeff")), random)
    return (_markup if start.startswith(b"<") else _lines)(text, random).encode("utf-8", "surrogatepass")


# --- bytes


def broken_bytes(data: bytes, random: Random) -> bytes:
    """Bits turned, stretches lost, doubled, zeroed or written over."""
    if not data:
        return b"\x00"
    found = bytearray(data)
    start = random.randrange(len(found))
    length = random.choice((1, 2, 4, 16, 256, 4096))
    match random.randrange(7):
        case 0:
            for _ in range(random.choice((1, 4, 32))):
                found[random.randrange(len(found))] ^= 1 << random.randrange(8)
        case 1:
            del found[start : start + length]
        case 2:
            found[start:start] = found[start : start + length] * random.choice((1, 2, 50))
        case 3:
            found[start : start + length] = bytes(min(length, len(found) - start))
        case 4:
            del found[start:]
        case 5:
            found[start : start + 4] = struct.pack("<I", random.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)))
        case _:
            found[start:start] = random.choice((*HOSTILE, *CONTROLS)).encode()
    return bytes(found)


def _times(pieces: list[str], wanted: int) -> int:
    """How often these may stand: a line that an earlier fault made long is not repeated until the machine is full."""
    return max(1, min(wanted, _LARGEST // (1 + sum(map(len, pieces)))))


# --- markup


def _markup(text: str, random: Random) -> str:
    tokens = _XML_TOKEN.findall(text)
    if not tokens:
        return random.choice(HOSTILE)
    at = random.randrange(len(tokens))
    change: Callable[[list[str], int, Random], None] = random.choice(_MARKUP_CHANGES)
    change(tokens, at, random)
    return "".join(tokens)


def _other_attribute(tokens: list[str], at: int, random: Random) -> None:
    """A value of an attribute becomes hostile; of an element near ``at`` that has one."""
    for place in range(at, min(at + 200, len(tokens))):
        found = list(_ATTRIBUTE.finditer(tokens[place]))
        if tokens[place].startswith("<") and found:
            match = random.choice(found)
            value = _escaped(random.choice(HOSTILE)).replace('"', "&quot;").replace("'", "&apos;")
            tokens[place] = tokens[place][: match.start(3)] + value + tokens[place][match.end(3) :]
            return


def _other_text(tokens: list[str], at: int, random: Random) -> None:
    for place in range(at, min(at + 200, len(tokens))):
        if not tokens[place].startswith("<"):
            words = _escaped(random.choice(HOSTILE))
            tokens[place] = random.choice((words, tokens[place] + words, words + tokens[place]))
            return


def _raw(tokens: list[str], at: int, random: Random) -> None:
    tokens[at] += random.choice((*CONTROLS, "&#0;", "&#xD800;", "&x;", "<![CDATA[<a>]]>", "<", "&", "\ud800"))


def _gone(tokens: list[str], at: int, random: Random) -> None:
    del tokens[at : at + random.choice((1, 2, 5, 40))]


def _doubled(tokens: list[str], at: int, random: Random) -> None:
    pieces = tokens[at : at + random.choice((1, 3, 9))]
    tokens[at:at] = pieces * _times(pieces, random.choice((1, _FEW, 100, _MANY)))


def _moved(tokens: list[str], at: int, random: Random) -> None:
    other = random.randrange(len(tokens))
    tokens[at], tokens[other] = tokens[other], tokens[at]


def _deep(tokens: list[str], at: int, random: Random) -> None:
    """An element within itself, thousands of times."""
    for place in range(at, min(at + 200, len(tokens))):
        found = re.match(r"<([\w:]+)[^<>/]*>$", tokens[place])
        if found:
            depth = _times([tokens[place]], random.choice((10, 200, _DEEP)))
            tokens[place] = tokens[place] * depth
            end = _end(tokens, place, found[1])
            tokens[end] = tokens[end] * depth
            return


def _end(tokens: list[str], start: int, name: str) -> int:
    level = 0
    for at in range(start + 1, len(tokens)):
        if tokens[at] == f"</{name}>":
            if not level:
                return at
            level -= 1
        elif tokens[at].startswith((f"<{name}>", f"<{name} ")) and not tokens[at].endswith("/>"):
            level += 1
    return len(tokens) - 1


def _other_name(tokens: list[str], at: int, random: Random) -> None:
    """An element takes the name of another one."""
    names = re.findall(r"<([\w:]+)", "".join(tokens[:4000])) or ["a"]
    for place in range(at, min(at + 200, len(tokens))):
        found = re.match(r"<([\w:]+)", tokens[place])
        if found:
            name, end = random.choice(names), _end(tokens, place, found[1])
            tokens[place] = f"<{name}{tokens[place][found.end() :]}"
            if tokens[end] == f"</{found[1]}>":
                tokens[end] = f"</{name}>"
            return


def _declared(tokens: list[str], at: int, random: Random) -> None:
    tokens.insert(1 if tokens[0].startswith("<?") else 0, random.choice(_DOCTYPES))


def _referred(tokens: list[str], at: int, random: Random) -> None:
    """An attribute takes the value of another one: loops and references to the wrong kind come from this."""
    values = [match[3] for token in tokens[:4000] if token.startswith("<") for match in _ATTRIBUTE.finditer(token)]
    for place in range(at, min(at + 200, len(tokens))):
        found = list(_ATTRIBUTE.finditer(tokens[place])) if tokens[place].startswith("<") else []
        if found and values:
            match = random.choice(found)
            tokens[place] = tokens[place][: match.start(3)] + random.choice(values) + tokens[place][match.end(3) :]
            return


_MARKUP_CHANGES = (
    _other_attribute, _other_attribute, _other_text, _other_text, _raw, _gone, _doubled, _moved, _deep, _other_name,
    _declared, _referred, _referred,
)  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- text


def _lines(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = random.randrange(len(lines))
    words = random.choice((*HOSTILE, *CONTROLS))
    match random.randrange(7):
        case 0:
            place = random.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + words + lines[at][place:]
        case 1:
            pieces = lines[at : at + random.choice((1, 4))]
            lines[at:at] = pieces * _times(pieces, random.choice((1, 30, _MANY)))
        case 2:
            del lines[at : at + random.choice((1, 5))]
        case 3:
            other = random.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 4:
            lines[at] = lines[at].rstrip("\r\n")
        case 5:
            lines[at] = words + "\n"
        case _:
            sign = random.choice("，。、：；“”‘’（）《》〔〕,;\"'\t （）一二三1234 \u3000")
            lines[at] = lines[at].replace(random.choice(lines[at] or " "), sign)
    return "".join(lines)


# --- values

_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**18, 10**30, 1e308, float("inf"), float("nan"), [], {}, [[]], [None], {"": None},
    "\ud800", "\x00", "\u202e", [1] * 2000, ["a", {"b": []}], {"kind": 1}, "a" * 70_000, *HOSTILE,
)  # fmt: skip


def _json(value: Any, random: Random) -> bytes:
    places = _places(value)
    if places and random.random() < 0.9:
        holder, key = random.choice(places)
        match random.randrange(5):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[random.choice(HOSTILE)] = holder.pop(key)
            case 2:
                written = [json.dumps(holder[key])]
                holder[key] = holder[key] and [holder[key]] * _times(written, random.choice((1, 2, 500)))
            case 3:
                holder[key] = _nested(random.choice((5, 100)))
            case _:
                holder[key] = random.choice(_VALUES)
    elif random.random() < 0.5:
        return b"[" * 100_000
    else:
        value = random.choice(_VALUES)
    return json.dumps(value, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def _nested(depth: int) -> Any:
    value: Any = "深"
    for _ in range(depth):
        value = [value]
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        items = list(holder.items()) if isinstance(holder, dict) else list(enumerate(holder))
        for key, inner in items:
            found.append((holder, key))
            if isinstance(inner, dict | list):
                waiting.append(inner)
    return found


# --- containers


def _zip(data: bytes, random: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            parts = {info.filename: source.read(info) for info in source.infolist()}
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError, struct.error, zlib.error):
        return broken_bytes(data, random)
    if not parts:
        return data
    name = random.choice(sorted(parts))
    match random.randrange(20):
        case 0:
            del parts[name]
        case 1:
            parts[random.choice(_NAMES)] = parts[name]
        case 2:
            parts[random.choice(_NAMES)] = parts.pop(name)
        case 3:
            other = random.choice(sorted(parts))
            parts[name], parts[other] = parts[other], parts[name]
        case 4:
            parts[name] = b""
        case 5:
            return _lied(_zipped(parts), random)
        case 6:
            parts[name] = random.choice((b" ", b"\x00", b"<a>", b"A")) * random.choice((1000, 1 << 20, 12 << 20))
        case _:
            parts[name] = part(parts[name], random)
    if SUMS in parts and random.random() < 0.7:
        parts[SUMS] = _sums(parts)
    return _zipped(parts)


def _sums(parts: Mapping[str, bytes]) -> bytes:
    """Checksums that are right: without them all but a few broken archives end where they are compared."""
    rest = ((name, content) for name, content in parts.items() if name != SUMS)
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in rest)
    return "".join(lines).encode("utf-8", "surrogatepass")


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in parts.items():
            with suppress(ValueError, IndexError):  # a name that no container can hold
                target.writestr(name, content)
    return made.getvalue()


def _lied(data: bytes, random: Random) -> bytes:
    """A field of a header says something else: sizes, flags, method, the mode that makes a link of a member."""
    found = bytearray(data)
    mark, fields = random.choice(
        ((b"PK\x03\x04", (6, 8, 14, 18, 22, 26)), (b"PK\x01\x02", (8, 10, 16, 20, 24, 28, 38, 42)))
    )
    places = [match.start() for match in re.finditer(re.escape(mark), data)]
    if places:
        at = random.choice(places) + random.choice(fields)
        found[at : at + 4] = struct.pack("<I", random.choice((0, 1, 9, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xA1FF0000)))
    return bytes(found)


# --- databases


def _database(data: bytes, random: Random) -> bytes:
    """A ledger's rows and schema changed from outside, or its pages damaged."""
    if random.random() < 0.35:
        return _pages(data, random)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        path.write_bytes(data)
        with suppress(sqlite3.Error, UnicodeError, OverflowError), closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            _change_rows(connection, random)
            connection.commit()
        return path.read_bytes()


def _pages(data: bytes, random: Random) -> bytes:
    found = bytearray(data)
    size = 4096
    page = random.randrange(max(1, len(data) // size)) * size
    match random.randrange(4):
        case 0:
            found[page : page + size] = bytes(size)
        case 1:
            other = random.randrange(max(1, len(data) // size)) * size
            found[page : page + size] = found[other : other + size]
        case 2:
            del found[page:]
        case _:
            for _ in range(8):
                at = page + random.randrange(min(size, 200))
                if at < len(found):
                    found[at] = random.randrange(256)
    return bytes(found)


def _change_rows(connection: sqlite3.Connection, random: Random) -> None:
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    filled = [name for name in tables if connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]]
    table = random.choice(filled or tables)
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    column = random.choice(columns)
    rows = [row for (row,) in connection.execute(f'SELECT rowid FROM "{table}"')]
    row = random.choice(rows) if rows else 0
    value: Any = random.choice((None, -1, 0, 1, 2, 2**63 - 1, -(2**63), 1e308, b"\xff\x00", "[", "[1, [2]]", *HOSTILE))
    match random.randrange(12):
        case 0:
            connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
        case 1:
            connection.execute(f'DROP TABLE "{table}"')
        case 2:
            connection.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
        case 3:
            connection.execute(f"PRAGMA user_version = {random.choice((-1, 0, 1, 2, 99, 2147483647))}")
        case 4:
            connection.execute(f"PRAGMA application_id = {random.choice((0, 1, -1))}")
        case 5:
            connection.execute(f'CREATE TRIGGER hostile AFTER UPDATE ON "{table}" BEGIN DELETE FROM issues; END')
        case 6:
            connection.execute(f'DROP TABLE "{table}"')
            connection.execute(f'CREATE VIEW "{table}" AS SELECT 1 AS id')
        case 7:
            connection.execute(f'UPDATE "{table}" SET "{column}" = CAST(? AS TEXT)', (b"\xff\xfe\x80",))
        case _:
            connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, row))
