"""A ledger or a file is proofread, and what can be mended is mended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.proofread.checker import Proofreader
from zhenggai_desktop.domain.proofread.findings import Severity
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.records import Issue, LedgerFacts, WithheldGround
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.formats.text_reader import paragraphs_of
from zhenggai_desktop.services.importing import apply
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.proof_report import write_comments, write_report
from zhenggai_desktop.services.proofreading import (
    Proof,
    fix,
    forget_waivers,
    load_lexicon,
    mend_in_ledger,
    own_words_file,
    proofread_ledger,
    proofread_source,
    unresolved_errors,
    waive,
    withdraw_waiver,
)

TODAY = dt.date(2025, 12, 31)


@pytest.fixture
def lexicon(resources: Path) -> Lexicon:
    return load_lexicon(resources / "words" / "proofreading.json")


@pytest.fixture
def notice(resources: Path) -> str:
    return (resources / "samples" / "示例整改通报.txt").read_text("utf-8")


def test_a_file_is_mended_into_a_file_without_those_findings(notice: str, lexicon: Lexicon, tmp_path: Path) -> None:
    faulty = notice.replace("先后召开", "截止目前先后召开").replace("资产卡片与实物", "资产台帐与实物的的")
    proof = proofread_source(paragraphs_of(faulty, "通报"), lexicon, TODAY)
    assert {"wrong-word", "doubled"} <= {finding.code for finding in proof.findings}
    assert fix(proof, tmp_path / "改.txt") >= 3
    again = proofread_source(paragraphs_of((tmp_path / "改.txt").read_text("utf-8"), "改"), lexicon, TODAY)
    assert again.findings == ()


def test_mending_touches_nothing_but_the_findings(notice: str, lexicon: Lexicon, tmp_path: Path) -> None:
    faulty = notice.replace("先后召开", "截止目前先后召开")
    fix(proofread_source(paragraphs_of(faulty, "通报"), lexicon, TODAY), tmp_path / "改.txt")
    expected = re.sub(r"(?m)^((?:\d\.|（\d）).*)。$", r"\1", faulty.replace("截止目前", "截至目前"))
    assert (tmp_path / "改.txt").read_text("utf-8").split() == expected.split()


def test_the_ledger_of_a_clean_notice_is_clean(notice: str, lexicon: Lexicon) -> None:
    snapshot = plan_snapshot(understand(paragraphs_of(notice, "通报")))
    proof = proofread_ledger(snapshot, lexicon, TODAY)
    assert proof.findings == ()  # the stops behind its headings are the scheme's


def test_the_office_can_add_words_of_its_own(tmp_path: Path, resources: Path) -> None:
    (tmp_path / "proofreading.json").write_text('{"replacements": {"云西街道": "云溪街道"}}', "utf-8")
    lexicon = load_lexicon(resources / "words" / "proofreading.json", tmp_path)
    proof = proofread_source(paragraphs_of("云西街道完成整改。", "文"), lexicon, TODAY)
    assert [f.mend for f in proof.findings if f.code == "wrong-word"] == ["云溪街道"]


def test_a_broken_word_list_is_said(tmp_path: Path) -> None:
    (tmp_path / "words.json").write_text("[1", "utf-8")
    with pytest.raises(UsageError, match="校对词表"):
        load_lexicon(tmp_path / "words.json")


# --- in the ledger


@pytest.fixture
def ledger(notice: str, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of the notice with faults in a chapter, in two measures and in a heading."""
    faulty = (
        notice.replace("资产卡片与实物", "资产台帐与实物")
        .replace("先后召开党工委会议", "截止目前先后召开党工委会议")
        .replace("补登资产57件", "补登资产57件，建立台帐")
    )
    with Ledger.create(tmp_path / "台账.zgtz", LedgerFacts()) as opened:
        apply(opened, understand(paragraphs_of(faulty, "通报")))
        yield opened


def proof_of(ledger: Ledger, lexicon: Lexicon) -> Proof:
    return proofread_ledger(ledger.snapshot, lexicon, TODAY)


def codes(proof: Proof) -> list[str]:
    return [finding.code for finding in proof.findings]


