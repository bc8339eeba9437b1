"""Keeps a directory's profiles within limits: the oldest that this profiler wrote go first."""

from __future__ import annotations

import os

#: Endings of the files, and where each tells who wrote it.
SPEEDSCOPE = '.speedscope.json'
PSTATS = '.prof'

#: Ends a pstats file; what reads marshalled data ignores what stands after it.
PSTATS_MARK = b'\nhotline-profiler\n'

_SPEEDSCOPE_MARK = b'"exporter":"hotline-profiler@'
_HEAD = 200

#: Files of our own between two looks at the directory, where other processes may write as well.
_LOOK_EVERY = 50


class Retention:
    """The limits of one directory. Used by one thread."""

    def __init__(self, directory: str, most_files: int, most_bytes: int) -> None:
        """Limits of 0 are none."""
        self._directory = directory
        self._most_files = most_files or float('inf')
        self._most_bytes = most_bytes or float('inf')
        #: Name to modification time (ns) and bytes of our own files.
        self._own: dict[str, tuple[int, int]] = {}
        self._foreign: set[str] = set()
        self._until_look = 0

    def written(self, name: str) -> None:
        """Takes note of a file that was just written, and deletes what is now too much.

        The newest is kept, however large it is.
        """
        if self._most_files == self._most_bytes == float('inf'):
            return
        if self._until_look == 0:
            self._until_look = _LOOK_EVERY
            self._look()
        else:
            self._note(name)
        self._until_look -= 1
        self._delete()

    def _look(self) -> None:
        known, self._own = self._own, {}
        with os.scandir(self._directory) as entries:
            for entry in entries:
                if entry.name not in self._foreign and entry.name.endswith((SPEEDSCOPE, PSTATS)):
                    if entry.name in known or is_own(entry.path):
                        self._note(entry.name)
                    else:
                        self._foreign.add(entry.name)

    def _note(self, name: str) -> None:
        try:
            status = os.stat(os.path.join(self._directory, name))
        except FileNotFoundError:
            # Deleted by another process meanwhile.
            return
        self._own[name] = (status.st_mtime_ns, status.st_size)

    def _delete(self) -> None:
        files = len(self._own)
        size = sum(size for _, size in self._own.values())
        if files <= self._most_files and size <= self._most_bytes:
            return
        oldest_first = sorted(self._own, key=lambda name: self._own[name][0])
        for name in oldest_first[:-1]:
            if files <= self._most_files and size <= self._most_bytes:
                return
            files -= 1
            size -= self._own.pop(name)[1]
            _remove(os.path.join(self._directory, name))


def is_own(path: str) -> bool:
    """Whether this profiler wrote the file, by its content."""
    try:
        with open(path, 'rb') as file:
            if path.endswith(SPEEDSCOPE):
                return _SPEEDSCOPE_MARK in file.read(_HEAD)
            file.seek(-len(PSTATS_MARK), os.SEEK_END)
            return file.read() == PSTATS_MARK
    except OSError:
        return False


def _remove(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        # Gone already, or open in a program on Windows: it is found again at the next look.
        pass
