"""The collector of mode `calls`."""

from __future__ import annotations

import sys

from ..concurrency.originals import current_greenlet, get_ident
from ..recording import Recording
from . import statistics

if sys.version_info >= (3, 12):
    from . import monitored as switches
else:
    from . import threads as switches


class Profiles:
    """The profilers of one recording: one for each stack, of a thread or of a greenlet."""

    def __init__(self) -> None:
        self._by_stack = {}
        self._by_thread = {}

    def start(self) -> None:
        """Has the calls of the running thread or greenlet seen."""
        ident = get_ident()
        stack = ident, current_greenlet()
        profiler = self._by_stack.get(stack)
        if profiler is None:
            profiler = self._by_stack[stack] = switches.Profiler()
        self._by_thread[ident] = profiler
        switches.start(profiler)

    def stop(self) -> None:
        """Has nothing more of the running thread seen, also when it has switched greenlets."""
        profiler = self._by_thread.pop(get_ident(), None)
        if profiler is not None:
            switches.stop(profiler)

    def pstats(self) -> bytes:
        """Content of a `.prof` file; empty where no call was seen."""
        return statistics.dumped([profiler.getstats() for profiler in self._by_stack.values()])


class CallCollector:
    """Profiles every call of a request, or, where another profiler is active, samples it."""

    name = 'calls'
    follows_stacks = True
    #: A thread that one request has started may work for the next: for a pool of connections.
    follows_helpers = False

    def begin(self, recording: Recording) -> None:
        obstacle = switches.obstacle()
        if obstacle is None:
            recording.results[self.name] = Profiles()
            switches.begin()
            return
        recording.warnings.append('Calls could not be profiled, so they were sampled: ' + obstacle)
        _sampler().begin(recording)

    def enter(self, recording: Recording) -> None:
        profiles = recording.results.get(self.name)
        if profiles is None:
            _sampler().enter(recording)
            return
        profiles.start()

    def leave(self, recording: Recording) -> None:
        profiles = recording.results.get(self.name)
        if profiles is None:
            _sampler().leave(recording)
            return
        profiles.stop()

    def end(self, recording: Recording) -> None:
        if self.name in recording.results:
            switches.end()
        else:
            _sampler().end(recording)

    def describe(self, recording: Recording) -> dict[str, object]:
        """What the sampler tells of a sampled request; a profiled one has `Profiles` instead."""
        return {} if self.name in recording.results else _sampler().describe(recording)


def _sampler():
    from ..sampling import sampler

    return sampler
