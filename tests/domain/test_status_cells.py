"""What the words of a status column mean."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.domain.status_cells import read_status

NOT_STARTED, IN_PROGRESS, MOSTLY, DONE = Status.NOT_STARTED, Status.IN_PROGRESS, Status.MOSTLY_DONE, Status.DONE
AS_OFFICES_WRITE_THEM = {
    NOT_STARTED: "未启动 未开展 未开始 尚未启动 尚未开始 没有启动 待启动 未实施 未整改 没整改 尚未整改 未落实 没落实 "
    "未予落实 待整改 待落实 0 0% 未启动，计划12月完成 尚未启动，预计明年完成 0.0",
    IN_PROGRESS: "正在推进 推进中 进行中 整改中 正在整改 办理中 在办 持续推进 持续整改 有序推进 未完成 未整改完成 "
    "没有完成 尚未完成 未办结 未销号 待销号 未整改到位 整改不到位 未全部完成 未全部整改到位 未能完成 "
    "未按期完成 未见落实 有待落实 部分完成 部分已完成 大部分已完成 已完成大部分 否 × ×未完成 完成60% "
    "已完成90% 已整改完成80％ 完成率98.5% 整改进度：60% 约70% 已达90%以上 50% 0.5 完成一半 已完成过半 "
    "完成八成 完成三分之二 完成3/5 已完成3项，未完成2项 已完成3项，正在推进2项 已完成3项，剩余2项 "
    "共5项，已完成3项 共5项已完成4项 计划12月完成 预计年底完成 12月底前完成 拟完成 拟于12月底前完成 "
    "年底前完成 将于12月完成 即将完成 力争年内完成 下月完成 限期完成 需继续完成 督促完成整改 "
    "正在推进，预计12月完成 已启动整改 已着手整改 已完成，但仍有2户未整改 基本未完成 正在推进，长期坚持 "
    "常态化推进 已部署，12月底前完成 逾期未完成 □是☑否 是□否☑ "
    "已完成整改但是由于资金问题还有一部分没有到位 持续落实 逐步整改 完成中 有序进行 正按计划推进 "
    "资金清退未完成，其余已完成 因经费未落实，未完成 由于合同未落实，正在协调办理中",
    MOSTLY: "基本完成 基本整改到位 基本落实 基本办结 阶段性成效 取得阶段性成果 阶段性完成 接近完成 "
    "基本完成，长期坚持 已基本完成 基本完成（待验收）",
    DONE: "已完成并持续推进 已整改到位并持续巩固 "
    "已完成 完成 已全部完成 全部完成 已整改 已整改到位 整改到位 整改完毕 整改完成 已完成整改 完成整改 "
    "已办结 办结 已销号 销号 已落实 落实到位 已经完成 按期完成 已按期完成 按要求完成 已按要求整改到位 "
    "如期完成 提前完成 逾期完成 问题已整改完成 该问题已整改到位 整改任务已完成 5项措施全部完成 "
    "制度已修订，培训已完成 已完成（长期坚持） 已完成，长期坚持 已完成并长期坚持 长期坚持 持续坚持 "
    "需长期坚持 是 √ ✓ √已完成 100% 1 完成100% 100%完成 已完成，满意率95% 完成3/3 共5项，已完成5项 "
    "已完成，待销号 已完成未销号 已完成（申请销号） 已完成，未发现新问题 已整改，不再发生类似问题 "
    "已于10月底前完成 10月底前已完成 已于2025年10月完成 2025年10月20日完成 已完成，无遗留问题 ☑是□否 "
    "是☑否□ 已完成。 【已完成】 完成制度修订 已将问题整改到位 整改计划已完成 已完成/长期坚持 "
    "已按时限要求完成 已立行立改 已进行整改 已解决",
    None: "无 见附件 说不清楚 不是 是否完成 是否 无法完成 不能完成 难以完成 延期完成 暂缓整改 终止整改 无需整改 "
    "不涉及 已完成？ 12月完成 2025年10月完成 2026年完成 完成时间 完成时限 已完成3项 1.5 101% 完成120% "
    "立行立改 已制定措施 同上",
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"), [(words, status) for status, many in AS_OFFICES_WRITE_THEM.items() for words in many.split()]
)
def test_a_status_is_read_from_its_words(given: str, expected: Status | None) -> None:
    """Nothing that is denied, planned or done in part is done; a sheet keeps 100% as 1."""
    assert read_status(given)[0] is expected


def test_words_may_be_blank_or_parted_by_blanks() -> None:
    assert read_status("")[0] is None
    assert read_status(" 已 完\n成 ")[0] is DONE


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        ("长期坚持", True),
        ("持续坚持", True),
        ("已完成，长期坚持", True),
        ("常态化推进", True),
        ("已完成", False),
        ("", False),
    ],
)
def test_it_is_told_whether_the_item_is_standing(given: str, *, standing: bool) -> None:
    assert read_status(given)[1] is standing


@pytest.mark.parametrize(("length", "expected"), [(24, DONE), (25, None)])
def test_what_is_longer_than_a_status_is_none(length: int, expected: Status | None) -> None:
    """It tells what was done, and may tell anything."""
    words = "已完成，召开会议学习文件修订制度组织培训开展检查追责问责".ljust(40, "等")[:length]
    assert read_status(words)[0] is expected
