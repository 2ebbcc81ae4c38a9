"""The words for what amounts are told apart by."""

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
ABSENT: Mapping[By, Text] = {
    By.SOURCE: Text("Các bảng không nêu nguồn vốn.", "The tables name no funding sources."),
    By.YEAR: Text("Các bảng không chia theo năm.", "The tables are not divided by year."),
    By.AGENCY: Text("Các bảng không nêu đơn vị thực hiện.", "The tables name no agencies."),
    By.GROUP: Text("Các bảng không chia thành nhóm nhiệm vụ.", "The tables have no groups."),
    By.ITEM: Text("Các bảng không nêu nội dung.", "The tables name no items."),
}
TOTAL, SHARE = Text("Tổng cộng", "Total"), Text("Tỷ lệ", "Share")


def labelled(by: By, key: Key, lang: Lang) -> str:
    """A key of an axis as a sheet shows it: of an item what stands behind its groups."""
    if key is None:
        return UNSAID[by][lang]
    if by is By.YEAR:
        return Text(f"Năm {key}", str(key))[lang]
    return str(key).rpartition(STEP)[2] if by is By.ITEM else str(key)
