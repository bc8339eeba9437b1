"""Hashes of source files, by which it is known later whether they are still what ran."""

from __future__ import annotations

import hashlib
import os
import time

from .. import LOADED_NS

#: Bytes; a larger file is nothing that a person reads.
_LARGEST = 16 * 1024 * 1024

#: Seconds for which a file is not looked at again.
_TRUSTED = 0.5


#: By path: when it was looked at, its modification time (ns) and size, and its hash.
_known: dict[str, tuple[float, tuple[int, int] | None, str | None]] = {}

_NEVER = (float('-inf'), None, None)


def of(files: set[str]) -> list[dict[str, str]]:
    """SHA-256 of the files, by path; without those that may not be what this process runs.

    That is a file that was changed after the profiler came into the process: the process may have
    loaded it before or after the change.
    """
    hashes = ((file, _hash(file)) for file in sorted(files))
    return [{'file': file, 'sha256': digest} for file, digest in hashes if digest]


def _hash(file: str) -> str | None:
    looked, stamp, digest = _known.get(file, _NEVER)
    now = time.monotonic()
    if now - looked < _TRUSTED:
        return digest
    try:
        status = os.stat(file)
        if stamp != (status.st_mtime_ns, status.st_size):
            stamp = (status.st_mtime_ns, status.st_size)
            digest = _digest(file) if _is_unchanged(status) else None
    except (OSError, ValueError):
        stamp, digest = None, None
    _known[file] = now, stamp, digest
    return digest


def _is_unchanged(status: os.stat_result) -> bool:
    return status.st_mtime_ns <= LOADED_NS and status.st_size <= _LARGEST


def _digest(file: str) -> str:
    with open(file, 'rb') as source:
        return hashlib.sha256(source.read()).hexdigest()
