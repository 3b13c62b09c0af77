"""Words broken where another text has its paragraphs."""

from __future__ import annotations

from zhenggai_desktop.domain.rebreaking import broken_like

OLD = (
    "关于整改情况的通报",
    "一、提高站位",
    "镇党委召开专题会议，研究部署整改任务。",
    "二、整改情况",
    "开展明察暗访九轮，通报典型问题四起。",
    "完善首问负责和限时办结两项工作机制。",
)


def test_words_that_were_run_together_are_broken_again() -> None:
    assert broken_like(OLD, ["".join(OLD)]) == list(OLD)
    assert broken_like(OLD, [*"".join(OLD)]) == list(OLD)


def test_changed_words_stay_in_their_paragraphs() -> None:
    now = [text.replace("专题", "专门").replace("九轮", "十二轮") for text in OLD]
    assert broken_like(OLD, ["".join(now)]) == now


def test_words_put_in_keep_their_own_paragraphs_where_nothing_is_known_again() -> None:
    assert broken_like(OLD[2:3], ["首页", "新闻", OLD[2], "相关链接", "返回顶部"]) == [
        "首页", "新闻", OLD[2], "相关链接", "返回顶部",
    ]  # fmt: skip


def test_paragraphs_that_changed_places_are_found() -> None:
    assert broken_like(OLD[4:], ["".join(reversed(OLD[4:]))]) == [OLD[5], OLD[4]]


def test_a_paragraph_that_is_gone_leaves_none() -> None:
    assert broken_like(OLD, ["".join(OLD[:4] + OLD[5:])]) == [*OLD[:4], OLD[5]]
    assert broken_like(OLD, []) == []
