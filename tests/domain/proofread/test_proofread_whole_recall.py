"""Rules that look at a text as a whole: ten planted faults of each, and the same texts without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from test_proofread_ledger_recall import LEAVES, LEDGER, TODAY, codes, codes_of_file, with_issue
from test_proofread_rules import CLEAN, READER, findings

from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.proofread.subject import subject_of_ledger
from zhenggai_desktop.domain.records import ChapterRole, Snapshot, WithheldGround
from zhenggai_desktop.domain.schemes import scheme_for

Pair = tuple[str, str]  # a text with its fault and without
LINES = CLEAN.split("\n")
ANSWERS = [line for line in LINES if line.startswith("整改进展情况：")]
OPEN = CLEAN.replace("7个问题全部完成阶段性整改，", "反馈的7个问题均已整改到位，")
UNSTOPPED = "\n".join(
    line.removesuffix("。") if re.match(r"\d\.|（\d）", line) else line for line in LINES
)  # headings as the standard has them
MAIL = "电子邮箱：yunxi@example.cn"
FIRST = "一是完善制度，明确专人负责并每周调度。"


def edits(*pairs: Pair, base: str = CLEAN) -> list[Pair]:
    return [(base.replace(old, new), base) for old, new in pairs]


def announced() -> Iterator[Pair]:
    """A number of measures, each a paragraph of its own below it."""
    words = ("措施", "工作", "举措", "做法", "任务")
    for at in range(10):
        listed, said = 2 + at % 4, 2 + at % 4 + (1 if at % 2 else 2)
        items = "\n".join(f"{n}.完善第{n}类台账，由专人每周核对并登记。" for n in range(1, listed + 1))
        head = "机关支部主要抓了以下{}项" + words[at % 5] + "：\n" + items
        yield head.format(said), head.format(listed)


def total_of_file() -> list[Pair]:
    wrong = [("3个方面7个问题", f"3个方面{n}个问题") for n in (5, 6, 8, 9, 12, 14)]
    wrong += [("3个方面7个问题", f"{n}个方面7个问题") for n in (2, 4, 5, 6)]
    return edits(*wrong, base=CLEAN.replace("7个问题全部完成阶段性整改，", ""))


def parts() -> list[Pair]:
    contact = next(line for line in LINES if "联系电话" in line)
    team = CLEAN.replace("区委第二巡察组对", "对").replace("区委第二巡察组向", "向").replace("区委第二巡察组", "")
    rest = edits(
        (LINES[0] + "\n", ""),
        (contact + "\n", ""),
        ("\n中共清河区云溪街道工作委员会\n", "\n"),
        ("\n2025年12月25日", ""),
        ("2025年3月10日至5月16日，", ""),
        ("2025年6月20日，区委第二巡察组向云溪街道党工委反馈了巡察意见。", "巡察组向云溪街道党工委提出了意见。"),
        (contact + "\n中共清河区云溪街道工作委员会\n", ""),
        ("\n中共清河区云溪街道工作委员会\n2025年12月25日", ""),
    )
    basis = CLEAN.replace("根据区委统一部署，", "").replace("按照巡察工作有关规定，", "")
    return [*rest, (team, CLEAN), (basis, CLEAN)]


def all_done() -> list[Pair]:
    return [(OPEN.replace(answer, answer + "目前正在整改其余事项。", 1), OPEN) for answer in ANSWERS]


def dates() -> list[Pair]:
    return edits(
        ("2025年6月20日，", "2025年4月20日，"),
        ("2025年6月20日，", "2025年3月1日，"),
        ("2025年6月20日，", "2024年6月20日，"),
        ("2025年6月20日，", "2026年6月20日，"),
        ("3月10日至5月16日", "3月10日至2月16日"),
        ("3月10日至5月16日", "9月10日至9月16日"),
        ("2025年12月25日", "2025年1月25日"),
        ("2025年12月25日", "2024年12月25日"),
        ("2025年12月25日", "2025年5月25日"),
        ("2025年3月10日至5月16日", "2025年7月10日至8月16日"),
    )


def numbers() -> Iterator[Pair]:
    """A plan and a speech, which are no notices, and the chapters of one."""
    plan = "某街道巡察整改工作方案\n一、总体要求\n（一）指导思想\n坚持问题导向。\n（二）基本原则\n坚持标本兼治。\n"
    plan += "二、重点任务\n1.压实责任\n明确分工。\n2.强化调度\n每周调度。\n三、工作要求\n抓好落实。"
    wrong = (
        "（二）基本>（三）基本",
        "二、重点>三、重点",
        "2.强化>3.强化",
        "三、工作>二、工作",
        "三、工作>五、工作",
        "1.压实>2.压实",
    )
    for old, new in (one.split(">") for one in wrong):
        yield plan.replace(old, new), plan
    for old, new in (("（二）持续", "（三）持续"), ("（三）持续", "（四）持续"), ("（二）党工委", "（三）党工委"),
                     ("（三）整改任务", "（五）整改任务")):  # fmt: skip
        yield CLEAN.replace(old, new), CLEAN


def long_ones() -> Iterator[Pair]:
    for at in range(10):
        half = "".join(
            f"第{n}个小组核对台账{n + at}本，登记事项{3 * n + at}项并逐件签字确认。" for n in range(2, 19 + at)
        )
        yield f"{half}{half.replace('小组', '专班')}", f"{half}\n{half.replace('小组', '专班')}"


def stopped() -> list[Pair]:
    marks = (
        "一、",
        "二、",
        "三、",
        "（一）关于",
        "（二）关于",
        "（三）关于",
        "1.针对理论",
        "2.针对老旧",
        "3.针对政务",
        "（1）中心",
    )
    heads = [next(line for line in UNSTOPPED.split("\n") if line.startswith(mark)) for mark in marks]
    return edits(*((head, head + "。") for head in heads), base=UNSTOPPED)


def mails() -> list[Pair]:
    hosts = ("qq.com", "163.com", "126.com", "139.com", "sina.com", "sohu.com", "foxmail.com", "outlook.com", "189.cn",
             "aliyun.com")  # fmt: skip
    return edits(*((MAIL, f"电子邮箱：yunxi{at}@{host}") for at, host in enumerate(hosts)))


def alike() -> Iterator[Pair]:
    """The answer to one issue given to another too, but for a word or two."""
    for at in range(10):
        one, other = ANSWERS[at], ANSWERS[at - 3]
        whole = one.replace("制定", "建立").replace("开展", "组织") + ("" if len(one) > 60 else f"{FIRST}已公示9处。")
        longer = CLEAN.replace(one, one + ("" if len(one) > 60 else f"{FIRST}已公示9处。"))
        yield longer.replace(other, whole), longer


def totals_of_parts() -> Iterator[Pair]:
    """A total in the summary and two parts of it under the issues."""
    head = "\n".join((
        "中共安平镇委员会关于县委巡察整改情况的通报",
        "根据县委统一部署，2024年3月4日至5月10日，县委第二巡察组对安平镇党委进行了巡察。2024年6月14日反馈了巡察意见。",
        "一、整改成效",
        "通过整改，共追缴资金{}万元，建立完善制度{}项，组织处理{}人。",
        "二、具体情况",
        "（一）资金管理不严问题。追缴违规发放的补贴{}万元，建立完善制度{}项，对4名干部进行诫勉、5名进行批评教育。",
        "（二）资产管理粗放问题。追缴拖欠租金13.5万元，建立完善制度8项，对6名责任人进行提醒谈话。",
        "联系电话：0500-6620016。",
        "中共安平镇委员会",
        "2024年12月20日",
    ))  # fmt: skip
    right = ("34.6", "17", "15", "21.1", "9")
    money = [(0, words) for words in ("36.4", "34.5", "35.6")]
    others = [(1, "16"), (1, "18"), (2, "14"), (2, "16"), (2, "17"), (3, "21.2"), (4, "8")]
    for at, value in (*money, *others):
        yield head.format(*(value if k == at else each for k, each in enumerate(right))), head.format(*right)


def organs() -> Iterator[Pair]:
    """One inspected organisation under two kinds of the Party's organs."""
    text = "中共某供水公司总支部委员会关于巡察整改情况的通报\n"
    text += "2024年3月4日至5月10日，县委第一巡察组对{0}{1}进行了巡察。"
    text += "2024年6月28日，县委第一巡察组向{0}{2}反馈了意见。\n"
    text += "1.针对“欠费清收不力”的问题。收回欠费12万元。\n2024年12月20日"
    kinds = ("党支部", "党总支", "党委", "党组", "党工委")
    for name in ("某供水公司", "县水务中心"):
        for at, kind in enumerate(kinds):
            yield text.format(name, kind, kinds[at - 1]), text.format(name, kind, kind)


