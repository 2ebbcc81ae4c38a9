"""The words for what amounts are told apart by, as sheets show them."""

from __future__ import annotations

from collections.abc import Mapping

from budget.rollup import STEP, By, Key
from faults import Lang, Text

NAMES: Mapping[By, Text] = {
    By.SOURCE: Text("Nguồn vốn", "Funding source"),
    By.YEAR: Text("Năm", "Year"),
    By.AGENCY: Text("Đơn vị thực hiện", "Agency"),
    By.GROUP: Text("Nhóm nhiệm vụ", "Group"),
    By.ITEM: Text("Nội dung", "Item"),
}
UNSAID: Mapping[By, Text] = {
    By.SOURCE: Text("Chưa nêu nguồn", "Source not stated"),
    By.YEAR: Text("Chưa nêu năm", "Year not stated"),
    By.AGENCY: Text("Chưa nêu đơn vị", "Agency not stated"),
    By.GROUP: Text("Chưa nêu nội dung", "Item not stated"),
    By.ITEM: Text("Chưa nêu nội dung", "Item not stated"),
}
TOTAL = Text("Tổng cộng", "Total")


def labelled(by: By, key: Key, lang: Lang) -> str:
    """A key of an axis as a sheet shows it: of an item what stands behind its groups."""
    if key is None:
        return UNSAID[by][lang]
    if by is By.YEAR:
        return Text(f"Năm {key}", str(key))[lang]
    return str(key).rpartition(STEP)[2] if by is By.ITEM else str(key)
