"""uvicorn: Django's coroutine views, reloading and several workers."""

import os
import time
import unittest
from importlib.util import find_spec

from servers.case import ServerCase
from servers.running import Server, site

HAS_UVICORN = find_spec('uvicorn') is not None


@unittest.skipUnless(HAS_UVICORN and find_spec('django'), 'uvicorn or Django is not installed')
class DjangoTest(ServerCase):
    @classmethod
    def start(cls):
        return site(
            '-m', 'uvicorn', 'books.asgi:application', '--loop', 'asyncio', '--port', '{port}'
        )

    def test_request_facts(self):
        profile = self.server.profile_of('/await/first/')
        self.assertEqual(profile.request['route'], 'await/<str:name>/')
        self.assertEqual(profile.request['view'], 'books.views.await_twice')
        self.assertEqual(profile.process['framework']['name'], 'Django')
        self.assertEqual(profile.process['server']['name'], 'uvicorn')

    def test_coroutine_views_at_once_are_apart(self):
        for profile in self.assert_apart('/await/first/', '/await/second/'):
            self.assertGreater(profile.seconds_in('[waiting]'), 0.15)

    def test_plain_view_with_queries(self):
        profile = self.server.profile_of('/shelf/2/')
        views = os.path.join(self.server.folder, 'books', 'views.py')
        self.assertLessEqual({views}, {query.get('file') for query in profile.facts['queries']})

    def test_static_prefix_is_not_recorded(self):
        self.server.get('/static/books/style.css')
        self.server.profile_of('/first/')


@unittest.skipUnless(HAS_UVICORN and find_spec('fastapi'), 'uvicorn or FastAPI is not installed')
class ProcessesTest(unittest.TestCase):
    UVICORN = ('-m', 'uvicorn', 'main:app', '--port', '{port}')

    def test_the_child_after_a_reload_is_profiled(self):
        with Server('fastapi_application', *self.UVICORN, '--reload') as server:
            before = server.profile_of('/items/1')
            main = os.path.join(server.folder, 'main.py')
            # The reloader compares modification times.
            time.sleep(1.1)
            with open(main, 'a') as file:
                file.write('\n# edited\n')
            server.wait_until_profiled(2)
            after = server.profile_of('/items/1')
        self.assertNotEqual(before.process['pid'], after.process['pid'])

    def test_every_worker_is_profiled(self):
        with Server('fastapi_application', *self.UVICORN, '--workers', '2') as server:
            server.wait_until_profiled(2)
            server.profile_of('/items/1')
