"""Django's runserver, with autoreload and static files."""

import os
import shutil
import time
import unittest
from importlib.util import find_spec

from servers.case import ServerCase
from servers.programs import ProgramCase
from servers.running import HERE, site

RUNSERVER = ('manage.py', 'runserver', '127.0.0.1:{port}')


@unittest.skipUnless(find_spec('django'), 'Django is not installed')
class RunserverTest(ServerCase):
    @classmethod
    def start(cls):
        return site(*RUNSERVER)

    def test_page_with_queries_and_template(self):
        profile = self.server.profile_of('/shelf/3/?page=1&token=secret')
        request = profile.request
        self.assertEqual(
            (request['method'], request['path'], request['status']), ('GET', '/shelf/3/', 200)
        )
        self.assertEqual(request['query'], 'page=1&token=***')
        self.assertEqual(request['route'], 'shelf/<int:count>/')
        self.assertEqual(request['view'], 'books.views.shelf')
        self.assertEqual(profile.process['framework']['name'], 'Django')
        self.assertEqual(profile.process['server']['name'], 'runserver')

    def test_queries_carry_the_line_that_issued_them(self):
        profile = self.server.profile_of('/shelf/2/')
        views = os.path.join(self.server.folder, 'books', 'views.py')
        with open(views) as file:
            line = [text.strip() for text in file].index(
                'titles.append(Book.objects.get(pk=book.pk).title)'
            )
        issued = [query for query in profile.facts['queries'] if query.get('line') == line + 1]
        self.assertGreaterEqual(len(issued), 2)
        self.assertEqual({query['file'] for query in issued}, {views})

    def test_lines_of_the_template_have_costs(self):
        profile = self.server.profile_of('/shelf/1/')
        files = {os.path.basename(line['file']) for line in profile.facts['templates']}
        self.assertEqual(files, {'shelf.html'})

    def test_static_files_are_served_and_not_recorded(self):
        status, body = self.server.get('/static/books/style.css')
        self.assertEqual((status, body), (200, 'ul { color: black }\n'))
        # The only profile is of the request after it.
        self.assertEqual(self.server.profile_of('/first/').request['path'], '/first/')

    def test_concurrent_requests_have_no_frame_of_each_other(self):
        self.assert_apart()

    def test_a_failing_view_is_recorded_with_its_error(self):
        status, _ = self.server.get('/fails/')
        (profile,) = self.server.profiles(1)
        self.assertEqual((status, profile.request['status']), (500, 500))
        self.assertEqual(profile.request['error'], 'LookupError')

    def test_a_streamed_body_is_part_of_the_request(self):
        profile = self.server.profile_of('/stream/')
        self.assertGreater(profile.request['duration'], 0.14)
        self.assertGreater(profile.seconds_in('pages'), 0.7 * profile.request['duration'])
        self.assertEqual(profile.request['bytesSent'], 12)


@unittest.skipUnless(find_spec('django'), 'Django is not installed')
class CommandTest(ProgramCase):
    def test_commands_without_requests_load_nothing_of_the_profiler(self):
        shutil.copytree(os.path.join(HERE, 'site'), os.path.join(self.folder, 'site'))
        for command in ('check', 'migrate'):
            program = (
                'import runpy, sys\n'
                "sys.path.insert(0, 'site')\n"
                "sys.argv = ['manage.py', %r]\n"
                "runpy.run_path('site/manage.py', run_name='__main__')\n"
                "print([name for name in sys.modules if name.startswith('hotline')])\n"
            )
            output, errors = self.run_python('-c', program % command)
            self.assertEqual((output.splitlines()[-1:], errors), (['[]'], ''))


@unittest.skipUnless(find_spec('django'), 'Django is not installed')
class AutoreloadTest(unittest.TestCase):
    def test_the_child_after_an_edit_is_profiled(self):
        with site(*RUNSERVER) as server:
            before = server.profile_of('/first/')
            views = os.path.join(server.folder, 'books', 'views.py')
            with open(views) as file:
                text = file.read()
            # The reloader compares modification times.
            time.sleep(1.1)
            with open(views, 'w') as file:
                file.write(text.replace('work_of_first', 'work_after_the_edit'))
            server.wait_until_profiled(2)
            server.wait_until(server.accepts, 'the server did not come up again')
            after = server.profile_of('/first/')
        self.assertNotIn('work_after_the_edit', before.functions)
        self.assertIn('work_after_the_edit', after.functions)
        self.assertNotEqual(before.process['pid'], after.process['pid'])
