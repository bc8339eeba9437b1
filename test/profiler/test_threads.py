import concurrent.futures
import gc
import threading
import time
import weakref

from hotline.recording import current
from requests_made import RequestsTest, compute, functions, stacks, time_in


def in_pool():
    compute(0.1)


def in_request():
    compute(0.1)


class PoolTest(RequestsTest):
    def setUp(self):
        super().setUp()
        self.pool = concurrent.futures.ThreadPoolExecutor(2)
        self.addCleanup(self.pool.shutdown)
        # Its threads are there before the first request.
        list(self.pool.map(time.sleep, [0.01, 0.01]))

    def test_submitted_work_belongs_to_the_request(self):
        recording = self.record(lambda: self.pool.submit(in_pool).result())
        self.assert_share(time_in(recording, 'in_pool'), recording.duration / 1e9, 1, 0.3)
        self.assert_complete(recording)

    def test_mapped_work_belongs_to_the_request(self):
        recording = self.record(lambda: list(self.pool.map(compute, [0.05, 0.05])))
        self.assertIn('compute', functions(recording))

    def test_result_and_error_are_those_of_the_function(self):
        def view():
            self.assertEqual(self.pool.submit(int, '7', base=8).result(), 7)
            with self.assertRaises(ValueError):
                self.pool.submit(int, 'seven').result()

        self.record(view)

    def test_thread_of_the_pool_is_free_afterwards(self):
        self.record(lambda: self.pool.submit(in_pool).result())
        self.assertEqual(list(self.pool.map(lambda _: current(), range(4))), [None] * 4)

    def test_time_of_threads_that_compute_at_once_is_split(self):
        def view():
            work = self.pool.submit(in_pool)
            in_request()
            work.result()

        recording = self.record(view)
        self.assertGreater(time_in(recording, 'in_pool'), 0.02)
        self.assertGreater(time_in(recording, 'in_request'), 0.02)
        self.assert_complete(recording)

    def test_thread_that_was_started_for_the_pool_is_none_of_the_request(self):
        pool = concurrent.futures.ThreadPoolExecutor(1)
        self.addCleanup(pool.shutdown)

        def view():
            pool.submit(int).result()
            in_request()

        recording = self.record(view)
        self.assertNotIn('_worker', functions(recording))


class ThreadTest(RequestsTest):
    def test_thread_started_by_a_request_belongs_to_it(self):
        def view():
            thread = threading.Thread(target=in_pool)
            thread.start()
            thread.join()

        recording = self.record(view)
        self.assertGreater(time_in(recording, 'in_pool'), 0.05)
        self.assertEqual(sum(weight for stack, weight in stacks(recording).items() if not stack), 0)

    def test_thread_with_a_run_of_its_own(self):
        class Worker(threading.Thread):
            def run(self):
                in_pool()

        def view():
            worker = Worker()
            worker.start()
            worker.join()

        self.assertIn('in_pool', functions(self.record(view)))

    def test_thread_that_outlives_its_request_is_free(self):
        ended, seen = threading.Event(), []

        def outlive():
            ended.wait()
            seen.append(current())

        thread = threading.Thread(target=outlive)
        self.record(thread.start)
        ended.set()
        thread.join()
        self.assertEqual(seen, [None])

    def test_nothing_keeps_the_thread(self):
        threads = []

        def view():
            thread = threading.Thread(target=int)
            threads.append(weakref.ref(thread))
            thread.start()
            thread.join()

        gc.disable()
        self.addCleanup(gc.enable)
        self.record(view)
        self.assertIsNone(threads[0]())
