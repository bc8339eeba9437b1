import os
import sys
import tempfile
import threading
import time
import unittest

from hotline.sampling import collector, lines, sampler
from hotline.sampling.samples import Samples
from hotline.sampling.stacks import MOST_FRAMES
from hotline.sampling.thread import SWITCH_INTERVAL
from requests_made import RequestsTest, compute, functions, stacks, time_in

LEFT_OUT = '[… frames left out]'


def first():
    return compute(0.1)


def second():
    return compute(0.2)


class WeightTest(RequestsTest):
    def test_whole_request_is_accounted_for(self):
        def view():
            first()
            time.sleep(0.02)
            second()

        recording = self.record(view)
        self.assert_complete(recording)
        self.assertEqual(recording.results['samples'].waiting, 0)

    def test_time_is_where_it_was_spent(self):
        lasted = []

        def view():
            lasted.extend((first(), second()))

        recording = self.record(view)
        whole = recording.duration / 1e9
        self.assert_share(time_in(recording, 'first'), whole, lasted[0] / whole, 0.15)
        self.assert_share(time_in(recording, 'second'), whole, lasted[1] / whole, 0.15)

    def test_request_shorter_than_a_sample_has_one_stack(self):
        recording = self.record(lambda: None, '/short/')
        self.assertEqual(stacks(recording), {('GET /short/',): recording.duration / 1e9})

    def test_such_a_request_is_known_by_its_view(self):
        recording = self.record(lambda: None)
        recording.request.view = __name__ + '.first'
        (frame,) = sampler.describe(recording)['shared']['frames']
        self.assertEqual((frame['name'], frame['line']), ('first', first.__code__.co_firstlineno))

    def test_such_a_view_may_be_a_class(self):
        recording = self.record(lambda: None)
        recording.request.view = __name__ + '.WeightTest'
        frames = sampler.describe(recording)['shared']['frames']
        self.assertEqual(frames, [{'name': __name__ + '.WeightTest'}])

    def test_most_samples_of_a_stream_are_joined(self):
        recording = self.record(lambda: None)
        samples = recording.results['samples']
        code = (lambda: None).__code__
        for _ in range(50_000):
            samples.add([(code, 0)], 2)
        self.assertLess(len(samples.stacks), 20_001)
        self.assertEqual(sum(samples.weights), 100_000)
        self.assertEqual(len(samples.stacks), len(samples.weights))


class ShortStepsTest(unittest.TestCase):
    """A request of steps that are too short for the sampler to see."""

    STEP, WAIT = 400_000, 2_000_000

    def setUp(self):
        self.samples = Samples(0)
        self.stack = [(first.__code__, 0)]
        self.now = 0

    def step(self):
        if self.samples.resumed(self.now):
            collector._add_wait(self.samples, self.stack, self.WAIT)
        self.now += self.STEP
        self.samples.paused(self.now)
        self.now += self.WAIT

    def weights(self):
        """Weight of the running and of the waiting samples."""
        found = [0, 0]
        for index, weight in enumerate(self.samples.weights):
            found[self.samples._is_wait(index)] += weight
        return found

    def test_few_are_where_it_waited(self):
        for _ in range(4):
            self.step()
        self.samples.close(self.now)
        self.assertEqual(self.weights(), [4 * self.STEP, 4 * self.WAIT])

    def test_many_are_where_it_waited(self):
        for _ in range(100):
            self.step()
        self.samples.close(self.now)
        self.assertEqual(self.weights(), [100 * self.STEP, 100 * self.WAIT])
        running = [at for at in range(len(self.samples.stacks)) if not self.samples._is_wait(at)]
        self.assertGreater(len(running), 2)


