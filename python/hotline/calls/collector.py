"""The collector of mode `calls`."""

from __future__ import annotations

import sys

from ..concurrency.originals import get_ident
from ..recording import Recording
from . import statistics

if sys.version_info >= (3, 12):
    from . import monitored as switches
else:
    from . import threads as switches


class Profiles:
    """The profilers of one recording: each thread that works for it has its own."""

    def __init__(self) -> None:
        self.by_thread = {}

    def pstats(self) -> bytes:
        """Content of a `.prof` file; empty where no call was seen."""
        return statistics.dumped([profiler.getstats() for profiler in self.by_thread.values()])


class CallCollector:
    """Profiles every call of a request, or, where another profiler is active, samples it."""

    name = 'calls'

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
        ident = get_ident()
        profiler = profiles.by_thread.get(ident)
        if profiler is None:
            profiler = profiles.by_thread[ident] = switches.Profiler()
        switches.start(profiler)

    def leave(self, recording: Recording) -> None:
        profiles = recording.results.get(self.name)
        if profiles is None:
            _sampler().leave(recording)
            return
        profiler = profiles.by_thread.get(get_ident())
        if profiler is not None:
            switches.stop(profiler)

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
