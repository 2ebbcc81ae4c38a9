"""The Windows registry, behind the little that installing asks of it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

SZ = 1  # REG_SZ, a text


@dataclass(frozen=True)
class Value:
    """What stands under a name: the data, and of which kind the registry says it is (REG_SZ, REG_EXPAND_SZ ...)."""

    data: str | int | bytes
    kind: int = SZ


class Registry(Protocol):
    """Keys are written in full, as `HKCU\\Software\\...`. Names of keys and values are compared without case."""

    def exists(self, key: str) -> bool:
        """Whether there is such a key."""

    def values(self, key: str) -> Mapping[str, Value]:
        """The values of a key by name, the default one under ""; none where there is no such key."""

    def write(self, key: str, name: str, value: Value) -> None:
        """Set a value; makes the key where it is missing. Raises OSError."""

    def remove(self, key: str, name: str) -> None:
        """Remove a value that is there. Raises OSError."""


class WindowsRegistry:
    """The registry of this machine and user."""

    def __init__(self) -> None:
        self._winreg: Any = importlib.import_module("winreg")  # only Windows has it, and only there is its type known

    def exists(self, key: str) -> bool:
        """See `Registry`."""
        try:
            self._opened(key).Close()
        except OSError:
            return False
        return True

    def values(self, key: str) -> Mapping[str, Value]:
        """See `Registry`."""
        found: dict[str, Value] = {}
        try:
            with self._opened(key) as handle:
                for number in range(self._winreg.QueryInfoKey(handle)[1]):
                    name, data, kind = self._winreg.EnumValue(handle, number)
                    found[name] = Value(b"" if data is None else data, kind)
        except OSError:  # no such key, or not for this user to read
            return {}
        return found

    def write(self, key: str, name: str, value: Value) -> None:
        """See `Registry`."""
        root, path = self._root(key)
        with self._winreg.CreateKeyEx(root, path, 0, self._winreg.KEY_SET_VALUE) as handle:
            self._winreg.SetValueEx(handle, name, 0, value.kind, value.data)

    def remove(self, key: str, name: str) -> None:
        """See `Registry`."""
        root, path = self._root(key)
        with self._winreg.OpenKey(root, path, 0, self._winreg.KEY_SET_VALUE) as handle:
            self._winreg.DeleteValue(handle, name)

    def _opened(self, key: str) -> Any:
        root, path = self._root(key)
        # a 32-bit Python would be shown another part of the registry than a 64-bit Excel
        return self._winreg.OpenKey(root, path, 0, self._winreg.KEY_READ | self._winreg.KEY_WOW64_64KEY)

    def _root(self, key: str) -> tuple[int, str]:
        root, _, path = key.partition("\\")
        names = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE", "HKCR": "HKEY_CLASSES_ROOT"}
        return getattr(self._winreg, names[root]), path
