"""What a clerk says of a source's lines changes what is read from them, and loses no word."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.blocks import LineRole, SourceDocument, SourceParagraph
from zhenggai_desktop.domain.corrections import Corrections, Place, corrected, pieces, understand_corrected
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import DocumentKind

FEEDBACK = """关于巡察某街道的反馈意见
现将巡察情况反馈如下。
一、主要问题
（一）学习贯彻有差距
1.研讨质量不高。
（1）准备不充分。
2.调研不深入。
（二）干部管理不严格
1.考勤不规范。"""

NOTICE = """某街道关于巡察整改进展情况的通报
现将整改情况予以公布。
一、反馈问题整改情况
（一）学习贯彻方面
1.针对研讨质量不高问题。
整改进展情况：已经开展研讨。
2.针对调研不深入问题。
整改进展情况：已经开展调研。
制度还不健全
整改进展情况：已经制定制度。"""


def document(text: str) -> SourceDocument:
    return SourceDocument("文本", tuple(SourceParagraph(i, line) for i, line in enumerate(text.split("\n"), 1)))


def shape(plan: ImportPlan) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Sections with their issues and those issues' own."""
    return [
        (
            section.record.title if section.record else "",
            [(issue.record.title, [below.record.title for below in issue.issues]) for issue in section.issues],
        )
        for section in plan.sections
    ]


def read(text: str, corrections: Corrections | None = None) -> ImportPlan:
    return understand_corrected(document(text), corrections or Corrections())


NOTHING = Corrections()


def test_without_corrections_the_source_is_as_it_was() -> None:
    source = document(FEEDBACK)
    assert corrected(source, NOTHING) == source


def test_the_kind_is_what_the_clerk_says() -> None:
    assert read(FEEDBACK).document is DocumentKind.FEEDBACK
    assert read(FEEDBACK, NOTHING.of_kind(DocumentKind.NOTICE)).document is DocumentKind.NOTICE


class TestRoles:
    def test_a_numbered_issue_becomes_a_sub_issue(self) -> None:
        assert shape(read(FEEDBACK, NOTHING.as_role(Place(7), LineRole.SUB_ISSUE))) == [
            ("学习贯彻有差距", [("研讨质量不高", ["准备不充分", "调研不深入"])]),
            ("干部管理不严格", [("考勤不规范", [])]),
        ]

    def test_a_sub_issue_becomes_an_issue(self) -> None:
        assert shape(read(FEEDBACK, NOTHING.as_role(Place(6), LineRole.ISSUE)))[0] == (
            "学习贯彻有差距",
            [("研讨质量不高", []), ("准备不充分", []), ("调研不深入", [])],
        )

    def test_an_issue_becomes_a_section(self) -> None:
        assert [title for title, _ in shape(read(FEEDBACK, NOTHING.as_role(Place(7), LineRole.SECTION)))] == [
            "学习贯彻有差距",
            "调研不深入",
            "干部管理不严格",
        ]

    def test_a_section_becomes_an_issue_of_the_section_before(self) -> None:
        plan = read(FEEDBACK, NOTHING.as_role(Place(8), LineRole.ISSUE))
        assert [title for title, _ in shape(plan)[0][1]] == [
            "研讨质量不高",
            "调研不深入",
            "干部管理不严格",
            "考勤不规范",
        ]

    def test_the_first_section_becomes_an_issue_without_a_section(self) -> None:
        plan = read(FEEDBACK, NOTHING.as_role(Place(4), LineRole.ISSUE))
        assert [(title, len(issues)) for title, issues in shape(plan)] == [("", 3), ("干部管理不严格", 1)]

    @pytest.mark.parametrize(
        ("role", "expected"),
        [
            (LineRole.SECTION, [("学习贯彻有差距", 2), ("财务管理薄弱", 0), ("干部管理不严格", 1)]),
            (LineRole.ISSUE, [("学习贯彻有差距", 3), ("干部管理不严格", 1)]),
        ],
    )
    def test_a_line_without_a_number_becomes_a_heading(self, role: LineRole, expected: list[tuple[str, int]]) -> None:
        text = FEEDBACK.replace("（二）", "财务管理薄弱。\n（二）")
        plan = read(text, NOTHING.as_role(Place(8), role))
        assert [(title, len(issues)) for title, issues in shape(plan)] == expected

    def test_a_list_without_numbers_becomes_issues(self) -> None:
        text = "关于巡察某街道的反馈意见\n现将情况反馈如下。\n一、主要问题\n学习不深入，\n制度不健全。"
        said = NOTHING.as_role(Place(4), LineRole.ISSUE).as_role(Place(5), LineRole.ISSUE)
        assert shape(read(text)) != shape(read(text, said))
        assert shape(read(text, said)) == [("", [("学习不深入", []), ("制度不健全", [])])]

    def test_a_numbered_line_becomes_text_of_the_issue_above(self) -> None:
        plan = read(FEEDBACK, NOTHING.as_role(Place(6), LineRole.TEXT))
        issue = plan.sections[0].issues[0]
        assert (issue.issues, issue.record.original_text) == ([], "（1）准备不充分。")

    def test_flat_issues_stay_issues_when_one_below_them_becomes_a_detail(self) -> None:
        text = (
            "关于巡察某街道的反馈意见\n现将情况反馈如下。\n一、主要问题\n（一）甲不严。\n（二）乙不实。\n（三）丙不细。"
        )
        assert shape(read(text, NOTHING.as_role(Place(5), LineRole.SUB_ISSUE))) == [
            ("", [("甲不严", ["乙不实"]), ("丙不细", [])])
        ]

    def test_a_line_becomes_a_chapter(self) -> None:
        text = FEEDBACK + "\n工作建议\n（一）压实责任。"
        plan = read(text, NOTHING.as_role(Place(10), LineRole.CHAPTER))
        assert plan.facts.recommendations == ("压实责任。",)

    def test_an_answered_line_of_a_notice_becomes_an_issue(self) -> None:
        plan = read(NOTICE, NOTHING.as_role(Place(9), LineRole.ISSUE))
        assert [issue.record.title for issue in plan.issues()] == ["研讨质量不高", "调研不深入", "制度还不健全"]
        assert [issue.measures[0].record.progress for issue in plan.issues()] == [
            "已经开展研讨。",
            "已经开展调研。",
            "已经制定制度。",
        ]

    def test_what_the_program_took_it_for_comes_back(self) -> None:
        said = NOTHING.as_role(Place(6), LineRole.ISSUE)
        assert said.touches(Place(6))
        assert said.as_read(Place(6)) == NOTHING


