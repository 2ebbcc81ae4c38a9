"""The wheel holds everything: it works in any folder, far from a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ISOLATED = """
import sys
root, site, *words = sys.argv[1:]
sys.path = [site, *(path for path in sys.path if path != root)]
import phuluc
sys.exit(phuluc.main(words))
"""


@pytest.mark.slow
def test_an_installed_wheel_makes_the_reference_workbooks_anywhere(tmp_path: Path) -> None:
    built, site, elsewhere = tmp_path / "dist", tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = built.glob("phuluc-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert sum(name.startswith("workbook_templates/") and name.endswith(".xlsx") for name in names) == 8
    assert sum(name.startswith("plans/") and name.endswith("plan.toml") for name in names) == 5
    assert not [name for name in names if name.startswith("tests/")]
    assert "docs/huong-dan.md" in names
    assert sum(name.startswith("docs/pictures/huong-dan/") for name in names) == 5
    zipfile.ZipFile(wheel).extractall(site)
    # -P keeps the current folder off the path; only the wheel's contents can be imported
    for words in (["demo"], ["addin", "build"]):
        done = subprocess.run(
            [sys.executable, "-P", "-c", ISOLATED, str(ROOT), str(site), *words],
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(site)},  # for processes that it starts
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert str(ROOT) not in done.stdout
    assert len(list((elsewhere / "out").glob("*.xlsx"))) == 5
    assert zipfile.ZipFile(elsewhere / "phuluc.xlam").testzip() is None
