"""Parts and elements that Excel writes and no library of ours does, put into a workbook as Excel would write them."""

from __future__ import annotations

import posixpath

from .package_checks import TYPES, parts_of
from .raw_packages import MAIN, OFFICE, RELATIONS, zipped

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
COMPATIBILITY = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
X14 = f'xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main"'
X15 = f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"'
X15_PATH = f'xmlns:x15ac="{MICROSOFT}/spreadsheetml/2010/11/ac"'
R = f'xmlns:r="{OFFICE}"'
SECRET = "MẬT".encode()


class Planting:
    """A package that is added to."""

    def __init__(self, data: bytes) -> None:
        self._parts = parts_of(data)
        self._count = 0

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """A relationship of `source` (empty: of the package); `kind` alone is one of the Office standard's."""
        self._count += 1
        name = posixpath.join(posixpath.dirname(source), "_rels", f"{posixpath.basename(source)}.rels")
        empty = f'<Relationships xmlns="{RELATIONS}"></Relationships>'.encode()
        mode = ' TargetMode="External"' if external else ""
        key, kind = f"planted{self._count}", kind if ":" in kind else f"{OFFICE}/{kind}"
        target = target if external else f"/{target}"
        entry = f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>'
        self.insert(name, "</Relationships>", entry, make=empty)
        return key

    def add(self, source: str, kind: str, name: str, content: str | bytes = "<a>MẬT</a>", of_type: str = "") -> str:
        """A part that `source` refers to; the id of the relationship."""
        self._parts[name] = content.encode() if isinstance(content, str) else content
        ending = name.rpartition(".")[2]
        declared = f'<Override PartName="/{name}" ContentType="{of_type or "application/xml"}"/>'
        if ending not in {"xml", "rels"} and f'Extension="{ending}"'.encode() not in self._parts[TYPES]:
            declared += f'<Default Extension="{ending}" ContentType="application/octet-stream"/>'
        self.insert(TYPES, "</Types>", declared)
        return self.relate(source, kind, name)

    def insert(self, name: str, before: str, content: str, *, make: bytes = b"") -> None:
        """Text in a part, before the last place where `before` stands."""
        part = self._parts.get(name, make)
        head, found, rest = part.rpartition(before.encode())
        assert found, (name, before)
        self._parts[name] = head + content.encode() + found + rest

    def replace(self, name: str, old: str, new: str) -> None:
        """Other text in a part, everywhere."""
        assert old.encode() in self._parts[name], (name, old)
        self._parts[name] = self._parts[name].replace(old.encode(), new.encode())

    def packed(self) -> bytes:
        """The package."""
        return zipped(self._parts)


def planted(data: bytes) -> bytes:
    """The office book with what Excel adds over the years, on its second sheet above all."""
    planting = Planting(data)
    _plant_package(planting)
    _plant_book(planting, "xl/workbook.xml")
    _plant_sheet(planting, "xl/worksheets/sheet2.xml")
    _plant_shapes(planting, "xl/drawings/drawing1.xml")
    _plant_query(planting, "xl/tables/table1.xml")
    return planting.packed()


