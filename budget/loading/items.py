"""From the rows of the items table to Items: the tree, the cells that go on, the leaf amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from budget.figures import axes_of
from budget.loading.raw import Record, amount_heading
from budget.loading.readings import BLANK, Readings, amount_of, shown
from budget.loading.references import Codes, Numbers, Setting, look_up, no_source, no_year, some
from budget.numbers import Printed
from budget.plan import Amount, Appendix, Axis, Item, Kind
from budget.schema import ITEMS, SPAN, SPANNING, amount_key
from faults import Text

_AS_WRITTEN = ("title", "start", "end", "schedule", "measure_unit", "quantity", "note")


def build_items(
    rows: Sequence[Record], setting: Setting, readings: Readings, codes: Codes, costed: Collection[str]
) -> tuple[Item, ...]:
    """The items in the order of the table; `costed` are the ids of the items that have a costing.

    Raises InputFault for an unknown appendix or parent, a row outside its parent's rows, a duplicate code or number, a
    first row that goes on with the one above, an amount that is out of place.
    """
    parents = {record["id"]: record["appendix"] for record in rows}
    paths: dict[str, list[str]] = defaultdict(list)  # the open rows of each appendix, outermost first
    above: dict[str, Item] = {}
    names = {source.key: source.name for source in setting.sources.values()}
    numbers = Numbers()
    items = []
    for record in rows:
        codes.add(record, "id")
        appendix = look_up(record, "appendix", setting.appendices)
        if appendix.summarises is not None:
            what = Text(
                "phụ lục tổng hợp không có hạng mục riêng", "an appendix that summarises has no items of its own"
            )
            raise record.fault("appendix", what, appendix.key)
        _descend(record, paths[appendix.key], parents)
        amounts = _amounts(record, appendix, readings, names)
        item = _item(record, appendix, above.get(appendix.key), amounts, numbers)
        above[appendix.key] = item
        items.append(item)
    _demand_leaves(rows, items, setting.appendices, costed)
    return tuple(items)


def _descend(record: Record, path: list[str], parents: Mapping[str, str]) -> None:
    """Closes the rows that the record does not belong to, and opens its own."""
    parent = record["parent"]
    if parent is not None and parent == record["id"]:
        what = Text("dòng không thể thuộc chính nó", "the row cannot belong to itself")
        raise record.fault("parent", what, parent, ITEMS.column("parent").help)
    if parent is not None and parent not in path:
        others = {code: of for code, of in parents.items() if code != record["id"]}
        if look_up(record, "parent", others) != record["appendix"]:
            what = Text("dòng cha ở phụ lục khác", "the parent is in another appendix")
        else:
            what = Text("dòng đứng ngoài các dòng của cha", "the row stands outside its parent's rows")
        expected = Text(
            "con đứng sau cha, trước dòng kế tiếp ngang cha", "a child after its parent, before the next one"
        )
        raise record.fault("parent", what, parent, expected)
    while path and path[-1] != parent:
        path.pop()
    path.append(record["id"])


def _item(
    record: Record, appendix: Appendix, above: Item | None, amounts: Mapping[Axis, Amount], numbers: Numbers
) -> Item:
    spanning = {}
    spans = set()
    for field in SPANNING:
        spanning[field] = record[field]
        if record[field].casefold() == SPAN:
            if above is None:
                what = Text("dòng đầu không có ô nào ở trên", "the first row has no cell above it")
                raise record.fault(field, what, record[field])
            spanning[field] = getattr(above, field)
            spans.add(field)
    return Item(
        id=record["id"],
        appendix=appendix.key,
        parent=record["parent"],
        kind=Kind(record["kind"]),
        number=numbers.add(record, (appendix.key, record["parent"])),
        spans=frozenset(spans),
        amounts=amounts,
        **spanning,
        **{field: record[field] for field in _AS_WRITTEN},
    )


def _amounts(record: Record, appendix: Appendix, readings: Readings, names: Mapping[str, str]) -> dict[Axis, Amount]:
    """The leaves that a row states, in print order; `names` are the sources' names by key."""
    axes = axes_of(appendix)
    for axis, printed in record.amounts.items():
        if axis not in axes:
            raise _out_of_place(record, axis, printed, appendix, names)
    found = {axis: amount_of(record.amounts.get(axis, BLANK), readings.take(record["id"], axis)) for axis in axes}
    return {axis: amount for axis, amount in found.items() if amount is not None}


def _out_of_place(
    record: Record, axis: Axis, printed: Printed, appendix: Appendix, names: Mapping[str, str]
) -> Exception:
    if axis.source is not None and axis.source not in appendix.sources:
        what = no_source(appendix)
    elif axis.year is not None and axis.year not in appendix.years:
        what = no_year(appendix)
    else:
        what = Text(
            f"phụ lục {appendix.key} chia nhỏ hơn cột này", f"appendix {appendix.key} is split further than that"
        )
    heading = record.headings[amount_key(axis)]
    columns = [amount_heading(each, names, heading) for each in axes_of(appendix)]
    vi, en = (some(tuple(column[lang] for column in columns))[lang] for lang in ("vi", "en"))
    return record.fault(amount_key(axis), what, shown(printed), Text(vi, en))


def _demand_leaves(
    rows: Sequence[Record], items: Sequence[Item], appendices: Mapping[str, Appendix], costed: Collection[str]
) -> None:
    """No row may state an amount where a row below it does: the one follows from the other."""
    below: dict[str, dict[Axis, str]] = defaultdict(dict)  # by row: the axes where a row below states one, and which
    for record, item in zip(reversed(rows), reversed(items), strict=True):
        under = below.pop(item.id, {})
        for axis in item.amounts:
            if axis in under:
                raise record.fault(
                    amount_key(axis),
                    Text(
                        f"dòng con “{under[axis]}” đã có số tiền ở đây",
                        f"the row “{under[axis]}” below it has an amount",
                    ),
                    shown(record.amounts.get(axis, BLANK)),
                    Text("ô trống: tổng được tính ra", "an empty cell: the total is computed"),
                )
        if item.parent is None:
            continue
        stated = {axis: item.id for axis, amount in item.amounts.items() if amount.value is not None}
        if not item.amounts and not under and item.id in costed and axes_of(appendices[item.appendix]) == (Axis(),):
            stated = {Axis(): item.id}  # its costing gives the amount
        below[item.parent] |= under | stated
