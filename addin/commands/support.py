"""Trợ giúp: the guide, and what stands here in which version."""

from __future__ import annotations

import platform
import webbrowser
from importlib.metadata import version

from addin import guide
from addin.backups import backup_folder
from addin.commands.base import Command, Desk
from addin.journal import log_file
from faults import Text


def _guide(_: Desk) -> Text:
    page = guide.written()
    if webbrowser.open(page.as_uri()):
        return Text("", "")
    return Text(f"Hướng dẫn nằm ở {page}.", f"The guide is at {page}.")


def _about(desk: Desk) -> Text:
    used = "\n".join(
        (
            f"phuluc {version('phuluc')}",
            f"Python {platform.python_version()}, xlwings {version('xlwings')}",
            f"{desk.app.engine.name} {desk.app.version}",
        )
    )
    return Text(
        f"{used}\n\nNhật ký: {log_file()}\nBản sao lưu: {backup_folder()}",
        f"{used}\n\nLog: {log_file()}\nBackups: {backup_folder()}",
    )


COMMANDS = (
    Command(
        "guide",
        Text("Hướng dẫn", "Guide"),
        Text("Mở hướng dẫn sử dụng, mỗi việc một trang.", "Opens the guide, one page a task."),
        _guide,
    ),
    Command(
        "about",
        Text("Giới thiệu", "About"),
        Text(
            "Cho biết các phiên bản đang dùng, nơi lưu nhật ký và các bản sao lưu.",
            "Says which versions are in use and where the log and the backups are.",
        ),
        _about,
    ),
)
