"""A folder of files put where the user wants it: all of them, or none."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from faults import InputFault, Text


def refuse_place(folder: Path) -> None:
    """Raise InputFault where nothing can be written to `folder`: the one that it lies in is missing, or it is a file.

    `os.path` is asked, and not the path itself, which raises for a name too long where this says "not there".
    """
    if not os.path.isdir(folder.absolute().parent):
        raise InputFault(Text("không có thư mục chứa thư mục đích", "the folder of the target is missing"), file=folder)
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise InputFault(Text("đích là một tệp", "the target is a file"), file=folder)


@contextmanager
def in_place(folder: Path, among: Collection[str] = ()) -> Iterator[Path]:
    """A folder to write files into, which become those of `folder` when the block ends, and not if it raises.

    Files of `folder` that have other names stay, but for those `among` which are not written anew. Raises InputFault
    where `refuse_place` does, and where the disk takes no file.
    """
    refuse_place(folder)
    exists = os.path.isdir(folder)
    scratch = (folder if exists else folder.absolute().parent) / f".phuluc-{secrets.token_hex(8)}.tmp"
    try:
        scratch.mkdir()
        yield scratch
        if exists:
            written = os.listdir(scratch)
            for name in written:
                os.replace(scratch / name, folder / name)
            for name in set(among).difference(written):
                (folder / name).unlink(missing_ok=True)
        else:
            os.replace(scratch, folder)
    except OSError as fault:
        what = Text("không ghi được thư mục", "the folder cannot be written")
        raise InputFault(what, file=folder, found=fault.strerror) from fault
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
