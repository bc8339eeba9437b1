"""Recordings of requests that a test makes, instead of the files they would become."""

import collections
import time
import unittest
from unittest import mock

from hotline import recorder, settings
from hotline.output import writer
from hotline.recording import Recording
from hotline.request import Request
from hotline.sampling import sampler

SECOND = 1_000_000_000


class RequestsTest(unittest.TestCase):
    """Each test has the recordings that ended in `self.ended`, in that order."""

    environment = {'HOTLINE_MODE': 'samples'}

    @classmethod
    def setUpClass(cls):
        start_sampler()

    def setUp(self):
        self.ended = []
        patches = (
            mock.patch.object(settings, '_current', settings.Settings(self.environment)),
            mock.patch.object(writer, 'submit', self.ended.append),
        )
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)

    def record(self, function, path='/'):
        """Calls the function as a request and returns the recording."""
        recording = recorder.begin(Request('GET', path))
        try:
            function()
        finally:
            recorder.finish(recording)
        return recording

    def of(self, path):
        """The one recording of a path."""
        (recording,) = [ended for ended in self.ended if ended.request.path == path]
        return recording

    def assert_complete(self, recording):
        """Every nanosecond of the request is the weight of one sample."""
        samples = recording.results['samples']
        self.assertEqual(sum(samples.weights), recording.duration)

    def assert_share(self, part, whole, share, margin):
        self.assertGreater(part, whole * (share - margin))
        self.assertLess(part, whole * (share + margin))


def start_sampler():
    """On a busy machine it may take long until a new thread runs for the first time."""
    recording = Recording(Request('GET', '/'), 'samples')
    sampler.begin(recording)
    recording.notify([sampler])
    end = time.monotonic() + 10
    with recording.working():
        while not recording.results['samples'].stacks and time.monotonic() < end:
            compute(0.01)
    recording.end()


def compute(seconds):
    """Takes so many seconds of CPU time of the calling thread; returns how long that lasted."""
    started, end = time.perf_counter(), time.thread_time() + seconds
    while time.thread_time() < end:
        sum(range(200))
    return time.perf_counter() - started


def stacks(recording):
    """Stack of function names, the root first -> seconds."""
    described = sampler.describe(recording)
    names = [frame['name'].rpartition('.')[2] for frame in described['shared']['frames']]
    found = collections.Counter()
    (profile,) = described['profiles']
    for stack, weight in zip(profile['samples'], profile['weights']):
        found[tuple(names[frame] for frame in stack)] += weight
    return found


def functions(recording):
    """Names of all functions that were seen."""
    return {name for stack in stacks(recording) for name in stack}


def time_in(recording, *names):
    """Seconds of all stacks that contain all of these functions."""
    found = stacks(recording).items()
    return sum(weight for stack, weight in found if set(names) <= set(stack))
