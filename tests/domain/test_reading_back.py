"""Whatever is composed in any scheme reads back equal: nothing is lost, nothing is invented."""

from hypothesis import given, settings
from random_ledgers import ledgers, tree_of

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.schemes import Scheme, scheme_for


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_a_composed_notice_reads_back_equal(ledger: tuple[Snapshot, Scheme]) -> None:
    snapshot, scheme = ledger
    texts = [block.text for block in compose(snapshot, scheme).blocks]
    plan = understand(SourceDocument("通报", tuple(SourceParagraph(i, text) for i, text in enumerate(texts, 1))))
    read = plan_snapshot(plan)
    assert read.facts.scheme == scheme.name
    assert tree_of(read) == tree_of(snapshot)
    assert [block.text for block in compose(read, scheme_for(read.facts)).blocks] == texts
    assert not plan.leftovers
    assert not [note for note in plan.doubts if note.code != "status"]
