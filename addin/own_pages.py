"""Pages that commands put into an open book, taken out again as long as nobody wrote on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import xlwings as xw

from addin import host
from faults import Text


class Removed(NamedTuple):
    """How many pages were deleted, and the names of those that stay, because somebody wrote on them."""

    deleted: int
    kept: list[str]


def remove(book: xw.Book, pages: Iterable[xw.Sheet], is_untouched: Callable[[xw.Sheet], bool]) -> Removed:
    """Delete the pages that nobody wrote on; the sheet that was looked at is looked at again, if it is still there."""
    active = book.sheets.active.name
    deleted: list[xw.Sheet] = []
    kept: list[str] = []
    for page in pages:
        if is_untouched(page):
            deleted.append(page)
        else:
            kept.append(page.name)
    if deleted:
        with book.app.properties(display_alerts=False):
            for page in deleted:
                page.delete()
        if active not in book.sheet_names:
            next(sheet for sheet in book.sheets if host.is_visible(sheet)).activate()
    return Removed(len(deleted), kept)


def said_of_kept(kept: Sequence[str]) -> Iterator[Text]:
    """That pages stay, and why; nothing where none does."""
    if kept:
        names = quoted(kept)
        yield Text(
            f"Trang kết quả {names} có điều bạn ghi thêm hoặc sửa nên được giữ lại.",
            f"Lists that you wrote on are kept: {names}.",
        )


def quoted(names: Iterable[str]) -> str:
    """Names of sheets in a sentence."""
    return ", ".join(f"“{name}”" for name in names)
