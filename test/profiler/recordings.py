"""Finished recordings for tests of what is made of them."""

from hotline.recording import Recording
from hotline.request import Request

SECOND = 1_000_000_000


def finished(path='/shop/', seconds=0.25, method='GET', query=None, status=200, mode='samples'):
    """A recording of a request that has just ended, without collectors."""
    request = Request(method, path, query)
    request.status = status
    recording = Recording(request, mode)
    recording.duration = int(seconds * SECOND)
    recording.cpu_time = recording.duration // 2
    return recording


class Collector:
    """Tells what it is given."""

    def __init__(self, name, description):
        self.name = name
        self._description = description

    def describe(self, recording):
        if isinstance(self._description, Exception):
            raise self._description
        return self._description
