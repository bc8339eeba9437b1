"""Django under gunicorn: workers with threads, workers of gevent, preloaded applications."""

import os
import unittest
from importlib.util import find_spec

from servers.case import assert_apart
from servers.running import site

GUNICORN = ('-m', 'gunicorn', '--bind', '127.0.0.1:{port}', 'books.wsgi')


@unittest.skipUnless(
    os.name == 'posix' and find_spec('gunicorn') and find_spec('django'),
    'gunicorn or Django is not installed',
)
class GunicornTest(unittest.TestCase):
    def test_two_workers(self):
        with site(*GUNICORN, '--workers', '2') as server:
            self._assert_two_workers(server)

    def test_two_workers_of_a_preloaded_application(self):
        with site(*GUNICORN, '--workers', '2', '--preload') as server:
            self._assert_two_workers(server)

    def test_threads(self):
        with site(*GUNICORN, '--threads', '4') as server:
            assert_apart(self, server)

    @unittest.skipUnless(find_spec('gevent'), 'gevent is not installed')
    def test_greenlets(self):
        with site(*GUNICORN, '--worker-class', 'gevent') as server:
            assert_apart(self, server)

    def _assert_two_workers(self, server):
        server.wait_until_profiled(2)
        first, second = assert_apart(self, server)
        self.assertNotEqual(first.process['pid'], second.process['pid'])
        self.assertEqual(first.process['server']['name'], 'gunicorn')
