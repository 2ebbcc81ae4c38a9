"""The words for what amounts are told apart by."""

from __future__ import annotations

from collections.abc import Mapping

from budget.rollup import By, Key
from faults import Lang, Text

NAMES: Mapping[By, Text] = {
    By.SOURCE: Text("Nguồn vốn", "Funding source"),
    By.YEAR: Text("Năm", "Year"),
    By.AGENCY: Text("Đơn vị thực hiện", "Agency"),
}
UNSAID: Mapping[By, Text] = {
    By.SOURCE: Text("Chưa nêu nguồn", "Source not stated"),
    By.YEAR: Text("Chưa nêu năm", "Year not stated"),
    By.AGENCY: Text("Chưa nêu đơn vị", "Agency not stated"),
}
TOTAL, SHARE = Text("Tổng cộng", "Total"), Text("Tỷ lệ", "Share")


def labelled(by: By, key: Key, lang: Lang) -> str:
    """A key of an axis as a sheet shows it."""
    if key is None:
        return UNSAID[by][lang]
    return Text(f"Năm {key}", str(key))[lang] if by is By.YEAR else str(key)
