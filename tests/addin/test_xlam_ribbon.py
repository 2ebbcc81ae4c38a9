"""The ribbon: valid customUI 2009/07, every control behind a command, every callback a procedure of the right kind."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from lxml import etree

from addin.commands import all_commands
from addin.commands.base import Command
from addin.xlam.modules import vba_modules
from addin.xlam.ribbon_xml import command_of, ribbon_xml
from addin.xlam.wrappers import Wrapped
from faults import Text
from generators.forms import form_names, load_form

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
SPACE = {"c": NAMESPACE}

#: What the customUI14 schema of Office ([MS-CUSTOMUI2]) says of the elements and attributes that stand in our file; no
#: package of PyPI has the schema itself.
SCHEMA = f"""
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}" targetNamespace="{NAMESPACE}"
            elementFormDefault="qualified">
  <xsd:simpleType name="Id">
    <xsd:restriction base="xsd:ID"><xsd:maxLength value="1024"/></xsd:restriction>
  </xsd:simpleType>
  <xsd:simpleType name="Mso">
    <xsd:restriction base="xsd:NCName"><xsd:maxLength value="1024"/></xsd:restriction>
  </xsd:simpleType>
  <xsd:simpleType name="String">
    <xsd:restriction base="xsd:string"><xsd:minLength value="1"/><xsd:maxLength value="1024"/></xsd:restriction>
  </xsd:simpleType>
  <xsd:simpleType name="Length">
    <xsd:restriction base="xsd:positiveInteger"><xsd:maxInclusive value="1024"/></xsd:restriction>
  </xsd:simpleType>
  <xsd:simpleType name="Keytip">
    <xsd:restriction base="xsd:token">
      <xsd:minLength value="1"/><xsd:maxLength value="3"/><xsd:pattern value="\\S+"/>
    </xsd:restriction>
  </xsd:simpleType>
  <xsd:simpleType name="Size">
    <xsd:restriction base="xsd:string">
      <xsd:enumeration value="normal"/><xsd:enumeration value="large"/>
    </xsd:restriction>
  </xsd:simpleType>
  <xsd:attributeGroup name="Control">
    <xsd:attribute name="id" type="Id" use="required"/>
    <xsd:attribute name="tag" type="String"/>
    <xsd:attribute name="label" type="String"/>
    <xsd:attribute name="imageMso" type="Mso"/>
    <xsd:attribute name="keytip" type="Keytip"/>
    <xsd:attribute name="screentip" type="String"/>
    <xsd:attribute name="supertip" type="String"/>
  </xsd:attributeGroup>
  <xsd:complexType name="ButtonRegular">
    <xsd:attributeGroup ref="Control"/>
    <xsd:attribute name="onAction" type="String"/>
    <xsd:attribute name="description" type="String"/>
  </xsd:complexType>
  <xsd:complexType name="Button">
    <xsd:complexContent>
      <xsd:extension base="ButtonRegular"><xsd:attribute name="size" type="Size"/></xsd:extension>
    </xsd:complexContent>
  </xsd:complexType>
  <xsd:complexType name="Menu">
    <xsd:choice minOccurs="0" maxOccurs="1000"><xsd:element name="button" type="ButtonRegular"/></xsd:choice>
    <xsd:attributeGroup ref="Control"/>
    <xsd:attribute name="size" type="Size"/>
    <xsd:attribute name="itemSize" type="Size"/>
  </xsd:complexType>
  <xsd:complexType name="EditBox">
    <xsd:attributeGroup ref="Control"/>
    <xsd:attribute name="maxLength" type="Length"/>
    <xsd:attribute name="sizeString" type="String"/>
    <xsd:attribute name="getText" type="String"/>
    <xsd:attribute name="onChange" type="String"/>
  </xsd:complexType>
  <xsd:complexType name="Separator"><xsd:attribute name="id" type="Id" use="required"/></xsd:complexType>
  <xsd:complexType name="Group">
    <xsd:choice minOccurs="0" maxOccurs="1000">
      <xsd:element name="button" type="Button"/>
      <xsd:element name="menu" type="Menu"/>
      <xsd:element name="editBox" type="EditBox"/>
      <xsd:element name="separator" type="Separator"/>
    </xsd:choice>
    <xsd:attributeGroup ref="Control"/>
  </xsd:complexType>
  <xsd:complexType name="Tab">
    <xsd:sequence><xsd:element name="group" type="Group" minOccurs="0" maxOccurs="100"/></xsd:sequence>
    <xsd:attribute name="id" type="Id" use="required"/>
    <xsd:attribute name="label" type="String"/>
    <xsd:attribute name="keytip" type="Keytip"/>
  </xsd:complexType>
  <xsd:complexType name="Tabs">
    <xsd:sequence><xsd:element name="tab" type="Tab" maxOccurs="100"/></xsd:sequence>
  </xsd:complexType>
  <xsd:complexType name="Ribbon">
    <xsd:all><xsd:element name="tabs" type="Tabs" minOccurs="0"/></xsd:all>
  </xsd:complexType>
  <xsd:element name="customUI">
    <xsd:complexType><xsd:all><xsd:element name="ribbon" type="Ribbon" minOccurs="0"/></xsd:all></xsd:complexType>
  </xsd:element>
