"""Mode `calls`: pstats of one request, exact and without anybody else's calls."""

import asyncio
import cProfile
import importlib.util
import io
import marshal
import os
import pstats
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unittest

from hotline.calls import CallCollector, statistics
from hotline.calls.collector import switches
from hotline.concurrency import own_threads
from hotline.recording import Recording
from hotline.request import Request

#: Thousands of calls, so that threads take turns in the middle of them.
MANY = 20_000


def leaf(number):
    return abs(number)


def fibonacci(number):
    return number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)


def application(times=50):
    for number in range(times):
        leaf(number)
    return fibonacci(10)


def other_leaf(number):
    return divmod(number, 3)


def other_application(times=MANY):
    for number in range(times):
        other_leaf(number)


def numbers():
    yield leaf(1)
    yield leaf(2)


class Profiled:
    """A request that is recorded with a collector of its own, from `with` to its end."""

    def __init__(self):
        self.collector = CallCollector()
        self.recording = Recording(Request('GET', '/'), 'calls')

    def __enter__(self):
        self.collector.begin(self.recording)
        self.recording.notify([self.collector])
        self.recording.enter()
        return self

    def __exit__(self, *_):
        self.recording.end()
        self.collector.end(self.recording)

    @property
    def is_sampled(self):
        return 'calls' not in self.recording.results

    def statistics(self):
        """Rows of the file, but for the call in which the recording ends."""
        rows = marshal.loads(self.recording.results['calls'].pstats())
        return {function: row for function, row in rows.items() if function[2] != '__exit__'}

    def calls(self):
        """Name -> number of calls."""
        return {function[2]: row[1] for function, row in self.statistics().items()}


def expected_calls():
    profiler = cProfile.Profile()
    profiler.enable()
    application()
    profiler.disable()
    profiler.create_stats()
    names = {function[2]: row[:2] for function, row in profiler.stats.items()}
    return {name: row for name, row in names.items() if 'disable' not in name}


