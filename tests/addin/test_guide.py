"""The guide: complete, with its pictures, and a page that any browser shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from addin import guide
from addin.commands import all_commands
from addin.xlam.texts import TEXTS
from faults import InputFault

GUIDE = Path(__file__).parents[2] / "docs" / "huong-dan.md"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return guide.written(tmp_path_factory.mktemp("guide"))


@pytest.mark.parametrize("name", all_commands())
def test_the_guide_speaks_of_every_button(name: str) -> None:
    assert all_commands()[name].title.vi in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["NoPython", "NotStarted"])
def test_the_guide_quotes_what_excel_shows_where_python_does_not_answer(name: str) -> None:
    said = TEXTS[name].vi.partition(":")[0]
    assert f'"{said}…"' in GUIDE.read_text(encoding="utf-8")


def test_the_page_has_the_pictures_beside_it(page: Path) -> None:
    pictures = re.findall(r'<img src="([^"]+)"', page.read_text(encoding="utf-8"))
    assert len(pictures) == 5
    for picture in pictures:
        assert (page.parent / picture).read_bytes().startswith(b"\x89PNG"), picture


def test_the_page_is_vietnamese_and_shows_tables(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert '<html lang="vi">' in text
    assert "<h2>2. Kiểm tra một phụ lục</h2>" in text
    assert "<td>Thêm dòng</td>" in text


def test_a_folder_that_takes_no_page_is_refused(tmp_path: Path) -> None:
    in_the_way = tmp_path / "tep"
    in_the_way.write_text("")
    with pytest.raises(InputFault) as caught:
        guide.written(in_the_way)
    assert "không mở được hướng dẫn" in caught.value.sentence("vi")
