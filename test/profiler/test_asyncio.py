import asyncio
import functools
import threading
import time
import unittest
import warnings

from hotline.interfaces import asgi
from hotline.recording import current
from hotline.sampling import sampler
from requests_made import RequestsTest, compute, functions, stacks, time_in

WAITING = '[waiting]'


async def nothing(message=None):
    pass


def work():
    compute(0.05)


async def child():
    work()
    await asyncio.sleep(0.05)


async def letters():
    for letter in 'ab':
        await asyncio.sleep(0.03)
        yield letter


class ServingTest(RequestsTest):
    """Each request is an ASGI application of its own, called by its path."""

    def serve(self, *applications):
        """Answers one request by each application, all at once, on one event loop."""

        async def main():
            await asyncio.gather(*map(self.request, applications))

        asyncio.run(main())

    async def request(self, application):
        async def called(scope, receive, send):
            await application()

        scope = {'type': 'http', 'method': 'GET', 'path': application.__name__, 'headers': []}
        await asgi.middleware(called)(scope, nothing, nothing)

    def assert_runs_in(self, recording, *names):
        """Most of the time that it runs is in stacks with all of these functions."""
        self.assert_share(time_in(recording, *names), running_time(recording), 0.7, 0.4)


class TasksTest(ServingTest):
    def test_interleaved_requests_have_their_own_time(self):
        async def one():
            for _ in range(5):
                compute_one()
                await asyncio.sleep(0.02)

        async def two():
            for _ in range(5):
                compute_two()
                await asyncio.sleep(0.02)

        def compute_one():
            compute(0.02)

        def compute_two():
            compute(0.02)

        self.serve(one, two)
        for name, other in (('one', 'two'), ('two', 'one')):
            recording = self.of(name)
            self.assert_complete(recording)
            self.assert_share(time_in(recording, WAITING), waiting_time(recording), 1, 0.1)
            self.assertGreater(waiting_time(recording), 0.06)
            self.assertGreater(running_time(recording), 0.1)
            self.assert_runs_in(recording, 'compute_' + name)
            self.assertNotIn('compute_' + other, functions(recording))
            self.assertNotIn(other, functions(recording))

    def test_waiting_is_where_the_request_awaits(self):
        async def page():
            await asyncio.sleep(0.05)

        self.serve(page)
        waiting = max(stacks(self.of('page')), key=len)
        self.assertEqual((waiting[:2], waiting[-1]), (('called', 'page'), WAITING))

    def test_waiting_time_is_told(self):
        async def page():
            await asyncio.sleep(0.05)

        self.serve(page)
        self.assertGreater(waiting_time(self.of('page')), 0.025)

    def test_tasks_of_a_request_belong_to_it(self):
        async def page():
            await asyncio.gather(child(), child())

        self.serve(page)
        recording = self.of('page')
        self.assert_runs_in(recording, 'page', 'child', 'work')
        self.assert_complete(recording)

    def test_task_that_outlives_its_request_is_free(self):
        seen = []

        async def later():
            await asyncio.sleep(0.02)
            seen.append(current())

        async def page():
            page.task = asyncio.ensure_future(later())

        async def main():
            await self.request(page)
            await page.task

        asyncio.run(main())
        self.assertEqual(seen, [None])

    def test_asynchronous_generator(self):
        async def page():
            async for _ in letters():
                work()

        self.serve(page)
        recording = self.of('page')
        self.assertGreater(time_in(recording, 'page', 'letters', WAITING), 0.03)
        self.assert_runs_in(recording, 'page', 'work')

    def test_work_in_a_pool_continues_the_stack_that_awaits_it(self):
        async def page():
            await asyncio.get_running_loop().run_in_executor(None, work)

        self.serve(page)
        recording = self.of('page')
        self.assert_runs_in(recording, 'page', 'work')
        self.assert_complete(recording)

    def test_thread_that_only_rests_leaves_the_request_waiting(self):
        rest = threading.Event()

        async def page():
            threading.Thread(target=rest.wait).start()
            await asyncio.sleep(0.05)
            rest.set()

        self.serve(page)
        self.assertGreater(time_in(self.of('page'), 'page', WAITING), 0.025)

    def test_thread_that_computes_while_the_request_waits(self):
        async def page():
            thread = threading.Thread(target=work)
            thread.start()
            while thread.is_alive():
                await asyncio.sleep(0.01)

        self.serve(page)
        recording = self.of('page')
        self.assertGreater(time_in(recording, 'page', 'work'), 0.02)
        self.assert_complete(recording)

    def test_task_factory_of_the_user_is_kept(self):
        made = []

        def factory(loop, coroutine, **options):
            made.append(coroutine.cr_code)
            return asyncio.Task(coroutine, loop=loop, **options)

        async def page():
            await asyncio.ensure_future(child())

        async def main():
            asyncio.get_running_loop().set_task_factory(factory)
            await self.request(page)

        asyncio.run(main())
        self.assertIn(child.__code__, made)
        self.assertIn('work', functions(self.of('page')))

    def test_cancelled_request_ends(self):
        async def page():
            await asyncio.sleep(10)

        async def main():
            task = asyncio.ensure_future(self.request(page))
            await asyncio.sleep(0.02)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        asyncio.run(main())
        self.assertEqual(self.of('page').request.error, 'CancelledError')

    def test_error_passes_with_its_own_traceback(self):
        async def page():
            raise KeyError('no such page')

        with self.assertRaises(KeyError):
            self.serve(page)
        self.assertEqual(self.of('page').request.error, 'KeyError')

    def test_task_that_never_ran_is_cancelled_without_a_warning(self):
        async def page():
            task = asyncio.ensure_future(child())
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        with warnings.catch_warnings():
            warnings.simplefilter('error')
            self.serve(page)

    def test_coroutine_is_seen_through(self):
        async def page():
            task = asyncio.ensure_future(child())
            self.assertIs(task.get_coro().cr_code, child.__code__)
            await task

        self.serve(page)


