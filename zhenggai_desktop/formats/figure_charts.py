"""Native Excel charts beside the tables of 统计; told apart on a black-and-white printer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.figure_tables import FigureTable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CHART_BARS = 12  # groups shown in a chart; all stand in the table
_STATUS_LOOKS = (("7F7F7F", "ltUpDiag"), ("A6A6A6", "pct30"), ("BFBFBF", "pct20"), ("F2F2F2", "pct5"))
_HEIGHT, _WIDTH = 7.5, 15.0  # centimetres


def figure_chart(page: Worksheet, table: FigureTable, start: int) -> Any | None:
    """The chart of a table whose name stands in row ``start``: statuses as a pie, groups as stacked bars.

    None for a list of figures, which are of different kinds. (The type stubs of charts are too coarse: Any.)
    """
    if len(table.captions) == 4:
        return None
    first, last = start + 2, start + 1 + min(len(table.rows), _CHART_BARS)
    chart = _bars(page, first, last) if table.rates else _pie(page, first, last)
    reference: Any = import_module("openpyxl.chart").Reference
    chart.set_categories(reference(page, min_col=1, min_row=first, max_row=last))
    chart.title = table.name
    chart.height, chart.width = _HEIGHT, _WIDTH
    return chart


def _pie(page: Worksheet, first: int, last: int) -> Any:
    library: Any = import_module("openpyxl.chart")
    chart = library.PieChart()
    chart.add_data(library.Reference(page, min_col=2, min_row=first - 1, max_row=last), titles_from_data=True)
    chart.dataLabels = import_module("openpyxl.chart.label").DataLabelList()
    chart.dataLabels.showVal = chart.dataLabels.showCatName = True
    return chart


def _bars(page: Worksheet, first: int, last: int) -> Any:
    library: Any = import_module("openpyxl.chart")
    chart = library.BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    data = library.Reference(page, min_col=2, max_col=5, min_row=first - 1, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first group on top, as in the table
    _shade(chart)
    return chart


def _shade(chart: Any) -> None:
    """A pattern for each status beside its grey."""
    properties: Any = import_module("openpyxl.chart.shapes").GraphicalProperties
    fills: Any = import_module("openpyxl.drawing.fill")
    colours: Any = import_module("openpyxl.drawing.colors")
    for series, (colour, pattern) in zip(chart.series, _STATUS_LOOKS, strict=False):
        fill = fills.PatternFillProperties(prst=pattern)
        fill.fgClr, fill.bgClr = colours.ColorChoice(srgbClr="404040"), colours.ColorChoice(srgbClr=colour)
        series.graphicalProperties = properties(pattFill=fill)
        series.graphicalProperties.line.solidFill = "404040"
