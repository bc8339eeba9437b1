"""What test_gevent.py runs, each by its name: `python gevent_scenarios.py two_requests`."""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402
import time  # noqa: E402
import unittest  # noqa: E402

import gevent  # noqa: E402
import greenlet  # noqa: E402
from hotline.recording import current  # noqa: E402
from requests_made import RequestsTest, compute, functions, time_in  # noqa: E402

WAITING = '[waiting]'


class Scenarios(RequestsTest):
    def record(self, function, path='/'):
        """As a server does it: each request in a greenlet of its own."""
        gevent.spawn(super().record, function, path).join()
        return self.of(path)

    def two_requests(self):
        greenlets = [
            gevent.spawn(RequestsTest.record, self, view, view.__name__) for view in (one, two)
        ]
        gevent.joinall(greenlets, raise_error=True)
        for name, other in (('one', 'two'), ('two', 'one')):
            recording = self.of(name)
            self.assert_complete(recording)
            self.assertGreater(time_in(recording, name, WAITING), 0.05)
            self.assertGreater(time_in(recording, name, 'compute'), 0.05)
            self.assertNotIn(other, functions(recording))

    def spawned(self):
        def view():
            gevent.joinall([gevent.spawn(one), gevent.spawn(two)])

        recording = self.record(view)
        self.assertGreater(time_in(recording, 'one', 'compute'), 0.05)
        self.assertGreater(time_in(recording, 'two', 'compute'), 0.05)
        self.assert_complete(recording)

    def plain(self):
        def view():
            greenlet.greenlet(one).switch()

        recording = self.record(view)
        self.assertGreater(time_in(recording, 'view', 'one', 'compute'), 0.05)

    def outliving(self):
        seen = []

        def outlive():
            gevent.sleep(0.05)
            seen.append(current())

        self.record(lambda: gevent.spawn(outlive))
        gevent.sleep(0.1)
        self.assertEqual(seen, [None])

    def traced(self):
        seen = []
        greenlet.settrace(lambda event, switch: seen.append(event))
        self.record(one)
        self.assertIn('switch', seen)
        self.assertGreater(time_in(self.of('/'), 'one', 'compute'), 0.05)


def one():
    for _ in range(4):
        compute(0.02)
        time.sleep(0.02)


def two():
    for _ in range(4):
        compute(0.02)
        time.sleep(0.02)


if __name__ == '__main__':
    suite = unittest.TestSuite([Scenarios(sys.argv[1])])
    result = unittest.TextTestRunner().run(suite)
    sys.exit(not result.wasSuccessful())
