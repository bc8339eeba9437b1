"""One profile on disk: complete under its name, or not there at all."""

from __future__ import annotations

import itertools
import os

from .file_name import numbered

#: The directory that is kept out of version control by a file in it.
_HIDDEN_DIRECTORY = '.hotline'

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, 'O_BINARY', 0)

_counter = itertools.count(1)

#: The last number tried for a path, so that the search for a free one does not start anew.
_numbers: dict[str, int] = {}
_MOST_NUMBERS = 1000


def write(directory: str, name: str, suffix: str, content: bytes) -> str:
    """Writes a new file; returns its name, which is numbered if `name` is taken.

    A missing directory is made. Raises OSError; then nothing is left behind.
    """
    try:
        temporary, descriptor = _temporary_file(directory)
    except FileNotFoundError:
        make_directory(directory)
        temporary, descriptor = _temporary_file(directory)
    try:
        try:
            _write_all(descriptor, content)
        finally:
            os.close(descriptor)
        return _publish(temporary, directory, name, suffix)
    except BaseException:
        _remove(temporary)
        raise


def make_directory(directory: str) -> None:
    """Makes a directory and those above it; git ignores what is in a new `.hotline` among them."""
    if os.path.isdir(directory):
        return
    parent, name = os.path.split(directory)
    if parent and parent != directory:
        make_directory(parent)
    try:
        os.mkdir(directory)
    except FileExistsError:
        return
    if name == _HIDDEN_DIRECTORY:
        with open(os.path.join(directory, '.gitignore'), 'w') as file:
            file.write('*\n')


def _temporary_file(directory: str) -> tuple[str, int]:
    """Path and descriptor of a new hidden file beside the one to be: a rename leaves no directory.

    System calls instead of `open`, which makes several: after each one the writer waits for the
    interpreter's lock while requests run.
    """
    while True:
        path = os.path.join(directory, '.hotline.tmp-%d-%d' % (os.getpid(), next(_counter)))
        try:
            return path, os.open(path, _NEW_FILE, 0o666)
        except FileExistsError:
            # Left by a process of the same number that was killed.
            continue


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _publish(temporary: str, directory: str, name: str, suffix: str) -> str:
    if len(_numbers) > _MOST_NUMBERS:
        _numbers.clear()
    wanted = os.path.join(directory, name)
    number = 1
    while True:
        free = name if number == 1 else numbered(name, suffix, number)
        try:
            _rename(temporary, os.path.join(directory, free))
            return free
        except FileExistsError:
            number = _numbers[wanted] = _numbers.get(wanted, 1) + 1


def _rename(source: str, target: str) -> None:
    """Renames a file; raises FileExistsError where the other name is taken."""
    if os.name == 'nt':
        os.rename(source, target)
        return
    # Elsewhere, renaming replaces what another process wrote a moment ago; linking does not.
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # The file system knows no links.
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        os.rename(source, target)
    else:
        os.remove(source)


def _remove(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        pass