def demands() -> Iterator[Pair]:
    """A feedback that asks for something by a day before it was given."""
    text = "\n".join((
        "县委第一巡察组关于某镇党委的巡察反馈意见",
        "2024年3月4日至5月10日，县委第一巡察组对某镇党委进行了巡察，2024年6月28日反馈了意见。",
        "一、存在的主要问题",
        "（一）合同管理不严。2023年12月底前应签订的合同有4份没有签订。",
        "二、整改意见",
        "（一）压实责任。{}{}。",
    ))  # fmt: skip
    deeds = ("完成合同清理", "追缴欠款", "报送整改方案", "清退违规发放的补贴", "建立资产台账")
    for at, day in enumerate(("2024年4月底", "2023年9月底", "2024年5月31日", "2024年2月", "2023年12月底")):
        for deed in (deeds[at], deeds[at - 1]):
            yield text.format(f"于{day}前", deed), text.format("于2024年12月底前", deed)


FILES: dict[str, Callable[[], Iterator[Pair] | list[Pair]]] = {
    "announced-paragraphs": announced,
    "declared-total": total_of_file,
    "required-part": parts,
    "all-done": all_done,
    "date-order": dates,
    "paragraph-number": numbers,
    "long-paragraph": long_ones,
    "stopped-heading": stopped,
    "personal-mail": mails,
    "alike-answers": alike,
    "parts-of-text": totals_of_parts,
    "unit-name": organs,
    "demanded-early": demands,
}


