"""What a roll-up says of an axis that the appendix does not have, and of what each part is of the whole."""

from __future__ import annotations

from collections.abc import Mapping

from budget.rollup import By
from faults import Text

ABSENT: Mapping[By, Text] = {
    By.SOURCE: Text("Các bảng không nêu nguồn vốn.", "The tables name no funding sources."),
    By.YEAR: Text("Các bảng không chia theo năm.", "The tables are not divided by year."),
    By.AGENCY: Text("Các bảng không nêu đơn vị thực hiện.", "The tables name no agencies."),
    By.GROUP: Text("Các bảng không chia thành nhóm nhiệm vụ.", "The tables have no groups."),
    By.ITEM: Text("Các bảng không nêu nội dung.", "The tables name no items."),
}
SHARE = Text("Tỷ lệ", "Share")
