"""What Excel keeps in a file beside the cells: who, where, from which source, and what nobody sees."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from support.furnished import picture
from support.office_book import office_file
from support.package_checks import damage_of, everything_in, parts_of
from support.planted import Planting, R, planted, shape
from support.raw_packages import zipped

from faults import InputFault
from workbook.release import Release, release


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return office_file(tmp_path_factory.mktemp("office") / "so.xlsx").read_bytes()


@pytest.fixture(scope="module")
def released(book: bytes) -> Release:
    return release(planted(book))


def test_the_planted_book_is_whole(book: bytes) -> None:
    assert damage_of(planted(book)) == []


def test_nothing_of_it_is_left(released: Release) -> None:
    assert "MẬT" not in everything_in(released.data)
    assert damage_of(released.data) == []


def test_the_parts_are_those_of_the_book_without_it(book: bytes, released: Release) -> None:
    assert parts_of(released.data).keys() == parts_of(release(book).data).keys()


def test_it_is_counted(released: Release) -> None:
    counted = {name: getattr(released, name) for name in ("notes", "links", "external", "pivot_tables", "objects")}
    assert counted == {"notes": 2, "links": 4, "external": 4, "pivot_tables": 1, "objects": 6}


def test_shapes_that_are_seen_stay(released: Release) -> None:
    drawing = parts_of(released.data)["xl/drawings/drawing1.xml"].decode()
    assert drawing.count("<xdr:twoCellAnchor") == 4  # a picture and a text box of the book's own, two planted
    assert [text in drawing for text in ("Chữ có liên kết", "<a:t>Chữ</a:t>", 'descr="Sơ đồ tổ chức"')] == [True] * 3
    assert [word in drawing for word in ("macro=", "textlink=", "TxLink", "hlinkClick", "anh.png")] == [False] * 5


def test_how_the_workbook_is_protected_and_shown_stays(released: Release) -> None:
    book = parts_of(released.data)["xl/workbook.xml"].decode()
    assert '<workbookProtection lockStructure="1"/>' in book
    assert '<workbookPr defaultThemeVersion="124226"/>' in book


def test_how_a_sheet_is_printed_stays(released: Release) -> None:
    assert b'<pageSetup orientation="landscape"/>' in parts_of(released.data)["xl/worksheets/sheet2.xml"]


def test_a_table_that_a_query_filled_is_one_that_was_typed(released: Release) -> None:
    table = parts_of(released.data)["xl/tables/table1.xml"].decode()
    assert 'name="Bảng" displayName="Bảng" ref="A1:D5" totalsRowCount="1">' in table
    assert '<tableColumn id="1" name="Tên" totalsRowLabel="Cộng"/><tableColumn id="2" name="Cột 2"/>' in table
    assert ("ormula" in table, "totalsRowFunction" in table) == (False, False)
    assert "query" not in table


def test_a_picture_in_a_cell_stays_where_there_are_only_pictures(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("S").embed_image("B2", "a.png", {"image_data": io.BytesIO(picture())})
    data = (tmp_path / "a.xlsx").read_bytes()
    kept = parts_of(release(data).data)
    assert kept.keys() == parts_of(data).keys() - {"docProps/core.xml"}
    assert b' vm="1"' in kept["xl/worksheets/sheet1.xml"]
    assert damage_of(release(data).data) == []


def test_the_strict_dialect_is_kept(book: bytes, released: Release) -> None:
    wide = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006": "http://purl.oclc.org/ooxml/officeDocument",
        "http://schemas.openxmlformats.org/drawingml/2006": "http://purl.oclc.org/ooxml/drawingml",
    }
    strict = parts_of(planted(book))
    for old, new in wide.items():
        strict = {name: part.replace(old.encode(), new.encode()) for name, part in strict.items()}
    taken = release(zipped(strict))
    assert replace(taken, data=b"") == replace(released, data=b"")
    assert parts_of(taken.data).keys() == parts_of(released.data).keys()
    assert "MẬT" not in everything_in(taken.data)
    assert damage_of(taken.data) == []


DRAWING = "xl/drawings/drawing1.xml"


def drawn(book: bytes, content: str, *relations: tuple[str, bool]) -> str:
    """What is left of something that is put into a drawing; `relations`: pictures, and whether they are elsewhere."""
    planting = Planting(book)
    keys = [planting.relate(DRAWING, "image", target, external=external) for target, external in relations]
    planting.insert(DRAWING, "</xdr:wsDr>", shape("", content.format(*keys)))
    data = release(planting.packed()).data
    assert damage_of(data) == []
    return parts_of(data)[DRAWING].decode().rpartition("<xdr:spPr/>")[2].partition("</xdr:sp>")[0]


def test_what_nobody_knows_yet_goes_with_what_needs_it(book: bytes) -> None:
    planting = Planting(book)
    kind = "http://schemas.microsoft.com/office/2031/relationships/novelty"
    key = planting.add(DRAWING, kind, "xl/novelties/novelty1.xml")
    planting.insert(DRAWING, "</xdr:wsDr>", shape("", f'<nv:novelty xmlns:nv="x" {R} r:id="{key}"/>'))
    data = release(planting.packed()).data
    assert parts_of(data).keys() == parts_of(release(book).data).keys()
    assert b"novelty" not in parts_of(data)[DRAWING]
    assert damage_of(data) == []


class TestShapes:
    def test_a_linked_picture_that_is_in_the_file_too_stays(self, book: bytes) -> None:
        both = (("xl/media/image1.png", False), ("file:///C:/MẬT.png", True))
        assert drawn(book, f'<a:blip {R} r:embed="{{}}" r:link="{{}}"/>', *both) == f'<a:blip {R} r:embed="planted1"/>'

    def test_a_picture_of_cells_is_a_picture(self, book: bytes) -> None:
        camera = 'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" cellRange="MẬT!A1"'
        assert drawn(book, f"<a:extLst><a:ext><a14:cameraTool {camera}/></a:ext></a:extLst>") == "<a:extLst/>"

    def test_a_text_from_a_cell_is_a_text(self, book: bytes) -> None:
        field = '<a:fld id="{{1}}" type="TxLink"><a:rPr/><a:pPr/><a:t>15</a:t></a:fld>'
        page = '<a:fld id="{{2}}" type="slidenum"><a:t>1</a:t></a:fld>'
        left = '<a:r><a:rPr/><a:t>15</a:t></a:r><a:fld id="{2}" type="slidenum"><a:t>1</a:t></a:fld>'
        assert drawn(book, field + page) == left

    def test_hidden_shapes_go_out_of_groups_too(self, book: bytes) -> None:
        one = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="7" name="{}" hidden="{}"/></xdr:nvPicPr></xdr:pic>'
        planting = Planting(book)
        group = f"<xdr:grpSp>{one.format('MẬT', 1)}<!-- một nhóm -->{one.format('Thấy', 0)}</xdr:grpSp>"
        planting.insert(DRAWING, "</xdr:wsDr>", f"<xdr:absoluteAnchor>{group}</xdr:absoluteAnchor>")
        taken = release(planting.packed())
        left = parts_of(taken.data)[DRAWING].decode().partition("<xdr:grpSp>")[2].partition("</xdr:grpSp>")[0]
        assert left == f"<!-- một nhóm -->{one.format('Thấy', 0)}"
        assert taken.objects == 2  # and a button


def test_a_heading_that_is_hidden_gets_a_name_that_is_free(book: bytes) -> None:
    planting = Planting(book)
    planting.replace("xl/tables/table1.xml", 'name="Số"', 'name="CỘT 2"')
    table = parts_of(release(planting.packed()).data)["xl/tables/table1.xml"].decode()
    assert '<tableColumn id="2" name="Cột 2 (2)"/><tableColumn id="3" name="CỘT 2"/>' in table


def test_a_rule_without_cells_is_damage(book: bytes) -> None:
    planting = Planting(book)
    planting.replace("xl/worksheets/sheet2.xml", 'sqref="D2:D9"', 'sqref="Đây"')
    with pytest.raises(InputFault, match="the file is damaged"):
        release(planting.packed())