@pytest.mark.parametrize("code", FILES)
def test_ten_faults_of_each_rule_are_found_and_none_without_them(code: str) -> None:
    pairs = list(FILES[code]())
    assert len(pairs) >= 10
    assert [at for at, (faulty, _) in enumerate(pairs) if code not in {f.code for f in findings(faulty)}] == []
    assert [at for at, (_, clean) in enumerate(pairs) if code in {f.code for f in findings(clean)}] == []


def in_prose(old: str, new: str) -> Snapshot:
    """The ledger with other words in its chapters."""
    chapters = tuple(
        replace(chapter, blocks=tuple(replace(block, text=block.text.replace(old, new)) for block in chapter.blocks))
        for chapter in LEDGER.chapters
        if chapter.role is not ChapterRole.ISSUES
    )
    kept = tuple(chapter for chapter in LEDGER.chapters if chapter.role is ChapterRole.ISSUES)
    return replace(LEDGER, chapters=tuple(sorted((*chapters, *kept), key=lambda chapter: chapter.position)))


@pytest.mark.parametrize("number", [3, 4, 5, 8, 9, 12, 13, 14, 25, 70])
def test_a_number_of_issues_that_the_ledger_has_not(number: int) -> None:
    assert "ledger-total" in codes(in_prose("7个问题，逐项", f"{number}个问题，逐项"))
    assert "ledger-total" not in codes(in_prose("7个问题，逐项", "10个问题，逐项"))  # with their sub-issues


def test_what_the_ledger_has_is_told_in_both_ways_of_counting() -> None:
    snapshot = in_prose("7个问题，逐项", "9个问题，逐项")
    subject = subject_of_ledger(compose(snapshot, scheme_for(snapshot.facts)), snapshot, TODAY)
    told = [f.message for f in READER.check(subject) if f.code == "ledger-total"]
    assert told == ["文中称9个问题，台账中是7个，细分到具体问题是10个，请核对"]


def test_an_issue_that_is_withheld_may_not_be_printed() -> None:
    """The internal edition of a notice has it: taken for the public one, that is told at every such issue."""
    for issue in LEAVES:
        held = with_issue(issue, withheld=WithheldGround.SENSITIVE)
        internal = compose(held, scheme_for(held.facts), edition=Edition.INTERNAL)
        found = {f.code for f in READER.check(subject_of_ledger(internal, held, TODAY))}
        assert "withheld-printed" in found, issue.title
        assert "withheld-printed" not in codes(held)


def test_a_file_is_not_held_against_counts_that_it_does_not_state() -> None:
    assert "declared-total" not in codes_of_file(CLEAN.replace("3个方面7个问题", "各个问题"))
