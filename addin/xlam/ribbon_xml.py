"""The ribbon of the add-in: `customUI14.xml` with what the commands say of themselves, and a button for each form."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from lxml import etree

from addin.commands import Command
from faults import Text

SPACE = "http://schemas.microsoft.com/office/2009/07/customui"
CALLBACK = "PhulucRibbon.Phuluc_Click"

_BUTTON, _MENU = f"{{{SPACE}}}button", f"{{{SPACE}}}menu"
_FORMS_MENU = "new"


def command_of(control: str) -> str:
    """The name of the command that a control of this id stands for."""
    return control.partition(".")[0]


def ribbon_xml(commands: Mapping[str, Command], forms: Mapping[str, Text]) -> bytes:
    """The part `customUI14.xml`. `forms`: the title of each form by its name.

    Raises LookupError for a control that stands for no command.
    """
    root = etree.fromstring((files("addin.xlam") / "customUI14.xml").read_bytes(), _parser())
    for control in list(root.iter(_BUTTON, _MENU)):
        command = commands[command_of(control.get("id", ""))]
        if command.name == _FORMS_MENU:
            _add_forms(control, forms, command)
        _describe(control, command)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _add_forms(menu: etree._Element, forms: Mapping[str, Text], command: Command) -> None:
    """A button for each form; the menu's own tag says what each asks besides."""
    asked = str(menu.attrib.pop("tag"))
    for name, title in forms.items():
        button = etree.SubElement(menu, _BUTTON, id=f"{command.name}.{name}", label=title.vi)
        button.set("tag", f"form={name};{asked}")
        button.set("onAction", CALLBACK)
        _describe(button, command)


def _describe(control: etree._Element, command: Command) -> None:
    """What the command says of itself, where nothing else stands there."""
    said = {"label": command.title.vi, "screentip": command.title.vi, "supertip": command.about.vi}
    for name, text in said.items():
        control.set(name, control.get(name, text))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(remove_blank_text=True, remove_comments=True, resolve_entities=False)
