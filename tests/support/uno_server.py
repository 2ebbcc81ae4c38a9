"""The far side of `uno_session`: runs under a Python that has LibreOffice's `uno`, and serves one call a line.

Each line of standard input is a JSON list [operation, argument, ...]; each line of output is {"result": ...} or
{"error": "..."}. Started as `uno_server.py PIPE`, where LibreOffice listens.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

START_SECONDS = 60
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8", "pdf": "calc_pdf_Export"}
CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: values, dates, strings, formulas


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


class Books:
    """The open workbooks, by number; every public method is an operation."""

    def __init__(self, desktop):
        self._desktop = desktop
        self._books = {}

    def open(self, url):
        book = self._desktop.loadComponentFromURL(url, "_blank", 0, properties(Hidden=True))
        if book is None:
            raise ValueError(f"LibreOffice could not open {url}")
        number = max(self._books, default=0) + 1
        self._books[number] = book
        return number

    def close(self, number):
        self._books.pop(number).close(True)

    def save_as(self, number, url):
        kind = url.rpartition(".")[2]
        self._books[number].storeToURL(url, properties(FilterName=FILTERS[kind]))

    def calculate(self, number):
        self._books[number].calculateAll()

    def sheets(self, number):
        return list(self._books[number].Sheets.ElementNames)

    def used(self, number, sheet):
        cursor = self._sheet(number, sheet).createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return cursor.AbsoluteName.rpartition(".")[2].replace("$", "")

    def set(self, number, sheet, cell, value):
        target = self._range(number, sheet, cell).getCellByPosition(0, 0)
        if value is None:
            target.clearContents(CONTENTS)
        elif isinstance(value, str):
            target.setString(value)
        else:
            target.setValue(value)

    def set_formula(self, number, sheet, cell, formula):
        self._range(number, sheet, cell).getCellByPosition(0, 0).setFormula(formula)

    def insert_rows(self, number, sheet, row, count):
        self._sheet(number, sheet).Rows.insertByIndex(row - 1, count)

    def delete_rows(self, number, sheet, row, count):
        self._sheet(number, sheet).Rows.removeByIndex(row - 1, count)

    def values(self, number, sheet, address):
        block = self._range(number, sheet, address)
        return [
            [block.getCellByPosition(c, r).String if value is None else value for c, value in enumerate(row)]
            for r, row in enumerate(block.getDataArray())
        ]

    def formulas(self, number, sheet, address):
        block = self._range(number, sheet, address)
        return [
            [
                "'" + text if text[:1] == "=" and not self._is_formula(block, c, r) else text
                for c, text in enumerate(row)
            ]
            for r, row in enumerate(block.getFormulaArray())
        ]

    def strings(self, number, sheet, address):
        block = self._range(number, sheet, address)
        size = block.RangeAddress
        return [
            [block.getCellByPosition(c, r).String for c in range(size.EndColumn - size.StartColumn + 1)]
            for r in range(size.EndRow - size.StartRow + 1)
        ]

    @staticmethod
    def _is_formula(block, column, row):
        return block.getCellByPosition(column, row).Type.value == "FORMULA"

    def _sheet(self, number, sheet):
        return self._books[number].Sheets.getByName(sheet)

    def _range(self, number, sheet, address):
        return self._sheet(number, sheet).getCellRangeByName(address)


def serve():
    desktop = connect(sys.argv[1])
    books = Books(desktop)
    for line in sys.stdin:
        operation, *arguments = json.loads(line)
        try:
            answer = {"result": getattr(books, operation)(*arguments)}
        except Exception as fault:  # noqa: BLE001 - it is the caller's, on the other side
            answer = {"error": f"{type(fault).__name__}: {fault}"}
        print(json.dumps(answer), flush=True)
    desktop.terminate()  # the tests are gone: LibreOffice must not stay behind


serve()
