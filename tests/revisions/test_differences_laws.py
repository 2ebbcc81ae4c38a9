"""Laws of comparing, on versions of any shape."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from budget.money import Unit
from budget.plan import Axis
from revisions.differences.changes import Change, Differences, What, differences
from revisions.differences.order import kept_in_order
from revisions.differences.version import Item, Version

_OTHER_WAY = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyạảãấầẩậắằẳ"
_AXES = (Axis("tỉnh", 2026), Axis("tỉnh", 2027), Axis("khác", 2026), Axis("khác", 2027))


@st.composite
def _versions(draw: st.DrawFn, titles: st.SearchStrategy[str], name: str = "a") -> Version:
    """Groups with items; a table that details them now and then."""
    items: list[Item] = []
    for group in range(draw(st.integers(1, 4))):
        counts = draw(st.integers(0, 3)) > 0
        top = len(items)
        items.append(Item(top, None, str(group + 1), draw(titles), counts=counts))
        for number in range(draw(st.integers(0, 5))):
            amounts = draw(st.dictionaries(st.sampled_from(_AXES), st.integers(1, 5).map(Decimal), max_size=3))
            texts = {"agency": (draw(st.sampled_from(["Sở A", "Sở B"])), None)}
            items.append(
                Item(len(items), top, f"{number + 1}", draw(titles), amounts=amounts, texts=texts, counts=counts)  # type: ignore[arg-type]
            )
    return Version(name, Unit.DONG, tuple(items), {"tỉnh": "Tỉnh", "khác": "Khác"})


@st.composite
def _in_tables(draw: st.DrawFn, titles: st.SearchStrategy[str]) -> Version:
    """Tables that count, one below the other, with captions that may be alike."""
    items: list[Item] = []
    for _ in range(draw(st.integers(1, 3))):
        top = len(items)
        items.append(Item(top, None, "", draw(st.sampled_from(["Sở A", "Sở B", "Phụ lục"])), is_table=True))
        for item in draw(_versions(titles)).items:
            parent = top if item.parent is None else top + 1 + item.parent
            items.append(replace(item, index=len(items), parent=parent, counts=True))
    return Version("a", Unit.DONG, tuple(items), {"tỉnh": "Tỉnh", "khác": "Khác"})


_TITLES = st.sampled_from(["Hội nghị", "Hội nghị tỉnh", "Tập huấn", "Tập huấn lớp", "Khảo sát", "Phần mềm"])
_ANY = _versions(_TITLES) | _in_tables(_TITLES)


@given(_ANY)
def test_nothing_changed_in_a_version_itself(version: Version) -> None:
    assert not differences(version, version)


@given(_ANY, _ANY)
@settings(max_examples=150)
def test_the_other_way_round_tells_the_same(one: Version, other: Version) -> None:
    there, back = differences(one, other), differences(other, one)
    assert Counter(map(_key, there.changes)) == Counter(map(_turned, back.changes))
    assert there.sources == {new: old for old, new in back.sources.items()}


def _key(change: Change) -> object:
    return (
        change.what, change.old and change.old.index, change.new and change.new.index, change.field,
        change.before, change.after,
    )  # fmt: skip


def _turned(change: Change) -> object:
    return (
        _OTHER_WAY.get(change.what, change.what), change.new and change.new.index, change.old and change.old.index,
        change.field, change.after, change.before,
    )  # fmt: skip


@given(_ANY, _ANY)
def test_the_changes_account_for_the_difference_of_the_totals(one: Version, other: Version) -> None:
    found = differences(one, other)
    gone = [item.total for item in _alone(found, What.REMOVED)]
    come = [item.total for item in _alone(found, What.ADDED)]
    changed = [
        (change.after or 0) - (change.before or 0)  # type: ignore[operator]
        for change in found.of(What.AMOUNT)
        if change.new and change.new.counts
    ]
    before, after = found.totals().get(Axis(), (Decimal(0), Decimal(0)))
    assert after - before == sum(come) - sum(gone) + sum(changed)


def _alone(found: Differences, what: What) -> list[Item]:
    return [item for change in found.of(what) if (item := change.new or change.old) and item.counts]


_WORDS = st.lists(
    st.text(_LETTERS, min_size=12, max_size=20), min_size=40, max_size=40, unique_by=lambda text: text[:3]
)


@given(_WORDS, st.integers(0, 3), st.integers(0, 3), st.permutations(range(6)))
@settings(max_examples=60)
def test_planted_changes_are_found_and_no_others(words: list[str], first: int, second: int, rows: list[int]) -> None:
    second = (first + 1 + second) % 4 if (first + 1 + second) % 4 != first else (first + 1) % 4
    tree = {words[group]: [words[4 + group * 6 + row] for row in range(6)] for group in range(4)}
    amounts = {title: Decimal(100 + at) for at, title in enumerate(words)}
    old = _version(tree, amounts)
    here, there = list(tree)[first], list(tree)[second]
    renamed, moved, gone, dearer = (tree[here][row] for row in rows[:4])
    tree[here][tree[here].index(renamed)] = f"{renamed} bổ sung"
    amounts[f"{renamed} bổ sung"] = amounts[renamed]
    tree[here].remove(moved)
    tree[there].append(moved)
    tree[here].remove(gone)
    amounts[dearer] += 7
    tree[there].insert(0, words[30])
    found = differences(old, _version(tree, amounts))
    told = {(change.what, (change.old or change.new).title) for change in found.changes}  # type: ignore[union-attr]
    numbers = {change for change in told if change[0] is What.RENUMBERED}
    assert told - numbers == {
        (What.RENAMED, renamed),
        (What.MOVED, moved),
        (What.REMOVED, gone),
        (What.ADDED, words[30]),
        (What.AMOUNT, dearer),
    }


def _version(tree: dict[str, list[str]], amounts: dict[str, Decimal]) -> Version:
    items: list[Item] = []
    for number, (group, titles) in enumerate(tree.items(), 1):
        top = len(items)
        items.append(Item(top, None, str(number), group))
        for own, title in enumerate(titles, 1):
            items.append(Item(len(items), top, f"{number}.{own}", title, amounts={_AXES[0]: amounts[title]}))
    return Version("bản", Unit.MILLION, tuple(items), {"tỉnh": "Tỉnh"})


def test_a_row_put_in_renumbers_the_others_and_moves_none() -> None:
    names = [f"Hạng mục {letter * 9}" for letter in "abcdefgh"]
    amounts = dict.fromkeys([*names, "Việc mới"], Decimal(5))
    found = differences(
        _version({"Nhóm": names}, amounts), _version({"Nhóm": [*names[:2], "Việc mới", *names[2:]]}, amounts)
    )
    assert Counter(change.what for change in found.changes) == {What.ADDED: 1, What.RENUMBERED: 6}


def test_a_row_that_is_renamed_and_dearer_behind_a_new_one_is_no_other_row() -> None:
    """Neither its number nor its place nor its amount is what it was, and its wording nearly is."""
    found = differences(
        _version({"Nhóm": ["Khảo sát dữ liệu doanh nghiệp"]}, {"Khảo sát dữ liệu doanh nghiệp": Decimal(5)}),
        _version(
            {"Nhóm": ["Phát thanh, truyền hình", "Khảo sát dữ liệu doanh nghiệp đợt 2"]},
            {"Phát thanh, truyền hình": Decimal(3), "Khảo sát dữ liệu doanh nghiệp đợt 2": Decimal(6)},
        ),
    )
    told = [change.what for change in found.changes]
    assert told == [What.ADDED, What.RENAMED, What.RENUMBERED, What.AMOUNT]


def test_what_was_moved_past_others_is_the_one_that_moved() -> None:
    names = [f"Hạng mục {letter * 9}" for letter in "abcdef"]
    amounts = dict.fromkeys(names, Decimal(5))
    found = differences(
        _version({"Nhóm": names}, amounts), _version({"Nhóm": [*names[1:5], names[0], names[5]]}, amounts)
    )
    assert [change.new.title for change in found.of(What.REORDERED) if change.new] == [names[0]]


@given(st.permutations(range(9)))
def test_what_is_kept_in_order_is_as_much_as_can_be(order: list[int]) -> None:
    pairs = list(enumerate(order))
    kept = sorted(kept_in_order(pairs, sorted))
    assert [second for _, second in kept] == sorted(second for _, second in kept)
    longest = [1] * len(order)
    for at, number in enumerate(order):
        longest[at] = 1 + max((longest[before] for before in range(at) if order[before] < number), default=0)
    assert len(kept) == max(longest)


def test_a_source_that_is_renamed_is_told_and_its_amounts_are_not() -> None:
    old = _version(
        {"Nhóm": ["Việc thứ nhất", "Việc thứ hai"]}, {"Việc thứ nhất": Decimal(1), "Việc thứ hai": Decimal(2)}
    )
    items = tuple(
        replace(item, amounts={Axis("nguồn x", axis.year): each for axis, each in item.amounts.items()})
        for item in old.items
    )
    found = differences(old, replace(old, items=items, sources={"nguồn x": "Nguồn X"}))
    assert (found.sources, found.changes) == ({"tỉnh": "nguồn x"}, ())


def test_thousands_of_rows_take_time_in_proportion() -> None:
    """Every fifth of 4 000 rows is worded otherwise, and one is put in at the top: well below the time of a test."""
    names = [f"Hạng mục {number} {number * 7919 % 100_003}" for number in range(4_000)]
    amounts = {name: Decimal(1 + at % 50) for at, name in enumerate(names)}
    after = [f"{name} đợt hai" if at % 5 == 0 else name for at, name in enumerate(names)]
    old = _version({"Nhóm": names}, amounts)
    new = _version(
        {"Nhóm": ["Việc mới hoàn toàn khác", *after]},
        amounts | {"Việc mới hoàn toàn khác": Decimal(3)} | {f"{name} đợt hai": amounts[name] for name in names},
    )
    found = differences(old, new)
    assert Counter(change.what for change in found.changes if change.what is not What.RENUMBERED) == {
        What.ADDED: 1,
        What.RENAMED: 800,
    }
