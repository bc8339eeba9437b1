"""Memory of lines, against allocations of known size."""

import asyncio
import os
import sys
import threading
import tracemalloc
import unittest

from hotline import memory
from hotline.memory import MemoryCollector
from hotline.recording import Recording
from hotline.request import Request
from user_folder import UserFolder, line_of

MIB = 1 << 20

#: Bytes of small objects beside the one whose size is known.
SLACK = 64 * 1024

SOURCE = """
    def keep():
        kept = bytearray(8 << 20)  # kept
        return kept  # return kept

    def pass_through():
        return keep()  # pass through

    def tiny(number):
        return number  # tiny

    def busy(times):
        for number in range(times):
            tiny(number)  # busy

    def collect_many(times):
        return [bytes(100) for _ in range(times)]  # many

    def count_then_keep(times):
        for number in range(times):
            tiny(number)  # counted
        return bytearray(1 << 20)  # left after the loop

    def call_busy(times):
        return busy(times), collect_many(times)  # call busy

    def transient():
        size = len(bytearray(8 << 20))  # transient
        return size

    def give_back():
        data = bytearray(8 << 20)  # data
        del data  # given back
        return None

    def loop():
        parts = []
        for _ in range(4):
            parts.append(bytearray(1 << 20))  # part
        return parts

    def recurse(depth):
        return [bytearray(1 << 20), depth and recurse(depth - 1)]  # recursion

    def generate():
        first = bytearray(1 << 20)  # first
        yield first
        second = bytearray(2 << 20)  # second
        yield second

    def collect():
        return list(generate())  # collect

    async def wait(switch):
        data = bytearray(1 << 20)  # before waiting
        await switch()
        more = bytearray(2 << 20)  # after waiting
        return data, more

    def raise_error():
        kept = bytearray(1 << 20)  # before the error
        raise ValueError(kept)

    def catch():
        try:
            raise_error()
        except ValueError as error:
            return error.args  # caught
"""


