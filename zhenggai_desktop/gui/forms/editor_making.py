"""From a row of the table of fields to a field on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhenggai_desktop.domain.records import Record
from zhenggai_desktop.gui.forms.date_editors import Basis, DateField, DeadlineField, FirstDayField
from zhenggai_desktop.gui.forms.editors import (
    CheckField,
    ChoiceField,
    DepartmentField,
    Editor,
    LineField,
    LinesField,
    NamesField,
    NumberField,
    TextField,
)
from zhenggai_desktop.gui.forms.field_grid import Cell
from zhenggai_desktop.gui.forms.form_specs import FieldSpec, Kind
from zhenggai_desktop.gui.style import plain_label
from zhenggai_desktop.texts import field_name

_MAKERS: Mapping[Kind, Callable[[FieldSpec, str, Basis], Editor]] = {
    Kind.LINE: lambda _spec, _caption, _basis: LineField(),
    Kind.TEXT: lambda spec, _caption, _basis: TextField(spec.lines),
    Kind.LINES: lambda spec, _caption, _basis: LinesField(spec.lines),
    Kind.NAMES: lambda _spec, _caption, _basis: NamesField(),
    Kind.NUMBER: lambda _spec, _caption, _basis: NumberField(),
    Kind.DATE: lambda _spec, _caption, basis: DateField(basis),
    Kind.FIRST_DAY: lambda _spec, _caption, basis: FirstDayField(basis),
    Kind.DEADLINE: lambda _spec, _caption, basis: DeadlineField(basis),
    Kind.CHOICE: lambda spec, _caption, _basis: ChoiceField(spec.choices),
    Kind.DEPARTMENT: lambda _spec, _caption, _basis: DepartmentField(),
    Kind.CHECK: lambda _spec, caption, _basis: CheckField(caption),
}


def caption_of(record_type: type[Record], spec: FieldSpec) -> str:
    return spec.caption or field_name(record_type, spec.name)


def make_editor(record_type: type[Record], spec: FieldSpec, basis: Basis) -> Editor:
    """The field for a row of the table, with its spoken name and its hint."""
    caption = caption_of(record_type, spec)
    editor = _MAKERS[spec.kind](spec, caption, basis)
    editor.setObjectName(f"field-{spec.name}")
    editor.setAccessibleName(caption)
    if spec.hint:
        hint(editor, spec.hint, over=False)
    return editor


def hint(editor: Editor, words: str, *, over: bool = True) -> None:
    """Say what may be written into a field: to the ear, on pointing at it, and in it as long as it is empty.

    Without ``over`` a field that has something of its own to say in it goes on saying that.
    """
    editor.setToolTip(words)
    editor.setAccessibleDescription(words)
    if isinstance(editor, LineField | TextField) and (over or not editor.placeholderText()):
        editor.setPlaceholderText(words)


def make_cell(record_type: type[Record], spec: FieldSpec, basis: Basis) -> tuple[Editor, Cell]:
    """The field with its caption beside it and a place for its problem below it."""
    editor = make_editor(record_type, spec, basis)
    label = None
    if not isinstance(editor, CheckField):  # it says its caption itself
        label = plain_label(caption_of(record_type, spec), muted=True)
        label.setBuddy(editor)
    problem = plain_label()
    problem.setProperty("problem", True)
    problem.setWordWrap(True)  # or a long one would make the form wider than its place
    problem.hide()
    return editor, Cell(label, editor, problem, spec.half)