</xsd:schema>
"""

#: The parameters of a callback, by the attribute that names it.
CALLBACKS = {
    "onAction": "control As IRibbonControl",
    "onChange": "control As IRibbonControl, text As String",
    "getText": "control As IRibbonControl, ByRef returned",
}

LAYOUT = {
    "Lập phụ lục": ["new", "years", "sources", "from-entry", "add-row", "to-formulas"],
    "Kiểm tra": ["check-sheet", "check-book", "next-finding", "clear-marks", "compare"],
    "Tổng hợp": ["by-source", "by-year", "by-agency", "consolidate"],
    "Tiện ích": ["words", "text-to-numbers", "unit", "release"],
    "Trợ giúp": ["guide", "about"],
}


@pytest.fixture(scope="module")
def ribbon() -> etree._Element:
    return etree.fromstring(ribbon_xml(all_commands(), {name: load_form(name).title for name in form_names()}))


def ids(elements: object) -> list[str]:
    return [str(each.get("id")) for each in elements]  # type: ignore[attr-defined]


def test_the_tab_is_valid_against_the_schema_of_office_2010(ribbon: etree._Element) -> None:
    schema = etree.XMLSchema(etree.fromstring(SCHEMA))
    schema.assertValid(ribbon)
    again = etree.fromstring(etree.tostring(ribbon))
    again.xpath("//c:button", namespaces=SPACE)[0].set("keytip", "LONG")
    assert not schema.validate(again)


def test_the_tab_has_its_groups_and_controls_in_their_order(ribbon: etree._Element) -> None:
    (tab,) = ribbon.xpath("//c:tab", namespaces=SPACE)
    assert tab.get("label") == "Phụ lục kinh phí"
    found = {group.get("label"): ids(group.xpath("*[not(self::c:separator)]", namespaces=SPACE)) for group in tab}
    assert found == LAYOUT


def test_every_control_has_its_command_and_every_command_its_control(ribbon: etree._Element) -> None:
    controls = ribbon.xpath("//c:button | //c:menu", namespaces=SPACE)
    assert {command_of(each) for each in ids(controls)} == set(all_commands())


def test_every_control_says_in_a_vietnamese_sentence_what_it_does(ribbon: etree._Element) -> None:
    for control in ribbon.xpath("//c:button | //c:menu | //c:editBox", namespaces=SPACE):
        name = control.get("id")
        assert control.get("label"), name
        assert control.get("screentip"), name
        assert re.fullmatch(r"[A-ZĐÀ-Ỹ0-9].{15,}\.", control.get("supertip")), name
        assert control.get("supertip") != control.get("label"), name


def test_what_a_command_says_of_itself_is_said_once_and_shown() -> None:
    commands = {
        name: Command(name, Text(f"Tên {name}", ""), Text(f"Câu {name}.", ""), print) for name in all_commands()
    }
    ribbon = etree.fromstring(ribbon_xml(commands, {"b-c": Text("Biểu & mẫu", "Form")}))
    (check,) = ribbon.xpath("//*[@id='check-sheet']")
    shown = {name: check.get(name) for name in ("label", "screentip", "supertip")}
    assert shown == {"label": "Tên check-sheet", "screentip": "Tên check-sheet", "supertip": "Câu check-sheet."}
    (dong,) = ribbon.xpath("//*[@id='unit.dong']")
    assert (dong.get("label"), dong.get("supertip"), dong.get("tag")) == ("Sang đồng", "Câu unit.", "to=dong")
    (form,) = ribbon.xpath("//*[@id='new']/*")
    assert dict(form.attrib) == {
        "id": "new.b-c",
        "label": "Biểu & mẫu",
        "tag": "form=b-c;ask:boxes",
        "onAction": "PhulucRibbon.Phuluc_Click",
        "screentip": "Tên new",
        "supertip": "Câu new.",
    }


def test_the_menu_of_new_appendices_lists_the_forms_by_their_titles(ribbon: etree._Element) -> None:
    (menu,) = ribbon.xpath("//*[@id='new']")
    assert [each.get("label") for each in menu] == [load_form(name).title.vi for name in form_names()]
    assert [each.get("tag") for each in menu] == [f"form={name};ask:boxes" for name in form_names()]
    assert menu.get("tag") is None


def test_a_tag_holds_only_answers_that_its_command_takes(ribbon: etree._Element) -> None:
    asked = {"ask:files": ("file",), "ask:boxes": ("years", "sources")}
    for control in ribbon.xpath("//*[@tag]"):
        command = all_commands()[command_of(control.get("id"))]
        answers = [name for part in control.get("tag").split(";") for name in asked.get(part, (part.split("=")[0],))]
        assert set(answers) <= set(command.asks), command.name


def test_every_callback_is_a_procedure_with_the_parameters_that_office_passes(ribbon: etree._Element) -> None:
    modules = vba_modules(Wrapped("", ()))
    for attribute, parameters in CALLBACKS.items():
        callbacks = {str(each) for each in ribbon.xpath(f"//@{attribute}")}
        assert callbacks
        for callback in callbacks:
            module, _, procedure = callback.partition(".")
            assert f"\nPublic Sub {procedure}({parameters})\n" in modules[module], callback
            assert sum(f"Sub {procedure}(" in source for source in modules.values()) == 1
    clickable = ribbon.xpath("//c:button", namespaces=SPACE)
    assert {each.get("onAction") for each in clickable} == {"PhulucRibbon.Phuluc_Click"}


def test_every_key_tip_leads_to_one_control(ribbon: etree._Element) -> None:
    tips = [str(each) for each in ribbon.xpath("//c:group//@keytip", namespaces=SPACE)]
    assert len(tips) == len(set(tips)) == sum(map(len, LAYOUT.values()))
    assert all(re.fullmatch("[A-Z]", tip) for tip in tips)


def test_every_control_on_the_tab_has_a_picture(ribbon: etree._Element) -> None:
    pictures = {
        each.get("id"): each.get("imageMso")
        for each in ribbon.xpath("//c:group/c:button | //c:group/c:menu", namespaces=SPACE)
    }
    assert all(pictures.values()), pictures
    assert len(set(pictures.values())) == len(pictures)


def test_a_control_without_a_command_is_refused() -> None:
    commands = {name: command for name, command in all_commands().items() if name != "guide"}
    with pytest.raises(LookupError, match="guide"):
        ribbon_xml(commands, {})


def test_the_source_is_utf_8_and_composed() -> None:
    text = (files("addin.xlam") / "customUI14.xml").read_text(encoding="utf-8")
    assert "Phụ lục kinh phí" in text
    assert "̣" not in text