class Memory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = UserFolder()
        cls.addClassCleanup(cls.folder.close)
        cls.shop = cls.folder.module('shop', SOURCE)

    def setUp(self):
        if sys.gettrace() is not None:
            self.skipTest('another tool traces this thread')
        self.collector = MemoryCollector()
        self.recording = Recording(Request('GET', '/'), 'memory')

    def begin(self):
        self.collector.begin(self.recording)
        self.recording.notify([self.collector])
        self.recording.enter()

    def end(self):
        self.recording.end()
        self.collector.end(self.recording)

    def run_recorded(self, function, *arguments):
        self.begin()
        try:
            return function(*arguments)
        finally:
            self.end()

    def line(self, text):
        number = line_of(self.shop.__file__, text)
        for told in self.collector.describe(self.recording)['memory']:
            if (told['file'], told['line']) == (self.shop.__file__, number):
                return told
        return {'growth': 0, 'peak': 0, 'allocations': 0}

    def assert_grew(self, text, size, times=1):
        told = self.line(text)
        self.assertAlmostEqual(told['growth'], size, delta=SLACK, msg=text)
        self.assertEqual(told['allocations'], times, text)

    def assert_peak(self, text, size):
        told = self.line(text)
        if sys.version_info < (3, 9):
            self.assertNotIn('peak', told)
        else:
            self.assertAlmostEqual(told['peak'], size, delta=SLACK, msg=text)

    def test_what_a_line_keeps_is_its_growth_and_of_the_lines_that_called_it(self):
        kept = self.run_recorded(self.shop.pass_through)
        self.assertEqual(len(kept), 8 * MIB)
        self.assert_grew('# kept', 8 * MIB)
        self.assert_grew('# pass through', 8 * MIB)
        self.assertLess(self.line('# return kept')['growth'], SLACK)

    def test_what_is_gone_at_the_end_of_the_line_is_its_peak_only(self):
        self.run_recorded(self.shop.transient)
        self.assertLess(abs(self.line('# transient')['growth']), SLACK)
        self.assert_peak('# transient', 8 * MIB)

    def test_a_peak_inside_of_a_call_is_one_of_the_calling_line(self):
        self.run_recorded(self.shop.pass_through)
        self.assert_peak('# pass through', 8 * MIB)

    def test_what_a_line_gives_back_is_negative(self):
        self.run_recorded(self.shop.give_back)
        self.assert_grew('# data', 8 * MIB)
        self.assertAlmostEqual(self.line('# given back')['growth'], -8 * MIB, delta=SLACK)

    def test_a_line_of_a_loop_adds_up(self):
        self.run_recorded(self.shop.loop)
        self.assert_grew('# part', 4 * MIB, times=4)

    def test_a_recursion_counts_once(self):
        self.run_recorded(self.shop.recurse, 4)
        self.assertAlmostEqual(self.line('# recursion')['growth'], 5 * MIB, delta=SLACK)

    def test_measuring_takes_no_memory_that_adds_up(self):
        self.run_recorded(self.shop.busy, 5_000)
        for text in ('# tiny', '# busy'):
            self.assertLess(abs(self.line(text)['growth']), 4096, text)

    def test_a_line_that_runs_very_often_is_measured_for_a_while_and_its_callers_for_good(self):
        times = 2 * memory.MOST_EXECUTIONS
        kept = self.run_recorded(self.shop.call_busy, times)
        self.assertGreater(self.line('# call busy')['growth'], sys.getsizeof(kept[1][0]) * times)
        self.assertIn(
            'the first %d executions' % memory.MOST_EXECUTIONS, self.recording.warnings[-1]
        )

    def test_lines_after_a_long_loop_are_measured(self):
        self.run_recorded(self.shop.count_then_keep, 2 * memory.MOST_EXECUTIONS)
        self.assert_grew('# left after the loop', MIB)

    def test_generators_go_on_where_they_were(self):
        self.run_recorded(self.shop.collect)
        self.assert_grew('# first', MIB)
        self.assert_grew('# second', 2 * MIB)
        self.assert_grew('# collect', 3 * MIB)

    def test_exceptions_pass_through(self):
        self.run_recorded(self.shop.catch)
        self.assert_grew('# before the error', MIB)

    def test_coroutines_are_measured_step_by_step(self):
        async def request():
            self.begin()

            async def switch():
                self.recording.leave()
                await asyncio.sleep(0)
                self.recording.enter()

            result = await self.shop.wait(switch)
            self.end()
            return result

        asyncio.run(request())
        self.assert_grew('# before waiting', MIB)
        self.assert_grew('# after waiting', 2 * MIB)

    def test_a_thread_that_works_for_the_request_is_measured(self):
        def work():
            with self.recording.working():
                self.shop.keep()

        self.begin()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        self.end()
        self.assert_grew('# kept', 8 * MIB)

    def test_nothing_is_left_behind(self):
        self.run_recorded(self.shop.keep)
        self.assertIsNone(sys.gettrace())
        self.assertFalse(tracemalloc.is_tracing())
        self.assertEqual(
            self.recording.warnings,
            [] if sys.version_info >= (3, 9) else ['Peaks are not known: they take Python 3.9.'],
        )

    def test_tracemalloc_of_the_program_goes_on_with_its_peak(self):
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        len(bytearray(16 * MIB))
        self.run_recorded(self.shop.pass_through)
        self.assertTrue(tracemalloc.is_tracing())
        self.assertGreater(tracemalloc.get_traced_memory()[1], 16 * MIB)
        self.assert_grew('# kept', 8 * MIB)
        self.assertNotIn('peak', self.line('# kept'))
        self.assertIn('the program uses tracemalloc itself', self.recording.warnings[0])

    def test_another_tool_that_traces_the_thread_stays(self):
        def tool(frame, event, argument):
            return None

        previous = sys.gettrace()
        sys.settrace(tool)
        try:
            self.run_recorded(self.shop.keep)
            self.assertIs(sys.gettrace(), tool)
        finally:
            sys.settrace(previous)
        self.assertIn('traces this thread already', self.recording.warnings[-1])

    def test_requests_at_the_same_time_are_both_told_and_tracing_ends_with_the_last(self):
        other = Recording(Request('GET', '/other'), 'memory')
        self.begin()
        self.collector.begin(other)
        self.end()
        self.assertTrue(tracemalloc.is_tracing())
        self.collector.end(other)
        self.assertFalse(tracemalloc.is_tracing())
        for recording in (self.recording, other):
            told = [text for text in recording.warnings if 'at the same time' in text]
            self.assertEqual(len(told), 1)

    @unittest.skipUnless(hasattr(os, 'fork'), 'needs os.fork')
    def test_a_forked_child_measures_nothing(self):
        self.begin()
        child = os.fork()
        if child == 0:
            os._exit(2 * (sys.gettrace() is not None) + tracemalloc.is_tracing())
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.shop.keep()
        self.end()
        self.assert_grew('# kept', 8 * MIB)

    def test_a_frame_that_outlives_the_request_is_not_measured_any_more(self):
        self.begin()
        generator = self.shop.generate()
        next(generator)
        self.end()
        before = self.collector.describe(self.recording)
        self.assertEqual(len(list(generator)), 1)
        self.assertEqual(self.collector.describe(self.recording), before)


if __name__ == '__main__':
    unittest.main()
