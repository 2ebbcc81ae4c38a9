"""A comparison in plain text: totals first, then the changes, each kind under its heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from faults import Lang, Text
from revisions.differences import wording
from revisions.differences.changes import Change, Differences, What
from revisions.differences.version import Item, Version
from validators.reports.wording import one_line


def text_report(found: Differences, lang: Lang) -> Iterator[str]:
    """The lines of the report."""
    yield f"{one_line(found.old.name)} {wording.ARROW} {one_line(found.new.name)}"
    if not found:
        yield Text("Hai bản như nhau.", "The two are the same.")[lang]
    yield ""
    width = max((len(name) for name, *_ in wording.total_lines(found, lang)), default=0)
    for name, before, after in wording.total_lines(found, lang):
        yield f"{name:<{width}}  {wording.step(before, after, found.new.unit, lang)}"
    remarks = list(wording.remarks(found, lang))
    if remarks:
        yield from ("", *remarks)
    if not found:
        return
    yield ""
    yield from wording.headings(found, lang)
    funding = [change for change in found.changes if _counts(change)]
    if funding:
        yield wording.counts(funding, lang)
    yield from _changes(found, funding, lang)
    details = [change for change in found.changes if not _counts(change)]
    if details:
        yield f"\n{wording.DETAILS[lang]}"
        yield from _changes(found, details, lang)


def _counts(change: Change) -> bool:
    item = change.new or change.old
    return item is None or item.counts


def _changes(found: Differences, changes: Sequence[Change], lang: Lang) -> Iterator[str]:
    for what in What:
        of_kind = [change for change in changes if change.what is what]
        if of_kind:
            yield f"\n{wording.KINDS[what][lang]} ({len(of_kind)}):"
        if what is What.RENUMBERED:
            yield from _renumbered(found, of_kind, lang)
        elif what in (What.ADDED, What.REMOVED):
            yield from _come_or_gone(found, of_kind, lang)
        elif what in (What.RENAMED, What.MOVED, What.REORDERED):
            for change in of_kind:
                yield from _row(found, change, lang)
        else:
            for (_, item), group in groupby(of_kind, key=lambda change: (id(change.new), change.new)):
                yield f"  {wording.title(item, lang)}{'' if item is None else wording.path(found.new, item)}"
                for change in group:
                    said = wording.detail(found, change, lang)
                    yield f"    {said + ': ' if said else ''}{wording.from_to(found, change, lang)}"


def _come_or_gone(found: Differences, changes: Sequence[Change], lang: Lang) -> Iterator[str]:
    """Rows of one version, the parts of such a row below it."""
    inside = {id(change.new or change.old) for change in changes}
    for change in changes:
        version, item = (found.new, change.new) if change.new else (found.old, change.old)
        assert item is not None
        sign = "+" if change.new else "-"
        held = item.parent is not None and id(version.items[item.parent]) in inside
        total = change.after if change.new else change.before
        said = "" if total is None else f": {wording.value(found, total, lang)} {found.new.unit.label}"
        indent = "  " * len(version.path(item)) if held else ""
        yield f"  {indent}{sign} {wording.title(item, lang)}{said}{'' if held else wording.path(version, item)}"


def _row(found: Differences, change: Change, lang: Lang) -> Iterator[str]:
    old, new = change.old, change.new
    assert old is not None
    assert new is not None
    if change.what is What.RENAMED:
        yield f"  {wording.title(old, lang)}{wording.path(found.new, new)}"
        yield f"    {wording.ARROW} {wording.title(new, lang)}"
        return
    yield f"  {wording.title(new, lang)}"
    if change.what is What.MOVED:
        none = Text("ngoài các nhóm", "no group")[lang]
        yield f"    {_groups(found.old, old) or none} {wording.ARROW} {_groups(found.new, new) or none}"
    else:
        yield f"    {_behind(found.old, old, lang)} {wording.ARROW} {_behind(found.new, new, lang)}"


def _groups(version: Version, item: Item) -> str:
    return wording.path(version, item).strip(" []")


def _behind(version: Version, item: Item, lang: Lang) -> str:
    """Which row of its group an item follows."""
    rows = version.children[item.parent]
    at = rows.index(item.index)
    if not at:
        return Text("đứng đầu", "first")[lang]
    before = wording.title(version.items[rows[at - 1]], lang, wording.LONGEST // 2)
    return Text(f"sau “{before}”", f"after “{before}”")[lang]


def _renumbered(found: Differences, changes: Sequence[Change], lang: Lang) -> Iterator[str]:
    """Of each group in one line."""
    for parent, group in groupby(changes, key=lambda change: change.new and found.new.group(change.new)):
        numbers = ", ".join(f"{change.before or '…'}{wording.ARROW}{change.after or '…'}" for change in group)
        yield f"  {numbers}" if parent is None else f"  {wording.title(parent, lang)}: {numbers}"
