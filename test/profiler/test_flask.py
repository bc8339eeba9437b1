"""Flask's own server, which is threaded."""

import unittest
from importlib.util import find_spec

from servers.case import ServerCase
from servers.running import Server

FLASK = ('-m', 'flask', 'run', '--port', '{port}')


@unittest.skipUnless(find_spec('flask'), 'Flask is not installed')
class FlaskTest(ServerCase):
    @classmethod
    def start(cls):
        return Server('flask_application', *FLASK)

    def test_request_facts(self):
        profile = self.server.profile_of('/item/7')
        self.assertEqual(profile.request['route'], '/item/<int:number>')
        self.assertEqual(profile.request['view'], 'app.item')
        self.assertEqual(profile.process['framework']['name'], 'Flask')
        self.assertEqual(profile.process['server']['name'], 'Werkzeug')

    def test_concurrent_requests_are_apart(self):
        self.assert_apart()

    def test_static_files_are_not_recorded(self):
        self.assertEqual(self.server.get('/static/style.css'), (200, 'ul { color: black }\n'))
        self.server.profile_of('/item/1')

    def test_a_failing_view_is_recorded_with_its_error(self):
        self.assertEqual(self.server.get('/fails/')[0], 500)
        (profile,) = self.server.profiles(1)
        self.assertEqual(
            (profile.request['status'], profile.request['error']), (500, 'LookupError')
        )

    def test_static_files_are_recorded_when_asked_for(self):
        with Server('flask_application', *FLASK, HOTLINE_STATIC='1') as server:
            profile = server.profile_of('/static/style.css')
        self.assertEqual(profile.request['route'], '/static/<path:filename>')


@unittest.skipUnless(find_spec('flask'), 'Flask is not installed')
class StartTest(unittest.TestCase):
    def test_server_and_framework_decide_once_about_a_request(self):
        with Server('flask_application', *FLASK, HOTLINE_EVERY='2') as server:
            for number in range(4):
                server.get('/item/%d' % number)
            paths = [profile.request['path'] for profile in server.profiles(2)]
        self.assertEqual(paths, ['/item/0', '/item/2'])

    def test_a_script_that_imports_the_application(self):
        script = 'import app; app.app.run(port={port})'
        with Server('flask_application', '-c', script) as server:
            lines = server.profile_of('/item/1').facts['lines']
        self.assertEqual([line['function'] for line in lines], ['item'])

    def test_the_child_of_the_reloader_is_profiled(self):
        command = ('-m', 'flask', '--debug', 'run', '--port', '{port}')
        with Server('flask_application', *command) as server:
            self.assertEqual(server.profile_of('/item/1').request['status'], 200)
