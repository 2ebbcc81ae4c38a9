"""What the tables of one workbook that anybody made share on their way into a plan."""

from __future__ import annotations

from faults import Text
from generators.generate import OWN_SHEETS
from revisions.reading.carry import Carried
from revisions.reading.gathering import Gathered
from revisions.reading.table_items import slug
from validators.grid import Place
from validators.rules.base import Checked
from validators.tables.wording import folded

_LONGEST = 31  # characters of a sheet's name


class Shared:
    """The rows of the plan that is being read, the codes and names that are taken, and the cells in doubt."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.gathered = Gathered(checked.book.path)
        self.codes = Carried()
        wrong = [each for each in checked.diagnoses if not each.rounding]
        self.doubted: set[Place] = {place for each in wrong for place in (each.place, *each.others, *each.together)}
        self._sources: dict[str, str] = {}  # the keys by folded name

    def source(self, name: str) -> str:
        """The key of a source; one name is one source in all tables."""
        if (key := self._sources.get(folded(name))) is None:
            key = self._sources[folded(name)] = self.codes.take(slug(name))
            self.gathered.add("sources", {"key": key, "name": name}, Text(name, name))
        return key

    def sheet(self, name: str) -> str:
        """The name, or one like it, that no other appendix and no sheet of phuluc has."""
        free, number = name, 1
        taken = {str(row["sheet"]).casefold() for row in self.gathered.rows["appendices"]}
        taken |= {each.casefold() for each in OWN_SHEETS}
        while free.casefold() in taken:
            number += 1
            end = f" ({number})"
            free = f"{name[: _LONGEST - len(end)]}{end}"
        return free

    def assume(self, place: Text, vi: str, en: str) -> None:
        """Something that the reading decided."""
        self.gathered.assumed.append(Text(f"{place.vi}: {vi}", f"{place.en}: {en}"))

    def leave(self, place: Text, vi: str, en: str) -> None:
        """Something that the workbook holds and a plan cannot."""
        self.gathered.left_out.append(Text(f"{place.vi}: {vi}", f"{place.en}: {en}"))

    def leave_text(self, text: str) -> None:
        """A text beside a table that has no place in the plan."""
        self.gathered.left_out.append(Text(f"chữ ngoài bảng: “{text}”", f"text beside the table: “{text}”"))
