"""The rows of two versions that are the same."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Pairs:
    """`to_new`: row of the old version -> row of the new one; `to_old`: the other way about."""

    to_new: dict[int, int] = field(default_factory=dict)
    to_old: dict[int, int] = field(default_factory=dict)

    def add(self, old: int, new: int) -> None:
        """Two rows are one; neither is paired yet."""
        self.to_new[old], self.to_old[new] = new, old

    def same(self, old: int | None, new: int | None) -> bool:
        """Whether two rows are one, or both are none."""
        return (new is None) if old is None else (new is not None and self.to_new.get(old) == new)
