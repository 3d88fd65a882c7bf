"""What all tests share is itself held to what it promises."""

from __future__ import annotations

import pytest


def test_tests_are_named_alike_by_each_worker(request: pytest.FixtureRequest) -> None:
    """Bytes hold the second that a file was packed in, and long texts drown what failed."""
    names = [item.nodeid for item in request.session.items]
    assert [name for name in names if r"PK\x03\x04\x14" in name or len(name) > 300] == []
