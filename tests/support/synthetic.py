"""Plans of any size, for tests of shape and for the benchmark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from budget.money import Unit
from budget.plan import Amount, Appendix, Axis, Decision, Item, Kind, Plan, Source, State

GROUP_SIZE = 20  # items in a group; the last group holds the rest
SOURCES = (
    Source("central", "Ngân sách trung ương"),
    Source("local", "Ngân sách địa phương"),
    Source("private", "Doanh nghiệp đóng góp"),
    Source("other", "Nguồn khác"),
)
TITLES = (
    "Tập huấn kỹ năng bán hàng trên sàn thương mại điện tử",
    "Xây dựng cổng thông tin thương mại điện tử của tỉnh và hệ thống quản lý cơ sở dữ liệu doanh nghiệp",
    "Tuyên truyền trên báo, đài",
)

Leaf = Callable[[int, int], int]  # an item's amount, by the places of year and source, from 0


def synthetic_plan(form: str, *, items: int, years: int, sources: int, leaf: Leaf = lambda _year, _source: 1) -> Plan:
    """A plan of one appendix: groups of twenty items, each with a leaf for every year and source."""
    period, keys = tuple(range(2026, 2026 + years)), tuple(s.key for s in SOURCES[:sources])
    amounts = {
        Axis(key, year): Amount(Decimal(leaf(y, s))) for y, year in enumerate(period) for s, key in enumerate(keys)
    }
    appendix = Appendix("pl", form, "Phụ lục", "Phụ lục", "KINH PHÍ THỰC HIỆN KẾ HOẠCH", Unit.MILLION, keys, period)
    return Plan(
        key=f"{form}-{items}",
        version="1",
        title="Kế hoạch phát triển thương mại điện tử",
        decision=Decision("Quyết định", "Ủy ban nhân dân tỉnh", State.ISSUED, "1/QĐ-UBND", date(2025, 12, 1)),
        years=period,
        sources=SOURCES[:sources],
        appendices=(appendix,),
        items=tuple(_items(items, amounts)),
    )


def _items(count: int, amounts: dict[Axis, Amount]) -> Iterator[Item]:
    for place in range(count):
        group, within = divmod(place, GROUP_SIZE)
        if not within:
            yield Item(f"g{group + 1}", "pl", None, Kind.GROUP, str(group + 1), f"Nhiệm vụ {group + 1}")
        title = f"{TITLES[place % len(TITLES)]} (hạng mục {place + 1})"
        yield Item(
            f"i{place + 1}", "pl", f"g{group + 1}", Kind.ITEM, f"{group + 1}.{within + 1}", title, amounts=amounts
        )
