"""Fixtures that more than one room uses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.uno_session import OfficeSession, why_no_office


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for LibreOffice is marked as needing it."""
    for item in items:
        if {"office", "host_program"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.office)


@pytest.fixture(scope="session")
def office() -> Iterator[OfficeSession]:
    """LibreOffice, started once for each test process."""
    reason = why_no_office()
    if reason is not None:
        pytest.skip(reason)
    with OfficeSession() as session:
        yield session
