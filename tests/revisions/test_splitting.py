"""A plan parted by agency or group: literal parts, nothing lost, files that bring every amount back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support.reference import reference
from support.strategies import plans

from budget.plan import Plan
from budget.rollup import By, pivot
from budget.saving import save_plan
from faults import InputFault
from generators.generate import generate
from phuluc import main
from revisions.splitting.parting import Part, Split, parted, total_of
from revisions.splitting.writing import write_parts
from validators.checking import examine
from validators.funding import Leaf, funding, leaves
from validators.readers import read_book

_MILLION = Decimal(10) ** 6


def _told(parts: list[Part]) -> list[tuple[str, int, Decimal]]:
    return [(part.title, len(part.own), part.total / _MILLION) for part in parts]


def test_nghe_an_by_the_agencies_of_its_column() -> None:
    """B.9 names several; the first leads."""
    assert _told(parted(reference("nghe-an-2021-2025"), Split.AGENCY)) == [
        ("Sở Công Thương", 27, Decimal(14940)),
        ("Sở Kế hoạch Đầu tư", 1, Decimal(60)),
        ("Sở Khoa học và Công nghệ", 1, Decimal(800)),
    ]


def test_items_of_several_agencies_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["split", "nghe-an-2021-2025", "-o", str(tmp_path / "các sở")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Hạng mục ghi nhiều đơn vị chỉ nằm trong tệp của đơn vị ghi đầu: "
        "“9 Tổ chức các hoạt động thống kê, khảo sát về thương mại đi…”."
    )
    assert main(["split", "nghe-an-2021-2025", "-o", str(tmp_path / "nhóm"), "--by", "group"]) == 0
    assert "ghi nhiều đơn vị" not in capsys.readouterr().out


def test_can_tho_by_the_agencies_that_its_groups_are_titled_with() -> None:
    parts = parted(reference("can-tho-2021-2025"), Split.AGENCY)
    assert _told(parts) == [
        ("Sở Công Thương", 9, Decimal(5010)),
        ("Sở Thông tin và Truyền thông", 1, Decimal("231.5")),
    ]
    assert [[each.key for each in part.plan.appendices] for part in parts] == [["pl1", "pl2"], ["pl1"]]
    assert [part.name for part in parts] == ["so-cong-thuong", "so-thong-tin-va-truyen-thong"]


def test_binh_dinh_names_no_agency_and_is_parted_by_group() -> None:
    plan = reference("binh-dinh-2021-2025")
    with pytest.raises(InputFault, match="no item names an agency"):
        parted(plan, Split.AGENCY)
    parts = parted(plan, Split.GROUP)
    assert [part.total / _MILLION for part in parts] == [200, 815, 1000, 840, 3325, 680]
    assert all(part.plan.appendices[-1].summarises == "chi-tiet" for part in parts)


def test_what_names_no_agency_has_a_file_of_its_own_and_a_row_with_parts_keeps_its_amount_once() -> None:
    """Đồng Nai's item 1 has 100 of its own beside those of its parts."""
    plan = reference("dong-nai-2021-2025")
    agencies = {"dn-1-a": "Sở A", "dn-2": "Sở B"}
    named = replace(plan, items=tuple(replace(item, agency=agencies.get(item.id, "")) for item in plan.items))
    parts = parted(named, Split.AGENCY)
    assert _told(parts) == [
        ("Sở A", 1, Decimal(165)),
        ("Sở B", 1, Decimal(560)),
        ("Chưa nêu đơn vị", 13, Decimal(4660)),
    ]
    assert [(item.id, bool(item.amounts)) for item in parts[0].plan.items] == [("dn-1", False), ("dn-1-a", True)]


def test_a_costing_of_a_row_that_agencies_share_is_in_no_file_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = reference("can-tho-2021-2025")
    group, first = plan.items[0], plan.items[1]
    shared = replace(plan.estimates[0], item=group.id, caption="Tập huấn chung")
    plan = replace(
        plan,
        items=(group, replace(first, agency="Sở B"), *plan.items[2:]),
        estimates=(shared, *(each for each in plan.estimates[1:] if each.item != first.id)),
    )
    save_plan(plan, tmp_path / "chung")
    assert main(["split", str(tmp_path / "chung"), "-o", str(tmp_path / "các sở")]) == 0
    said = "Không tệp nào có dự toán “Tập huấn chung”, vì là của chung: Sở B, Sở Công Thương."
    assert said in capsys.readouterr().out.splitlines()
    for name, has_note in (("so-b", True), ("so-cong-thuong", True), ("so-thong-tin-va-truyen-thong", False)):
        book = openpyxl.load_workbook(tmp_path / "các sở" / f"{name}.xlsx")
        assert (said in [cell.value for cell in book["Thông tin"]["B"]]) is has_note
        captions = [cell.value for sheet in book for row in sheet for cell in row]
        assert "Tập huấn chung" not in captions


