"""Break a title at sense into lines that form a trapezoid or a diamond (GB/T 9704-2012, 7.3.1).

There is no dictionary: a list of words of this trade keeps together what must not be torn, and a break is sought
where such words meet. Between two characters of which nothing is known a break costs more, since it may tear a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from zhenggai_desktop.domain.layout import text_width

_WORDS = """
关于 开展 落实 贯彻 推进 推动 加强 做好 印发 转发 公布 公开 公示 公告 通报 通知 报告 情况 进展
进展情况 整改 整改落实 整改进展 集中 集中整改 整改工作 整改方案 整改情况 整改任务 整改台账 工作 工作情况
方案 清单 台账 意见 反馈 反馈意见 建议 问题 巡察 巡视 巡察组 巡视组 巡察办 巡察机构 巡察整改 巡视整改
巡察反馈 巡视反馈 巡察反馈意见 巡视反馈意见 专项 常规 提级 联动 机动 交叉 回头看 成效 评估 阶段 阶段性
专项巡察 专项巡视 常规巡察 常规巡视 提级巡察 机动巡察 交叉巡察 专项整治 领域 乡村振兴 资金 使用 管理使用
社会 向社会 党内 主要 负责人 主要负责人 组织 组织部 党委 党组 党支部 党总支 党工委 党员 干部 委员会
工作委员会 纪律检查委员会 人民政府 管理委员会 居民委员会 村民委员会 街道 办事处 街道办事处 社区 乡镇 机关
单位 部门 中心 集团 公司 有限公司 有限责任公司 学校 医院 中共 中国共产党 全国 全省 全市 全区 全县
省委 市委 区委 县委 省级 市级 区级 县级 年度 季度 上半年 下半年 教育局 财政局 民政局 卫生健康
农业农村 自然资源 生态环境 住房 城乡建设 交通运输 应急管理 市场监督 管理局 管理 监督 检查 审计 统计
服务 保障 建设 发展 改革 文化 旅游 体育 信访 招商 综合 执法
"""
_TOKEN = re.compile(
    "第[一二三四五六七八九十]+(?:巡察组|巡视组|季度|轮|次)?"
    "|(?:巡察|巡视)“回头看”"
    rf"|{'|'.join(sorted(_WORDS.split(), key=len, reverse=True))}"
    r"|[A-Za-z0-9.\-〔〕%]+[年月日号项个]?|.",
    re.DOTALL,
)
_NOT_FIRST = frozenset("的地得了之等组局办委部处室科所站院校会县区市省镇乡村、，。；：！？）》〉”’】") | {"领域"}
_NOT_LAST = frozenset("（《〈“‘【第各向对在和与及暨以被")
_BODIES = ("党委", "党组", "党工委", "党支部", "委员会", "工作委员会", "街道", "办事处", "有限公司")
_BEFORE = dict.fromkeys(_BODIES, 2.5) | {
    "关于": -4.0, "对": -1.0, "和": -1.0, "与": -1.0, "及": -1.0, "暨": -1.0, "开展": -0.5, "落实": -0.5,
}  # fmt: skip
_ORDINAL = 2.5  # 第三巡察组 belongs to the body before it
_AFTER = {"的": -2.0, "、": -1.5, "，": -2.0}
_NEVER = 1000.0
_TORN = 6.0  # between two characters of which no word is known
_IN_A_NAME = 3.0  # more, inside 《》 and （）
_OPENING, _CLOSING = "《（“", "》）”"
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    cost: float  # of a break before it


def title_lines(title: str, width: int = 20) -> tuple[str, ...]:
    """The title in lines of at most ``width`` full-width characters; chosen line breaks (``\\n``) are kept as chosen.

    Lines that are joined again give the title. A title that fits is one line; one that cannot be broken at sense
    (a single long word) is broken where it must. "" gives no line.
    """
    if "\n" in title:
        return tuple(line for line in title.split("\n") if line)
    if text_width(title) <= width:
        return (title,) if title else ()
    pieces = _pieces(title, width)
    count = ceil(text_width(title) / width)
    if count <= _MOST_LINES:
        shapes = [shape for lines in (count, count + 1) if (shape := _Breaker(pieces, width).best(lines))]
        if shapes:
            return min(shapes)[1]
    return tuple(_greedy(pieces, width))


def _pieces(title: str, width: int) -> list[_Piece]:
    """The title cut at every place where it may be broken."""
    tokens: list[str] = _TOKEN.findall(title)
    pieces = [_Piece(tokens[0], 0.0)]
    depth = tokens[0] in _OPENING
    for before, after in pairwise(tokens):
        cost = _cost(before, after) + (_IN_A_NAME if depth > 0 else 0)
        depth += (after in _OPENING) - (after in _CLOSING)
        if cost >= _NEVER:
            pieces[-1] = _Piece(pieces[-1].text + after, pieces[-1].cost)
        else:
            pieces.append(_Piece(after, cost))
    return [part for piece in pieces for part in _split(piece, width)]


def _split(piece: _Piece, width: int) -> Iterator[_Piece]:
    """A word longer than a line must be broken somewhere all the same."""
    yield _Piece(piece.text[:width], piece.cost)
    for start in range(width, len(piece.text), width):
        yield _Piece(piece.text[start : start + width], _TORN)


def _cost(before: str, after: str) -> float:
    if after in _NOT_FIRST or before[-1] in _NOT_LAST or before == "关于":
        return _NEVER
    known = (len(before) > 1 or before in _AFTER) + (len(after) > 1 or after in _BEFORE)
    cost = (_TORN, 2.5, 1.0)[known]
    cost += _ORDINAL if len(after) > 1 and after[0] == "第" else 0
    return cost + _AFTER.get(before, 0.0) + _BEFORE.get(after, 0.0)


class _Breaker:
    """Finds the cheapest lines; the search remembers only the last line's width and whether a line grew shorter."""

    def __init__(self, pieces: list[_Piece], width: int) -> None:
        self._pieces = pieces
        self._width = width
        self._widths = [text_width(piece.text) for piece in pieces]
        self._left = [*accumulate(reversed(self._widths), initial=0.0)][::-1]  # from each piece to the end
        self._average = 0.0
        self._known: dict[tuple[int, int, float, bool], tuple[float, tuple[str, ...]] | None] = {}

    def best(self, lines: int) -> tuple[float, tuple[str, ...]] | None:
        """Cost and lines; None when the title does not fit into so many."""
        self._average = self._left[0] / lines
        self._known.clear()
        found = self._from(0, lines, 0.0, fell=False)
        return (found[0] + 2.0 * lines, found[1]) if found else None

    def _from(self, start: int, lines: int, previous: float, *, fell: bool) -> tuple[float, tuple[str, ...]] | None:
        """The cheapest ``lines`` lines from piece ``start`` on, after a line ``previous`` wide."""
        if not lines:
            return (0.0, ()) if start == len(self._pieces) else None
        key = (start, lines, previous, fell)
        if key not in self._known:
            self._known[key] = min(self._choices(start, lines, previous, fell=fell), default=None)
        return self._known[key]

    def _choices(
        self, start: int, lines: int, previous: float, *, fell: bool
    ) -> Iterator[tuple[float, tuple[str, ...]]]:
        line, width = "", 0.0
        for end in range(start, len(self._pieces)):
            line += self._pieces[end].text
            width += self._widths[end]
            if width > self._width:
                return
            if self._left[end + 1] > (lines - 1) * self._width:  # the other lines cannot hold so much
                continue
            rest = self._from(end + 1, lines - 1, width, fell=fell or 0 < width < previous)
            if rest is not None:
                cost = self._pieces[start].cost + self._outline_cost(width, previous, fell=fell)
                yield cost + rest[0], (line, *rest[1])

    def _outline_cost(self, width: float, previous: float, *, fell: bool) -> float:
        """0 for a pleasant trapezoid or diamond; more for ragged, rectangular and waisted outlines."""
        cost = 4.0 if width < self._average * 0.5 else 0.0
        if previous:
            cost += 0.25 * abs(width - previous) or 1.0  # no step at all: a rectangle
            if fell and width > previous:
                cost += 5.0  # a waist
        return cost


def _greedy(pieces: list[_Piece], width: int) -> Iterator[str]:
    """Lines as full as they get: for titles beyond any shape."""
    line = ""
    for piece in pieces:
        if line and text_width(line + piece.text) > width:
            yield line
            line = ""
        line += piece.text
    yield line
