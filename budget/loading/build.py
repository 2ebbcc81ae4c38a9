"""From raw tables to a Plan. Items, costings and readings have modules of their own; the rest is here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from budget.loading.costings import build_estimates
from budget.loading.items import build_items
from budget.loading.raw import FIRST_ROW, RawTable, Record, fold, records
from budget.loading.readings import Readings
from budget.loading.references import Codes, Setting, axis_of, look_up
from budget.numbers import Form, Malformed
from budget.plan import Appendix, Control, Decision, Item, Plan, Source, State
from budget.schema import APPENDICES, CONTROLS, COSTINGS, ESTIMATES, ITEMS, PLAN, READINGS, SOURCES, Table
from budget.words import from_words
from faults import Text

_SHEET_NAME_LIMIT = 31  # Excel's, in UTF-16 units
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\n]|^'|'$|^history$", re.IGNORECASE)


def build_plan(key: str, tables: Mapping[str, RawTable]) -> Plan:
    """The plan that the tables describe, under the name `key`; InputFault for what breaks the schema."""
    names: dict[str, str] = {}

    def rows(table: Table) -> list[Record]:
        raw = tables.get(table.key)
        found = records(raw, names) if raw else []
        if raw and not (found or table.optional):
            raise raw.fault(FIRST_ROW, None, Text("bảng không có dòng nào", "the table has no rows"))
        return found

    (head,) = rows(PLAN)
    sources = _sources(rows(SOURCES))
    names |= {source.key: source.name for source in sources.values()}
    setting = Setting(head["period"], sources, _appendices(rows(APPENDICES), head["period"], sources))
    readings, codes = Readings(rows(READINGS), sources), Codes()
    costings = rows(COSTINGS)
    items = build_items(rows(ITEMS), setting, readings, codes, {record["item"] for record in costings})
    by_id = {item.id: item for item in items}
    estimates = build_estimates(costings, rows(ESTIMATES), by_id, setting, readings, codes)
    controls = tuple(_control(record, by_id, setting) for record in rows(CONTROLS))
    readings.demand_taken([*by_id, *(line.id for estimate in estimates for line in estimate.lines)])
    return Plan(
        key=key,
        version=head["version"],
        title=head["title"],
        decision=_decision(head),
        years=setting.years,
        sources=tuple(sources.values()),
        appendices=tuple(setting.appendices.values()),
        items=items,
        estimates=estimates,
        controls=controls,
        notes=head["notes"],
    )


def _decision(head: Record) -> Decision:
    state = State(head["decision.state"])
    number, day = head["decision.number"] or None, head["decision.date"]
    for key, value in (("decision.number", number), ("decision.date", day)):
        if state is State.ISSUED and value is None:
            what = Text("văn bản đã ban hành phải có số và ngày", "an issued document has a number and a date")
            raise head.fault(key, what, expected=PLAN.column(key).help)
    return Decision(head["decision.kind"], head["decision.issuer"], state, number, day)


def _sources(rows: Sequence[Record]) -> dict[str, Source]:
    """The sources by key. Names must differ as well: they name the amount columns."""
    codes = Codes()
    named: set[str] = set()
    for record in rows:
        codes.add(record, "key")
        if fold(record["name"]) in named:
            raise record.fault("name", Text("hai nguồn trùng tên", "two sources have one name"), record["name"])
        named.add(fold(record["name"]))
    return {record["key"]: Source(record["key"], record["name"]) for record in rows}


def _appendices(rows: Sequence[Record], years: tuple[int, ...], sources: Mapping[str, Source]) -> dict[str, Appendix]:
    """The appendices by key."""
    codes = Codes()
    sheets: set[str] = set()
    for record in rows:
        codes.add(record, "key")
        _demand_sheet_name(record, sheets)
        sheets.add(record["sheet"].casefold())
    appendices = {record["key"]: _appendix(record, years, sources) for record in rows}
    for record in rows:
        if record["summarises"] is not None:
            _demand_summary(record, appendices)
    return appendices


def _appendix(record: Record, years: tuple[int, ...], sources: Mapping[str, Source]) -> Appendix:
    keys, labels = record["sources"], record["labels"]
    for number, key in enumerate(keys):
        look_up(record, "sources", sources, key)
        if key in keys[:number]:
            raise record.fault("sources", Text("nguồn có hai lần", "the source is there twice"), key)
    if labels and len(labels) != len(keys):
        raise record.fault(
            "labels",
            Text("số tên in khác số nguồn", "there are not as many printed names as sources"),
            len(labels),
            Text(f"{len(keys)} tên", f"{len(keys)} names"),
        )
    return Appendix(
        years=years if record["years"] else (),
        labels={key: label for key, label in zip(keys, labels, strict=False) if label not in {"", sources[key].name}},
        **{field: record[field] for field in _AS_WRITTEN},
    )


_AS_WRITTEN = ("key", "form", "sheet", "heading", "title", "unit", "sources", "summarises", "texts", "words")


def _demand_sheet_name(record: Record, taken: set[str]) -> None:
    """Excel's rules for the name of a sheet; capitals do not tell two names apart."""
    name = record["sheet"]
    if len(name.encode("utf-16-le")) > 2 * _SHEET_NAME_LIMIT or _NOT_IN_SHEET_NAME.search(name):
        raise record.fault(
            "sheet",
            Text("tên trang không dùng được", "the sheet name cannot be used"),
            name,
            APPENDICES.column("sheet").help,
        )
    if name.casefold() in taken:
        raise record.fault("sheet", Text("hai trang trùng tên", "two sheets have one name"), name)


def _demand_summary(record: Record, appendices: Mapping[str, Appendix]) -> None:
    """A summary shows the figures of an appendix that has them, along axes that this one has."""
    mine, other = appendices[record["key"]], look_up(record, "summarises", appendices)
    if other.summarises is not None:
        what = Text("phụ lục được tổng hợp cũng là bảng tổng hợp", "the appendix to be summarised is a summary itself")
        raise record.fault("summarises", what, other.key)
    for field in ("sources", "years"):
        if extra := [each for each in getattr(mine, field) if each not in getattr(other, field)]:
            what = Text(f"phụ lục {other.key} không chia như thế", f"appendix {other.key} is not split that way")
            raise record.fault(field, what, extra[0])


def _control(record: Record, items: Mapping[str, Item], setting: Setting) -> Control:
    appendix = look_up(record, "appendix", setting.appendices)
    if record["item"] is not None:
        mine = {key: item for key, item in items.items() if item.appendix in {appendix.key, appendix.summarises}}
        look_up(record, "item", mine)
    if record["amount"].form is not Form.NUMBER:
        raise record.fault("amount", Text("số kiểm soát phải là một số", "a control figure is a number"))
    if record["words"]:
        try:
            from_words(record["words"])
        except Malformed as fault:
            raise record.fault("words", fault.reason, record["words"]) from None
    return Control(
        appendix=appendix.key,
        amount=record["amount"].value,
        unit=record["unit"],
        axis=axis_of(record, appendix),
        item=record["item"],
        words=record["words"] or None,
        stated_in=record["stated_in"],
    )
