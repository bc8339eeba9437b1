import asyncio
import contextlib
import io
import os
import subprocess
import sys
import textwrap
import unittest
from unittest import mock

from hotline import log, recorder
from hotline.interfaces import asgi, wsgi
from hotline.recording import current
from hotline.request import Request
from hotline.sampling import sampler
from hotline.sampling.thread import TickingThread
from requests_made import RequestsTest, compute, functions

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(log.__file__)))


class Failing:
    """A collector that cannot do what it is asked."""

    name = 'failing'

    def __init__(self, *members):
        for member in members:
            setattr(self, member, self._fail)

    def _fail(self, *arguments):
        raise RuntimeError('it failed')

    def begin(self, recording):
        pass

    def end(self, recording):
        pass


class FaultsTest(RequestsTest):
    """Whatever fails in the profiler, the request goes on, and it is said once."""

    def setUp(self):
        super().setUp()
        log._said.clear()
        self.said = io.StringIO()

    def make_request(self):
        """Twice: what goes wrong each time is said once."""
        with contextlib.redirect_stderr(self.said):
            for _ in range(2):
                recording = recorder.begin(Request('GET', '/'))
                compute(0.1)
                if recording is not None:
                    recorder.finish(recording)
        self.assertIsNone(current())

    def assert_said_once(self, words):
        said = self.said.getvalue()
        self.assertEqual(said.count('hotline:'), 1, said)
        self.assertIn(words, said)

    def with_collector(self, collector):
        collectors = {'samples': [sampler, collector]}
        return mock.patch.object(recorder, '_collectors', collectors)

    def test_collector_that_cannot_begin(self):
        with self.with_collector(Failing('begin', 'end')):
            self.make_request()
        self.assert_said_once('it failed')
        self.assertEqual([len(ended.collectors) for ended in self.ended], [1, 1])
        self.assertIn('compute', functions(self.ended[0]))

    def test_collector_that_cannot_follow(self):
        with self.with_collector(Failing('enter')):
            self.make_request()
        self.assert_said_once('it failed')
        self.assertEqual(len(self.ended), 2)

    def test_collector_that_cannot_end(self):
        with self.with_collector(Failing('end')):
            self.make_request()
        self.assert_said_once('it failed')
        self.assertEqual(len(self.ended), 2)

    def test_sampler_that_cannot_sample(self):
        with mock.patch('hotline.sampling.collector.stack_of_work', Failing()._fail):
            self.make_request()
        self.assert_said_once('it failed')
        self.assertEqual(len(self.ended), 2)

    def test_thread_that_cannot_start_is_tried_again(self):
        thread = TickingThread(lambda: None, lambda: True)
        with mock.patch('hotline.concurrency.own_threads.start', side_effect=RuntimeError):
            thread.wake()
        with mock.patch('hotline.concurrency.own_threads.start') as start:
            thread.wake()
        start.assert_called_once()
        thread.reset()

    def test_listener_that_fails(self):
        failing = Failing()._fail
        sampler.listeners.append(failing)
        self.addCleanup(sampler.listeners.remove, failing)
        self.make_request()
        self.assert_said_once('it failed')
        self.assertIn('compute', functions(self.ended[0]))

    def test_writer_that_fails(self):
        with mock.patch('hotline.output.writer.submit', Failing()._fail):
            self.make_request()
        self.assert_said_once('it failed')

    def test_concurrency_that_cannot_be_followed(self):
        with mock.patch('hotline.concurrency.follow', Failing()._fail):
            self.make_request()
        self.assert_said_once('it failed')
        self.assertEqual(len(self.ended), 2)

    def test_wsgi_request_that_cannot_be_read(self):
        application = wsgi.middleware(lambda environ, start_response: [b'one'])
        with contextlib.redirect_stderr(self.said):
            self.assertEqual(application({'PATH_INFO': None}, None), [b'one'])
        self.assert_said_once('could not read a WSGI request')

    def test_asgi_request_that_cannot_be_read(self):
        called = []

        async def application(scope, receive, send):
            called.append(scope)

        with contextlib.redirect_stderr(self.said):
            asyncio.run(asgi.middleware(application)({'type': 'http'}, None, None))
        self.assertEqual(len(called), 1)
        self.assert_said_once('could not read an ASGI request')

    def test_interpreter_without_its_lock_is_not_sampled(self):
        with mock.patch.object(sys, '_is_gil_enabled', lambda: False, create=True):
            recording = self.record(lambda: compute(0.03))
        self.assertEqual(recording.results['samples'].stacks, [])
        self.assertIn('global lock', recording.warnings[0])


class EndOfProcessTest(unittest.TestCase):
    """A process that ends in the middle of a request ends."""

    def test_main_thread_leaves_a_request_running(self):
        self.run_to_its_end("""
            thread = threading.Thread(target=recorded, args=(10,), daemon=True)
            thread.start()
            time.sleep(0.1)
        """)

    def test_exit_within_a_request(self):
        self.run_to_its_end("""
            recorder.begin(Request('GET', '/'))
            sys.exit()
        """)

    def test_request_at_the_very_end(self):
        self.run_to_its_end("""
            import atexit
            atexit.register(recorded, 0.05)
        """)

    def run_to_its_end(self, program):
        head = """
            import sys, threading, time
            from hotline import recorder
            from hotline.request import Request

            def recorded(seconds):
                recording = recorder.begin(Request('GET', '/'))
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    sum(range(1000))
                recorder.finish(recording)
        """
        environment = dict(os.environ, PYTHONPATH=PACKAGES, HOTLINE_MODE='samples')
        environment.pop('HOTLINE_DIRECTORY', None)
        result = subprocess.run(
            [sys.executable, '-c', textwrap.dedent(head) + textwrap.dedent(program)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=30,
        )
        self.assertEqual((result.returncode, result.stdout), (0, b''))
