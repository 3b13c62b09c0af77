"""Words in an answer which say that something is not finished yet (domain.md §4, §9.3)."""

from __future__ import annotations

import re

# 下一步 alone is no such word: settled answers look ahead too (“下一步，将持续…”).
_UNFINISHED = re.compile(
    r"正在(?!编|册|职)|尚未|(?<![一-龥])拟(?!定)|(?:计划|力争|预计)(?:于|在)?(?:\d{4}年|\d{1,2}月|年底|今年|明年)|预计|推进中|"
    r"办理中|整改中(?!发现|查|存)|仍在|未完成(?!的)|有待"
)


def unfinished_word(text: str) -> str:
    """The first word that says the work is going on or lies ahead, or ""."""
    match = _UNFINISHED.search(text)
    return match[0] if match else ""
