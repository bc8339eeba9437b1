"""Servers that others can reach: only requests with a secret leave a profile."""

import os
import unittest
from importlib.util import find_spec

from hotline import selection, settings, staging, triggers
from hotline.request import Request
from servers.programs import PACKAGES
from servers.running import Server
from servers.sampled import ask

SECRET = 'Kj3-long-and-random_9Q'

STAGED = {'HOTLINE_TRIGGER_SECRET': SECRET, 'HOTLINE_TRIGGER_ANSWER': '1'}

HEADER = 'x-hotline-profile'

#: Without the bootstrap: what the application says is all that there is.
BY_HAND = {'PYTHONPATH': PACKAGES}


class StagedServer:
    """Requests to a server, and what they leave."""

    def __init__(self, test, server):
        self._test = test
        self.server = server

    def get(self, path, **headers):
        """The identifier that the response tells."""
        status, answered, _ = ask('127.0.0.1:%d' % self.server.port, path, **headers)
        self._test.assertEqual(status, 200)
        return {name.lower(): value for name, value in answered.items()}.get(HEADER)

    def file_of(self, identifier):
        """Name and content of the one file that the identifier stands for."""
        ending = '.%s.speedscope.json' % identifier

        def files():
            names = (
                os.listdir(self.server.directory) if os.path.isdir(self.server.directory) else ()
            )
            return [name for name in names if name.endswith(ending)]

        self.server.wait_until(files, 'there is no profile %s' % identifier)
        (name,) = files()
        with open(os.path.join(self.server.directory, name), encoding='utf-8') as file:
            return name, file.read()


class StagingCase(unittest.TestCase):
    def assert_staged(self, server, path='/first/'):
        """Only requests with the secret are recorded, and their responses name their files."""
        with server:
            staged = StagedServer(self, server)
            for query, headers in (
                ('', {}),
                ('?hotline=wrong', {}),
                ('?hotline', {}),
                ('', {'X-Hotline': 'wrong'}),
                ('', {'X-Hotline': SECRET + '.'}),
                ('', {'Cookie': 'hotline=wrong; other=' + SECRET}),
            ):
                self.assertIsNone(staged.get(path + query, **headers))
            identifiers = [
                staged.get(path + '?page=2&hotline=' + SECRET),
                staged.get(path, **{'X-Hotline': SECRET}),
                staged.get(path, Cookie='a=1; hotline=%s; b=2' % SECRET),
            ]
            self.assertNotIn(None, identifiers)
            self.assertEqual(len(set(identifiers)), 3)
            names, contents = zip(*map(staged.file_of, identifiers))
            profiles = server.profiles(3)
        self.assertNotIn(SECRET, ''.join(names + contents))
        self.assertEqual(profiles[0].request['query'], 'page=2&hotline=***')
        for profile, identifier in zip(profiles, identifiers):
            self.assertEqual(profile.request['remoteAddress'], '127.0.0.1')
            self.assertEqual(profile.request['id'], identifier)
        return names


class WsgiTest(StagingCase):
    def test_by_hand(self):
        code = (
            'import hotline; from wsgiref.simple_server import make_server\n'
            'from application import application\n'
            'application = hotline.wsgi(application, secret=%r, answer=True)\n'
            "make_server('127.0.0.1', {port}, application).serve_forever()"
        )
        server = Server('wsgi_application', '-c', code % SECRET, **BY_HAND)
        for name in self.assert_staged(server):
            self.assertRegex(name, r'^first\.\d{6}ms\.\d{10}\.[0-9a-f]{12}\.speedscope\.json$')

    def test_a_secret_that_is_missing_records_nothing(self):
        code = (
            'import hotline, os; from wsgiref.simple_server import make_server\n'
            'from application import application\n'
            "application = hotline.wsgi(application, secret=os.environ.get('MISSING'))\n"
            "make_server('127.0.0.1', {port}, application).serve_forever()"
        )
        with Server('wsgi_application', '-c', code, **BY_HAND) as server:
            staged = StagedServer(self, server)
            for headers in ({}, {'X-Hotline': ''}, {'X-Hotline': 'None'}, {'Cookie': 'hotline='}):
                staged.get('/?hotline=', **headers)
            self.assertEqual(server.profiles(0), [])
            self.assertIn('the secret that it has to carry is empty', server.output)

    @unittest.skipUnless(find_spec('flask'), 'Flask is not installed')
    def test_by_environment(self):
        # The shortest are kept too: the response has told of them.
        variables = {**STAGED, 'HOTLINE_MINIMUM_DURATION': '60000'}
        flask = ('-m', 'flask', 'run', '--port', '{port}')
        self.assert_staged(Server('flask_application', *flask, **variables), '/item/1')

    def test_no_answer_unless_asked_for(self):
        variables = {**STAGED, 'HOTLINE_TRIGGER_ANSWER': '', 'HOTLINE_TRIGGER': 'query:profile'}
        variables['HOTLINE_FILE_NAME'] = '{remote}.{time}'
        with Server('wsgi_application', 'serve.py', '{port}', **variables) as server:
            staged = StagedServer(self, server)
            self.assertIsNone(staged.get('/?hotline=' + SECRET))
            self.assertIsNone(staged.get('/', **{'X-Hotline': SECRET}))
            self.assertIsNone(staged.get('/?profile=' + SECRET))
            (profile,) = server.profiles(1)
            (name,) = os.listdir(server.directory)
        self.assertEqual(profile.request['query'], 'profile=***')
        self.assertRegex(name, r'^127\.0\.0\.1\.\d{10}\.speedscope\.json$')


