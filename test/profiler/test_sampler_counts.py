"""What the sampler counts: nothing is lost and nothing grows without bounds."""

import contextlib
import http.client
import io
import sys
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

from hotline import log
from hotline.sampler import counts, observer, own_form, thread_names
from hotline.sampler.greenlets import Greenlets
from hotline.sampler.observer import Observer
from hotline.sampler.text_form import text
from hotline.sampler.ticker import Ticker
from schema_check import problems
from servers.sampled import lines_of, named_stacks, wait_for

INTERVAL = 0.01


def document(taken):
    return own_form.document(taken, time.time())


def total(taken, thread='MainThread'):
    return sum(count for (name, _), count in taken.counts.items() if name == thread)


class CountsCase(unittest.TestCase):
    """Looks from the main thread, by a clock that a test sets."""

    def setUp(self):
        thread_names.find_main()
        self.now = 1000.0
        clock = mock.patch.object(observer, 'perf_counter', lambda: self.now)
        clock.start()
        self.addCleanup(clock.stop)
        self.observer = Observer(INTERVAL, Greenlets())

    def look(self, later=INTERVAL * 1.001):
        self.now += later
        self.observer.look()


class TimeTest(CountsCase):
    def test_a_look_counts_for_the_time_since_the_last(self):
        for later in (0.0101, 0.05, 0.005, 0.005):
            self.look(later)
        taken = self.observer.take(False)
        self.assertEqual((total(taken), taken.looks, taken.lost), (7, 4, 0))

    def test_time_that_nobody_saw_is_lost_and_told(self):
        self.look(3600)
        taken = self.observer.take(False)
        self.assertEqual(total(taken), 100)
        self.assertAlmostEqual(taken.lost, 359_900, delta=1)

    def test_every_count_is_in_one_of_the_answers(self):
        looks, answers = 2000, []
        is_over = threading.Event()

        def collect():
            while not is_over.is_set():
                answers.append(self.observer.take(True))

        collector = threading.Thread(target=collect)
        collector.start()
        for _ in range(looks):
            self.look(INTERVAL * 1.5)
        is_over.set()
        collector.join()
        answers.append(self.observer.take(True))
        self.assertGreater(len(answers), 2)
        self.assertEqual(sum(taken.looks for taken in answers), looks)
        self.assertAlmostEqual(sum(map(total, answers)), looks * 1.5, delta=1)

    def test_what_nobody_got_is_put_back(self):
        for _ in range(3):
            self.look()
        taken = self.observer.take(True)
        for _ in range(2):
            self.look()
        self.observer.put_back(taken)
        self.look()
        again = self.observer.take(False)
        self.assertEqual((total(again), again.looks), (6, 6))
        self.assertEqual(again.started_at, taken.started_at)
        self.assertEqual(problems(document(again), 'hotline-stacks'), [])

    def test_an_answer_that_was_taken_counts_no_further(self):
        self.look()
        taken = self.observer.take(False)
        self.look()
        self.assertEqual(total(taken), 1)


class BoundsTest(CountsCase):
    def test_stacks_beyond_the_room_are_counted_together(self):
        with mock.patch.object(counts, 'MOST_NODES', 3):
            self.look()
            self.look()
        taken = self.observer.take(True)
        self.assertLessEqual(len(taken.nodes), 3)
        self.assertEqual(total(taken), 2)
        collected = document(taken)
        self.assertEqual(problems(collected, 'hotline-stacks'), [])
        stacks = [stack for stack in named_stacks(collected) if stack[0] == 'MainThread']
        self.assertEqual(stacks, [('MainThread', False, [counts.MORE_STACKS], 2)])
        self.assertIn('[more-stacks](hotline) ', text(taken))

    def test_with_a_reset_there_is_room_again(self):
        with mock.patch.object(counts, 'MOST_NODES', 3):
            self.look()
        self.observer.take(True)
        self.look()
        self.assertNotIn('[more-stacks]', text(self.observer.take(False)))

    def test_deep_stacks_keep_both_ends(self):
        def recurse(depth):
            if depth:
                recurse(depth - 1)
            else:
                self.look()

        recurse(600)
        ((_, _, names, _),) = [
            stack
            for stack in named_stacks(document(self.observer.take(False)))
            if stack[0] == 'MainThread'
        ]
        self.assertLessEqual(len(names), 401)
        self.assertIn(counts.LEFT_OUT, names)
        self.assertIn('run', names[: names.index(counts.LEFT_OUT)])
        self.assertIn('recurse', names[names.index(counts.LEFT_OUT) :])

    def test_names_of_threads(self):
        with mock.patch.object(counts, '_MOST_THREADS', 2):
            taken = counts.Counts(INTERVAL, 0)
            for name in ('one', 'two', 'three', 'four', 'one'):
                taken.add(name, 0, 1)
        self.assertEqual({name for name, _ in taken.counts}, {'one', 'two', 'other threads'})


class StackTest(CountsCase):
    def test_lines_that_execute(self):
        def first():
            self.look()
            self.look()

        first()
        line = first.__code__.co_firstlineno
        self.assertEqual(
            lines_of(document(self.observer.take(False)), 'first'),
            ({first.__code__.co_filename}, {line + 1, line + 2}),
        )

    def test_code_that_was_made_at_run_time(self):
        names = {'look': self.look, '__name__': 'made; of parts'}
        exec('def made():\n    look()\nmade()', names)
        taken = self.observer.take(False)
        frames = [frame for frame in document(taken)['frames'] if frame['name'] == 'made']
        self.assertEqual(frames, [{'name': 'made'}])
        self.assertIn(';made(made:-of-parts);', text(taken))

    def test_a_connection_that_is_kept_open_is_idle(self):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                self.send_response(204)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        connection = http.client.HTTPConnection('127.0.0.1', server.server_port)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.addCleanup(connection.close)
        connection.request('GET', '/')
        connection.getresponse().read()

        def idle():
            self.observer.take(True)
            self.look()
            stacks = named_stacks(document(self.observer.take(False)))
            waiting = [is_idle for _, is_idle, names, _ in stacks if 'readinto' in names]
            return waiting and all(waiting)

        wait_for(idle, 'the connection never waits')


class TickerTest(unittest.TestCase):
    def test_a_look_that_fails_is_said_once_and_the_next_comes(self):
        log._said.clear()
        looks = []

        def look():
            looks.append(sys._getframe())
            raise RuntimeError('cannot look')

        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            ticker = Ticker(look, 0.001)
            ticker.start()
            wait_for(lambda: len(looks) > 2)
            ticker.stop()
        self.assertEqual(said.getvalue().count('cannot look'), 1)
