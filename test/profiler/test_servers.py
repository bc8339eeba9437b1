"""Servers that take any WSGI or ASGI application."""

import unittest
from importlib.util import find_spec

from servers.case import ServerCase
from servers.running import Server

WSGI = 'application:application'


class WsgirefTest(ServerCase):
    @classmethod
    def start(cls):
        return Server('wsgi_application', 'serve.py', '{port}')

    def test_concurrent_requests_are_apart(self):
        first, _ = self.assert_apart()
        self.assertEqual(first.process['server']['name'], 'wsgiref')
        self.assertGreater(first.seconds_in('work_for'), 0.2)


class ChoosingTest(ServerCase):
    """That the settings of the environment reach the server; `test_selection` has the details."""

    @classmethod
    def start(cls):
        variables = {'TRIGGER': 'query:profile', 'EXCLUDE': '/health', 'MINIMUM_DURATION': '100'}
        return Server(
            'wsgi_application',
            'serve.py',
            '{port}',
            **{'HOTLINE_' + name: value for name, value in variables.items()},
        )

    def test_only_what_is_asked_for_is_recorded(self):
        for path in ('/first/', '/short/?profile', '/health?profile', '/first/?profile'):
            self.server.get(path)
        (profile,) = self.server.profiles(1)
        self.assertEqual(profile.request['query'], 'profile')


@unittest.skipUnless(find_spec('waitress'), 'waitress is not installed')
class WaitressTest(ServerCase):
    @classmethod
    def start(cls):
        return Server('wsgi_application', '-m', 'waitress', '--listen', '127.0.0.1:{port}', WSGI)

    def test_concurrent_requests_are_apart(self):
        first, _ = self.assert_apart()
        self.assertEqual(first.process['server']['name'], 'waitress')

    def test_a_request_shorter_than_a_sample_leaves_a_file(self):
        profile = self.server.profile_of('/short/')
        self.assertEqual(profile.request['bytesSent'], len('/short/'))


@unittest.skipUnless(find_spec('hypercorn'), 'hypercorn is not installed')
class HypercornTest(ServerCase):
    @classmethod
    def start(cls):
        return Server('wsgi_application', '-m', 'hypercorn', '--bind', '127.0.0.1:{port}', WSGI)

    def test_concurrent_requests_are_apart(self):
        first, _ = self.assert_apart()
        self.assertEqual(first.process['server']['name'], 'hypercorn')