class Calls(unittest.TestCase):
    def setUp(self):
        if sys.getprofile() is not None:
            self.skipTest('another tool profiles this thread')

    def test_counts_are_those_of_cprofile_and_nothing_of_the_profiler_is_in_it(self):
        expected = expected_calls()
        with Profiled() as profiled:
            application()
        told = {function[2]: row[:2] for function, row in profiled.statistics().items()}
        self.assertEqual(told, expected)

    def test_a_second_request_begins_anew(self):
        for _ in range(2):
            with Profiled() as profiled:
                application()
            self.assertEqual(profiled.calls()['leaf'], 50)

    def test_callers_are_told_and_times_are_in_line(self):
        with Profiled() as profiled:
            application()
        rows = {function[2]: row for function, row in profiled.statistics().items()}
        callers = {function[2]: part for function, part in rows['fibonacci'][4].items()}
        self.assertEqual(callers['application'][:2], (1, 1))
        self.assertEqual(callers['fibonacci'][0], rows['fibonacci'][1] - 1)
        self.assertEqual(rows['application'][4], {})
        own = sum(row[2] for row in rows.values())
        self.assertAlmostEqual(own, rows['application'][3], delta=own / 2)

    def test_pstats_reads_the_file(self):
        with Profiled() as profiled:
            application()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'a.prof')
            with open(path, 'wb') as file:
                file.write(profiled.recording.results['calls'].pstats())
            printed = io.StringIO()
            pstats.Stats(path, stream=printed).print_stats()
        self.assertIn('fibonacci', printed.getvalue())

    def test_two_requests_at_once_have_their_own_calls_and_all_of_them(self):
        profiled = {}
        barrier = threading.Barrier(2)

        def request(name, function):
            barrier.wait()
            with Profiled() as profiled[name]:
                function(MANY)

        threads = [
            threading.Thread(target=request, args=('one', application)),
            threading.Thread(target=request, args=('other', other_application)),
        ]
        with quick_switches():
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        one, other = profiled['one'].calls(), profiled['other'].calls()
        self.assertEqual((one['leaf'], one['application']), (MANY, 1))
        self.assertEqual((other['other_leaf'], other['other_application']), (MANY, 1))
        self.assertFalse({name for name in one if 'other' in name or 'divmod' in name})
        self.assertFalse({name for name in other if name in ('leaf', 'application', 'fibonacci')})

    def test_a_thread_that_serves_no_request_is_not_part_of_one(self):
        stop = threading.Event()
        thread = threading.Thread(
            target=lambda: [other_application(9) for _ in iter(stop.is_set, True)]
        )
        with quick_switches():
            thread.start()
            try:
                with Profiled() as profiled:
                    application(MANY)
            finally:
                stop.set()
                thread.join()
        calls = profiled.calls()
        self.assertEqual(calls['leaf'], MANY)
        self.assertFalse({name for name in calls if 'other' in name})

    def test_a_thread_that_a_request_starts_is_not_part_of_it_unless_it_works_for_it(self):
        with quick_switches(), Profiled() as profiled:
            thread = threading.Thread(target=other_application)
            thread.start()
            application(MANY)
            thread.join()
        calls = profiled.calls()
        self.assertEqual((calls['leaf'], calls['application']), (MANY, 1))
        self.assertNotIn('other_leaf', calls)

    def test_a_thread_that_works_for_the_request_is_part_of_it(self):
        def work():
            with profiled.recording.working():
                other_application(5)

        with Profiled() as profiled:
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
            application()
        calls = profiled.calls()
        self.assertEqual((calls['other_leaf'], calls['leaf']), (5, 50))

    def test_the_profilers_own_threads_are_seen_by_no_profiler(self):
        stop = threading.Event()

        def run():
            while not stop.is_set():
                other_application(9)

        own_threads.start(run)
        try:
            with quick_switches(), Profiled() as profiled:
                application(MANY)
            profiler = cProfile.Profile()
            profiler.enable()
            time.sleep(0.02)
            application(MANY)
            profiler.disable()
            profiler.create_stats()
        finally:
            stop.set()
        names = set(profiled.calls()) | {function[2] for function in profiler.stats}
        self.assertIn('leaf', names)
        self.assertFalse({name for name in names if 'other' in name})

    def test_tasks_that_take_turns_on_one_thread_have_their_own_calls(self):
        async def request(function, times):
            with Profiled() as profiled:
                for _ in range(times):
                    function()
                    profiled.recording.leave()
                    await asyncio.sleep(0)
                    profiled.recording.enter()
            return profiled

        async def both():
            return await asyncio.gather(
                request(lambda: leaf(1), 7), request(lambda: other_leaf(1), 5)
            )

        one, other = asyncio.run(both())
        self.assertEqual(one.calls()['leaf'], 7)
        self.assertEqual(other.calls()['other_leaf'], 5)
        self.assertFalse({'other_leaf', 'sleep'} & set(one.calls()))
        self.assertFalse({'leaf', 'sleep'} & set(other.calls()))

    def test_a_streamed_body_is_profiled_piece_by_piece(self):
        with Profiled() as profiled:
            body = numbers()
            next(body)
            profiled.recording.leave()
            other_application(5)
            profiled.recording.enter()
            next(body)
        calls = profiled.calls()
        self.assertEqual((calls['leaf'], calls['numbers']), (2, 2))
        self.assertNotIn('other_leaf', calls)

    def test_generators_that_an_error_is_thrown_into_are_profiled(self):
        def catch():
            try:
                yield 1
            except ValueError:
                yield leaf(2)

        with Profiled() as profiled:
            generator = catch()
            next(generator)
            self.assertEqual(generator.throw(ValueError()), 2)
        self.assertEqual(profiled.calls()['leaf'], 1)

    def test_nothing_is_left_behind(self):
        with Profiled():
            application()
        self.assertIsNone(sys.getprofile())
        self.assertEqual(expected_calls()['leaf'], (50, 50))
        if hasattr(sys, 'monitoring'):
            self.assertEqual(sys.monitoring.get_events(switches._switch.tool), 0)

    @unittest.skipUnless(hasattr(sys, 'monitoring'), 'the user can have one profiler a thread')
    def test_the_users_own_cprofile_works_inside_of_a_request(self):
        with Profiled() as profiled:
            self.assertEqual(expected_calls()['leaf'], (50, 50))
        self.assertEqual(profiled.calls()['leaf'], 50)

    def test_where_another_profiler_is_active_the_request_is_sampled_and_says_so(self):
        before = occupy()
        try:
            with Profiled() as profiled:
                time.sleep(0.03)
        finally:
            release(before)
        self.assertTrue(profiled.is_sampled)
        self.assertIn('they were sampled', profiled.recording.warnings[0])
        self.assertTrue(profiled.collector.describe(profiled.recording)['profiles'])

    @unittest.skipUnless(hasattr(os, 'fork'), 'needs os.fork')
    def test_a_forked_child_is_not_profiled(self):
        with Profiled() as profiled:
            child = os.fork()
            if child == 0:
                if not hasattr(sys, 'monitoring'):
                    os._exit(0)
                os._exit(bool(sys.monitoring.get_events(switches._switch.tool)))
            self.assertEqual(os.waitpid(child, 0)[1], 0)
            application()
        self.assertEqual(profiled.calls()['leaf'], 50)


