"""Native Excel charts beside the tables of 统计; told apart on a black-and-white printer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.figure_tables import FigureTable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CHART_BARS = 12  # groups shown in a chart; all stand in the table
_STATUS_LOOKS = (("1F6B43", "1F6B43", ""), ("2F6F9F", "CFE3F2", "wdDnDiag"), ("A86300", "FBE8C8", "pct10"),
                 ("7B8794", "FFFFFF", ""))  # fmt: skip
"""Line, ground and pattern, in the order of the columns: 已完成, 基本完成, 正在推进, 未启动."""
_TICKS = 6
_HEIGHT, _WIDTH = 7.5, 15.0  # centimetres


def figure_chart(page: Worksheet, table: FigureTable, start: int) -> Any | None:
    """The chart of a table whose name stands in row ``start``: statuses as a pie, groups as stacked bars.

    None for a list of figures, which are of different kinds. (The type stubs of charts are too coarse: Any.)
    """
    if len(table.captions) == 4:
        return None
    first, last = start + 2, start + 1 + min(len(table.rows), _CHART_BARS)
    chart = _bars(page, first, last, table) if table.rates else _pie(page, first, last)
    reference: Any = import_module("openpyxl.chart").Reference
    chart.set_categories(reference(page, min_col=1, min_row=first, max_row=last))
    chart.title = table.name
    chart.height, chart.width = _HEIGHT, _WIDTH
    return chart


def _pie(page: Worksheet, first: int, last: int) -> Any:
    library: Any = import_module("openpyxl.chart")
    chart = library.PieChart()
    chart.add_data(library.Reference(page, min_col=2, min_row=first - 1, max_row=last), titles_from_data=True)
    labels = import_module("openpyxl.chart.label").DataLabelList()
    labels.showVal = labels.showCatName = True
    labels.showSerName = labels.showPercent = labels.showLegendKey = labels.showLeaderLines = False
    labels.position = "outEnd"
    chart.dataLabels, chart.legend = labels, None
    point: Any = import_module("openpyxl.chart.series").DataPoint
    for at, look in enumerate(_STATUS_LOOKS):
        chart.series[0].dPt.append(point(idx=at, spPr=_look(look)))
    return chart


def _bars(page: Worksheet, first: int, last: int, table: FigureTable) -> Any:
    library: Any = import_module("openpyxl.chart")
    chart = library.BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    data = library.Reference(page, min_col=2, max_col=5, min_row=first - 1, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first group on top, as in the table
    longest = max((sum(map(int, row[1 : len(_STATUS_LOOKS) + 1])) for row in table.rows[:_CHART_BARS]), default=0)
    chart.y_axis.majorUnit = max(1, round(longest / _TICKS))  # whole numbers: nobody has half an issue
    chart.y_axis.majorGridlines, chart.legend.position = None, "b"
    for series, look in zip(chart.series, _STATUS_LOOKS, strict=True):
        series.graphicalProperties = _look(look)
    return chart


def _look(look: tuple[str, str, str]) -> Any:
    """A ground with a pattern beside its colour, so that a black and white print tells it."""
    line, ground, pattern = look
    properties: Any = import_module("openpyxl.chart.shapes").GraphicalProperties
    fills: Any = import_module("openpyxl.drawing.fill")
    colours: Any = import_module("openpyxl.drawing.colors")
    if pattern:
        fill = fills.PatternFillProperties(prst=pattern)
        fill.fgClr, fill.bgClr = colours.ColorChoice(srgbClr=line), colours.ColorChoice(srgbClr=ground)
        made = properties(pattFill=fill)
    else:
        made = properties(solidFill=ground)
    made.line.solidFill = line
    return made
