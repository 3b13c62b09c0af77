"""Whatever a clerk says of a notice's lines, it is understood and no word of it is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.blocks import LineRole, SourceDocument, SourceParagraph
from zhenggai_desktop.domain.corrections import Corrections, Place, understand_corrected
from zhenggai_desktop.domain.line_uses import used_lines
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import DocumentKind
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.typography import core

_SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def sample(name: str) -> SourceDocument:
    lines = (_SAMPLES / name).read_text("utf-8").split("\n")
    return SourceDocument(name, tuple(SourceParagraph(i, line) for i, line in enumerate(lines, 1)))


NOTICE, FEEDBACK = sample("示例整改通报.txt"), sample("示例反馈意见.txt")
_ROLES = [role for role in LineRole if role is not LineRole.AUTO]
_PLACES = st.builds(Place, st.integers(1, 60))


@st.composite
def said(draw: st.DrawFn) -> Corrections:
    corrections = Corrections()
    for place in draw(st.lists(_PLACES, max_size=6)):
        match draw(st.sampled_from(("role", "role", "join", "split", "leave"))):
            case "role":
                corrections = corrections.as_role(place, draw(st.sampled_from(_ROLES)))
            case "join":
                corrections = corrections.join(place)
            case "split":
                corrections = corrections.split(place, draw(st.integers(1, 40)))
            case _:
                corrections = corrections.leave_out(place)
    return corrections


@settings(max_examples=60, deadline=None)
@given(said())
def test_no_word_of_a_notice_is_lost(corrections: Corrections) -> None:
    plan = understand_corrected(NOTICE, corrections.of_kind(DocumentKind.NOTICE))
    composed = "".join(block.text for block in compose(plan_snapshot(plan), scheme_for(plan.facts)).blocks)
    told = core(composed + "".join(note.text for note in plan.leftovers))
    assert not Counter(core("".join(paragraph.text for paragraph in NOTICE.paragraphs))) - Counter(told)


@settings(max_examples=60, deadline=None)
@given(said(), st.sampled_from([None, DocumentKind.FEEDBACK, DocumentKind.NOTICE]))
def test_every_line_of_a_feedback_document_stays_in_sight(corrections: Corrections, kind: DocumentKind | None) -> None:
    corrections = corrections.of_kind(kind)
    lines = used_lines(FEEDBACK, understand_corrected(FEEDBACK, corrections), corrections)
    assert "".join(line.text for line in lines) == "".join(paragraph.text for paragraph in FEEDBACK.paragraphs)
