"""Time that passes only where a test says so."""

from unittest import mock


class FakeClock:
    """A `perf_counter_ns`: a reading takes a nanosecond, `pass_by` takes as many as it is told."""

    def __init__(self):
        self._now = 0

    def __call__(self):
        self._now += 1
        return self._now

    def pass_by(self, nanoseconds):
        self._now += nanoseconds

    def replace(self, test, module, name):
        """Takes the place of a module's clock until the end of a test."""
        patch = mock.patch.object(module, name, self)
        patch.start()
        test.addCleanup(patch.stop)
