"""What the profiler has to say to a person: one line on stderr, each only once a process."""

from __future__ import annotations

import sys

_said = set()


def once(key: str, message: str) -> None:
    """Prints `hotline: message` unless this key has printed something already. Never raises."""
    if key in _said:
        return
    _said.add(key)
    try:
        sys.stderr.write('hotline: %s\n' % message)
    except Exception:
        pass
