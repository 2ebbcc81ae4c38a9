"""The guide as a page that any browser shows, made of the guide's own Markdown."""

from __future__ import annotations

import shutil
from pathlib import Path

import platformdirs
from markdown_it import MarkdownIt

from faults import InputFault, Text

_SOURCE = Path(__file__).parents[1] / "docs" / "huong-dan.md"
_PICTURES = "pictures/huong-dan"
_PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Phụ lục kinh phí: hướng dẫn</title>
<style>
body {{ font: 17px/1.5 "Segoe UI", "Noto Sans", sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }}
h1, h2 {{ line-height: 1.2; }} h2 {{ border-top: 1px solid #ccc; padding-top: 1.5rem; margin-top: 2.5rem; }}
img {{ max-width: 100%; border: 1px solid #ccc; }} code {{ background: #f2f2f2; padding: 0 .25em; }}
table {{ border-collapse: collapse; }} td, th {{ border: 1px solid #ccc; padding: .3em .6em; text-align: left; }}
</style></head><body>
{body}</body></html>
"""


def written(folder: Path | None = None) -> Path:
    """Write the guide with its pictures into `folder` (None: the user's own data folder); the page's path.

    Raises InputFault where it cannot be written.
    """
    folder = platformdirs.user_data_path("phuluc", appauthor=False) / "huong-dan" if folder is None else folder
    page = folder / "huong-dan.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = _SOURCE.read_text(encoding="utf-8")
        page.write_text(_PAGE.format(body=MarkdownIt().enable("table").render(text)), encoding="utf-8")
        shutil.copytree(_SOURCE.parent / _PICTURES, folder / _PICTURES, dirs_exist_ok=True)
    except OSError as fault:
        what = Text("không mở được hướng dẫn", "the guide cannot be opened")
        raise InputFault(what, file=fault.filename or page, found=fault.strerror) from fault
    return page
