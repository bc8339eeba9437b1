"""Coroutines whose steps belong to a recording."""

from __future__ import annotations

import sys
from collections.abc import Coroutine

from ..recording import Recording


class Driven(Coroutine):
    """A coroutine during whose steps, and only then, the running thread works for a recording.

    Like the coroutine itself in everything else: its result, errors, cancellation, attributes.
    """

    __slots__ = ('_coroutine', '_recording')

    def __init__(self, recording: Recording, coroutine: Coroutine) -> None:
        self._recording = recording
        self._coroutine = coroutine

    def send(self, value: object) -> object:
        self._recording.enter(sys._getframe())
        try:
            return self._coroutine.send(value)
        finally:
            self._recording.leave()

    def throw(self, *error: object) -> object:
        self._recording.enter(sys._getframe())
        try:
            return self._coroutine.throw(*error)
        finally:
            self._recording.leave()

    def close(self) -> None:
        self._recording.enter(sys._getframe())
        try:
            self._coroutine.close()
        finally:
            self._recording.leave()

    def __next__(self) -> object:
        return self.send(None)

    def __iter__(self) -> Driven:
        return self

    def __await__(self) -> Driven:
        return self

    @property
    def cr_frame(self) -> object:
        return self._coroutine.cr_frame

    @property
    def cr_await(self) -> object:
        return self._coroutine.cr_await

    def __getattr__(self, name: str) -> object:
        return getattr(self._coroutine, name)