@unittest.skipUnless(find_spec('fastapi') and find_spec('uvicorn'), 'FastAPI is not installed')
class AsgiTest(StagingCase):
    def test_by_hand(self):
        code = (
            'import hotline, uvicorn; from main import app\n'
            'app = hotline.asgi(app, secret=%r, answer=True)\n'
            "uvicorn.run(app, port={port}, log_level='warning')"
        )
        server = Server('fastapi_application', '-c', code % SECRET, **BY_HAND)
        self.assert_staged(server, '/items/7')

    def test_by_environment(self):
        uvicorn = ('-m', 'uvicorn', 'main:app', '--port', '{port}')
        self.assert_staged(Server('fastapi_application', *uvicorn, **STAGED), '/items/7')


@unittest.skipUnless(find_spec('django'), 'Django is not installed')
class DjangoTest(StagingCase):
    RUNSERVER = ('manage.py', 'runserver', '--noreload', '127.0.0.1:{port}')

    def test_by_settings(self):
        server = Server('site', *self.RUNSERVER, **BY_HAND, DJANGO_SETTINGS_MODULE='books.staging')
        with open(os.path.join(server.folder, 'books', 'staging.py'), 'w') as file:
            file.write(
                'from books.settings import *\n'
                "MIDDLEWARE = ['hotline.DjangoMiddleware']\n"
                'HOTLINE_TRIGGER_SECRET = %r\nHOTLINE_TRIGGER_ANSWER = True\n' % SECRET
            )
        self.assert_staged(server)

    def test_by_environment(self):
        self.assert_staged(Server('site', *self.RUNSERVER, **STAGED))


class TriggerTest(unittest.TestCase):
    def trigger(self, **variables):
        named = {'HOTLINE_' + name: value for name, value in variables.items()}
        return triggers.trigger(settings.Settings(named))

    def test_a_place_that_cannot_be_read_opens_nothing(self):
        trigger = self.trigger(TRIGGER='nonsense', TRIGGER_SECRET=SECRET)
        self.assertFalse(trigger.is_carried('', {}.get))
        self.assertTrue(trigger.is_carried('hotline=' + SECRET, {}.get))

    def test_the_secret_takes_the_place_of_a_value(self):
        trigger = self.trigger(TRIGGER='query:profile=yes', TRIGGER_SECRET=SECRET)
        self.assertFalse(trigger.is_carried('profile=yes', {}.get))
        self.assertTrue(trigger.is_carried('profile=%s' % SECRET, {}.get))

    def test_secrets_that_are_not_ascii(self):
        trigger = self.trigger(TRIGGER_SECRET='schlüssel')
        received = 'schlüssel'.encode().decode('latin-1')
        self.assertTrue(trigger.is_carried('', {'x-hotline': received}.get))
        self.assertTrue(trigger.is_carried('hotline=schl%C3%BCssel', {}.get))
        self.assertFalse(trigger.is_carried('hotline=schl%FCssel', {'x-hotline': '\u2603'}.get))

    def test_there_are_limits_where_none_are_set(self):
        plain = settings.Settings({})
        self.assertEqual((plain.keep_files, plain.keep_bytes), (0, 0))
        staged = settings.Settings({'HOTLINE_TRIGGER_SECRET': SECRET})
        self.assertEqual((staged.keep_files, staged.keep_bytes), (1000, 500_000_000))
        chosen = settings.Settings({'HOTLINE_TRIGGER_SECRET': SECRET, 'HOTLINE_KEEP_FILES': '7'})
        self.assertEqual(chosen.keep_files, 7)


class FactsTest(unittest.TestCase):
    def setUp(self):
        self.addCleanup(setattr, settings, '_current', settings._current)

    def set(self, **variables):
        named = {'HOTLINE_' + name: value for name, value in variables.items()}
        settings._current = settings.Settings(named)

    def sender(self, remote, forwarded=None):
        request = Request('GET', '/')
        staging.note(request, remote, {'x-forwarded-for': forwarded}.get)
        return request.remote_address

    def test_proxies_are_believed_as_far_as_they_are_trusted(self):
        way = '203.0.113.9, 198.51.100.7, 192.0.2.1'
        for proxies, remote, forwarded, expected in (
            ('0', '10.0.0.1', way, '10.0.0.1'),
            ('1', '10.0.0.1', way, '192.0.2.1'),
            ('2', '10.0.0.1', way, '198.51.100.7'),
            ('9', '10.0.0.1', way, '203.0.113.9'),
            ('1', '10.0.0.1', None, '10.0.0.1'),
            ('1', '', 'unknown', None),
            ('1', '', '[2001:db8::1]:4711', '2001:db8::1'),
            ('1', '', '192.0.2.1:4711', '192.0.2.1'),
            ('1', '', '2001:DB8::1', '2001:db8::1'),
            ('0', '', None, None),
            ('0', None, None, None),
        ):
            with self.subTest(proxies=proxies, forwarded=forwarded):
                self.set(TRIGGER_SECRET=SECRET, TRUSTED_PROXIES=proxies)
                self.assertEqual(self.sender(remote, forwarded), expected)

    def test_without_a_secret_nobody_is_noted(self):
        self.set()
        self.assertIsNone(self.sender('10.0.0.1'))

    def test_the_secret_is_masked_wherever_it_stands(self):
        self.set(TRIGGER_SECRET='a secret/1')
        for query, expected in (
            ('hotline=a+secret/1&page=2', 'hotline=***&page=2'),
            ('hotline=a%20secret%2F1', 'hotline=***'),
            ('next=/x?hotline=a%20secret/1', 'next=***'),
            ('a%20secret%2f1', '***'),
            ('a+secret/1=x', '***'),
            ('page=2', 'page=2'),
        ):
            with self.subTest(query=query):
                self.assertEqual(selection.masked(query), expected)