def test_all_of_a_kind_are_mended_in_one_step_that_is_undone_in_one(ledger: Ledger, lexicon: Lexicon) -> None:
    proof = proof_of(ledger, lexicon)
    first = next(finding for finding in proof.findings if finding.code == "wrong-word")
    assert mend_in_ledger(ledger, proof, proof.of_kind(first)) == 3
    assert ledger.undo_label == "校对：改正3处"
    assert "wrong-word" not in codes(proof_of(ledger, lexicon))
    ledger.undo()
    assert codes(proof_of(ledger, lexicon)).count("wrong-word") == 3


def test_one_mend_changes_its_words_and_nothing_else(ledger: Ledger, lexicon: Lexicon) -> None:
    proof = proof_of(ledger, lexicon)
    one = next(finding for finding in proof.findings if finding.words == "台帐")
    before = [text.text for text in proof.subject.texts]
    mend_in_ledger(ledger, proof, [one])
    assert ledger.undo_label == "校对：“台帐”改为“台账”"
    after = [text.text for text in proof_of(ledger, lexicon).subject.texts]
    before[one.paragraph] = before[one.paragraph][: one.start] + "台账" + before[one.paragraph][one.end :]
    assert after == before


def test_a_waived_finding_is_told_no_more_until_its_words_change(ledger: Ledger, lexicon: Lexicon) -> None:
    proof = proof_of(ledger, lexicon)
    one = next(finding for finding in proof.findings if finding.words == "截止目前")
    waive(ledger, one, "原文如此", today=TODAY, who="李")
    again = proof_of(ledger, lexicon)
    assert len(again.findings) == len(proof.findings) - 1
    assert [(f.words, w.reason, w.waived_by) for f, w in again.waived] == [("截止目前", "原文如此", "李")]
    mend_in_ledger(ledger, proof, [one])
    changed = proof_of(ledger, lexicon)
    assert changed.waived == ()
    assert forget_waivers(ledger, changed) == 1


def test_a_waiver_needs_a_reason_and_can_be_withdrawn(ledger: Ledger, lexicon: Lexicon) -> None:
    proof = proof_of(ledger, lexicon)
    with pytest.raises(UsageError, match="理由"):
        waive(ledger, proof.findings[0], " ", today=TODAY)
    waive(ledger, proof.findings[0], "已核", today=TODAY)
    withdraw_waiver(ledger, ledger.snapshot.waivers[0].id)
    assert codes(proof_of(ledger, lexicon)) == codes(proof)


def test_errors_are_named_before_an_export_until_they_are_waived(ledger: Ledger, lexicon: Lexicon) -> None:
    assert unresolved_errors(proof_of(ledger, lexicon)) == ()
    with ledger.step("改") as writer:
        writer.set_facts(signature_organisation="", signature_date="")
    proof = proof_of(ledger, lexicon)
    told = unresolved_errors(proof)
    assert told[0] == f"校对发现{proof.errors}处错误还没有处理，也没有注明保留理由："
    assert "全文：缺少落款单位" in told
    for finding in proof.by_severity()[Severity.ERROR]:
        waive(ledger, finding, "另页落款", today=TODAY)
    assert unresolved_errors(proof_of(ledger, lexicon)) == ()


def test_findings_are_grouped_by_record(ledger: Ledger, lexicon: Lexicon) -> None:
    proof = proof_of(ledger, lexicon)
    groups = proof.by_record()
    issue = next(issue for issue in ledger.snapshot.issues if issue.title == "固定资产账实不符")
    assert [finding.words for finding in groups[issue.uid]] == ["台帐", "台帐"]
    assert sum(map(len, groups.values())) == len(proof.findings)


def test_a_kept_reader_reads_only_what_changed(ledger: Ledger, lexicon: Lexicon) -> None:
    reader = Proofreader(lexicon)
    first = proofread_ledger(ledger.snapshot, lexicon, TODAY, reader=reader)
    assert proofread_ledger(ledger.snapshot, lexicon, TODAY, reader=reader).findings == first.findings
    assert first.findings == proof_of(ledger, lexicon).findings


# --- on paper


def test_the_report_lists_findings_and_waivers(ledger: Ledger, lexicon: Lexicon, tmp_path: Path) -> None:
    proof = proof_of(ledger, lexicon)
    waive(ledger, proof.findings[0], "=原文如此", today=TODAY)
    proof = proof_of(ledger, lexicon)
    write_report(proof, tmp_path / "校对.xlsx")
    write_report(proof, tmp_path / "校对.txt")
    sheet = openpyxl.load_workbook(tmp_path / "校对.xlsx").active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == ["序号", "级别", "类别", "位置", "原文", "说明", "建议", "处理情况"]
    assert len(rows) == 1 + len(proof.findings) + 1
    assert rows[-1][-1] == "保留：=原文如此"
    assert "保留理由：=原文如此" in (tmp_path / "校对.txt").read_text("utf-8")


