"""`phuluc addin build`: writes the add-in for Excel, `phuluc.xlam`, on any machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from zipfile import ZipFile

from addin.commands import Command, all_commands
from addin.xlam.modules import vba_modules
from addin.xlam.package import PROJECT_PART, RIBBON, written_parts, zipped
from addin.xlam.project import vba_project
from addin.xlam.ribbon_xml import ribbon_xml
from addin.xlam.wrappers import wrap
from generators.forms import form_names, load_form
from workbook.placing import put_in_place, refuse_target

SUFFIX = ".xlam"

#: Where VBA looks for Python, the first one first: beside the add-in, and in the user's own folder of programs.
#: `%NAME%` is of the environment; a place that is no full name is one beside the add-in.
PLACES = (r"python\pythonw.exe", r"%LOCALAPPDATA%\Programs\Phuluc\python\pythonw.exe")

#: The Python modules that Excel calls: worksheet functions, and what stands behind the buttons.
CALLED = ("addin.functions", "addin.ribbon")

_LOOKS = ("xl/theme/theme1.xml", "xl/styles.xml")  # the parts of xlwings' add-in that are taken as they are
_QUICKSTART = "quickstart_addin_ribbon.xlam"


def build(target: Path, *, force: bool = False, interpreter: str | None = None) -> Path:
    """Write the add-in to `target`, all or nothing, and give that back. Equal sources give equal bytes.

    `interpreter`: the full name of the `pythonw.exe` that the add-in is to use where it is there, before `PLACES`.

    Raises InputFault where the target is no .xlam, exists and `force` is not given, or cannot be written.
    """
    refuse_target(target, SUFFIX, force=force)
    places = PLACES if interpreter is None else (interpreter, *PLACES)
    put_in_place(xlam(all_commands(), CALLED, places), target)
    return target


def xlam(commands: Mapping[str, Command], called: Sequence[str], places: Sequence[str]) -> bytes:
    """The add-in: buttons for these commands, wrappers of what these Python modules hand to Excel, and where Python is.

    Raises LookupError where a button of `customUI14.xml` stands for none of the commands.
    """
    forms = {name: load_form(name).title for name in form_names()}
    with as_file(files("xlwings") / _QUICKSTART) as quickstart, ZipFile(quickstart) as base:
        parts = {
            **written_parts(places),
            **{name: base.read(name) for name in _LOOKS},
            PROJECT_PART: vba_project(quickstart, vba_modules(wrap(called))),
            RIBBON: ribbon_xml(commands, forms),
        }
    return zipped(parts)
