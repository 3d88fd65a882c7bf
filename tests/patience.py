"""How long a test waits before it says that something hangs: no limit on a slow machine."""

from __future__ import annotations

PATIENCE = 1200  # seconds