class StackTest(RequestsTest):
    def test_begins_below_the_frame_that_began_the_request(self):
        def view():
            first()

        recording = self.record(view)
        self.assertEqual({stack[:2] for stack in stacks(recording)}, {('view', 'first')})

    def test_has_executing_lines_and_definition_lines(self):
        start = first.__code__.co_firstlineno
        recording = self.record(first)
        described = sampler.describe(recording)
        (profile,) = described['profiles']
        for stack, executing in zip(profile['samples'], described['stackLines']):
            root = described['shared']['frames'][stack[0]]
            self.assertEqual((root['name'], root['line']), ('first', start))
            self.assertEqual(root['file'], os.path.abspath(__file__.replace('.pyc', '.py')))
            self.assertEqual(executing[0], start + 1)
            self.assertEqual(len(stack), len(executing))

    def test_deep_recursion_keeps_both_ends(self):
        def descend(depth):
            if depth:
                descend(depth - 1)
            else:
                bottom()

        def bottom():
            compute(0.1)

        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(20_000)
        self.addCleanup(sys.setrecursionlimit, limit)

        recording = in_thread(lambda: self.record(lambda: descend(10_000)), stack_size=256 << 20)
        deep = [stack for stack in stacks(recording) if 'bottom' in stack]
        self.assertTrue(deep)
        for stack in deep:
            self.assertEqual(stack.count(LEFT_OUT), 1)
            self.assertEqual(stack[1], 'descend')
            self.assertLess(len(stack), MOST_FRAMES + 2)
        self.assert_complete(recording)

    def test_generated_code_has_no_file(self):
        namespace = {'compute': compute}
        exec(compile('def generated():\n    compute(0.05)\n', '<template 7>', 'exec'), namespace)
        frames = sampler.describe(self.record(namespace['generated']))['shared']['frames']
        (frame,) = [frame for frame in frames if frame['name'] == 'generated']
        self.assertEqual(frame, {'name': 'generated'})

    @unittest.skipIf(os.name == 'nt', 'paths are not bytes on this system')
    def test_path_that_is_not_utf8(self):
        path = os.path.join(tempfile.gettempdir(), os.fsdecode(b'caf\xe9.py'))
        namespace = {'compute': compute}
        exec(compile('def served():\n    compute(0.05)\n', path, 'exec'), namespace)
        frames = sampler.describe(self.record(namespace['served']))['shared']['frames']
        self.assertIn({'name': 'served', 'file': path, 'line': 1}, frames)

    def test_own_frames_are_not_shown(self):
        recording = self.record(lambda: None)

        def nested():
            with recording.working():
                compute(0.05)

        own = os.path.dirname(os.path.dirname(os.path.abspath(lines.__file__)))
        frames = sampler.describe(self.record(nested))['shared']['frames']
        self.assertFalse([frame for frame in frames if frame.get('file', '').startswith(own)])


class ConcurrencyTest(RequestsTest):
    def test_requests_of_two_threads_do_not_mix(self):
        def view_one():
            first()

        def view_two():
            second()

        threads = [
            threading.Thread(target=self.record, args=(view, path))
            for view, path in ((view_one, '/one/'), (view_two, '/two/'))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        one, two = functions(self.of('/one/')), functions(self.of('/two/'))
        self.assertTrue({'view_one', 'first'} <= one)
        self.assertTrue({'view_two', 'second'} <= two)
        self.assertFalse(one & {'view_two', 'second'})
        self.assertFalse(two & {'view_one', 'first'})
        self.assert_complete(self.of('/one/'))
        self.assert_complete(self.of('/two/'))


class ThreadTest(RequestsTest):
    """The sampler's thread."""

    def test_rests_while_no_request_runs(self):
        self.record(first)
        wait_until(lambda: sampler._thread._parked)
        spent = sampler.time_spent
        time.sleep(0.05)
        self.assertEqual(sampler.time_spent, spent)

    def test_users_switch_interval_is_restored(self):
        wait_until(lambda: sampler._thread._parked)
        before = sys.getswitchinterval()
        self.addCleanup(sys.setswitchinterval, before)
        sys.setswitchinterval(0.004)
        during = []
        self.record(lambda: during.append(sys.getswitchinterval()))
        wait_until(lambda: sampler._thread._parked)
        self.assertEqual(during, [SWITCH_INTERVAL])
        self.assertAlmostEqual(sys.getswitchinterval(), 0.004)

    def test_users_change_of_the_switch_interval_meanwhile_stays(self):
        before = sys.getswitchinterval()
        self.addCleanup(sys.setswitchinterval, before)
        self.record(lambda: sys.setswitchinterval(0.003))
        wait_until(lambda: sampler._thread._parked)
        self.assertAlmostEqual(sys.getswitchinterval(), 0.003)

    def test_listeners_hear_of_each_sample(self):
        heard = []

        def listen(recording, weight, codes):
            heard.append((recording, weight, [code.co_name for code in codes]))

        sampler.listeners.append(listen)
        self.addCleanup(sampler.listeners.remove, listen)
        recording = self.record(first)
        self.assertEqual({entry[0] for entry in heard}, {recording})
        self.assertEqual({tuple(entry[2][:2]) for entry in heard}, {('first', 'compute')})
        self.assertLessEqual(sum(entry[1] for entry in heard), recording.duration)


class LineTest(unittest.TestCase):
    def test_lines_of_all_instructions(self):
        function = first.__code__
        tables = lines.LineTables()
        start = function.co_firstlineno
        found = {tables.line(function, offset) for offset in range(-1, len(function.co_code), 2)}
        self.assertEqual(found - {0}, {start, start + 1} & found | {start + 1})


def in_thread(function, stack_size):
    """Result of a function that needs a larger C stack."""
    results = []
    before = threading.stack_size(stack_size)
    try:
        thread = threading.Thread(target=lambda: results.append(function()))
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    return results[0]


def wait_until(is_true):
    end = time.monotonic() + 5
    while not is_true():
        if time.monotonic() > end:
            raise AssertionError('it did not come to pass')
        time.sleep(0.002)
