"""Words that tell how far an item is."""

import pytest

from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.domain.status_words import opening_status, unfinished_word


@pytest.mark.parametrize(
    ("text", "opening", "status", "standing"),
    [
        ("已完成，长期坚持。一是建台账。", "已完成，长期坚持。", Status.DONE, True),
        ("已完成。", "已完成。", Status.DONE, False),
        ("基本完成。", "基本完成。", Status.MOSTLY_DONE, False),
        ("正在推进。一是", "正在推进。", Status.IN_PROGRESS, False),
        ("未完成。", "未完成。", Status.NOT_STARTED, False),
        ("已完成8个小区改造。", "", None, False),
        ("一是建台账。", "", None, False),
    ],
)
def test_an_opening_tells_the_status(text: str, opening: str, status: Status | None, standing: bool) -> None:
    assert opening_status(text) == (opening, status, standing)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("正在对账目进行核查。", "正在"),
        ("尚未收回。", "尚未"),
        ("拟新建卫生站。", "拟"),
        ("预计12月底进场。", "预计12月"),
        ("下一步，将持续抓好。", ""),
        ("虚拟平台已上线。", ""),
        ("已全部完成。", ""),
        ("尚未办结的12户已全部办结。", ""),
        ("尚未到期的合同，已重新签订。", ""),
        ("对正在履行的合同进行了规范。", ""),
        ("仍在使用的违规车辆已经清退。", ""),
        ("正在建设的食堂已竣工，尚未启用。", "尚未"),
        ("尚未办结的有3户。", "尚未"),
        ("尚未整改到位的2个问题已明确时限。", "尚未"),
        ("对尚未收回的3万元制定计划。", "尚未"),
        ("正在办理的3件尚未办结。", "正在"),
        ("正在进行的工作是清产核资。", "正在"),
        ("尚未收回的资金12万元，已收回3万元。", "尚未"),
        ("正在推进的工程已完成60%。", "正在"),
        ("尚未建成的项目已投入200万元。", "尚未"),
        ("正在开展的专项整治，已完成自查。", "正在"),
    ],
)
def test_what_is_not_finished_is_noticed(text: str, word: str) -> None:
    assert unfinished_word(text) == word
