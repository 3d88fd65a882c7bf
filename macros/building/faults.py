"""What keeps a build from ending well, told to who has to mend it."""

from __future__ import annotations

import errno


class BuildError(Exception):
    """Raised when a build cannot be ended; the text is Norwegian and says what to do."""


_MOUNT = (
    "er et monteringspunkt, som ikke kan byttes ut. "
    "Velg en mappe i det, med «site_dir» i mkdocs.yml eller med --out for mange utgaver"
)


def cause(error: OSError) -> str:
    """Return which file the system would not give, and why, for who has to mend it."""
    reason = {
        errno.ENOSPC: "disken er full",
        errno.EDQUOT: "disken er full",
        errno.EFBIG: "filen er større enn systemet tillater",
        errno.EROFS: "mappen kan bare leses",
        errno.EACCES: "mappen kan bare leses",
        errno.EBUSY: _MOUNT,
        errno.EXDEV: _MOUNT,
        errno.ENOTDIR: "en del av stien er en fil, ikke en mappe",
    }.get(error.errno or 0, error.strerror or str(error))
    place = error.filename2 or error.filename
    told = f"{place}: {reason}" if place else reason
    return f"{told}. Det som er publisert, er urørt."
