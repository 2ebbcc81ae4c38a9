"""A finished file put where the user wants it: whole, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults import InputFault, Text


def refuse_target(target: Path, suffix: str, *, force: bool, source: Path | None = None) -> None:
    """Raise InputFault where `target` does not end in `suffix`, lies in a folder that there is not, is `source` itself
    (the file that is read), exists and `force` is not given, is a folder, read-only, or open in another program.

    `os.path` is asked, and not the path itself, which raises for a name too long where this says "not there".
    """
    if target.suffix.lower() != suffix:
        expected = Text(f"một tệp {suffix}", f"an {suffix} file")
        unusable = Text("tên tệp đích không dùng được", "the target cannot have this name")
        raise InputFault(unusable, file=target, expected=expected)
    if not os.path.isdir(target.parent):
        raise InputFault(Text("không có thư mục của tệp đích", "the folder of the target is missing"), file=target)
    for lock in (f"~${target.name}", f".~lock.{target.name}#"):  # Excel's and LibreOffice's
        if os.path.exists(target.with_name(lock)):
            in_use = Text("tệp đích đang được mở", "the target is open in another program")
            close = Text("đóng tệp rồi chạy lại", "the file closed first")
            raise InputFault(in_use, file=target, found=lock, expected=close)
    if not os.path.exists(target):
        return
    if source is not None and os.path.samefile(target, source):
        itself = Text("tệp đích chính là tệp đang được đọc", "the target is the very file that is read")
        raise InputFault(itself, file=target, expected=Text("một tên khác", "another name"))
    if os.path.isdir(target):
        raise InputFault(Text("đích là một thư mục", "the target is a folder"), file=target)
    if not force:
        use_force = Text("tên khác, hoặc --force để ghi đè", "another name, or --force to overwrite")
        raise InputFault(Text("tệp đích đã có", "the target exists already"), file=target, expected=use_force)
    if not os.access(target, os.W_OK):  # os.replace would not ask
        raise InputFault(Text("tệp đích chỉ cho đọc", "the target is read-only"), file=target)


def put_in_place(data: bytes, target: Path) -> None:
    """Write a file beside the target and move it there. Raises InputFault where that cannot be done."""
    with in_place(target) as temporary:
        temporary.write_bytes(data)


@contextmanager
def in_place(target: Path) -> Iterator[Path]:
    """A path beside the target to write a file at, which is moved there when the block ends, and not if it raises.

    Raises InputFault where the file cannot be written or moved.
    """
    final = Path(os.path.realpath(target))  # a link is written through, not replaced
    temporary = final.with_name(f".phuluc-{secrets.token_hex(8)}.tmp")
    try:
        temporary.touch(exist_ok=False)
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if final.exists():
            shutil.copymode(final, temporary)
        os.replace(temporary, final)
    except OSError as fault:
        unwritten = Text("không ghi được tệp", "the file cannot be written")
        raise InputFault(unwritten, file=target, found=fault.strerror) from fault
    finally:
        temporary.unlink(missing_ok=True)
