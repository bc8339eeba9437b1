"""Celery: each task that a worker runs is recorded like a request."""

from __future__ import annotations

import sys
from types import ModuleType

from ..recording import Recording
from . import serving
from .facts import tells
from .patching import wrap


def install(module: ModuleType) -> None:
    """Hooks the function that makes what runs a task: `celery.app.trace.build_tracer`."""
    wrap(module, 'build_tracer', _building)
    sys.modules['celery.signals'].task_failure.connect(_tell_failure, weak=False)


def _building(build_tracer):
    def wrapper(name, *args, **kwargs):
        tracer = build_tracer(name, *args, **kwargs)
        if not serving.start():
            return tracer
        from ..jobs import profile

        return profile(name)(tracer)

    return wrapper


@tells
def _tell_failure(recording: Recording, exception=None, **_: object) -> None:
    if exception is not None:
        recording.request.error = type(exception).__name__
