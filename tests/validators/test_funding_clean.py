"""In tables of every form that people print, the entries make the grand total: nothing is lost or counted twice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from support.clean import CLEAN, clean_file

from benchmarks.synthetic.shapes import SHAPES
from benchmarks.synthetic.style import Wish
from benchmarks.synthetic.writing import write
from budget.rollup import By, pivot
from validators.checking import examine
from validators.funding import TableFunding, funding, leaves
from validators.readers import read_book

ROUNDED = {"34_lam_tron_lech_mot": Decimal(-2_000_000)}  # the rows were rounded one by one
SEEDS = range(4)


def funded(path: Path) -> tuple[TableFunding, ...]:
    return funding(examine(read_book(path)))


@pytest.mark.parametrize("file", CLEAN, ids=lambda file: file.stem)
def test_entries_make_the_stated_total(file: Path, tmp_path: Path) -> None:
    for each in funded(clean_file(file, tmp_path)):
        assert each.unread == ()
        if each.stated is not None:
            assert (each.difference, each.proven) == (ROUNDED.get(file.stem, 0), True)
            assert each.leaves


@pytest.mark.parametrize(
    ("stem", "sources"),
    [
        (
            "08_nong_thon_moi_nam_x_nguon",
            {"NSTW": "253100", "NSĐP": "103700", "Vốn khác": "28510"},
        ),
        (
            "14_van_hoa_khoi_trong_do_duoi_tong",
            {
                "Ngân sách trung ương": "6600",
                "Ngân sách tỉnh": "11387",
                "Ngân sách huyện, xã": "4865",
                "Xã hội hóa": "1355",
            },
        ),
        ("25_xa_hoi_hoa_cong_sau_moi_nhom", {"Vốn Nhà nước hỗ trợ": "90400", "Vốn xã hội hóa": "499180"}),
        (
            "27_ty_le_nguon_trong_chu",
            {
                "Ngân sách trung ương": "14200",
                "Ngân sách tỉnh": "8520",
                "Vốn doanh nghiệp, người dân đóng góp": "5680",
            },
        ),
        ("30_tong_hop_trieu_chi_tiet_dong", {"NSTW": "1550.4", "NSĐP": "579.1"}),
        (
            "56_hang_la_nam_cot_la_nguon",
            {"Ngân sách trung ương": "80440", "Ngân sách địa phương": "51370", "Vốn ngoài ngân sách": "24860"},
        ),
        (
            "67_nguon_kinh_phi_tung_hang_muc",
            {"Ngân sách trung ương": "43000", "Ngân sách tỉnh": "16555", "Vốn doanh nghiệp": "3800"},
        ),
        (
            "905_nguon_cong_duoi_gach_tren_cung",
            {"Ngân sách trung ương": "1099", "Ngân sách tỉnh": "235", "Ngân sách xã": "236"},
        ),
    ],
)
def test_sources(stem: str, sources: dict[str, str], tmp_path: Path) -> None:
    (file,) = (file for file in CLEAN if file.stem == stem)
    found = pivot(leaves(funded(clean_file(file, tmp_path))), By.SOURCE)
    assert {row: found.row_total(row) / 10**6 for row in found.rows} == {
        name: Decimal(total) for name, total in sources.items()
    }


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", SEEDS)
def test_made_up_tables(shape: str, seed: int, tmp_path: Path) -> None:
    document = SHAPES[shape](Random(f"funding-{shape}-{seed}"), Wish())
    write(document, tmp_path / "made.xlsx")
    found = funded(tmp_path / "made.xlsx")
    assert [each.within for each in found].count(None) == 1
    for each in found:
        assert each.stated is not None
        assert each.proven
        assert document.rounded or each.difference == 0
