r"""Which add-ins Excel loads when it starts: the values OPEN, OPEN1, OPEN2 ... of its Options key.

Excel reads them one after the other and stops at the first number that is missing. Each names one file, as
`/R "C:\folder\name.xlam"`, `"C:\folder\name.xlam"` or, in the user's own add-in folder, `"name.xlam"`. An add-in that
the user has unticked stands under `Add-in Manager` instead, its path being the name of a value.
"""

from __future__ import annotations

import ntpath
import re
from collections.abc import Callable
from dataclasses import dataclass

from addin.installing.registry import Registry, Value

_OPEN = re.compile(r"OPEN([1-9][0-9]*)?", re.IGNORECASE)
_COMMAND = re.compile(r'(?:/\w\s+)*"?([^"]*)"?\s*')


@dataclass(frozen=True)
class Loader:
    """What one version of Excel, such as 16.0, loads. In the folder `addins` it looks for a bare file name."""

    registry: Registry
    version: str
    addins: str

    def loaded(self) -> list[str]:
        """The full paths of the files that it loads, in that order."""
        slots = self._slots()
        return [self._path(slots[number][1]) for number in sorted(slots)]

    def unticked(self) -> list[str]:
        """The full paths of the files that the user has unticked."""
        return [self._full(name) for name in self.registry.values(self._key("Add-in Manager"))]

    def load(self, path: str) -> list[str]:
        """Have Excel load the file of that full path. Raises OSError.

        Excel cannot hold two books of one name: a file of that name elsewhere is loaded no more, and its path returned.
        All other entries stay what they are, in their order.
        """
        slots = self._slots()
        named = [number for number in sorted(slots) if same_name(self._path(slots[number][1]), path)]
        if not named:
            self._write(self._free(), path)
        elif not same_file(self._path(slots[named[0]][1]), path):
            self._write(named[0], path)
        for number in reversed(named[1:]):
            self._close(number)
        self._strike(lambda each: same_name(each, path))
        return [each for each in (self._path(slots[n][1]) for n in named) if not same_file(each, path)]

    def unload(self, meant: Callable[[str], bool]) -> list[str]:
        """Have Excel load none of the files that are meant by their full paths; those that it did. Raises OSError."""
        slots = self._slots()
        going = [number for number in sorted(slots) if meant(self._path(slots[number][1]))]
        for number in reversed(going):
            self._close(number)
        self._strike(meant)
        return [self._path(slots[number][1]) for number in going]

    def _strike(self, meant: Callable[[str], bool]) -> None:
        """Strike files off the list of those unticked."""
        key = self._key("Add-in Manager")
        for name in [name for name in self.registry.values(key) if meant(self._full(name))]:
            self.registry.remove(key, name)

    def _slots(self) -> dict[int, tuple[str, Value]]:
        """The values OPEN (0), OPEN1 (1), ... with their names as written."""
        values = self.registry.values(self._key("Options"))
        matches = {name: _OPEN.fullmatch(name) for name in values}
        return {int(match[1] or 0): (name, values[name]) for name, match in matches.items() if match}

    def _free(self) -> int:
        slots, number = self._slots(), 0
        while number in slots:
            number += 1
        return number

    def _write(self, number: int, path: str) -> None:
        name = self._slots().get(number, (f"OPEN{number or ''}", None))[0]
        self.registry.write(self._key("Options"), name, Value(f'/R "{path}"'))

    def _close(self, number: int) -> None:
        """Take a slot away; those behind it move up, each written before it goes, so that none is ever missing."""
        slots, key = self._slots(), self._key("Options")
        while number + 1 in slots:
            self.registry.write(key, slots[number][0], slots[number + 1][1])
            number += 1
        self.registry.remove(key, slots[number][0])

    def _path(self, value: Value) -> str:
        found = _COMMAND.fullmatch(str(value.data))
        return self._full(found[1].strip()) if found else str(value.data)

    def _full(self, path: str) -> str:
        return path if ntpath.dirname(path) else ntpath.join(self.addins, path)

    def _key(self, name: str) -> str:
        return rf"HKCU\Software\Microsoft\Office\{self.version}\Excel\{name}"


def same_file(one: str, other: str) -> bool:
    """Whether two full paths of Windows name one file, as far as their spelling tells."""
    return ntpath.normcase(ntpath.normpath(one)) == ntpath.normcase(ntpath.normpath(other))


def same_name(one: str, other: str) -> bool:
    """Whether two files of Windows bear the same name, wherever they are."""
    return ntpath.normcase(ntpath.basename(one)) == ntpath.normcase(ntpath.basename(other))
