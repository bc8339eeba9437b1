"""FastAPI under uvicorn: coroutine endpoints, and plain ones in threads."""

import unittest
from importlib.util import find_spec

from servers.case import ServerCase
from servers.running import Server

UVICORN = ('-m', 'uvicorn', 'main:app', '--port', '{port}')


@unittest.skipUnless(find_spec('fastapi') and find_spec('uvicorn'), 'FastAPI is not installed')
class FastApiTest(ServerCase):
    @classmethod
    def start(cls):
        return Server('fastapi_application', *UVICORN)

    def test_request_facts(self):
        profile = self.server.profile_of('/items/7')
        self.assertEqual(profile.request['route'], '/items/{number}')
        self.assertEqual(profile.request['view'], 'main.item')
        self.assertEqual(profile.process['framework']['name'], 'FastAPI')
        self.assertEqual(profile.process['server']['name'], 'uvicorn')

    def test_plain_endpoints_at_once_are_apart(self):
        self.assert_apart()

    def test_coroutine_endpoints_at_once_are_apart(self):
        for profile in self.assert_apart('/await/first', '/await/second'):
            self.assertGreater(profile.seconds_in('[waiting]'), 0.25)

    def test_work_of_child_tasks_and_threads_is_the_requests(self):
        profile = self.server.profile_of('/children')
        functions = {name.rpartition('.')[2] for name in profile.functions}
        self.assertLessEqual({'child', 'in_thread'}, functions)

    def test_static_files_are_not_recorded(self):
        self.assertEqual(self.server.get('/static/style.css'), (200, 'ul { color: black }\n'))
        self.server.profile_of('/items/1')

    def test_a_failing_endpoint_is_recorded_with_its_error(self):
        self.assertEqual(self.server.get('/fails/')[0], 500)
        (profile,) = self.server.profiles(1)
        self.assertEqual(
            (profile.request['status'], profile.request['error']), (500, 'LookupError')
        )