class LibraryTest(ServingTest):
    """Libraries that have pools of threads of their own."""

    def test_anyio(self):
        anyio = library('anyio.to_thread')

        async def page():
            await anyio.run_sync(functools.partial(work))

        # The first call imports what the library needs.
        self.serve(page)
        self.ended.clear()
        self.serve(page)
        self.assert_runs_in(self.of('page'), 'page', 'work')

    def test_asgiref(self):
        asgiref = library('asgiref.sync')

        async def page():
            await asgiref.sync_to_async(work, thread_sensitive=True)()
            await asgiref.sync_to_async(work, thread_sensitive=False)()

        self.serve(page)
        self.assert_runs_in(self.of('page'), 'page', 'work')

    def test_asgiref_in_a_thread(self):
        asgiref = library('asgiref.sync')

        async def inner():
            work()
            await asgiref.sync_to_async(time.sleep)(0.01)

        recording = self.record(asgiref.async_to_sync(inner))
        self.assert_runs_in(recording, 'inner', 'work')

    def test_anyio_task_group(self):
        anyio = library('anyio')

        async def page():
            async with anyio.create_task_group() as group:
                group.start_soon(child)
                group.start_soon(child)

        self.serve(page)
        self.assert_runs_in(self.of('page'), 'child', 'work')

    def test_sqlalchemy(self):
        """Its asyncio extension runs the synchronous part in a greenlet of its own."""
        sqlalchemy = library('sqlalchemy.ext.asyncio')
        library('aiosqlite')
        event = library('sqlalchemy').event
        engine = sqlalchemy.create_async_engine('sqlite+aiosqlite://')

        @event.listens_for(engine.sync_engine, 'before_cursor_execute')
        def compute_before(*arguments):
            work()

        async def page():
            async with engine.connect() as connection:
                await connection.exec_driver_sql('select 1')
            await engine.dispose()

        self.serve(page)
        recording = self.of('page')
        self.assertGreater(time_in(recording, 'page', 'compute_before', 'work'), 0.03)
        self.assert_complete(recording)

    def test_uvloop(self):
        uvloop = library('uvloop')

        async def page():
            await asyncio.gather(child(), child())
            await asyncio.get_running_loop().run_in_executor(None, work)

        loop = uvloop.new_event_loop()
        try:
            loop.run_until_complete(self.request(page))
        finally:
            loop.close()
        recording = self.of('page')
        self.assert_runs_in(recording, 'page', 'work')
        self.assert_complete(recording)


def waiting_time(recording):
    return sampler.describe(recording)['waitingTime']


def running_time(recording):
    return recording.duration / 1e9 - waiting_time(recording)


def library(name):
    try:
        return __import__(name, fromlist=['*'])
    except ImportError:
        raise unittest.SkipTest('%s is not installed' % name.partition('.')[0]) from None
