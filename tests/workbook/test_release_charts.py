"""Charts of a released workbook show what they showed, also where their figures do not leave with them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree
from support.package_checks import damage_of, parts_of
from support.planted import Planting

from faults import InputFault
from workbook.release import release

CHART = "xl/charts/chart1.xml"
MICROSOFT = "http://schemas.microsoft.com/office"


def charted(path: Path, *, hidden_cells: bool = False) -> bytes:
    """ "S" has figures in A1:C4, row 2 and column C hidden; the sheet "Ẩn" has some too. One chart, three series."""
    with xlsxwriter.Workbook(path) as book:
        sheet, hidden = book.add_worksheet("S"), book.add_worksheet("Ẩn")
        for each in (sheet, hidden):
            each.write_row("A1", ["Quý", "Thu", "Chi"])
            for row in range(1, 4):
                each.write_row(row, 0, [f"Quý {row}", row, 10 * row])
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_row(1, None, None, {"hidden": True})
        hidden.hide()
        chart = book.add_chart({"type": "line"})
        for name, cells in (("S", "B"), ("S", "C"), ("Ẩn", "B")):
            chart.add_series({
                "name": f"={name}!${cells}$1",
                "categories": f"={name}!$A$2:$A$4",
                "values": f"={name}!${cells}$2:${cells}$4",
            })  # fmt: skip
        chart.set_title({"name": "=Ẩn!$A$1", "name_font": {"bold": False, "size": 20}})
        if hidden_cells:
            chart.show_hidden_data()
        sheet.insert_chart("E2", chart)
    return path.read_bytes()


def chart_of(data: bytes) -> etree._Element:
    return etree.fromstring(parts_of(data)[CHART])


def sources(chart: etree._Element) -> list[list[str | list[str]]]:
    """Name, categories and values of each series: where they come from, or the constants."""

    def source(element: etree._Element) -> str | list[str]:
        formula = element.findtext(".//{*}f")
        return formula if formula is not None else [value.text or "" for value in element.iter("{*}v")]

    return [[source(series.find(f"{{*}}{name}")) for name in ("tx", "cat", "val")] for series in chart.iter("{*}ser")]


def stored(chart: etree._Element) -> list[list[tuple[str, str]]]:
    """The points of the values of each series, with their numbers."""
    points = [values.iter("{*}pt") for values in chart.iter("{*}val")]
    return [[(point.get("idx"), point.findtext("{*}v")) for point in each] for each in points]


class TestSeries:
    def test_those_of_hidden_cells_stay_live_where_hidden_cells_are_not_shown(self, tmp_path: Path) -> None:
        taken = release(charted(tmp_path / "a.xlsx"))
        assert sources(chart_of(taken.data)) == [
            ["S!$B$1", "S!$A$2:$A$4", "S!$B$2:$B$4"],
            ["S!$C$1", "S!$A$2:$A$4", "S!$C$2:$C$4"],
            [["Thu"], ["Quý 1", "Quý 2", "Quý 3"], ["1", "2", "3"]],
        ]
        assert stored(chart_of(taken.data)) == [[("1", "2"), ("2", "3")], [], [("0", "1"), ("1", "2"), ("2", "3")]]
        assert taken.series == 4

    def test_those_of_hidden_cells_that_are_shown_become_constants(self, tmp_path: Path) -> None:
        taken = release(charted(tmp_path / "a.xlsx", hidden_cells=True))
        assert sources(chart_of(taken.data)) == [
            ["S!$B$1", ["Quý 1", "Quý 2", "Quý 3"], ["1", "2", "3"]],
            [["Chi"], ["Quý 1", "Quý 2", "Quý 3"], ["10", "20", "30"]],
            [["Thu"], ["Quý 1", "Quý 2", "Quý 3"], ["1", "2", "3"]],
        ]
        assert damage_of(taken.data) == []

    def test_where_excel_has_stored_the_visible_points_alone_they_stay(self, tmp_path: Path) -> None:
        planting = Planting(charted(tmp_path / "a.xlsx"))
        three = '<c:ptCount val="3"/><c:pt idx="0"><c:v>1</c:v></c:pt><c:pt idx="1"><c:v>2</c:v></c:pt><c:pt idx="2">'
        planting.replace(CHART, three, '<c:ptCount val="2"/><c:pt idx="0"><c:v>2</c:v></c:pt><c:pt idx="1">')
        assert stored(chart_of(release(planting.packed()).data))[0] == [("0", "2"), ("1", "3")]

    def test_a_title_from_a_cell_keeps_its_lettering(self, tmp_path: Path) -> None:
        title = chart_of(release(charted(tmp_path / "a.xlsx")).data).find(".//{*}chart/{*}title")
        assert etree.tostring(title.find("{*}tx/{*}rich/{*}p")).decode().partition(">")[2] == (
            '<a:pPr><a:defRPr sz="2000" b="0" baseline="0"/></a:pPr><a:r><a:t>Quý</a:t></a:r></a:p>'.replace(
                "ý", "&#253;"
            )
        )
        assert [etree.QName(each).localname for each in title] == ["tx", "layout"]

    def test_a_title_without_lettering_of_its_own_is_a_text(self, tmp_path: Path) -> None:
        planting = Planting(charted(tmp_path / "a.xlsx"))
        title = parts_of(planting.packed())[CHART].decode().partition("<c:txPr>")[2].partition("</c:txPr>")[0]
        planting.replace(CHART, f"<c:txPr>{title}</c:txPr>", "")
        rich = chart_of(release(planting.packed()).data).find(".//{*}title/{*}tx/{*}rich")
        assert [etree.QName(each).localname for each in rich.iter()] == ["rich", "bodyPr", "p", "r", "t"]
        assert rich.findtext(".//{*}t") == "Quý"

    def test_labels_in_levels_keep_the_innermost(self, tmp_path: Path) -> None:
        planting = Planting(charted(tmp_path / "a.xlsx"))
        old = parts_of(planting.packed())[CHART].decode()
        third = old.rpartition("<c:cat>")[2].partition("</c:cat>")[0]
        levels = "".join(f'<c:lvl><c:pt idx="0"><c:v>{label}</c:v></c:pt></c:lvl>' for label in ("Quý I", "Năm 2026"))
        planting.replace(
            CHART,
            third,
            '<c:multiLvlStrRef><c:f>Ẩn!$A$2:$B$4</c:f><c:multiLvlStrCache><c:ptCount val="3"/>'
            f"{levels}</c:multiLvlStrCache></c:multiLvlStrRef>",
        )
        labels = list(chart_of(release(planting.packed()).data).iter("{*}cat"))[2]
        assert [etree.QName(each).localname for each in labels.iter()] == ["cat", "strLit", "ptCount", "pt", "v"]
        assert labels.findtext(".//{*}v") == "Quý I"

    def test_a_chart_that_stores_nothing_is_refused(self, tmp_path: Path) -> None:
        planting = Planting(charted(tmp_path / "a.xlsx"))
        old = parts_of(planting.packed())[CHART].decode()
        cache = old.rpartition("<c:numCache>")[2].partition("</c:numCache>")[0]
        planting.replace(CHART, f"Ẩn!$B$2:$B$4</c:f><c:numCache>{cache}</c:numCache>", "Ẩn!$B$2:$B$4</c:f>")
        with pytest.raises(InputFault) as caught:
            release(planting.packed())
        assert caught.value.sentence("vi") == (
            "biểu đồ lấy số ở vùng không có trong bản phát hành, và tệp không lưu số đó; thấy “Ẩn!$B$2:$B$4”; "
            "cần tệp đã mở và lưu bằng Excel."
        )

    def test_names_and_other_files_become_constants(self, tmp_path: Path) -> None:
        planting = Planting(charted(tmp_path / "a.xlsx"))
        planting.replace(CHART, "S!$B$2:$B$4", "[1]S!$B$2:$B$4")
        planting.replace(CHART, "S!$A$2:$A$4", "S!Quý")
        found = sources(chart_of(release(planting.packed()).data))
        assert found[0] == ["S!$B$1", ["Quý 1", "Quý 2", "Quý 3"], ["1", "2", "3"]]


class TestWhatElseAChartHolds:
    def test_filtered_series_pivot_tables_and_embedded_books_go(self, tmp_path: Path) -> None:
        planting = Planting(charted(tmp_path / "a.xlsx"))
        book = planting.add(CHART, "package", "xl/embeddings/book.xlsx", b"PK")
        colors = f"{MICROSOFT}/2011/relationships/chartColorStyle"
        planting.add(CHART, colors, "xl/charts/colors1.xml", '<cs:colorStyle xmlns:cs="x" meth="cycle"/>')
        planting.replace(CHART, "<c:chart>", "<c:pivotSource><c:name>[so.xlsx]S!Bảng</c:name></c:pivotSource><c:chart>")
        space = f'xmlns:c15="{MICROSOFT}/drawing/2012/chart"'
        filtered = "<c15:filteredLineSeries><c15:ser><c:idx val='9'/></c15:ser></c15:filteredLineSeries>"
        labels = "<c15:datalabelsRange><c15:f>{}</c15:f></c15:datalabelsRange>"
        exts = (filtered, labels.format("Ẩn!$A$1"), labels.format("S!$A$1"))
        extensions = "".join(f"<c:ext {space}>{each}</c:ext>" for each in exts)
        planting.insert(CHART, "</c:lineChart>", f"<c:extLst>{extensions}</c:extLst>")
        relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        planting.insert(CHART, "</c:chartSpace>", f'<c:externalData r:id="{book}" {relations}/>')
        data = release(planting.packed()).data
        chart = chart_of(data)
        gone = ("pivotSource", "externalData", "filteredLineSeries")
        assert [chart.find(f".//{{*}}{name}") for name in gone] == [None] * 3
        assert [each.text for each in chart.iterfind(".//{*}datalabelsRange/{*}f")] == ["S!$A$1"]
        assert {name for name in parts_of(data) if "embed" in name or "colors" in name} == {"xl/charts/colors1.xml"}
        assert damage_of(data) == []

    @pytest.mark.parametrize(("formula", "stays"), [("S!$B$2:$B$4", True), ("_xlchart.v1.0", True), ("Ẩn!$B$2", False)])
    def test_charts_of_the_newer_kinds_stay_if_all_their_figures_do(
        self, formula: str, stays: bool, tmp_path: Path
    ) -> None:
        planting = Planting(charted(tmp_path / "a.xlsx"))
        newer = f'<cx:chartSpace xmlns:cx="{MICROSOFT}/drawing/2014/chartex"><cx:f>{formula}</cx:f></cx:chartSpace>'
        drawing = "xl/drawings/drawing1.xml"
        chart = planting.add(drawing, f"{MICROSOFT}/2014/relationships/chartEx", "xl/charts/chartEx1.xml", newer)
        anchor = (
            f'<xdr:twoCellAnchor><xdr:graphicFrame macro=""><cx:chart xmlns:cx="{MICROSOFT}/drawing/2014/chartex" '
            f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{chart}"/>'
            "</xdr:graphicFrame></xdr:twoCellAnchor>"
        )
        planting.insert(drawing, "</xdr:wsDr>", anchor)
        names = '<definedName name="_xlchart.v1.0" hidden="1">S!$B$2:$B$4</definedName>'
        planting.replace("xl/workbook.xml", "</sheets>", f"</sheets><definedNames>{names}</definedNames>")
        taken = release(planting.packed())
        assert ("xl/charts/chartEx1.xml" in parts_of(taken.data), taken.objects) == (stays, int(not stays))
        assert parts_of(taken.data)[drawing].count(b"<xdr:twoCellAnchor") == 1 + stays
        assert parts_of(taken.data)["xl/workbook.xml"].count(b"_xlchart") == 1
        assert damage_of(taken.data) == []

    def test_a_sheet_that_is_a_chart_stays(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            book.add_worksheet("S").write_column("A1", [1, 2, 3])
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "=S!$A$1:$A$3"})
            book.add_chartsheet("Biểu đồ").set_chart(chart)
        taken = release((tmp_path / "a.xlsx").read_bytes(), without=["S"])
        assert taken.sheets == ("S",)
        chart = chart_of(taken.data)
        assert (stored(chart), chart.find(".//{*}val//{*}f")) == ([[("0", "1"), ("1", "2"), ("2", "3")]], None)
        assert damage_of(taken.data) == []
