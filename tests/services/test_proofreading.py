"""A ledger or a file is proofread, and what can be mended is mended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.formats.text_reader import paragraphs_of
from zhenggai_desktop.services.proofreading import fix, load_lexicon, proofread_ledger, proofread_source

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
    assert {finding.code for finding in again.findings} & {"wrong-word", "doubled", "stopped-heading"} == {
        "stopped-heading"
    }


def test_mending_touches_nothing_but_the_findings(notice: str, lexicon: Lexicon, tmp_path: Path) -> None:
    faulty = notice.replace("先后召开", "截止目前先后召开")
    fix(proofread_source(paragraphs_of(faulty, "通报"), lexicon, TODAY), tmp_path / "改.txt")
    expected = faulty.replace("截止目前", "截至目前").replace(
        "1.针对理论学习联系实际不够紧密问题。", "1.针对理论学习联系实际不够紧密问题"
    )
    assert (tmp_path / "改.txt").read_text("utf-8").split() == expected.split()


def test_the_ledger_of_a_clean_notice_is_clean(notice: str, lexicon: Lexicon) -> None:
    snapshot = plan_snapshot(understand(paragraphs_of(notice, "通报")))
    proof = proofread_ledger(snapshot, lexicon, TODAY)
    assert [finding.code for finding in proof.findings] == ["stopped-heading"]
    assert proof.errors == 0


def test_the_office_can_add_words_of_its_own(tmp_path: Path, resources: Path) -> None:
    own = tmp_path / "words.json"
    own.write_text('{"replacements": {"云西街道": "云溪街道"}}', "utf-8")
    lexicon = load_lexicon(resources / "words" / "proofreading.json", own)
    proof = proofread_source(paragraphs_of("云西街道完成整改。", "文"), lexicon, TODAY)
    assert [f.mend for f in proof.findings if f.code == "wrong-word"] == ["云溪街道"]


def test_a_broken_word_list_is_said(tmp_path: Path) -> None:
    (tmp_path / "words.json").write_text("[1", "utf-8")
    with pytest.raises(UsageError, match="校对词表"):
        load_lexicon(tmp_path / "words.json")