@given(plans(), st.sampled_from(Split))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_the_parts_of_any_plan_are_the_plan(plan: Plan, by: Split) -> None:
    try:
        parts = parted(plan, by)
    except InputFault:
        assume(False)
    owned = sorted(item for part in parts for item in part.own)
    parents = {item.parent for item in plan.items}
    assert owned == sorted(item.id for item in plan.items if item.amounts or item.id not in parents)
    assert sum(part.total for part in parts) == total_of(plan)
    costed = [each.id for part in parts for each in part.plan.estimates]
    assert len(costed) == len(set(costed))
    assert {each.id for each in plan.estimates if each.item in owned} <= set(costed)
    said = {each.costing for part in parts for each in part.shared}
    left_out = [each for each in plan.estimates if each.id not in costed]
    assert said == {each.caption or _name(plan, each.item) for each in left_out}
    assert len({part.name for part in parts}) == len(parts)
    assert all(part.name.isascii() for part in parts)


def _name(plan: Plan, item: str) -> str:
    (found,) = (each for each in plan.items if each.id == item)
    return f"{found.number} {found.title}".strip()


@pytest.fixture(scope="module", params=["can-tho-2021-2025", "nghe-an-2021-2025"])
def split(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """The workbook of a whole plan, and those of its agencies."""
    folder = tmp_path_factory.mktemp("split")
    plan = reference(request.param)
    whole = generate(plan, folder / "whole.xlsx").path
    return whole, write_parts(parted(plan, Split.AGENCY), folder / "parts")


def _leaves(path: Path) -> tuple[Leaf, ...]:
    return leaves(funding(examine(read_book(path)), (By.SOURCE, By.YEAR)))


def test_the_files_bring_back_every_amount(split: tuple[Path, list[Path]]) -> None:
    whole, files = split
    before, after = _leaves(whole), [leaf for file in files for leaf in _leaves(file)]
    assert pivot(after, By.SOURCE, By.YEAR).cells == pivot(before, By.SOURCE, By.YEAR).cells


def test_the_files_bring_back_what_each_agency_gets(split: tuple[Path, list[Path]]) -> None:
    """Those of one item too, where item, group and total show the same figure."""
    whole, files = split
    before = pivot(_leaves(whole), By.AGENCY, By.SOURCE)
    after = pivot([leaf for file in files for leaf in _leaves(file)], By.AGENCY, By.SOURCE)
    assert after.cells == before.cells


#: Where amounts are typed: sheet, columns, the column of the items' ids.
_TYPED = {"can-tho-2021-2025": ("Phụ lục 1", "C:L", "N"), "nghe-an-2021-2025": ("Phụ lục", "E:F", "K")}


@pytest.mark.parametrize("name", _TYPED)
def test_what_officers_fill_in_is_what_consolidating_finds(name: str, tmp_path: Path) -> None:
    parts = parted(reference(name), Split.AGENCY)
    filled: dict[tuple[str, str], Decimal] = {}
    for part, file in zip(parts, write_parts(parts, tmp_path / "các sở"), strict=True):
        for item, amount in _fill_in(
            file, {item.id: item.title for item in part.plan.items if item.id in part.own}, *_TYPED[name]
        ):
            filled[file.name, item] = filled.get((file.name, item), Decimal(0)) + amount
    assert {file for file, _ in filled} == {f"{part.name}.xlsx" for part in parts}
    target = tmp_path / "hợp nhất.json"
    assert main(["consolidate", str(tmp_path / "các sở"), "--format", "json", "-o", str(target)]) == 0
    found: dict[tuple[str, str], Decimal] = {}
    agencies = {f"{part.name}.xlsx": part.title for part in parts}
    for row in json.loads(target.read_text(encoding="utf-8"))["rows"]:
        file = Path(row["file"]).name
        assert row["agency"].split(",")[0] == agencies[file]
        found[file, row["item"]] = found.get((file, row["item"]), Decimal(0)) + Decimal(row["amount"]) / _MILLION
    assert found == filled


def _fill_in(
    file: Path, titles: Mapping[str, str], sheet: str, columns: str, ids: str
) -> Iterator[tuple[str, Decimal]]:
    """Type another amount into each open cell of the items, blank ones too, as openpyxl saves it: without results."""
    book = openpyxl.load_workbook(file)
    page = book[sheet]
    for column in page[columns]:
        for cell in column:
            item = page[f"{ids}{cell.row}"].value
            if item in titles and not cell.protection.locked and cell.data_type == "n":
                cell.value = 1_000 + 7 * cell.row + cell.column
                yield titles[item], Decimal(cell.value)
    book.save(file)


def test_the_folder_appears_whole_or_not_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "các sở"
    folder.mkdir()
    kept = folder / "so-cong-thuong.xlsx"
    kept.write_text("của tôi")
    assert main(["split", "can-tho-2021-2025", "-o", str(folder)]) == 2
    assert [each.name for each in folder.iterdir()] == [kept.name]
    assert kept.read_text() == "của tôi"
    assert main(["split", "can-tho-2021-2025", "-o", str(folder), "--force"]) == 0
    assert sorted(each.name for each in tmp_path.rglob("*")) == [
        "các sở", "so-cong-thuong.xlsx", "so-thong-tin-va-truyen-thong.xlsx",
    ]  # fmt: skip
    assert "Cộng 2 tệp: 10 hạng mục, 5.241.500.000 đồng, bằng kế hoạch." in capsys.readouterr().out


def test_other_workbooks_in_the_folder_are_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Parts of an earlier division would be added once more by a consolidation of the folder."""
    assert main(["split", "can-tho-2021-2025", "-o", str(tmp_path), "--by", "group"]) == 0
    assert "sổ tính khác" not in capsys.readouterr().out
    assert main(["split", "can-tho-2021-2025", "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Thư mục còn 2 sổ tính khác, sẽ bị cộng thêm nếu hợp nhất cả thư mục: "
        "i-so-cong-thuong.xlsx; ii-so-thong-tin-va-truyen-thong.xlsx."
    )


def test_a_folder_that_cannot_be_looked_into_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It cannot be told, then, what would be consolidated with the parts."""

    def refuse(place: Path, onerror: Callable[[OSError], None]) -> Iterator[None]:
        onerror(PermissionError(13, "Permission denied", str(place)))
        yield

    monkeypatch.setattr("validators.running.os.walk", refuse)
    assert main(["--lang", "en", "split", "can-tho-2021-2025", "-o", str(tmp_path)]) == 2
    assert "the folder cannot be read; found “Permission denied”" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_no_file_bears_a_name_that_windows_keeps_for_itself() -> None:
    plan = reference("nghe-an-2021-2025")
    named = replace(plan, items=tuple(replace(item, agency=item.agency and "CON") for item in plan.items))
    assert [part.name for part in parted(named, Split.AGENCY)] == ["con-2"]


def test_no_part_is_written_over_the_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry workbook may bear the name that a part gets."""
    entry = tmp_path / "so-cong-thuong.xlsx"
    assert main(["entry", "-o", str(entry)]) == 0
    book = openpyxl.load_workbook(entry)
    sheet = book["Hạng mục"]
    (column,) = (cell.column for cell in sheet[1] if cell.value == "Đơn vị thực hiện")
    for row in (3, 4):
        sheet.cell(row, column).value = "Sở Công Thương"
    book.save(entry)
    before = entry.read_bytes()
    assert main(["split", str(entry), "-o", str(tmp_path), "--force"]) == 2
    assert "tệp đích chính là tệp đang được đọc" in capsys.readouterr().err
    assert entry.read_bytes() == before


def test_a_part_that_no_form_can_print_leaves_no_folder(tmp_path: Path) -> None:
    plan = reference("can-tho-2021-2025")
    broken = replace(plan, appendices=(plan.appendices[0], replace(plan.appendices[1], sheet=plan.appendices[0].sheet)))
    with pytest.raises(InputFault, match="two sheets bear the same name"):
        write_parts(parted(broken, Split.AGENCY), tmp_path / "parts")
    assert list(tmp_path.iterdir()) == []


def test_an_appendix_is_no_plan(
    split: tuple[Path, list[Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["split", str(split[0]), "-o", str(tmp_path / "parts")]) == 2
    assert "phuluc read" in capsys.readouterr().err