GREENLETS = """
    from gevent import monkey; monkey.patch_all()
    import gevent, test_calls, time

    def request(function):
        with test_calls.Profiled() as profiled:
            follow()
            for number in range(20):
                function(number)
                time.sleep(0.001)
        return profiled

    from hotline.concurrency import follow
    jobs = [gevent.spawn(request, f) for f in (test_calls.leaf, test_calls.other_leaf)]
    gevent.joinall(jobs, raise_error=True)
    one, other = [job.value.calls() for job in jobs]
    assert (one['leaf'], other['other_leaf']) == (20, 20), (one, other)
    assert (one['sleep'], other['sleep']) == (20, 20), (one, other)
    assert not {'other_leaf', 'run'} & set(one) and 'leaf' not in other, (one, other)
"""


STACKS = """
    import greenlet, test_calls
    from hotline.concurrency import follow

    def outer():
        test_calls.leaf(1)
        greenlet.getcurrent().parent.switch()
        test_calls.leaf(2)

    def drive():
        child = greenlet.greenlet(outer)
        child.switch()
        test_calls.other_leaf(3)
        child.switch()

    with test_calls.Profiled() as profiled:
        follow()
        drive()
    rows = {function[2]: row for function, row in profiled.statistics().items()}
    callers = {name: [caller[2] for caller in row[4]] for name, row in rows.items()}
    assert (callers['leaf'], callers['other_leaf']) == (['outer'], ['drive']), callers
"""


class Greenlets(unittest.TestCase):
    def test_greenlets_that_take_turns_have_their_own_calls(self):
        self.run_with('gevent', GREENLETS)

    @unittest.skipUnless(hasattr(sys, 'monitoring'), 'earlier profilers forget at every switch')
    def test_greenlets_of_one_request_have_stacks_of_their_own(self):
        self.run_with('greenlet', STACKS)

    def run_with(self, module, program):
        if importlib.util.find_spec(module) is None:
            self.skipTest('%s is not installed' % module)
        ran = subprocess.run(
            [sys.executable, '-c', textwrap.dedent(program)],
            env=dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)),
            stderr=subprocess.PIPE,
            check=False,
        )
        self.assertEqual(ran.returncode, 0, ran.stderr.decode())


class quick_switches:
    """Has threads take turns far more often than by default."""

    def __enter__(self):
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)

    def __exit__(self, *_):
        sys.setswitchinterval(self._interval)


def occupy():
    """Leaves no room for a profiler; returns what `release` needs."""
    if not hasattr(sys, 'monitoring'):
        sys.setprofile(lambda *_: None)
        return None
    if switches._switch.tool is not None:
        sys.monitoring.free_tool_id(switches._switch.tool)
        switches._switch.tool = None
    tools = [tool for tool in range(6) if sys.monitoring.get_tool(tool) is None]
    for tool in tools:
        sys.monitoring.use_tool_id(tool, 'another')
    return tools


def release(tools):
    if tools is None:
        sys.setprofile(None)
        return
    for tool in tools:
        sys.monitoring.free_tool_id(tool)


