"""What each command does when all goes well."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from zhenggai_desktop import __version__
from zhenggai_desktop.services.ledger import Ledger

Run = Any  # the fixtures of conftest


def test_new_makes_a_ledger_with_its_unit_and_date(zhenggai: Run) -> None:
    done = zhenggai("new", "甲.zgtz", "--unit", "柳林镇党委", "--feedback-date", "2024年5月6日")
    assert (done.code, done.err) == (0, "")
    values = zhenggai("show", "甲.zgtz", "--json").json
    assert (values["unit"], values["feedback_date"]) == ("柳林镇党委", "2024-05-06")


@pytest.mark.parametrize("text", ["2024-05-06", "2024/5/6", "2024.5.6", "2024年5月6日"])
def test_a_date_may_be_written_as_people_write_it(zhenggai: Run, text: str) -> None:
    assert zhenggai("new", "甲.zgtz", "--feedback-date", text).code == 0


def test_import_makes_the_ledger_and_says_what_it_found(zhenggai: Run, notice: Path) -> None:
    done = zhenggai("import", "甲.zgtz", notice)
    assert done.code == 0
    assert done.out.startswith("已把“公告.txt”（整改通报）导入新台账 甲.zgtz。\n新增：")
    assert "方面 2，问题 3，整改措施 5" in done.out


def test_import_for_programs(zhenggai: Run, notice: Path) -> None:
    values = zhenggai("import", "甲.zgtz", notice, "--json").json
    assert (values["created"], values["dry_run"], values["document"]) == (True, False, "notice")
    assert values["counts"]["问题"] == 3
    assert [section["title"] for section in values["plan"]["sections"]] == ["落实上级决策部署方面", "全面从严治党方面"]


def test_the_same_source_again_changes_nothing(zhenggai: Run, ledger: Path, notice: Path) -> None:
    before = zhenggai("show", ledger, "--json").json
    done = zhenggai("import", ledger, notice, "--json").json
    assert (done["created"], done["added"], done["different"]) == (False, [], [])
    assert zhenggai("show", ledger, "--json").json == before
    assert len(zhenggai("history", ledger, "--json").json) == 1


def test_a_dry_run_prints_the_plan_and_writes_nothing(zhenggai: Run, notice: Path, tmp_path: Path) -> None:
    done = zhenggai("import", "甲.zgtz", notice, "--dry-run")
    assert done.code == 0
    assert "耕地保护责任落实不严" in done.out
    assert "没有写任何文件" in done.out
    assert [path.name for path in tmp_path.iterdir()] == ["公告.txt"]


def test_a_dry_run_compares_with_the_ledger_that_is_there(zhenggai: Run, ledger: Path, notice: Path) -> None:
    before = ledger.read_bytes()
    done = zhenggai("import", ledger, notice, "--dry-run", "--json").json
    assert (done["dry_run"], done["created"], done["added"]) == (True, False, [])
    assert len(done["already_there"]) > 5
    assert ledger.read_bytes() == before


def test_the_kind_can_be_forced(zhenggai: Run, notice: Path) -> None:
    assert zhenggai("import", "甲.zgtz", notice, "--kind", "feedback", "--json").json["document"] == "feedback"


def test_show_prints_a_tree(zhenggai: Run, ledger: Path) -> None:
    lines = zhenggai("show", ledger).out.splitlines()
    assert "（一）落实上级决策部署方面" in lines
    assert "  1-1  耕地保护责任落实不严〔已完成〕" in lines
    assert "      · 拆除违建7处。〔已完成〕" in lines


def test_show_for_programs_has_every_promised_key(zhenggai: Run, ledger: Path) -> None:
    values = zhenggai("show", ledger, "--json").json
    assert values.keys() >= {
        "unit", "inspected_units", "kind", "team", "inspection_start", "inspection_end", "feedback_date",
        "publication_date", "contacts", "signature", "scheme", "recommendations", "chapters", "sections", "outcomes",
        "declared", "leftovers", "doubts",
    }  # fmt: skip
    assert values["contacts"].keys() == {"phone", "address", "postcode", "email"}
    assert values["contacts"]["phone"] == "0000-1234567"
    issue = values["sections"][0]["issues"][0]
    assert issue.keys() >= {
        "uid", "number", "title", "printed_heading", "recommendations", "status", "track", "standing", "deadline",
        "due_on", "leaders", "lead_department", "supporting_departments", "owner", "units", "withheld", "text",
        "issues", "measures",
    }  # fmt: skip
    assert issue["printed_heading"] == "问题一：耕地保护责任落实不严。"
    assert issue["text"] == "整改措施及成效：一是拆除违建7处。二是与14个村签订责任书。"
    assert issue["measures"][0].keys() >= {
        "uid", "content", "progress", "status", "deadline", "due_on", "leaders", "lead_department",
        "supporting_departments", "owner", "log",
    }  # fmt: skip


def test_export_writes_a_workbook(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    assert zhenggai("export", ledger, "台账.xlsx").code == 0
    workbook = load_workbook(tmp_path / "台账.xlsx")
    cells = {cell.value for row in workbook.worksheets[0] for cell in row}
    assert "耕地保护责任落实不严" in cells


def test_the_notice_of_the_imported_scheme_is_the_source_again(zhenggai: Run, ledger: Path, notice: Path) -> None:
    assert zhenggai("notice", ledger, "稿.txt").code == 0
    source = [line for line in notice.read_text(encoding="utf-8").splitlines() if line]
    written = (notice.parent / "稿.txt").read_text(encoding="utf-8-sig")
    assert [line.strip() for line in written.splitlines() if line.strip()] == source


@pytest.mark.parametrize("name", ["稿.docx", "稿.txt", "稿.html", "稿.DOCX"])
def test_the_suffix_chooses_the_form_of_the_notice(zhenggai: Run, ledger: Path, tmp_path: Path, name: str) -> None:
    assert zhenggai("notice", ledger, name).code == 0
    assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.parametrize(
    ("scheme", "heading"),
    [("a", "1.针对耕地保护责任落实不严问题。"), ("D", "一、关于“耕地保护责任落实不严”问题的整改情况")],
)
def test_a_scheme_can_be_chosen(zhenggai: Run, tmp_path: Path, notice: Path, scheme: str, heading: str) -> None:
    zhenggai("import", "甲.zgtz", notice)
    assert zhenggai("notice", "甲.zgtz", "稿.txt", "--scheme", scheme).code == 0
    assert heading in (tmp_path / "稿.txt").read_text(encoding="utf-8-sig")


def test_a_scheme_can_come_from_a_file(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "方案.json").write_text(
        '{"based_on": "e", "section": {"pattern": "第{n}方面 {title}"}}', encoding="utf-8"
    )
    assert zhenggai("notice", ledger, "稿.txt", "--scheme", "方案.json").code == 0
    assert "第一方面 落实上级决策部署方面" in (tmp_path / "稿.txt").read_text(encoding="utf-8-sig")


def test_undo_and_redo_reach_across_runs(zhenggai: Run, ledger: Path) -> None:
    before = zhenggai("show", ledger, "--json").json
    assert zhenggai("undo", ledger).out == "已撤销：导入整改通报《公告》\n"
    assert zhenggai("show", ledger, "--json").json["sections"] == []
    assert zhenggai("redo", ledger).out == "已恢复：导入整改通报《公告》\n"
    assert zhenggai("show", ledger, "--json").json == before


def test_history_tells_every_step_the_newest_first(zhenggai: Run, ledger: Path) -> None:
    zhenggai("undo", ledger)
    lines = zhenggai("history", ledger).out.splitlines()
    assert lines[0].endswith("撤销：导入整改通报《公告》")
    assert lines[1].endswith("导入整改通报《公告》（已撤销）")
    assert [entry["kind"] for entry in zhenggai("history", ledger, "--json").json] == ["undo", "normal"]


def test_a_new_ledger_has_no_history(zhenggai: Run) -> None:
    zhenggai("new", "甲.zgtz")
    assert zhenggai("history", "甲.zgtz").out == "还没有修改记录。\n"


def test_steps_carry_the_users_name(zhenggai: Run, notice: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_HOME", str(home))
    (home / "settings.json").write_text('{"who": "张三"}', encoding="utf-8")
    zhenggai("import", "甲.zgtz", notice)
    assert zhenggai("history", "甲.zgtz", "--json").json[0]["who"] == "张三"


def test_a_whole_ledger_passes_the_check(zhenggai: Run, ledger: Path) -> None:
    assert zhenggai("check", ledger).out == "台账文件完好，没有发现问题。\n"
    assert zhenggai("check", ledger, "--json").json == []


def test_backup_makes_an_equal_ledger(zhenggai: Run, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "备份").mkdir()
    for target in ("副本.zgtz", "备份"):
        assert zhenggai("backup", ledger, target).code == 0
    before = zhenggai("show", ledger, "--json").json
    for copy in ("副本.zgtz", "备份/台账.zgtz"):
        assert zhenggai("show", copy, "--json").json == before


def test_version(zhenggai: Run) -> None:
    assert zhenggai("--version").out == f"整改台账 {__version__}\n"


def test_help_is_chinese_and_names_every_command(zhenggai: Run) -> None:
    text = zhenggai("--help").out
    assert text.startswith("用法：zhenggai")
    for name in ("new", "import", "show", "export", "notice", "figures", "undo", "redo", "history", "check", "backup"):
        assert f"    {name} " in text


def test_a_published_notice_answers_its_feedback(zhenggai: Run, published: Path) -> None:
    feedback, notice = published / "feedback-automatic-numbers.docx", published / "notice-scheme-e.txt"
    zhenggai("import", "一.zgtz", feedback)
    assert zhenggai("import", "一.zgtz", notice, "--json").json["counts"].keys().isdisjoint({"方面", "问题"})
    zhenggai("import", "二.zgtz", notice)
    rates = [
        next(figure["value"] for figure in zhenggai("figures", name, "--json").json if figure["key"] == "items_rate")
        for name in ("一.zgtz", "二.zgtz")
    ]
    assert rates[0] == rates[1]


@pytest.mark.parametrize("sample", ["notice-scheme-a.txt", "notice-scheme-e.txt", "feedback-automatic-numbers.docx"])
def test_published_documents_go_in_and_out(zhenggai: Run, published: Path, sample: str) -> None:
    values = zhenggai("import", "甲.zgtz", published / sample, "--json").json
    assert len(values["plan"]["sections"]) == 3
    assert zhenggai("export", "甲.zgtz", "甲.xlsx").code == 0
    assert zhenggai("notice", "甲.zgtz", "甲.docx").code == 0
    assert zhenggai("check", "甲.zgtz").code == 0


def test_a_text_without_ledger_is_proofread(zhenggai: Run, tmp_path: Path) -> None:
    faulty = tmp_path / "稿.txt"
    faulty.write_text("立案5件，其中甲类3件、乙类4件。截止目前全部办结。", "utf-8")
    done = zhenggai("proofread", faulty, "--json", "--fix", tmp_path / "改.txt")
    assert done.code == 1
    assert {"exceeding-parts", "wrong-word"} <= {finding["code"] for finding in done.json["findings"]}
    mended = (tmp_path / "改.txt").read_text("utf-8").strip()
    assert mended == "立案5件，其中甲类3件、乙类4件。截至目前全部办结。"


def test_a_ledger_is_proofread_by_its_notice(zhenggai: Run, notice: Path, tmp_path: Path) -> None:
    zhenggai("import", "甲.zgtz", notice)
    assert "独立成行的标题末尾不用句号" not in zhenggai("proofread", "甲.zgtz").out  # its scheme puts them there
    faulty = tmp_path / "错.txt"
    faulty.write_text(notice.read_text("utf-8").replace("成立由", "截止目前成立由"), "utf-8")
    zhenggai("import", "乙.zgtz", faulty)
    assert "应为“截至目前”" in zhenggai("proofread", "乙.zgtz").out


def test_the_edition_can_be_chosen(zhenggai: Run, notice: Path) -> None:
    zhenggai("import", "甲.zgtz", notice)
    assert zhenggai("notice", "甲.zgtz", "内.txt", "--edition", "internal").code == 0
    assert zhenggai("notice", "甲.zgtz", "外.txt", "--edition", "everyone").code == 2


def test_what_only_reads_takes_a_ledger_of_an_older_format_and_leaves_it_alone(
    zhenggai: Run, root: Path, tmp_path: Path
) -> None:
    old, ours = tmp_path / "旧.zgtz", tmp_path / "新.zgtz"
    for path in (old, ours):
        shutil.copyfile(root / "tests" / "storage" / "formats" / "format-1.zgtz", path)
    Ledger.open(ours).close()
    before = old.read_bytes()
    for command in (
        ("show", old), ("figures", old), ("history", old), ("export", old, "台账.xlsx"), ("rollup", "汇总.xlsx", old),
        ("merge", ours, old), ("archive", old, "归档.zip"),
    ):  # fmt: skip
        done = zhenggai(*command)
        assert (command[0], done.code, done.err) == (command[0], 0, "")
    assert "标题方案无法识别" in zhenggai("check", old).out, "its values are made up"
    assert old.read_bytes() == before
