import os
import threading
import time
import unittest

from hotline import recorder
from hotline.recording import current, working
from hotline.request import Request
from requests_made import RequestsTest, compute


class OwnershipTest(RequestsTest):
    """Which thread works for which recording."""

    def test_thread_works_for_recording_until_it_is_finished(self):
        recording = recorder.begin(Request('GET', '/'))
        self.assertIs(current(), recording)
        recorder.finish(recording)
        self.assertIsNone(current())
        self.assertEqual(self.ended, [recording])

    def test_other_threads_do_not_work_for_it(self):
        seen = []

        def look():
            thread = threading.Thread(target=lambda: seen.append(current()))
            # As a thread that was started by nobody's request.
            thread._target.__module__ = 'concurrent.futures.thread'
            thread.start()
            thread.join()

        self.record(look)
        self.assertEqual(seen, [None])

    def test_entering_nests(self):
        recording = recorder.begin(Request('GET', '/'))
        with recording.working():
            pass
        self.assertIs(current(), recording)
        recording.leave()
        self.assertIsNone(current())
        with recording.working():
            self.assertIs(current(), recording)
        self.assertIsNone(current())
        recorder.finish(recording)

    def test_thread_returns_to_what_it_did_before(self):
        outer = recorder.begin(Request('GET', '/outer/'))
        outer.leave()
        inner = recorder.begin(Request('GET', '/inner/'))
        with outer.working():
            self.assertIs(current(), outer)
        self.assertIs(current(), inner)
        recorder.finish(inner)
        recorder.finish(outer)

    def test_outermost_hook_wins(self):
        recording = recorder.begin(Request('GET', '/'))
        self.assertIsNone(recorder.begin(Request('GET', '/')))
        recorder.finish(recording)

    def test_finishing_twice_writes_once(self):
        recording = recorder.begin(Request('GET', '/'))
        recorder.finish(recording)
        recorder.finish(recording)
        self.assertEqual(self.ended, [recording])

    def test_finished_recording_cannot_be_entered(self):
        recording = recorder.begin(Request('GET', '/'))
        recorder.finish(recording)
        recording.enter()
        self.assertIsNone(current())

    def test_nothing_is_left_of_a_thread_that_died_within_a_request(self):
        recording = recorder.begin(Request('GET', '/'))
        thread = threading.Thread(target=recording.enter)
        thread.start()
        thread.join()
        recorder.finish(recording)
        self.assertEqual(working, {})


class FactsTest(RequestsTest):
    def test_name_of_the_thread(self):
        def look():
            self.record(lambda: None)

        thread = threading.Thread(target=look, name='server 7')
        thread.start()
        thread.join()
        self.assertEqual(self.ended[0].request.thread, 'server 7')

    def test_cpu_time_is_that_of_computing(self):
        used = []

        def wait_and_compute():
            started = time.thread_time()
            time.sleep(0.05)
            compute(0.05)
            used.append(time.thread_time() - started)

        recording = self.record(wait_and_compute)
        self.assert_share(recording.cpu_time / 1e9, used[0], 1, 0.2)

    def test_cpu_time_of_all_threads(self):
        recording = recorder.begin(Request('GET', '/'))
        used = []

        def help():
            with recording.working():
                compute(0.05)
            used.append(time.thread_time())

        thread = threading.Thread(target=help)
        thread.start()
        thread.join()
        recorder.finish(recording)
        self.assertGreater(recording.cpu_time / 1e9, 0.9 * used[0])


class MinimumDurationTest(RequestsTest):
    environment = {'HOTLINE_MODE': 'samples', 'HOTLINE_MINIMUM_DURATION': '40'}

    def test_shorter_requests_are_not_written(self):
        self.record(lambda: None, '/short/')
        slow = self.record(lambda: time.sleep(0.045), '/long/')
        self.assertEqual(self.ended, [slow])


@unittest.skipUnless(hasattr(os, 'fork'), 'this system has no fork')
class ForkTest(RequestsTest):
    def test_child_forgets_what_its_parent_records(self):
        recording = recorder.begin(Request('GET', '/'))
        status = self.in_child(lambda: self.is_free(recording))
        recorder.finish(recording)
        self.assertEqual(status, 0)
        self.assertEqual(self.ended, [recording])

    def test_child_records_on_its_own(self):
        self.record(lambda: compute(0.03))
        status = self.in_child(self.is_sampled)
        self.assertEqual(status, 0)

    def is_free(self, recording):
        if current() is not None:
            return False
        recording.enter()
        recorder.finish(recording)
        return self.ended == [] and current() is None

    def is_sampled(self):
        recording = self.record(lambda: compute(0.1))
        return len(recording.results['samples'].stacks) > 3

    def in_child(self, is_right):
        """Exit status of a forked child: 0 where the function returns true."""
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = 0 if is_right() else 1
            finally:
                os._exit(status)
        return os.WEXITSTATUS(os.waitpid(child, 0)[1])
