"""Books: opened, stored, closed, calculated."""

from __future__ import annotations

from typing import Any

import uno  # type: ignore[import-not-found,unused-ignore]

from .world import World, constant, properties, url

_NOT_LOADED = tuple(map(uno.getClass, ("com.sun.star.lang.IllegalArgumentException", "com.sun.star.io.IOException")))

_FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xlsm": "Calc MS Excel 2007 VBA XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "pdf": "calc_pdf_Export",
}


def version(world: World) -> str:
    """LibreOffice's version, such as 7.4.7."""
    provider = world.create("configuration.ConfigurationProvider")
    arguments = properties(nodepath="/org.openoffice.Setup/Product")
    product = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", arguments)
    _no_locks(provider)
    return str(product.getByName("ooSetupVersionAboutBox"))


def _no_locks(provider: Any) -> None:
    """A file that is only looked at gets no lock file beside it."""
    arguments = properties(nodepath="/org.openoffice.Office.Common/Misc")
    misc = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", arguments)
    misc.setPropertyValue("UseLocking", False)
    misc.setPropertyValue("UseDocumentSystemFileLocking", False)
    misc.commitChanges()


def open_book(world: World, path: str, password: str | None) -> dict[str, Any] | None:
    """Open a file; formulas are calculated, macros do not run, links are not followed. None: it cannot be opened."""
    arguments = {
        "MacroExecutionMode": constant("document.MacroExecMode.NEVER_EXECUTE"),
        "UpdateDocMode": constant("document.UpdateDocMode.NO_UPDATE"),
        **({} if password is None else {"Password": password}),
    }
    try:
        book = world.desktop.loadComponentFromURL(url(path), "_blank", 0, properties(**arguments))
    except _NOT_LOADED:
        return None
    if book is not None and not hasattr(book, "Sheets"):  # a text, a picture
        book.close(True)
        return None
    return None if book is None else _opened(world, book, path)


def new_book(world: World) -> dict[str, Any]:
    """A book with one sheet."""
    return _opened(world, world.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ()), "")


def _opened(world: World, book: Any, path: str) -> dict[str, Any]:
    """Keep a book; nothing that is done in it can be undone, which makes it quicker."""
    number = max(world.books, default=0) + 1
    world.books[number], world.paths[number] = book, path
    book.UndoManager.lock()
    if not world.automatic:
        book.enableAutomaticCalculation(False)
    return {"book": number, "sheets": list(book.Sheets.ElementNames)}


def close_book(world: World, book: int) -> None:
    """Close without saving."""
    del world.paths[book]
    world.books.pop(book).close(True)


def store(world: World, book: int, path: str, kind: str) -> None:
    """Write the book as it is now to a file of the given kind (`xlsx`, `pdf` ...); it stays what and where it was."""
    document = world.books[book]
    document.CurrentController.Frame.activate()  # else how it was viewed is not written
    if kind != "pdf":
        document.storeToURL(url(path), properties(FilterName=_FILTERS[kind]))
        return
    # LibreOffice prints hidden sheets that have print areas; Excel prints none
    hidden = {sheet: sheet.PrintAreas for sheet in document.Sheets if not sheet.IsVisible}
    saved = not document.isModified()
    try:
        for sheet in hidden:
            sheet.PrintAreas = ()
        document.storeToURL(url(path), properties(FilterName=_FILTERS[kind]))
    finally:
        for sheet, areas in hidden.items():
            sheet.PrintAreas = areas
        document.setModified(not saved)


def is_saved(world: World, book: int) -> bool:
    """Whether nothing was changed since it was opened or saved."""
    return not world.books[book].isModified()


def set_saved(world: World, book: int, saved: bool) -> None:
    """Have it count as changed, or as not."""
    world.books[book].setModified(not saved)


def calculate(world: World) -> None:
    """Calculate every formula of every book anew."""
    for book in world.books.values():
        book.calculateAll()


def set_automatic(world: World, automatic: bool) -> None:
    """Whether formulas are calculated as soon as what they refer to changes."""
    world.automatic = automatic
    for book in world.books.values():
        book.enableAutomaticCalculation(automatic)


OPERATIONS = (version, open_book, new_book, close_book, store, is_saved, set_saved, calculate, set_automatic)
