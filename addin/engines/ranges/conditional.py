"""Conditional formats of ranges that are open in LibreOffice, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.engines.formulas import to_excel, to_office
from addin.engines.ranges.looks import BOLD, ITALIC, NORMAL, UPRIGHT, Color, to_color, to_number

if TYPE_CHECKING:
    from addin.engines.ranges.places import Placed

_TWO_SIDED = ("between", "not_between")


class ConditionalFormat(base_classes.ConditionalFormat):
    """A rule, as it was when it was read. LibreOffice stops at the first one that holds."""

    def __init__(self, cells: Placed, rule: Mapping[str, Any]) -> None:
        self._range, self._rule = cells, rule

    @property
    def api(self) -> ConditionalFormat:
        """LibreOffice has no object model but this one."""
        return self

    @property
    def type(self) -> str:
        """`custom`, `cell_value`, `color_scale`, `data_bar`, `icon_set` or `unknown`."""
        return str(self._rule["type"])

    @property
    def stop_if_true(self) -> bool | None:
        """True; None for what does not hold or fail."""
        return True if self.type in ("custom", "cell_value") else None

    def _formula(self, key: str, kind: str) -> str | None:
        if self.type != kind:
            return None
        return to_excel(f"={self._rule[key]}", [sheet.name for sheet in self._range.sheet.book.sheets])

    @property
    def formula(self) -> str | None:
        """The condition of a custom rule."""
        return self._formula("formula1", "custom")

    @property
    def operator(self) -> str | None:
        """How a rule on cell values compares."""
        return str(self._rule["operator"]) if self.type == "cell_value" else None

    @property
    def formula1(self) -> str | None:
        """What a rule on cell values compares with."""
        return self._formula("formula1", "cell_value")

    @property
    def formula2(self) -> str | None:
        """The other end of what it compares with."""
        return self._formula("formula2", "cell_value") if self.operator in _TWO_SIDED else None

    def _look(self, name: str) -> Any:
        return self._rule.get("looks", {}).get(name)

    @property
    def fill_color(self) -> Color | None:
        """Its fill."""
        return to_color(self._look("CellBackColor"))

    @property
    def font_color(self) -> Color | None:
        """Its colour of text."""
        return to_color(self._look("CharColor"))

    @property
    def font_bold(self) -> bool | None:
        """Whether it makes text bold; None: it says nothing of it."""
        weight = self._look("CharWeight")
        return None if weight is None else weight > NORMAL

    @property
    def font_italic(self) -> bool | None:
        """Whether it makes text italic; None: it says nothing of it."""
        posture = self._look("CharPosture")
        return None if posture is None else posture != UPRIGHT

    def set(self, changes: Mapping[str, Any]) -> None:
        """Change it."""
        rule = {key: changes[key] for key in ("operator",) if key in changes}
        self._rule = self._range.call_sheet("set_rule", self._rule, {**rule, **_spec(changes)})

    def delete(self) -> None:
        """Remove it from wherever it applies."""
        self._range.call_sheet("delete_rule", self._rule)


class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that apply to a range, in the order in which they are judged."""

    def __init__(self, cells: Placed) -> None:
        self._range = cells

    @property
    def api(self) -> ConditionalFormats:
        """LibreOffice has no object model but this one."""
        return self

    def _all(self) -> list[ConditionalFormat]:
        return [ConditionalFormat(self._range, rule) for rule in self._range.call("rules")]

    def __call__(self, index: int) -> ConditionalFormat:
        """The rule of that number, from 1."""
        return self._all()[index - 1]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._all())

    def add_custom(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        """A rule that holds where a formula is true; it is judged first."""
        return self._add({"operator": "expression", **_spec(spec)})

    def add_cell_value(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        """A rule that compares the value of each cell; it is judged first."""
        return self._add({"operator": spec["operator"], **_spec(spec)})

    def _add(self, rule: Mapping[str, Any]) -> ConditionalFormat:
        return ConditionalFormat(self._range, self._range.call("add_rule", rule))

    def clear(self) -> None:
        """Leave no rule on the range."""
        self._range.call("clear_rules")


def _spec(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What xlwings says of a rule, as the bridge takes it."""
    rule: dict[str, Any] = {}
    for key, name in (("formula", "formula1"), ("formula1", "formula1"), ("formula2", "formula2")):
        if spec.get(key) is not None:
            formula = str(spec[key])
            rule[name] = to_office(formula).removeprefix("=") if formula.startswith("=") else formula
    looks: dict[str, Any] = {}
    if "fill_color" in spec:
        looks["CellBackColor"] = to_number(spec["fill_color"])
    if "font_color" in spec:
        looks["CharColor"] = to_number(spec["font_color"])
    if "font_bold" in spec:
        looks["CharWeight"] = BOLD if spec["font_bold"] else NORMAL
    if "font_italic" in spec:
        looks["CharPosture"] = ITALIC if spec["font_italic"] else UPRIGHT
    return {**rule, "looks": looks}
