"""Lists of a recording that must not grow for ever."""

from __future__ import annotations

from ..recording import Recording

#: Of more queries, or spans, of one request the rest is only counted.
MOST = 10_000


def has_room(recording: Recording, items: list, name: str) -> bool:
    """Whether one more item may be kept; a warning of the recording counts those that may not.

    `name` is what a person calls the items: `queries`.
    """
    if len(items) < MOST:
        return True
    key = 'left out: ' + name
    count = recording.results.get(key, 0) + 1
    recording.results[key] = count
    if count > 1:
        recording.warnings.remove(_sentence(name, count - 1))
    recording.warnings.append(_sentence(name, count))
    return False


def _sentence(name: str, count: int) -> str:
    return 'Only the first %d %s are listed; there were %d more.' % (MOST, name, count)
