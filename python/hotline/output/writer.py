"""Writes finished recordings, off the threads of the requests."""

from __future__ import annotations

import atexit
import os
import sys
import time

from .. import log
from ..concurrency import own_threads
from ..concurrency.originals import RLock, allocate_lock
from .saving import save

#: Recordings that may wait. Of more, the shortest requests are given up: a slow one never is.
MOST_PENDING = 500

#: Seconds without a new recording before those that wait are written, and the most that they wait
#: for it: writing delays the requests that run meanwhile.
_QUIET = 0.05
_LONGEST_WAIT = 0.3

#: Seconds by which the end of the process may be put off.
_LONGEST_FLUSH = 2.0


class Writer:
    """A queue of recordings and the thread that saves them, which starts with the first."""

    def __init__(self, save_recording) -> None:
        """`save_recording` takes a recording and never raises."""
        self._save = save_recording
        self.reset()

    def reset(self) -> None:
        """Forgets everything, as a forked child has to: the parent writes what it recorded."""
        # Reentrant, because the garbage collector may end another request at any moment.
        self._lock = RLock()
        #: Locked while there is nothing to do.
        self._work = allocate_lock()
        self._work.acquire()
        #: Locked for good: to wait on, which takes no other thread's time.
        self._never = allocate_lock()
        self._never.acquire()
        self._pending: list = []
        self._given_up = 0
        self._has_thread = False
        self._is_saving = False
        self._is_flushing = False

    def submit(self, recording) -> None:
        """Takes a finished recording over and returns at once."""
        with self._lock:
            is_full = len(self._pending) >= MOST_PENDING
            if is_full:
                self._given_up += 1
                recording = self._exchange_shortest(recording)
            if recording is not None:
                self._pending.append(recording)
            needs_thread = not self._has_thread
            self._has_thread = True
            self._wake()
        if needs_thread:
            self._start_thread()
        if is_full:
            log.once(
                'writer is late',
                'requests end faster than their profiles can be written: of %d that wait, the'
                ' shortest are given up.' % MOST_PENDING,
            )

    def flush(self, longest: float = _LONGEST_FLUSH) -> bool:
        """Waits so many seconds until all is written; tells whether it is."""
        end = time.monotonic() + longest
        self._is_flushing = True
        while (self._pending or self._is_saving) and time.monotonic() < end:
            if self._has_thread:
                self._never.acquire(timeout=0.002)
            else:
                self._save_next()
        self._is_flushing = False
        return not self._pending and not self._is_saving

    def _exchange_shortest(self, recording):
        """The recording if one that waits was shorter and is given up for it, else `None`."""
        shortest = min(self._pending, key=_duration)
        if _duration(shortest) >= _duration(recording):
            return None
        self._pending.remove(shortest)
        return recording

    def _wake(self) -> None:
        try:
            self._work.release()
        except RuntimeError:
            # It is awake.
            pass

    def _start_thread(self) -> None:
        _flush_with_multiprocessing(self.flush)
        try:
            own_threads.start(self._run)
        except RuntimeError:
            # None can start when the process ends: `flush` writes what is left.
            self._has_thread = False

    def _run(self) -> None:
        while True:
            self._work.acquire()
            self._wait_for_quiet()
            while self._save_next():
                pass

    def _wait_for_quiet(self) -> None:
        end = time.monotonic() + _LONGEST_WAIT
        seen = 0
        while seen < len(self._pending) < MOST_PENDING // 2 and time.monotonic() < end:
            if self._is_flushing:
                return
            seen = len(self._pending)
            self._never.acquire(timeout=_QUIET)

    def _save_next(self) -> bool:
        with self._lock:
            if not self._pending:
                return False
            recording = self._pending.pop(0)
            given_up, self._given_up = self._given_up, 0
            self._is_saving = True
        if given_up:
            recording.warnings.append(
                'Requests ended faster than their profiles could be written:'
                ' %d of the shortest left none.' % given_up
            )
        self._save(recording)
        self._is_saving = False
        return True


def submit(recording) -> None:
    """Has a finished recording written to the directory of the settings, soon and elsewhere."""
    _writer.submit(recording)


def flush(longest: float = _LONGEST_FLUSH) -> bool:
    """Waits so many seconds until all is written; tells whether it is."""
    return _writer.flush(longest)


def _duration(recording) -> int:
    return recording.duration or 0


def _flush_with_multiprocessing(flush_writer) -> None:
    """For a worker that `multiprocessing` started: such a process ends without `atexit`."""
    multiprocessing = sys.modules.get('multiprocessing.util')
    if multiprocessing is not None:
        multiprocessing.Finalize(None, flush_writer, exitpriority=0)


_writer = Writer(save)
atexit.register(flush)
if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_writer.reset)
