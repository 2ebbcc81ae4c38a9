"""Entries into sums by source, year, agency, group and item."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget.rollup import STEP, ZERO, By, Entry, Key, added, fold, pivot

STATE, LOCAL = "Ngân sách trung ương", "Ngân sách địa phương"


def entry(
    amount: str | Decimal, source: str | None = None, year: int | None = None, agency: str | None = None
) -> Entry:
    return Entry(amount=Decimal(amount), source=source, year=year, agency=agency)


ENTRIES = (
    entry("30", LOCAL, 2027, "Sở Công Thương"),
    entry("5.5", STATE, 2026),
    entry("1", LOCAL, 2026, "Sở Tài chính"),
    entry("2", None, 2026, "Sở Công Thương"),
    entry("0.5", STATE, None),
)


def test_two_axes() -> None:
    found = pivot(ENTRIES, By.SOURCE, By.YEAR)
    assert found.rows == (LOCAL, STATE, None)
    assert found.columns == (2026, 2027, None)
    assert found.cells == {
        (LOCAL, 2027): Decimal(30),
        (STATE, 2026): Decimal("5.5"),
        (LOCAL, 2026): Decimal(1),
        (None, 2026): Decimal(2),
        (STATE, None): Decimal("0.5"),
    }
    assert [found.row_total(row) for row in found.rows] == [Decimal(31), Decimal("6.0"), Decimal(2)]
    assert [found.column_total(column) for column in found.columns] == [Decimal("8.5"), Decimal(30), Decimal("0.5")]
    assert found.total == Decimal("39.0")


def test_one_axis_has_one_column() -> None:
    found = pivot(ENTRIES, By.AGENCY)
    assert found.rows == ("Sở Công Thương", "Sở Tài chính", None)
    assert found.columns == (None,)
    assert [found.row_total(row) for row in found.rows] == [Decimal(32), Decimal(1), Decimal("6.0")]


def test_years_ascend_whatever_comes_first() -> None:
    entries = [entry("1", year=2030), entry("1"), entry("1", year=2026), entry("1", year=2028)]
    assert pivot(entries, By.YEAR, By.SOURCE).rows == (2026, 2028, 2030, None)


def test_spellings_that_fold_to_one_are_the_first_of_them() -> None:
    decomposed = "Nga\u0302n sa\u0301ch  ti\u0309nh"
    found = pivot([entry("1", "NGÂN SÁCH TỈNH"), entry("2", decomposed), entry("4", "Ngân sách tỉnh ")], By.SOURCE)
    assert found.rows == ("NGÂN SÁCH TỈNH",)
    assert found.total == 7


def test_the_same_words_on_two_axes_are_two_keys() -> None:
    found = pivot([entry("1", "Tỉnh", agency="TỈNH")], By.SOURCE, By.AGENCY)
    assert (found.rows, found.columns) == (("Tỉnh",), ("TỈNH",))


def test_nothing() -> None:
    found = pivot([], By.SOURCE, By.YEAR)
    assert (found.rows, found.columns, found.total) == ((), (), 0)
    assert found.row_total("Ngân sách tỉnh") == 0


def test_sums_are_exact_beyond_the_digits_of_a_float_and_of_the_default_context() -> None:
    large, small = Decimal(10) ** 40, Decimal("0.000001")
    found = pivot([entry(large, LOCAL), entry(small, LOCAL), entry(-large, LOCAL)], By.SOURCE)
    assert found.total == small
    assert added([large, small]) - large == small


def test_the_group_is_the_outermost_one_and_an_item_without_groups_its_own() -> None:
    entries = [
        Entry(amount=Decimal(1), number="1", item="Hội nghị", groups=("A Tuyên truyền", "I Trong tỉnh")),
        Entry(amount=Decimal(2), number="1", item="Hội nghị", groups=("B Đào tạo",)),
        Entry(amount=Decimal(4), number="2", item="Bản tin"),
        Entry(amount=Decimal(8), item="Bản tin", groups=("A Tuyên truyền",)),
        Entry(amount=Decimal(16), groups=("B Đào tạo",)),
        Entry(amount=Decimal(32)),
    ]
    by_group, by_item = pivot(entries, By.GROUP), pivot(entries, By.ITEM)
    assert {row: by_group.row_total(row) for row in by_group.rows} == {
        "A Tuyên truyền": 9, "B Đào tạo": 18, "2 Bản tin": 4, None: 32,
    }  # fmt: skip
    assert {row: by_item.row_total(row) for row in by_item.rows} == {
        "A Tuyên truyền › I Trong tỉnh › 1 Hội nghị": 1, "B Đào tạo › 1 Hội nghị": 2, "2 Bản tin": 4,
        "A Tuyên truyền › Bản tin": 8, "B Đào tạo": 16, None: 32,
    }  # fmt: skip


def test_fold() -> None:
    assert fold(" Ngân  sách\u00a0TỈNH ") == "ngân sách tỉnh"


_amounts = st.decimals(min_value=-(10**15), max_value=10**15, places=3)
_entries = st.lists(
    st.builds(
        Entry,
        amount=_amounts,
        source=st.sampled_from([None, STATE, LOCAL]),
        year=st.sampled_from([None, 2026, 2027]),
        agency=st.none() | st.just("Sở"),
        number=st.sampled_from(["", "1"]),
        item=st.sampled_from(["", "Hội nghị", "HỘI NGHỊ"]),
        groups=st.sampled_from([(), ("A",), ("A", "I"), ("B",)]),
    ),
    max_size=30,
)


@given(_entries, st.sampled_from(By), st.sampled_from([None, *By]))
def test_no_amount_is_lost_or_counted_twice(entries: list[Entry], rows: By, columns: By | None) -> None:
    found = pivot(entries, rows, columns)
    total = added(each.amount for each in entries)
    assert found.total == total
    assert added(map(found.row_total, found.rows)) == total
    assert added(map(found.column_total, found.columns)) == total


@given(_entries, st.sampled_from([By.SOURCE, By.YEAR, By.AGENCY, None]))
def test_the_items_of_a_group_make_the_group(entries: list[Entry], columns: By | None) -> None:
    sums: dict[tuple[str, Key], Decimal] = {}
    for (item, column), amount in pivot(entries, By.ITEM, columns).cells.items():
        place = fold(str(item).partition(STEP)[0]), column
        sums[place] = sums.get(place, ZERO) + amount
    groups = pivot(entries, By.GROUP, columns).cells
    assert sums == {(fold(str(group)), column): amount for (group, column), amount in groups.items()}
