"""A comparison as JSON, for programs.

    {
        "old": {"name": "cu.xlsx", "unit": "triệu đồng", "remarks": []},
        "new": {"name": "moi.xlsx", "unit": "triệu đồng", "remarks": ["..."]},     sentences, in the language asked for
        "equal": false,
        "sources": [{"old": "NS tỉnh", "new": "Ngân sách tỉnh"}],     sources that are called otherwise
        "years": [{"old": 2025, "new": 2026}],
        "totals": [{                            in all (source and year null), by source, by year, and by both
            "source": "Ngân sách tỉnh",         as the new version spells it
            "year": null,
            "before": "1200000000", "after": "1100000000", "difference": "-100000000"
        }],
        "changes": [{
            "change": "amount",                 a value of `changes.What`
            "old": {"number": "3", "title": "Hội nghị", "groups": ["II Sở Công Thương"], "agency": "Sở Công Thương",
                    "sheet": "Phụ lục", "cell": "B12"},               null: the row is not there
            "new": {...},
            "counts": true,                     false: the row details or repeats money that is counted elsewhere
            "source": null, "year": 2022,       of an amount
            "field": null,                      of another text: "agency", "schedule", "objective" ...
            "before": "1200000000", "after": "1100000000", "difference": "-100000000",
            "sheet": "Phụ lục", "cell": "D12"   where it stands, in the old version for what was removed
        }]
    }

Amounts are texts: exact decimals in đồng, without exponent and grouping; null where there is none. Texts stand as they
are. The total has "old" and "new" null. Where several tables count, their captions are the outermost groups, and a
change may be one of a table: its title is the caption, and it has no number.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from budget.numbers import plain
from budget.plan import Axis
from faults import Lang
from revisions.differences.changes import Change, Differences
from revisions.differences.version import Item, Version
from validators.grid import Place


def json_report(found: Differences, lang: Lang) -> str:
    """The document, one object, ending with a line break."""
    old, new = found.old, found.new
    document = {
        "old": _version(old, lang),
        "new": _version(new, lang),
        "equal": not found,
        "sources": [{"old": old.source(one), "new": new.source(other)} for one, other in found.sources.items()],
        "years": [{"old": one, "new": other} for one, other in found.years.items()],
        "totals": [
            {**_axis(found, axis), **_values(before, after)} for axis, (before, after) in found.totals().items()
        ],
        "changes": [_change(found, change) for change in found.changes],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _version(version: Version, lang: Lang) -> dict[str, Any]:
    remarks = [each[lang] for each in version.remarks]
    return {"name": version.name, "unit": version.unit.label, "remarks": remarks}


def _change(found: Differences, change: Change) -> dict[str, Any]:
    item = change.new or change.old
    return {
        "change": change.what.value,
        "old": change.old and _item(found.old, change.old),
        "new": change.new and _item(found.new, change.new),
        "counts": item is None or item.counts,
        **_axis(found, change.axis),
        "field": change.field or None,
        **_values(change.before, change.after),
        **_place(change.place),
    }


def _item(version: Version, item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "groups": list(version.path(item)),
        "agency": item.agency or None,
        **_place(item.place),
    }


def _axis(found: Differences, axis: Axis) -> dict[str, Any]:
    source = axis.source and found.new.sources.get(axis.source, found.old.source(axis.source))
    return {"source": source, "year": axis.year}


def _values(before: Decimal | str | None, after: Decimal | str | None) -> dict[str, str | None]:
    texts = isinstance(before, str) or isinstance(after, str)
    difference = None if texts else (after or Decimal(0)) - (before or Decimal(0))  # type: ignore[operator]
    return {"before": _value(before), "after": _value(after), "difference": _value(difference)}


def _value(value: Decimal | str | None) -> str | None:
    return f"{plain(value):f}" if isinstance(value, Decimal) else value


def _place(place: Place | None) -> dict[str, str | None]:
    return {"sheet": place and place.sheet, "cell": place and place.address}
