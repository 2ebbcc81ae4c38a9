"""Rows that come into a table, and how each formula must read so that it counts them in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from openpyxl.formula.tokenizer import Token

from addin.formula_tree import FormulaTree, Leaf, Reference, name_key
from addin.rows.kin import Kin
from validators.grid import Place
from workbook.saving import FORMULA_LIMIT

_MOST_ARGUMENTS = 255  # of a function


@dataclass(frozen=True)
class Growth:
    """New rows of a sheet, right below the rows `top` to `bottom`: a copy of each row of `model`, which lie there."""

    sheet: str
    top: int
    bottom: int
    model: tuple[int, ...]

    @property
    def rows(self) -> range:
        """The new rows."""
        return range(self.bottom + 1, self.bottom + 1 + len(self.model))

    def holds(self, row: int) -> bool:
        """Whether a row belongs to what is copied."""
        return self.top <= row <= self.bottom

    def moved(self, row: int) -> int:
        """Where a row stands once the new ones are there."""
        return row + len(self.model) if row > self.bottom else row

    @cached_property
    def copies(self) -> Mapping[int, int]:
        """Where the copy of each row of `model` stands."""
        return dict(zip(self.model, self.rows, strict=True))

    def end_for(self, row: int) -> int:
        """The new row in which a range must end that ended in a row of the block."""
        if row == self.bottom:
            return self.rows[-1]
        return self.rows[max(bisect_right(self.model, row) - 1, 0)]


@dataclass(frozen=True)
class Grown:
    """A formula as it must read once the new rows are there. `host`: as the host alone would make it read.

    `counts`: it counts new rows in. `partial`: it counts some of the rows that are like the new one, and not all of
    them, so that nobody can say whether the new one belongs there.
    """

    text: str
    host: str
    counts: bool
    partial: bool


class Grower:
    """Rewrites formulas for new rows."""

    def __init__(self, growth: Growth, kin: Kin) -> None:
        self.growth, self._kin = growth, kin
        self._key = name_key(growth.sheet)

    def grown(self, formula: str, place: Place) -> Grown:
        """How the formula of a cell must read afterwards. Raises ValueError for one that cannot be taken apart."""
        tree = FormulaTree(formula)
        host: dict[int, str] = {}
        changes: dict[int, str] = {}
        spans = False
        for at, each in self._ours(tree, place.sheet):
            moved = self._moved(each)
            host[at] = changes[at] = str(moved)
            spans = spans or moved.area.top < self.growth.rows[0] <= moved.area.bottom
            if self._ends_within(each) and not self._runs(each, place):
                changes[at] = str(each.at_rows(each.area.top, self.growth.end_for(each.area.bottom)))
        terms, partial = self._terms(tree, place)
        for at, further in terms.items():
            changes[at] += further
        text, alone = tree.written(changes), tree.written(host)
        if len(text) >= FORMULA_LIMIT or (terms and any(len(each) >= _MOST_ARGUMENTS for each in tree.sums)):
            return Grown(alone, alone, counts=spans, partial=text != alone)
        return Grown(text, alone, spans or text != alone, partial)

    def copied(self, formula: str, place: Place, names: Mapping[str, str]) -> tuple[str, bool] | None:
        """The formula of a cell of the model as its copy must read, and whether it refers to rows that are copied.

        None where all that it refers to in the block is left behind. `names`: texts that the copy calls otherwise.
        Raises ValueError for a formula that cannot be taken apart.
        """
        tree = FormulaTree(formula)
        row = self.growth.copies[place.row]
        changes = {
            at: f'"{names[text]}"'
            for at, token in enumerate(tree.tokens)
            if token.subtype == Token.TEXT and (text := token.value[1:-1]) in names
        }
        own = False
        left_behind: set[int] = set()
        terms, _ = self._terms(tree, place)
        for at, each in self._ours(tree, place.sheet):
            area = each.area
            if at in terms:
                changes[at] = f"{self._moved(each)}{terms[at]}"
            elif self._ends_within(each):
                own = True
                end = row if self._runs(each, place) else self.growth.end_for(area.bottom)
                changes[at] = str(each.at_rows(area.top, end))
            elif self.growth.holds(area.top) and self.growth.holds(area.bottom):
                kept = [self.growth.copies[each] for each in self.growth.model if area.top <= each <= area.bottom]
                if kept:
                    own = True
                    changes[at] = str(each.at_rows(kept[0], kept[-1]))
                else:
                    left_behind.add(at)
            elif _is_neighbour(each, place) and area.bottom < self.growth.top:
                changes[at] = str(each.at_rows(*(area.top + row - place.row,) * 2))
            else:
                changes[at] = str(self._moved(each))
        return self._copy(tree, changes, left_behind, own=own)

    def _copy(
        self, tree: FormulaTree, changes: dict[int, str], left_behind: set[int], *, own: bool
    ) -> tuple[str, bool] | None:
        """A formula without the terms that refer to rows which are left behind; None where a sum has no others."""
        for leaves in tree.sums:
            tokens = {leaf.token for leaf in leaves}
            lost = tokens & left_behind
            if lost and lost < tokens:
                changes |= dict.fromkeys(tree.without(lost), "")
                left_behind -= lost
        return None if left_behind else (tree.written(changes), own)

    def chained(self, formula: str, place: Place, before: int) -> tuple[str, str] | None:
        """A formula that goes on from the cell above, in row `before` of the same column: how the new cell between them
        reads, and how the formula itself. None where it does not. Raises ValueError.
        """
        tree = FormulaTree(formula)
        row = self.growth.copies[before]
        new: dict[int, str] = {}
        later: dict[int, str] = {}
        linked = False
        for at, each in self._ours(tree, place.sheet):
            later[at] = str(self._moved(each))
            if each.is_row and each.area.top == place.row:
                new[at] = str(each.at_rows(row, row))
            elif _is_neighbour(each, place) and each.area.top == before:
                linked = True
                later[at] = str(each.at_rows(row, row))
            else:
                new[at] = str(self._moved(each))
        return (tree.written(new), tree.written(later)) if linked else None

    def _ours(self, tree: FormulaTree, sheet: str) -> Iterator[tuple[int, Reference]]:
        """The references to the sheet that grows."""
        for at, each in tree.references.items():
            if name_key(each.sheet or sheet) == self._key:
                yield at, each

    def _is_own(self, place: Place) -> bool:
        return name_key(place.sheet) == self._key and self.growth.holds(place.row)

    def _moved(self, each: Reference) -> Reference:
        """As the host moves it when it puts rows in."""
        return each.at_rows(self.growth.moved(each.area.top), self.growth.moved(each.area.bottom))

    def _ends_within(self, each: Reference) -> bool:
        """Whether a range ends in the block and is not about the block alone: the host leaves out what comes below.

        It begins above the block; or the item is the only one, and the range is written as one all the same (C8:C8).
        """
        area = each.area
        only = not each.single and each.is_row and area.left == area.right and area.top == self.growth.top
        return self.growth.holds(area.bottom) and (
            area.top < self.growth.top or (only and self._kin.is_alone(area.top))
        )

    def _runs(self, each: Reference, place: Place) -> bool:
        """Whether a range ends in the row of its own formula: a running total."""
        return self._is_own(place) and not each.fixed[2] and each.area.bottom == place.row

    def _terms(self, tree: FormulaTree, place: Place) -> tuple[dict[int, str], bool]:
        """What comes behind which token where rows are added up one by one; whether a sum has only some of them."""
        ours = dict(self._ours(tree, place.sheet))
        found: dict[int, str] = {}
        partial = False
        for leaves in tree.sums:
            mine = [leaf for leaf in leaves if leaf.token in ours]
            seen: set[Reference] = set()
            for leaf in mine:
                each = ours[leaf.token]
                if not each.is_row or each.area.top not in self.growth.copies or self._ends_within(each):
                    continue
                row = self.growth.copies[each.area.top]
                further = each.at_rows(row, row)
                covered = self._covered(leaf, mine, ours)
                if self._kin.adds_up(place, each, covered, own=self._is_own(place)):
                    if further not in seen:
                        seen.add(further)
                        found[leaf.token] = f"{leaf.joint}{further}"
                elif self._kin.adds_some(each, covered) or self._kin.is_quoted(place, each):
                    partial = True
        return found, partial

    def _covered(self, leaf: Leaf, leaves: list[Leaf], ours: Mapping[int, Reference]) -> set[int]:
        """The rows that a sum adds up in the columns of one of its terms, and with the same sign."""
        area = ours[leaf.token].area
        return {
            row
            for other in leaves
            if other.sign == leaf.sign
            and (within := ours[other.token].area).left <= area.left
            and area.right <= within.right
            for row in range(within.top, within.bottom + 1)
        }


def _is_neighbour(each: Reference, place: Place) -> bool:
    """Whether a reference is to one cell of the formula's own column, and moves when the formula is copied down."""
    return each.is_row and not each.fixed[0] and each.area.left == each.area.right == place.column and not each.prefix
