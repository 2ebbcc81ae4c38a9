"""The VBA project: another reader finds exactly our sources in it, and nothing that was compiled from others."""

from __future__ import annotations

import re
import zipfile
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB
from pyopenvba.vba import decompress

from addin.xlam.build import CALLED, build
from addin.xlam.modules import vba_modules, xlwings_declarations
from addin.xlam.project import vba_project
from addin.xlam.wrappers import wrap

DOCUMENTS = {"ThisWorkbook", "Sheet2"}


@pytest.fixture(scope="module")
def xlam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("xlam") / "phuluc.xlam")


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """The modules as they are meant to stand in the project."""
    return {name: source.replace("\n", "\r\n") for name, source in vba_modules(wrap(CALLED)).items()}


def project_streams(path: Path) -> CFB:
    with zipfile.ZipFile(path) as archive:
        return CFB.from_bytes(archive.read("xl/vbaProject.bin"))


def test_olevba_reads_back_exactly_our_sources(xlam: Path, sources: dict[str, str]) -> None:
    parser = VBA_Parser(str(xlam))
    read = {name.partition(".")[0]: code for _, _, name, code in parser.extract_macros()}
    parser.close()
    assert read.keys() == sources.keys()
    for name in read.keys() - DOCUMENTS:
        assert read[name] == sources[name], name
    for name in DOCUMENTS:  # Excel's own attributes come first
        attributes = re.match(r"(?:Attribute VB_\w+ = .*\r\n)+", read[name])
        assert attributes is not None
        assert read[name][attributes.end() :].lstrip("\r\n") == sources[name], name
        assert f'Attribute VB_Name = "{name}"' in attributes[0]


def test_every_source_is_ascii_and_declares_its_variables(sources: dict[str, str]) -> None:
    for name, source in sources.items():
        assert source.isascii(), name
        assert max((len(line) for line in source.splitlines()), default=0) <= 1023, name
        if name.startswith("Phuluc"):
            assert f'Attribute VB_Name = "{name}"\r\nOption Explicit\r\n' in source, name


def test_nothing_compiled_is_left(xlam: Path, sources: dict[str, str]) -> None:
    streams = project_streams(xlam)
    assert streams.get_stream_in_storage("VBA", "_VBA_PROJECT").hex() == "cc61ffff000000"
    assert sorted(streams.list_streams_in_storage("VBA")) == sorted([*sources, "dir", "_VBA_PROJECT"])
    for name in sources.keys() - DOCUMENTS:  # a stream is its compressed source, from the first byte on
        text = decompress(streams.get_stream_in_storage("VBA", name)).decode("ascii")
        assert text == sources[name], name
    with ExcelFile(xlam) as file:
        assert {module.text_offset for module in file.vba_project().modules} == {0}


def test_the_project_bears_our_name_and_refers_to_office_alone(xlam: Path) -> None:
    with ExcelFile(xlam) as file:
        project = file.vba_project()
        assert project.name == "Phuluc"
        assert [(each.name, each.guid) for each in project.references] == [
            ("Office", "{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}")
        ]
        assert project.protection is not None
        assert not project.protection.has_password
        assert file.validate() == []
    lines = project_streams(xlam).get_stream("PROJECT").decode("ascii").splitlines()
    assert 'Name="Phuluc"' in lines
    assert "[Workspace]" not in lines
    declared = {line.partition("=")[2].partition("/")[0] for line in lines if line.startswith(("Module=", "Document="))}
    assert declared == {module.name for module in project.modules}


def test_vba_declares_the_functions_of_the_xlwings_that_is_installed() -> None:
    declared = xlwings_declarations()
    pinned = version("xlwings")
    assert f'Public Const XLWINGS_VERSION As String = "{pinned}"' in declared
    assert 'Public Const PROJECT_NAME As String = "phuluc"' in declared
    assert set(re.findall(r'"(xlwings\w*-.*?\.dll)"', declared)) == {
        f"xlwings32-{pinned}.dll",
        f"xlwings64-{pinned}.dll",
    }
    assert declared.startswith('Attribute VB_Name = "xlwings"\nOption Private Module\n')
    assert "Redistributions of source code must retain the above copyright notice" in declared
    assert not re.search(r"^\s*(Public |Private )?(Sub|Function) ", declared, re.MULTILINE)
    assert "LICENSE_KEY" not in declared


def test_every_declaration_of_ours_runs_in_64_bit_office(sources: dict[str, str]) -> None:
    declarations = [line for line in sources["PhulucWindows"].splitlines() if "Declare " in line]
    assert len(declarations) == 2
    for declaration in declarations:
        assert declaration.startswith("Private Declare PtrSafe Function ")
    for name in sources.keys() - {"PhulucWindows", "xlwings"}:
        assert "Declare " not in sources[name], name


def test_no_function_of_the_inner_modules_can_be_called_from_a_cell(sources: dict[str, str]) -> None:
    for name, source in sources.items():
        code = [line.strip() for line in source.splitlines()]
        if any(line.startswith(("Public Function", "Function", "Public Declare", "Declare")) for line in code):
            assert ("Option Private Module" in code) == (name != "xlwings_udfs"), name


def test_a_letter_with_diacritics_is_refused_and_not_spoilt() -> None:
    with (
        as_file(files("xlwings") / "quickstart_addin_ribbon.xlam") as quickstart,
        pytest.raises(RuntimeError, match="the VBA module Chao is not ASCII in line 2: ' Chào"),
    ):
        vba_project(quickstart, {"Chao": "Option Explicit\n' Chào\n"})
