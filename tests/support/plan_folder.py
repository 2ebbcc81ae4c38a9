"""Plans as folders on disk: written from texts, or from any Plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from budget.loading import load_plan
from budget.plan import Plan
from budget.saving import plan_files
from faults import InputFault

HEAD = """\
version = "1"
title = "Kế hoạch"
period = "2021-2022"

[decision]
kind = "Quyết định"
issuer = "UBND tỉnh"
state = "draft"

[[sources]]
key = "central"
name = "Ngân sách trung ương"

[[sources]]
key = "local"
name = "Ngân sách địa phương"
"""
YEARLY = """
[[appendices]]
key = "pl1"
form = "items-years-sources"
sheet = "Phụ lục 1"
title = "TỔNG HỢP"
unit = "triệu đồng"
sources = ["central", "local"]
years = true
"""
COSTS = """
[[appendices]]
key = "pl2"
form = "cost-tables"
sheet = "Phụ lục 2"
title = "CHI TIẾT"
unit = "đồng"
"""
COSTING = """
[[costings]]
id = "c1"
item = "a1"
appendix = "pl2"
layout = "quantity-price"
"""
ITEMS = """\
id,appendix,parent,kind,number,title,amount.central.2021,amount.local.2022
a,pl1,,group,I,Nhóm,,
a1,pl1,a,item,1,Tập huấn,42,"46,3"
a2,pl1,a,item,2,Duy trì,,-
"""


def load_text(
    folder: Path, plan: str | bytes = HEAD + YEARLY, items: str | bytes = ITEMS, estimates: str | bytes | None = None
) -> Plan:
    """The plan whose files hold these texts."""
    write_text_plan(folder, plan, items, estimates)
    return load_plan(folder)


def refusal(folder: Path, *texts: str | bytes, **more: str) -> tuple[str, str, str, str | None, str]:
    """The fault of a plan of these texts in English: file, place, what, found, expected; so in Vietnamese."""
    with pytest.raises(InputFault) as caught:
        load_text(folder, *texts, **more)  # type: ignore[arg-type]
    fault = caught.value
    vietnamese = fault.sentence("vi")
    assert str(folder) in vietnamese
    assert fault.found is None or str(fault.found) in vietnamese
    return (
        (fault.file or "").removeprefix(str(folder)).strip("/"),
        fault.place.en if fault.place else "",
        fault.what.en,
        None if fault.found is None else str(fault.found),
        fault.expected.en if fault.expected else "",
    )


def write_text_plan(folder: Path, plan: str | bytes, items: str | bytes, estimates: str | bytes | None = None) -> None:
    """The three files of a plan; bytes are written as they are."""
    for name, text in {"plan.toml": plan, "items.csv": items, "estimates.csv": estimates}.items():
        if text is not None:
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def write_plan(folder: Path, plan: Plan) -> None:
    """Any plan as a folder."""
    for name, text in plan_files(plan).items():
        (folder / name).write_bytes(text.encode())