class TestLines:
    def test_a_line_is_joined_to_the_one_before(self) -> None:
        plan = read(FEEDBACK, NOTHING.join(Place(7)))
        assert plan.sections[0].issues[0].issues[0].record.original_text == "2.调研不深入。"

    def test_the_first_line_has_none_to_be_joined_to(self) -> None:
        source = document(FEEDBACK)
        assert corrected(source, NOTHING.join(Place(1))) == source

    def test_a_line_is_split_and_its_parts_are_read_as_lines(self) -> None:
        text = FEEDBACK.replace("\n2.调研不深入。", "2.调研不深入。")
        plan = read(text, NOTHING.split(Place(6), len("（1）准备不充分。")))
        assert shape(plan) == shape(read(FEEDBACK))

    def test_a_part_goes_its_own_way_though_the_sentence_is_open(self) -> None:
        said = NOTHING.split(Place(5), 4).as_role(Place(5, 4), LineRole.ISSUE)
        assert [title for title, _ in shape(read(FEEDBACK, said))[0][1]] == ["研讨", "质量不高", "调研不深入"]

    def test_a_part_is_split_again_where_it_is_counted_from_its_own_beginning(self) -> None:
        said = NOTHING.split(Place(5), 4).split(Place(5, 4), 2)
        assert [piece.text for piece in pieces(document(FEEDBACK), said)][4:7] == ["1.研讨", "质量", "不高。"]

    def test_a_number_alone_is_not_split_off(self) -> None:
        source = document(FEEDBACK)
        assert corrected(source, NOTHING.split(Place(5), 2)) == source

    def test_a_part_joined_again_leaves_no_split(self) -> None:
        assert NOTHING.split(Place(5), 4).join(Place(5, 4)) == NOTHING

    def test_nothing_can_be_split_off_before_the_first_character(self) -> None:
        with pytest.raises(ValueError, match="0"):
            NOTHING.split(Place(5), 0)

    def test_a_line_left_out_is_listed_with_its_words(self) -> None:
        plan = read(FEEDBACK, NOTHING.leave_out(Place(6)))
        assert plan.sections[0].issues[0].issues == []
        assert [(note.code, note.line, note.text) for note in plan.leftovers] == [("left_out", 6, "（1）准备不充分。")]

    def test_the_last_word_counts(self) -> None:
        said = NOTHING.leave_out(Place(6)).join(Place(6)).as_role(Place(6), LineRole.TEXT)
        assert (said.left_out, said.joined, dict(said.roles)) == (frozenset(), frozenset(), {Place(6): LineRole.TEXT})
