"""Automatic numbers come out as Word shows them, whatever the lists are made of."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from word_files import abstract, item, lvl, num, start_override, style, styled, word_bytes, word_file

from zhenggai_desktop.formats.word_package import package_of
from zhenggai_desktop.formats.word_reader import read_package, read_word

OUTLINE = abstract(0, lvl(0, "%1."), lvl(1, "%1.%2."), lvl(2, "%1.%2.%3."), lvl(3, "%1.%2.%3.%4."))


def numbers(body: str, **sides: str) -> list[str]:
    """The automatic numbers of the paragraphs that show one, "" for those that show none."""
    document = read_package(package_of(word_bytes(body, **sides), "x.docx"), "x.docx")
    return [paragraph.auto_number for paragraph in document.paragraphs]


def items(*levels: int, num: int = 1) -> str:
    return "".join(item("甲", level, num) for level in levels)


def test_the_levels_of_a_feedback_document_are_written_as_they_are_printed() -> None:
    levels = abstract(
        0,
        lvl(0, "%1、", "chineseCountingThousand", suff="nothing"),
        lvl(1, "（%2）", "chineseCounting", suff="nothing"),
        lvl(2, "%3.", suff="space"),
        lvl(3, "（%4）"),
    )
    assert numbers(items(0, 1, 2, 3, 3, 2, 1, 2, 0, 1), numbering=levels + num(1, 0)) == [
        "一、", "（一）", "1.", "（1）", "（2）", "2.", "（二）", "1.", "二、", "（一）",
    ]  # fmt: skip


def test_a_level_starts_again_after_any_higher_one() -> None:
    assert numbers(items(0, 1, 2, 2, 1, 2, 0, 1, 2), numbering=OUTLINE + num(1, 0)) == [
        "1.", "1.1.", "1.1.1.", "1.1.2.", "1.2.", "1.2.1.", "2.", "2.1.", "2.1.1.",
    ]  # fmt: skip


def test_a_level_that_was_skipped_shows_its_start_and_counts_as_used() -> None:
    assert numbers(items(1, 0, 2, 1), numbering=OUTLINE + num(1, 0)) == ["1.1.", "2.", "2.1.1.", "2.2."]


def test_start_says_where_a_level_begins_and_is_zero_when_missing() -> None:
    levels = abstract(0, lvl(0, "%1.", start=5), lvl(1, "%2)", start=None))
    assert numbers(items(0, 1, 1, 0, 1), numbering=levels + num(1, 0)) == ["5.", "0)", "1)", "6.", "0)"]


def test_a_level_that_never_restarts_runs_through() -> None:
    levels = abstract(0, lvl(0, "%1."), lvl(1, "问题%2：", more='<w:lvlRestart w:val="0"/>'))
    assert numbers(items(0, 1, 1, 0, 1), numbering=levels + num(1, 0)) == ["1.", "问题1：", "问题2：", "2.", "问题3："]


def test_a_restart_bound_to_the_first_level_ignores_the_second() -> None:
    levels = abstract(0, lvl(0, "%1."), lvl(1, "%2)"), lvl(2, "<%3>", more='<w:lvlRestart w:val="1"/>'))
    assert numbers(items(0, 1, 2, 1, 2, 0, 1, 2), numbering=levels + num(1, 0)) == [
        "1.", "1)", "<1>", "2)", "<2>", "2.", "1)", "<1>",
    ]  # fmt: skip


def test_a_restart_bound_to_a_level_below_is_ignored() -> None:
    levels = abstract(0, lvl(0, "%1."), lvl(1, "%2)", more='<w:lvlRestart w:val="5"/>'))
    assert numbers(items(0, 1, 0, 1), numbering=levels + num(1, 0)) == ["1.", "1)", "2.", "1)"]


def test_lists_on_one_definition_share_their_counter() -> None:
    body = items(0, num=1) + items(0, num=2) + items(0, num=1)
    assert numbers(body, numbering=OUTLINE + num(1, 0) + num(2, 0)) == ["1.", "2.", "3."]


def test_lists_on_two_definitions_count_apart() -> None:
    body = items(0, num=1) + items(0, num=2) + items(0, num=1)
    levels = OUTLINE + abstract(1, lvl(0, "%1)"))
    assert numbers(body, numbering=levels + num(1, 0) + num(2, 1)) == ["1.", "1)", "2."]


def test_a_start_override_starts_anew_once_and_the_others_go_on_from_there() -> None:
    body = items(0, 0, num=1) + items(0, 0, num=2) + items(0, num=1) + items(0, num=2)
    levels = OUTLINE + num(1, 0) + num(2, 0, start_override(0, 8))
    assert numbers(body, numbering=levels) == ["1.", "2.", "8.", "9.", "10.", "11."]


def test_a_start_override_works_on_each_level_at_its_first_use() -> None:
    body = items(0, 1, num=1) + items(1, 1, num=2)
    levels = OUTLINE + num(1, 0) + num(2, 0, start_override(0, 5) + start_override(1, 7))
    assert numbers(body, numbering=levels) == ["1.", "1.1.", "1.7.", "1.8."]


def test_an_override_can_replace_a_whole_level_but_not_its_restart() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{lvl(0, "第%1条", "chineseCounting", start=3)}</w:lvlOverride>'
    assert numbers(items(0, 0), numbering=OUTLINE + num(1, 0, override)) == ["第三条", "第四条"]
    replaced = lvl(1, "%2)", more='<w:lvlRestart w:val="0"/>')
    never = f'<w:lvlOverride w:ilvl="1">{replaced}</w:lvlOverride>'
    assert numbers(items(0, 1, 0, 1), numbering=OUTLINE + num(1, 0, never)) == ["1.", "1)", "2.", "1)"]


def test_legal_numbering_writes_the_levels_above_in_arabic_digits() -> None:
    levels = abstract(
        0, lvl(0, "%1、", "chineseCounting"), lvl(1, "%1.%2", "chineseCounting", more="<w:isLgl/>"), lvl(2, "%1.%2.%3")
    )
    assert numbers(items(0, 1, 2), numbering=levels + num(1, 0)) == ["一、", "1.一", "一.一.1"]


def test_a_bullet_among_the_levels_has_no_number() -> None:
    levels = abstract(0, lvl(0, "%1."), lvl(1, "\uf0b7", "bullet"), lvl(2, "%1.%2%3."))
    assert numbers(items(0, 1, 2), numbering=levels + num(1, 0)) == ["1.", "•", "1.1."]


def test_a_level_with_format_none_shows_only_its_text() -> None:
    levels = abstract(0, lvl(0, "附：", "none"), lvl(1, "%1%2."))
    assert numbers(items(0, 1, 1), numbering=levels + num(1, 0)) == ["附：", "1.", "2."]


def test_a_hidden_number_counts_and_does_not_show() -> None:
    hidden = lvl(0, "%1.").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    assert numbers(items(0, 0, 1), numbering=abstract(0, hidden, lvl(1, "%1.%2.")) + num(1, 0)) == ["", "", "2.1."]


def test_number_zero_takes_the_number_of_the_style_away() -> None:
    styles = style("Issue", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = styled("甲", "Issue") + styled("乙", "Issue", none) + styled("丙", "Issue")
    assert numbers(body, numbering=OUTLINE + num(1, 0), styles=styles) == ["1.", "", "2."]


def test_a_style_numbers_at_the_level_that_names_it_and_hands_it_on() -> None:
    levels = abstract(
        0,
        lvl(0, "%1.", more='<w:pStyle w:val="Heading1"/>'),
        lvl(1, "%1.%2.", more='<w:pStyle w:val="Heading2"/>'),
        lvl(2, "%1.%2.%3."),
    )
    styles = (
        style("Heading1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("Heading2", '<w:pPr><w:numPr><w:ilvl w:val="7"/></w:numPr></w:pPr>', based_on="Heading1")
        + style("Own", based_on="Heading2")
        + style("Third", '<w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr>', based_on="Heading2")
    )
    body = "".join(styled("甲", name) for name in ("Heading1", "Heading2", "Own", "Third", "Heading1", "Own"))
    assert numbers(body, numbering=levels + num(1, 0), styles=styles) == ["1.", "1.1.", "1.2.", "1.2.1.", "2.", "2.1."]


def test_the_default_style_numbers_paragraphs_that_name_none() -> None:
    styles = style("a", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>').replace(
        'w:styleId="a"', 'w:default="1" w:styleId="a"'
    )
    assert numbers("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", numbering=OUTLINE + num(1, 0), styles=styles) == ["1."]


def test_a_link_to_a_list_style_finds_the_levels_and_counts_by_itself() -> None:
    levels = abstract(0, lvl(0, "%1、"), link='<w:styleLink w:val="Liste"/>') + abstract(
        1, link='<w:numStyleLink w:val="Liste"/>'
    )
    styles = style("Liste", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    body = items(0, num=2) + items(0, num=1) + items(0, num=3)
    assert numbers(body, numbering=levels + num(1, 0) + num(2, 1) + num(3, 1), styles=styles) == ["1、", "1、", "2、"]


def test_a_ring_of_links_and_a_ring_of_styles_end() -> None:
    levels = abstract(0, link='<w:numStyleLink w:val="S"/>') + abstract(1, link='<w:numStyleLink w:val="T"/>')
    styles = (
        style("S", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering", based_on="T")
        + style("T", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering", based_on="S")
        + style("P", based_on="Q")
        + style("Q", based_on="P")
    )
    body = items(0, num=1) + styled("乙", "P")
    assert numbers(body, numbering=levels + num(1, 0) + num(2, 1), styles=styles) == ["", ""]


@pytest.mark.parametrize(
    ("numbering", "why"),
    [
        ("", "no definitions"),
        (num(1, 9), "the definition is missing"),
        (abstract(0, lvl(3, "%1.")) + num(1, 0), "the level is missing"),
        (abstract(0, '<w:lvl w:ilvl="x"><w:start w:val="x"/></w:lvl>') + num(1, 0), "values that are no numbers"),
    ],
)
def test_a_broken_definition_numbers_nothing(numbering: str, why: str) -> None:
    assert numbers(items(0), numbering=numbering) == [""], why


def test_levels_without_an_index_count_in_their_order() -> None:
    levels = re.sub(r' w:ilvl="\d"', "", OUTLINE)
    assert numbers(items(0, 1, 2), numbering=levels + num(1, 0)) == ["1.", "1.1.", "1.1.1."]


def test_a_custom_format_is_read_from_the_alternative_word_writes() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1号"/></w:lvl>'
    )
    assert numbers(items(0, 0), numbering=abstract(0, level) + num(1, 0)) == ["001号", "002号"]


def test_every_line_of_the_published_feedback_document_is_as_a_reader_sees_it(published: Path) -> None:
    document = read_word(published / "feedback-automatic-numbers.docx")
    labels = [paragraph.auto_number for paragraph in document.paragraphs if paragraph.auto_number]
    assert labels[:6] == ["一、", "二、", "（一）", "1.", "（1）", "（2）"]
    assert labels[-3:] == ["三、", "（一）", "（二）"]
    assert sum(label.endswith(".") for label in labels) == 23
    assert labels.count("（1）") == labels.count("（2）") == 9


# --- the same lists in LibreOffice -------------------------------------------------------------------------------

WRITES_LIKE_WORD = [
    "decimal", "decimalZero", "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "lowerLetter",
    "upperLetter", "lowerRoman", "upperRoman", "ideographTraditional", "taiwaneseCounting", "japaneseCounting",
    "ideographZodiac", "ideographLegalTraditional",
]  # fmt: skip
# LibreOffice 7.4 differs from Word knowingly in these, so the random lists leave them out: lvlRestart and isLgl are
# not read; a startOverride works on the first level only; a numStyleLink continues the list of the style itself;
# full-width, ⑴ and ⒈ become plain digits, ㈠ becomes ①, 21 becomes ㉑, 1st becomes 1., ideographDigital counts 十;
# from 100 on all Chinese formats count 一百; a first level that is skipped ignores its startOverride.


@pytest.mark.full
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("seed", range(4))
def test_random_lists_have_the_numbers_that_libreoffice_shows(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = word_file(tmp_path / "lists.docx", _random_body(chance), numbering=_random_numbering(chance))
    ours = [paragraph.text for paragraph in read_word(path).paragraphs]
    assert [_closed(line) for line in ours] == [_closed(line) for line in _by_libreoffice(path)]


def _random_numbering(chance: random.Random) -> str:
    definitions = "".join(_random_abstract(chance, number) for number in range(4))
    instances = "".join(
        num(number, number % 4, start_override(0, chance.randint(1, 30)) if number > 4 else "")
        for number in range(1, 9)
    )
    return definitions + instances


def _random_abstract(chance: random.Random, number: int) -> str:
    levels: list[str] = []
    for level in range(5):
        shown = chance.choice([f"%{level + 1}", "".join(f"%{above + 1}." for above in range(level + 1))])
        text = chance.choice(["{}、", "（{}）", "{}．", "第{}条", "{})"]).format(shown)
        number_format = chance.choice(WRITES_LIKE_WORD)
        suffix = chance.choice(["tab", "space", "nothing"])
        levels.append(lvl(level, text, number_format, start=chance.choice([1, 1, 1, 4]), suff=suffix))
    return abstract(number, *levels)


def _random_body(chance: random.Random) -> str:
    body, level = "", 0
    seen: set[int] = set()
    for position in range(150):
        level = chance.choice([0, level, level, min(level + 1, 4), max(level - 1, 0)])
        used = chance.choice([1, 1, 1, 2, 3, 4, 5, 6, 7, 8])
        level = level if used in seen else 0
        seen.add(used)
        body += item(f"问题{position}", level, used)
    return body


def _by_libreoffice(path: Path) -> list[str]:
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless",
            "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(path.parent), str(path),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return [line for line in path.with_suffix(".txt").read_text("utf-8-sig").splitlines() if line.strip()]


def _closed(line: str) -> str:
    return re.sub(r"\s", "", line)
