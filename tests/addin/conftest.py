"""The host that the add-in is tested in: LibreOffice through the add-in's own engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from support.uno_session import why_no_office


@pytest.fixture(scope="session")
def host_program() -> Iterator[xw.App]:
    """LibreOffice as an xlwings app, started once for each test process."""
    reason = why_no_office()
    if reason is not None:
        pytest.skip(reason)
    from addin.engines.libreoffice import office

    with office() as app:
        yield app


@pytest.fixture
def app(host_program: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.App]:
    """The host without open books; backups and log go to the test's own folder."""
    for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    yield host_program
    for book in list(host_program.books):
        book.close()