def test_a_ledgers_notice_is_commented(ledger: Ledger, lexicon: Lexicon, tmp_path: Path) -> None:
    proof = proof_of(ledger, lexicon)
    assert write_comments(proof, None, tmp_path / "批注.docx") == len(proof.findings)
    texts = [comment.text for comment in docx.Document(str(tmp_path / "批注.docx")).comments]
    assert any("“台帐”应为“台账”" in text for text in texts)


def test_the_edition_that_was_read_is_commented(ledger: Ledger, lexicon: Lexicon, tmp_path: Path) -> None:
    issue = ledger.snapshot.issues[0]
    with ledger.step("不公开") as writer:
        writer.update(Issue, issue.id, withheld=WithheldGround.SENSITIVE)
    for edition in (Edition.PUBLIC, Edition.INTERNAL):
        write_comments(proofread_ledger(ledger.snapshot, lexicon, TODAY, edition=edition), None, tmp_path / "批注.docx")
        words = "".join(one.text for one in docx.Document(str(tmp_path / "批注.docx")).paragraphs)
        assert (issue.title in words) is (edition is Edition.INTERNAL)


def test_comments_never_overwrite_the_original(ledger: Ledger, lexicon: Lexicon, tmp_path: Path) -> None:
    write_comments(proof_of(ledger, lexicon), None, tmp_path / "稿.docx")
    with pytest.raises(UsageError, match="不能覆盖原稿"):
        write_comments(proof_of(ledger, lexicon), tmp_path / "稿.docx", tmp_path / "稿.docx")
    with pytest.raises(UsageError, match="不是Word文件"):
        write_comments(proof_of(ledger, lexicon), tmp_path / "稿.txt", tmp_path / "批.docx")


# --- a file against the ledger


def test_a_returned_draft_is_compared_with_the_ledger(ledger: Ledger, lexicon: Lexicon, notice: str) -> None:
    returned = notice.replace("（2）固定资产账实不符。", "（2）固定资产账实不相符合。")
    start = returned.index("2.针对老旧小区改造推进迟缓问题。")
    end = returned.index("3.针对政务服务效能不高问题。")
    returned = returned[:start] + returned[end:]
    proof = proofread_source(paragraphs_of(returned, "退回稿"), lexicon, TODAY, ledger.snapshot)
    told = [finding.message for finding in proof.findings if finding.code == "against-ledger"]
    assert told == [
        "缺少台账中的问题“老旧小区改造推进迟缓”",
        "问题的表述与台账“固定资产账实不符”不一致",
    ]


def test_an_office_writes_words_line_by_line_beside_its_settings(tmp_path: Path, resources: Path) -> None:
    path = own_words_file(tmp_path)
    assert "错词=对词" in path.read_text("utf-8-sig")
    path.write_text("# 说明\n云西街道＝云溪街道\n不查=台帐山村\n", "gb18030")
    lexicon = load_lexicon(resources / "words" / "proofreading.json", tmp_path)
    proof = proofread_source(paragraphs_of("云西街道的其它村完成整改。", "文"), lexicon, TODAY)
    assert [f.mend for f in proof.findings if f.code == "wrong-word"] == ["云溪街道", "其他"]


def test_a_line_that_is_no_word_is_named(tmp_path: Path, resources: Path) -> None:
    own_words_file(tmp_path).write_text("云西街道=云溪街道\n没有等号\n", "utf-8")
    with pytest.raises(UsageError, match="第2行"):
        load_lexicon(resources / "words" / "proofreading.json", tmp_path)


def test_an_office_adds_units_that_every_rule_counts_in(tmp_path: Path, resources: Path) -> None:
    text = "新建灯杆25垛，其中东街10垛、西街16垛。"
    bundled = load_lexicon(resources / "words" / "proofreading.json")
    assert not proofread_source(paragraphs_of(text, "文"), bundled, TODAY).findings
    (tmp_path / "proofreading.json").write_text('{"units": ["垛"]}', "utf-8")
    own = load_lexicon(resources / "words" / "proofreading.json", tmp_path)
    assert [f.code for f in proofread_source(paragraphs_of(text, "文"), own, TODAY).findings] == ["exceeding-parts"]