def _plant_package(planting: Planting) -> None:
    planting.add("", f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg", SECRET)
    planting.add("", f"{MICROSOFT}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml")
    planting.add("", f"{MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml")
    planting.add("", f"{PACKAGE}/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs", SECRET)


def _plant_book(planting: Planting, book: str) -> None:
    planting.add(book, "calcChain", "xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"><c r="D9" i="2"/></calcChain>')
    connections = '<connection id="1" name="MẬT"/><connection id="2" name="MẬT"/>'
    connections = f'<connections xmlns="{MAIN}">{connections}</connections>'
    planting.add(book, "connections", "xl/connections.xml", connections)
    planting.add(book, "customXml", "customXml/item1.xml")
    planting.add(book, "xmlMaps", "xl/xmlMaps.xml")
    planting.add(book, f"{MICROSOFT}/2017/10/relationships/person", "xl/persons/person.xml")
    planting.add(book, f"{MICROSOFT}/2007/relationships/slicerCache", "xl/slicerCaches/slicerCache1.xml")
    planting.add(book, f"{MICROSOFT}/2022/10/relationships/richValueRel", "xl/richData/richValueRel.xml")
    link = planting.add(book, "externalLink", "xl/externalLinks/externalLink1.xml")
    planting.relate("xl/externalLinks/externalLink1.xml", "externalLinkPath", "file:///C:/MẬT/so.xlsx", external=True)
    cache = planting.add(book, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml")
    planting.add("xl/pivotCache/pivotCacheDefinition1.xml", "pivotCacheRecords", "xl/pivotCache/pivotCacheRecords1.xml")
    sharing = '<fileSharing userName="MẬT" readOnlyRecommended="1"/>'
    planting.replace(book, "<workbookPr ", f'{sharing}<workbookPr codeName="MẬT" ')
    planting.replace(
        book,
        "<bookViews>",
        f'<mc:AlternateContent {COMPATIBILITY}><mc:Choice Requires="x15" {X15}><x15ac:absPath {X15_PATH} '
        'url="C:\\Users\\MẬT\\"/></mc:Choice></mc:AlternateContent><workbookProtection lockStructure="1"/><bookViews>',
    )
    links = f'<externalReferences><externalReference r:id="{link}"/></externalReferences>'
    planting.replace(book, "</sheets>", f"</sheets>{links}")
    planting.insert(
        book,
        "</workbook>",
        '<customWorkbookViews><customWorkbookView name="MẬT"/></customWorkbookViews>'
        f'<pivotCaches><pivotCache cacheId="1" r:id="{cache}"/></pivotCaches>'
        f'<extLst><ext uri="{{0}}" {X14}><x14:slicerCaches>MẬT</x14:slicerCaches></ext></extLst>',
    )


def _plant_sheet(planting: Planting, sheet: str) -> None:
    threads = '<ThreadedComments xmlns="x"><threadedComment ref="E2">MẬT</threadedComment></ThreadedComments>'
    threaded = f"{MICROSOFT}/2017/10/relationships/threadedComment"
    planting.add(sheet, threaded, "xl/threadedComments/threadedComment1.xml", threads)
    pivot = planting.add(sheet, "pivotTable", "xl/pivotTables/pivotTable1.xml")
    planting.replace(sheet, "<sheetView ", '<sheetView tabSelected="1" ')
    selected = f'<pivotSelection r:id="{pivot}"><pivotArea/></pivotSelection>'
    planting.replace(sheet, 'workbookViewId="0"/>', f'workbookViewId="0">{selected}</sheetView>')
    planting.add(sheet, "queryTable", "xl/queryTables/queryTable1.xml")
    printer = planting.add(sheet, "printerSettings", "xl/printerSettings/printerSettings1.bin", SECRET)
    custom = planting.add(sheet, "customProperty", "xl/customProperty1.bin", SECRET)
    ole = planting.add(sheet, "package", "xl/embeddings/Microsoft_Word_Document.docx", SECRET)
    control = planting.add(sheet, "ctrlProp", "xl/ctrlProps/ctrlProp1.xml")
    slicer = planting.add(sheet, f"{MICROSOFT}/2007/relationships/slicer", "xl/slicers/slicer1.xml")
    planting.replace(sheet, "<dimension ", '<sheetPr codeName="MẬT"/><dimension ')
    planting.replace(
        sheet,
        "<mergeCells ",
        '<protectedRanges><protectedRange name="MẬT" sqref="A1"/></protectedRanges>'
        '<scenarios><scenario name="MẬT" user="Hà MẬT"><inputCells r="A1" val="MẬT"/></scenario></scenarios>'
        '<customSheetViews><customSheetView guid="{MẬT}"/></customSheetViews><mergeCells ',
    )
    planting.replace(sheet, "<headerFooter>", f'<pageSetup orientation="landscape" r:id="{printer}"/><headerFooter>')
    properties = f'<customProperties><customPr name="MẬT" r:id="{custom}"/></customProperties>'
    planting.replace(sheet, "<drawing ", f"{properties}<drawing ")
    planting.insert(
        sheet,
        "<extLst>",
        f'<oleObjects><oleObject progId="MẬT" r:id="{ole}"/></oleObjects><mc:AlternateContent {COMPATIBILITY}>'
        f'<mc:Choice Requires="x14" {X14}><controls><control name="MẬT" r:id="{control}"/></controls></mc:Choice>'
        '</mc:AlternateContent><webPublishItems><webPublishItem destinationFile="C:\\MẬT.htm"/></webPublishItems>',
    )
    slicers = f'<ext uri="{{1}}" {X14}><x14:slicerList><x14:slicer r:id="{slicer}"/></x14:slicerList></ext>'
    planting.insert(sheet, "</extLst>", slicers)


def shape(properties: str, content: str = "", *, at: tuple[int, int, int, int] = (6, 20, 8, 22)) -> str:
    """A shape in a drawing: the attributes of its name, what else is in it; `at`: columns and rows from 0."""
    left, top, right, bottom = at
    corners = "".join(
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        for name, column, row in (("from", left, top), ("to", right, bottom))
    )
    named = f'<xdr:nvSpPr><xdr:cNvPr id="9" name="Hình" {properties}/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/>'
    return (
        f'<xdr:twoCellAnchor>{corners}<xdr:sp macro="[0]!Chay_MẬT" textlink="">{named}{content}</xdr:sp>'
        "<xdr:clientData/></xdr:twoCellAnchor>"
    )


def _plant_shapes(planting: Planting, drawing: str) -> None:
    ink = planting.add(drawing, "customXml", "xl/ink/ink1.xml")
    linked = planting.relate(drawing, "image", "file:///C:/MẬT/anh.png", external=True)
    page = planting.relate(drawing, "hyperlink", "https://mat.example/MẬT", external=True)
    slicer = f'<a:graphic><a:graphicData uri="{MICROSOFT}/drawing/2010/slicer">MẬT</a:graphicData></a:graphic>'
    control = f'<a14:compatExt xmlns:a14="{MICROSOFT}/drawing/2010/main" spid="MẬT"/>'
    click = f'<a:p><a:r><a:rPr><a:hlinkClick r:id="{page}" {R}/></a:rPr><a:t>Chữ có liên kết</a:t></a:r></a:p>'
    text = "<xdr:txBody><a:p><a:r><a:t>Chữ</a:t></a:r></a:p></xdr:txBody>"
    shapes = [
        shape('hidden="1" descr="MẬT"'),
        shape("", "<xdr:txBody>MẬT</xdr:txBody>", at=(2, 0, 2, 3)),  # within the hidden column
        shape("", "<xdr:txBody>MẬT</xdr:txBody>", at=(0, 5, 4, 6)),  # within the hidden rows
        shape("", slicer),
        shape('hidden="1"', f'<a:extLst><a:ext uri="{{2}}">{control}</a:ext></a:extLst>'),
        shape("", f'<xdr:contentPart r:id="{ink}" {R}/>'),
        shape("", f'<a:blip r:link="{linked}" {R}/>'),
        shape('descr="C:\\Users\\MẬT\\anh.png" title="MẬT.jpeg"', text),
        shape('descr="Sơ đồ tổ chức"', f"<xdr:txBody>{click}</xdr:txBody>"),
    ]
    planting.insert(drawing, "</xdr:wsDr>", "".join(shapes))


def _plant_query(planting: Planting, table: str) -> None:
    planting.add(table, "queryTable", "xl/queryTables/queryTable2.xml")
    planting.replace(table, 'name="Bảng"', 'name="Bảng" comment="MẬT" tableType="queryTable" connectionId="1"')
    planting.replace(table, 'name="Tên"', 'name="Tên" queryTableFieldId="1"')
    total = 'totalsRowFunction="custom"><totalsRowFormula>SUM(MẬT)</totalsRowFormula></tableColumn>'
    planting.replace(table, 'name="Số"/>', f'name="Số" {total}')