class Statistics(unittest.TestCase):
    """How the profiler's own functions are taken out of a call graph."""

    own = (os.path.join(statistics._OWN_FOLDER, 'wsgi.py'), 1, 'wrapper')
    view, query, builtin = ('/a.py', 1, 'view'), ('/b.py', 1, 'query'), ('~', 0, '<len>')

    def graph(self, functions, calls):
        graph = statistics.CallGraph()
        graph.functions = {function: list(row) for function, row in functions.items()}
        for caller, callee, row in calls:
            graph._add_call(caller, callee, list(row))
        return graph

    def test_what_an_own_function_called_is_called_by_its_caller(self):
        graph = self.graph(
            {self.view: [1, 1, 1.0, 4.0], self.own: [2, 2, 0.5, 3.0], self.query: [2, 2, 2.5, 2.5]},
            [(self.view, self.own, [2, 2, 0.5, 3.0]), (self.own, self.query, [2, 2, 2.5, 2.5])],
        )
        graph.contract(self.own)
        self.assertEqual(
            graph.statistics(),
            {
                self.view: (1, 1, 1.0, 4.0, {}),
                self.query: (2, 2, 2.5, 2.5, {self.view: (2, 2, 2.5, 2.5)}),
            },
        )

    def test_two_callers_share_by_their_calls(self):
        graph = self.graph(
            {
                self.view: [1, 1, 1.0, 4.0],
                self.query: [1, 1, 1.0, 1.0],
                self.own: [4, 4, 0.0, 4.0],
                ('/c.py', 1, 'read'): [4, 4, 4.0, 4.0],
            },
            [
                (self.view, self.own, [3, 3, 0.0, 3.0]),
                (self.query, self.own, [1, 1, 0.0, 1.0]),
                (self.own, ('/c.py', 1, 'read'), [4, 4, 4.0, 4.0]),
            ],
        )
        graph.contract(self.own)
        callers = graph.statistics()['/c.py', 1, 'read'][4]
        self.assertEqual(callers, {self.view: (3, 3, 3.0, 3.0), self.query: (1, 1, 1.0, 1.0)})

    def test_a_single_call_has_one_caller(self):
        inner = (self.own[0], 2, 'inner')
        graph = self.graph(
            {
                self.view: [1, 1, 1.0, 4.0],
                self.query: [1, 1, 1.0, 1.0],
                self.own: [2, 2, 0.0, 4.0],
                inner: [1, 1, 0.0, 4.0],
                ('/c.py', 1, 'read'): [1, 1, 4.0, 4.0],
            },
            [
                (self.view, self.own, [1, 1, 0.0, 3.0]),
                (self.query, self.own, [1, 1, 0.0, 1.0]),
                (self.own, inner, [1, 1, 0.0, 4.0]),
                (inner, ('/c.py', 1, 'read'), [1, 1, 4.0, 4.0]),
            ],
        )
        graph.contract(self.own)
        graph.contract(inner)
        callers = graph.statistics()['/c.py', 1, 'read'][4]
        self.assertEqual([part[0] for part in callers.values()], [1])

    def test_built_in_functions_that_an_own_function_called_are_not_the_requests(self):
        graph = self.graph(
            {
                self.view: [1, 1, 1.0, 4.0],
                self.own: [1, 1, 0.5, 3.0],
                self.builtin: [5, 5, 0.5, 0.5],
            },
            [
                (self.view, self.own, [1, 1, 0.5, 3.0]),
                (self.own, self.builtin, [2, 2, 0.25, 0.25]),
                (self.view, self.builtin, [3, 3, 0.25, 0.25]),
            ],
        )
        graph.contract(self.own)
        self.assertEqual(
            graph.statistics()[self.builtin], (3, 3, 0.25, 0.25, {self.view: (3, 3, 0.25, 0.25)})
        )

    def test_an_application_that_only_own_functions_called_is_where_the_request_begins(self):
        graph = self.graph(
            {self.own: [1, 1, 0.5, 3.0], self.view: [1, 1, 1.0, 2.5]},
            [(self.own, self.view, [1, 1, 1.0, 2.5])],
        )
        graph.contract(self.own)
        self.assertEqual(graph.statistics(), {self.view: (1, 1, 1.0, 2.5, {})})

    def test_built_in_functions_between_an_own_one_and_the_application_are_taken_out(self):
        send = ('~', 0, "<method 'send' of 'coroutine' objects>")
        graph = self.graph(
            {
                self.query: [1, 1, 0.5, 4.0],
                self.own: [2, 2, 0.5, 3.0],
                send: [2, 2, 0.5, 2.5],
                self.view: [2, 2, 2.0, 2.0],
            },
            [
                (self.query, self.own, [2, 2, 0.5, 3.0]),
                (self.own, send, [2, 2, 0.5, 2.5]),
                (send, self.view, [2, 2, 2.0, 2.0]),
            ],
        )
        self.assertEqual(graph.built_in_between({self.own}), [send])
        for function in (send, self.own):
            graph.contract(function)
        self.assertEqual(graph.statistics()[self.view][4], {self.query: (2, 2, 2.0, 2.0)})

    def test_nothing_makes_no_file(self):
        self.assertEqual(statistics.dumped([]), b'')


if __name__ == '__main__':
    unittest.main()
