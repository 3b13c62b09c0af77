"""What the placeholders of a document template stand for: facts and figures of the ledger, and of one section or issue.

A fact that nobody has entered is printed as a gap, 〔待填写〕, never guessed; ``{name?}`` prints nothing instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhenggai_desktop import texts
from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.answers import compose_answer
from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.figures import percentage
from zhenggai_desktop.domain.frame import GAP, committee_of, notice_title
from zhenggai_desktop.domain.items import answers_all_below, serving_measures
from zhenggai_desktop.domain.ledger_table import ledger_table
from zhenggai_desktop.domain.ledger_template import COLUMN_KEYS, Lines, Template, TemplateColumn
from zhenggai_desktop.domain.numbering import NumberStyle, chinese_numeral, write_number
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.placeholders import Placeholder, placeholders
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import (
    AnswerForm,
    Issue,
    LedgerFacts,
    Measure,
    Milestone,
    Section,
    Snapshot,
    Status,
)
from zhenggai_desktop.domain.schemes import Scheme
from zhenggai_desktop.domain.typography import without_stop
from zhenggai_desktop.domain.workflow import Duties, Workflow

_PLACEHOLDER = re.compile(r"\{([^{}\s?]{1,80})(\??)\}")
_PLACE = re.compile("(?:省|市|区|县|州|旗|盟|镇|乡|街道|兵团)$|^$")
_STOPS = tuple("。；！？”）…")


@dataclass(slots=True)
class Filled:
    """What filling found wrong: names that stand for nothing."""

    unknown: list[str] = field(default_factory=list[str])


class Values:
    """The values of one ledger; ``within`` gives those of a section or issue too."""

    def __init__(
        self, known: Mapping[str, str], filled: Filled | None = None, figures: Mapping[str, Placeholder] | None = None
    ) -> None:
        """``figures`` are those of the known values whose printing depends on the unit behind them."""
        self._known = known
        self._figures = figures or {}
        self.filled = filled or Filled()

    def within(self, more: Mapping[str, str]) -> Values:
        """These values and more, which go first."""
        figures = {name: figure for name, figure in self._figures.items() if name not in more}
        return Values(ChainMap(dict(more), dict(self._known)), self.filled, figures)

    def holds(self, name: str) -> bool:
        """True where the value is neither empty nor 0."""
        return self._known.get(name, "") not in ("", "0", "0%")

    def known(self, name: str) -> str:
        """The value as it is, "" for a name that stands for nothing here."""
        return self._known.get(name, "")

    def fill(self, text: str) -> str:
        """``text`` with its placeholders replaced; unknown names stay as typed and are remembered."""
        return _PLACEHOLDER.sub(self._value, text) if "{" in text else text

    def _value(self, match: re.Match[str]) -> str:
        found = self._known.get(match[1])
        if found is None:
            self.filled.unknown.append(match[1])
            return match[0]
        figure = self._figures.get(match[1])
        if figure is not None:
            return figure.value_before(match.string[match.end() :])
        return found if found or match[2] else GAP


def ledger_texts(
    snapshot: Snapshot, today: dt.date, figures: Mapping[str, Placeholder] | None = None
) -> dict[str, str]:
    """Name → value for facts and figures of the whole ledger; "" where nothing is known.

    ``figures`` are the snapshot's ``placeholders``, where they are at hand.
    """
    facts = snapshot.facts
    committee = committee_of(facts)
    units = "、".join(unit.name for unit in snapshot.inspected_units)
    known = {name: placeholder.value for name, placeholder in (figures or placeholders(snapshot)).items()}
    known |= {
        "单位全称": facts.organisation,
        "单位简称": facts.organisation_short or facts.organisation,
        "党组织": facts.organisation_body,
        "被巡察单位": units or facts.organisation_short or facts.organisation,
        "巡察": texts.INSPECTION_NAMES[facts.kind],
        "巡察组": facts.team,
        "上级": committee,
        "上级纪委监委": _discipline(committee),
        "上级组织部": f"{committee}组织部" if committee else "",
        "上级宣传部": f"{committee}宣传部" if committee else "",
        "上级巡察办": f"{committee}{texts.INSPECTION_NAMES[facts.kind]}办" if committee else "",
        "依据文件": facts.rule_source,
        "联系电话": facts.phone,
        "邮寄地址": facts.address,
        "邮政编码": facts.postcode,
        "电子邮箱": facts.email,
        "署名": facts.signature_organisation or facts.organisation,
        "通报标题": notice_title(snapshot).replace("\n", ""),
        "今天": texts.date_text(today),
    }
    known |= {name: texts.date_text(value) for name, value in _dates(facts).items()}
    known |= dict(_meetings(snapshot.milestones))
    known |= dict(_counted(snapshot, today))
    return known


def _discipline(committee: str) -> str:
    """The discipline inspection beside a Party committee: 区纪委监委 of 区委, 开发区纪检监察工委 of 开发区党工委.

    A committee inside an office or a company has no supervisory commission beside it: 国资委纪委.
    """
    if not committee:
        return ""
    if committee.endswith(("党工委", "工委")):
        return committee.removesuffix("工委").removesuffix("党") + "纪检监察工委"
    place = re.sub("(?:党委|党组|委)$", "", committee)
    return place + ("纪委监委" if _PLACE.search(place) else "纪委")


def _dates(facts: LedgerFacts) -> dict[str, dt.date | None]:
    return {
        "巡察开始日期": facts.inspection_start,
        "巡察结束日期": facts.inspection_end,
        "反馈日期": facts.feedback_date,
        "方案报送日期": facts.plan_due,
        "集中整改截止日期": facts.concentrated_end,
        "报告报送日期": facts.report_due,
        "公布日期": facts.publication_date,
    }


def _meetings(milestones: Sequence[Milestone]) -> Iterator[tuple[str, str]]:
    """How many milestones of a kind were held: “整改专题会议次数”."""
    yield "整改专题会议次数", _held(milestones, "专题会议")
    yield (
        "民主生活会日期",
        texts.date_text(next((m.done_on for m in milestones if "民主生活会" in m.kind and m.done_on), None)),
    )
    yield (
        "方案审定日期",
        texts.date_text(next((m.done_on for m in milestones if "整改方案" in m.kind and m.done_on), None)),
    )


def _held(milestones: Sequence[Milestone], word: str) -> str:
    return str(sum(word in milestone.kind and milestone.done_on is not None for milestone in milestones))


def _counted(snapshot: Snapshot, today: dt.date) -> Iterator[tuple[str, str]]:
    """Counts beside those of the figures; 反馈措施 are, like 整改事项, those of the feedback alone."""
    overview = Overview(snapshot, today)
    items = overview.items
    yield "未完成问题数", str(sum(item.status is not Status.DONE for item in items))
    yield "逾期问题数", str(sum(item.late for item in items))
    yield "重点问题数", str(sum(issue.emphasis for issue in snapshot.issues))
    measures = overview.measures
    done = sum(overview.workflow.measure_status(measure) is Status.DONE for measure in measures)
    yield "反馈措施总数", str(len(measures))
    yield "已完成反馈措施数", str(done)
    yield "反馈措施完成率", f"{exact(percentage(done, len(measures)))}%" if measures else "0"


class RecordTexts:
    """The values of each section and issue, worked out once."""

    def __init__(self, snapshot: Snapshot, scheme: Scheme, today: dt.date) -> None:
        self._answer = replace(scheme.answer, label="", form=AnswerForm.RUN_IN)
        self.outline = Outline(snapshot)
        self._workflow = Workflow(self.outline)
        self._overview = Overview(snapshot, today)
        template = Template("", "", Lines.ISSUES, tuple(TemplateColumn(key, key) for key in COLUMN_KEYS))
        rows = ledger_table(snapshot, template=template).rows
        self._cells = {row.issue_id: dict(zip(COLUMN_KEYS, map(_cell_text, row.cells), strict=True)) for row in rows}

    def section(self, section: Section | None, ordinal: int) -> dict[str, str]:
        """方面, its number in Chinese and how many issues stand below it."""
        issues = self.outline.issues_of(section)
        title = section.title if section else ""
        return {"方面": title, "方面序号": chinese_numeral(ordinal), "方面问题数": str(len(issues))}

    def issue(self, issue: Issue, ordinal: int, *, whole: bool = False) -> dict[str, str]:
        """The issue's own fields. An issue that only gathers others has its title alone; with ``whole`` also what was
        done about those below it."""
        cells = self._cells.get(issue.id, {})
        duties = self._workflow.told_duties(issue)
        departments = (duties.lead_department, *duties.supporting_departments)
        return {
            "序号": str(ordinal),
            "问题": without_stop(issue.title),
            "原文": issue.original_text,
            "整改意见": "；".join(issue.recommendations),
            "整改目标": _stopped(cells["goal"]) if cells.get("goal") else "",
            "整改措施": self._measures(issue, duties),
            "整改进展": self._whole_progress(issue) if whole else self._progress(issue),
            "责任领导": texts.list_text(duties.leaders),
            "牵头部门": duties.lead_department,
            "配合部门": texts.list_text(duties.supporting_departments),
            "责任部门": texts.list_text(tuple(name for name in departments if name)),
            "责任人": duties.owner,
            "整改类型": texts.track_text(duties.track, standing=duties.standing),
            "整改时限": duties.deadline_words,
            "完成情况": texts.status_text(self._workflow.status(issue)),
            "取得成效": cells.get("outcomes", "").replace("\n", "；"),
        }

    def _progress(self, issue: Issue) -> str:
        """The issue's answer in one paragraph without a label."""
        told = compose_answer(replace(issue, answer_label=""), serving_measures(self.outline, issue), self._answer)
        return "".join(text.removeprefix(label_of(text)) if at == 0 else text for at, text in enumerate(told))

    def _whole_progress(self, issue: Issue) -> str:
        """The answers at and below an issue; several, each behind a number and its title, or
        those of all that have the same: a measure may serve several."""
        own, told = self._progress(issue), dict[str, list[str]]()
        for part in self.outline.walk_below(issue):
            if part is not issue and (words := self._progress(part)):
                told.setdefault(words, []).append(without_stop(part.title))
        if len(told) < 2 and not own:
            return "".join(told)
        return own + "".join(
            f"（{n}）{'、'.join(titles)}：{words}" for n, (words, titles) in enumerate(told.items(), 1)
        )

    def parts(self, issue: Issue) -> list[tuple[Issue, dict[str, str]]]:
        """The issue itself without 表现序号, then everything below it, numbered on through all levels.

        The issue is left out where it only gathers others, and so is one that its heading quotes and its answer covers.
        单独整改 is empty for those that have a title alone: their parts or the issue above them say what is to be done.
        """
        found: list[tuple[Issue, dict[str, str]]] = []
        number = 0
        marks = self._marks(issue)
        for part in self.outline.walk_below(issue):
            own, alone = part is issue, self._stands_alone(part)
            if not (alone if own else self._is_shown(part)):
                continue
            number += not own
            known = self.issue(part, number)
            known |= {"表现序号": "" if own else str(number), "表现标号": marks.get(part.id, "")}
            found.append((part, known | {"具体表现": known["问题"], "单独整改": "是" if alone else ""}))
        return found

    def _stands_alone(self, part: Issue) -> bool:
        """True where an issue has measures or is to have some: no others gather below it, no answer above covers it."""
        if serving_measures(self.outline, part):
            return True
        above = self.outline.path(part)[:-1]
        return self.outline.is_leaf(part) and not any(answers_all_below(self.outline, step) for step in above)

    def _marks(self, issue: Issue) -> dict[int, str]:
        """（1） for those directly below an issue, ① for those below these, each list from 1."""
        found: dict[int, str] = {}
        for step in self.outline.walk_below(issue):
            shown = [child for child in self.outline.sub_issues(step) if self._is_shown(child)]
            for at, child in enumerate(shown, 1):
                found[child.id] = f"（{at}）" if step is issue else write_number(at, NumberStyle.CIRCLED)
        return found

    def _is_shown(self, part: Issue) -> bool:
        return part.printed_level != 0 or self._stands_alone(part)

    def emphasised(self) -> list[Issue]:
        return [issue for issue in self.outline.walk() if issue.emphasis]

    def unfinished(self) -> list[Issue]:
        """The items that are not done, in reading order."""
        return [item.issue for item in self._overview.items if item.status is not Status.DONE]

    def _measures(self, issue: Issue, duties: Duties) -> str:
        """一是…二是…, each with what its own duties add to the issue's; "" where nothing is planned."""
        planned = [measure for measure in serving_measures(self.outline, issue) if measure.content]
        words = [_stopped(measure.content + self._own_duties(measure, duties)) for measure in planned]
        if len(words) < 2:
            return "".join(words)
        return "".join(f"{chinese_numeral(at)}是{text}" for at, text in enumerate(words, 1))

    def _own_duties(self, measure: Measure, above: Duties) -> str:
        own = self._workflow.measure_duties(measure)
        same = (own.deadline, own.due_on) == (above.deadline, above.due_on)
        parts = (
            ("牵头部门", "" if own.lead_department == above.lead_department else own.lead_department),
            ("时限", "" if same else own.deadline_words),
        )
        said = "；".join(f"{name}：{words}" for name, words in parts if words)
        return f"（{said}）" if said else ""


def _stopped(text: str) -> str:
    body = text.rstrip("。；;")
    inside = re.match(r"^(.*?)[。；](（[^（）]*）)$", body)  # the stop goes behind what is added in brackets
    body = inside[1] + inside[2] if inside else body
    return body if body.endswith(_STOPS[2:4]) else body + "。"


def _cell_text(value: object) -> str:
    return texts.date_text(value) if isinstance(value, dt.date) else "" if value is None else str(value)
