"""The profiler asked for by the user's own code."""

import os
import unittest
from importlib.util import find_spec

from servers.programs import PACKAGES, ProgramCase

WORK = """
import asyncio, sys, time
import hotline

def work_of_job(seconds=0.05):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        sum(range(1000))
"""


class JobCase(ProgramCase):
    """Runs programs that find the package on their path, without the bootstrap."""

    def run_job(self, text):
        path = self.write('job.py', WORK + text)
        output, errors = self.run_unprofiled(path, paths=[PACKAGES])
        self.directory = os.path.join(self.folder, '.hotline')
        return output, errors


class ProfileTest(JobCase):
    def test_block(self):
        _, errors = self.run_job("with hotline.profile('nightly import'):\n    work_of_job()\n")
        (profile,) = self.profiles()
        self.assertEqual(errors, '')
        self.assertEqual(profile.request['path'], 'nightly import')
        self.assertNotIn('method', profile.request)
        self.assertGreater(profile.seconds_in('work_of_job'), 0.03)

    def test_block_of_the_script_itself(self):
        self.run_job(
            "with hotline.profile('job'):\n"
            '    until = time.perf_counter() + 0.1\n'
            '    while time.perf_counter() < until:\n'
            '        sum(range(1000))\n'
        )
        (profile,) = self.profiles()
        self.assertGreater(profile.seconds_in('<module>'), 0.05)

    def test_the_default_directory_is_ignored_by_git(self):
        self.run_job("with hotline.profile('job'):\n    pass\n")
        with open(os.path.join(self.directory, '.gitignore')) as file:
            self.assertEqual(file.read().strip(), '*')

    def test_function(self):
        output, _ = self.run_job(
            "@hotline.profile('job')\n"
            'def job(number, plus):\n'
            '    "What it does."\n'
            '    work_of_job()\n'
            '    return number + plus\n'
            'print(job(1, plus=2), job(3, plus=4), job.__name__, job.__doc__)\n'
        )
        self.assertEqual(output, '3 7 job What it does.\n')
        self.assertEqual([profile.request['path'] for profile in self.profiles()], ['job'] * 2)

    def test_an_error_passes_and_is_told(self):
        output, _ = self.run_job(
            'try:\n'
            "    with hotline.profile('job'):\n"
            "        raise LookupError('mine')\n"
            'except LookupError as error:\n'
            '    print(error)\n'
        )
        self.assertEqual(output, 'mine\n')
        self.assertEqual(self.profiles()[0].request['error'], 'LookupError')

    def test_coroutine_functions_at_once_are_apart(self):
        self.run_job(
            'async def work_and_wait(name):\n'
            '    work_of_job()\n'
            '    await asyncio.sleep(0.2)\n'
            "@hotline.profile('first')\n"
            'async def first():\n'
            "    await work_and_wait('first')\n"
            "@hotline.profile('second')\n"
            'async def second():\n'
            "    await work_and_wait('second')\n"
            'async def main():\n'
            '    await asyncio.gather(first(), second())\n'
            'asyncio.run(main())\n'
        )
        profiles = self.profiles()
        self.assertEqual({profile.request['path'] for profile in profiles}, {'first', 'second'})
        for profile in profiles:
            other = {'first': 'second', 'second': 'first'}[profile.request['path']]
            self.assertNotIn(other, profile.functions)
            self.assertGreater(profile.seconds_in('[waiting]'), 0.1)

    def test_inner_profiles_belong_to_the_outer_one(self):
        self.run_job(
            "with hotline.profile('outer'):\n"
            "    with hotline.profile('inner'):\n"
            '        work_of_job()\n'
        )
        self.assertEqual([profile.request['path'] for profile in self.profiles()], ['outer'])

    def test_generator_functions_are_refused(self):
        _, errors = self.run_job("@hotline.profile('job')\ndef generate():\n    yield 1\n")
        self.assertIn('hotline.profile cannot record a generator function', errors)


class MiddlewareTest(JobCase):
    def test_wsgi(self):
        self.run_job(
            'from wsgiref.util import setup_testing_defaults\n'
            'def application(environ, start_response):\n'
            "    start_response('200 OK', [])\n"
            '    work_of_job()\n'
            "    return [b'hello']\n"
            "environ = {'PATH_INFO': '/hello/'}\n"
            'setup_testing_defaults(environ)\n'
            'hotline.wsgi(application)(environ, lambda *arguments: None)\n'
        )
        (profile,) = self.profiles()
        self.assertEqual((profile.request['path'], profile.request['status']), ('/hello/', 200))

    def test_asgi(self):
        self.run_job(
            'async def application(scope, receive, send):\n'
            "    await send({'type': 'http.response.start', 'status': 200, 'headers': []})\n"
            "    await send({'type': 'http.response.body', 'body': b'hello'})\n"
            'async def send(message):\n'
            '    pass\n'
            "scope = {'type': 'http', 'method': 'GET', 'path': '/hello/', 'headers': []}\n"
            'asyncio.run(hotline.asgi(application)(scope, None, send))\n'
        )
        (profile,) = self.profiles()
        self.assertEqual((profile.request['path'], profile.request['bytesSent']), ('/hello/', 5))

    @unittest.skipUnless(find_spec('flask'), 'Flask is not installed')
    def test_flask_without_the_environment(self):
        self.run_job(
            'from flask import Flask\n'
            'app = Flask(__name__)\n'
            'app.wsgi_app = hotline.FlaskMiddleware(app.wsgi_app)\n'
            "@app.route('/item/<int:number>')\n"
            'def item(number):\n'
            '    work_of_job()\n'
            '    return str(number)\n'
            "print(app.test_client().get('/item/3').status_code)\n"
        )
        (profile,) = self.profiles()
        self.assertEqual(profile.request['route'], '/item/<int:number>')
        self.assertEqual(profile.request['view'], '__main__.item')

    @unittest.skipUnless(find_spec('django'), 'Django is not installed')
    def test_django_without_the_environment(self):
        self.run_job(
            'from django.conf import settings\n'
            'settings.configure(\n'
            "    SECRET_KEY='test', ROOT_URLCONF=__name__, ALLOWED_HOSTS=['*'],\n"
            "    MIDDLEWARE=['hotline.DjangoMiddleware'])\n"
            'import django\n'
            'django.setup()\n'
            'from django.http import HttpResponse\n'
            'from django.test import AsyncClient, Client\n'
            'from django.urls import path\n'
            'def page(request):\n'
            '    work_of_job()\n'
            "    return HttpResponse('page')\n"
            'async def awaited(request):\n'
            '    await asyncio.sleep(0.05)\n'
            "    return HttpResponse('awaited')\n"
            "urlpatterns = [path('page/', page), path('awaited/', awaited)]\n"
            "print(Client().get('/page/?key=1').status_code)\n"
            "print(asyncio.run(AsyncClient().get('/awaited/')).status_code)\n"
        )
        page, awaited = self.profiles()
        self.assertEqual((page.request['path'], page.request['query']), ('/page/', 'key=***'))
        self.assertEqual((page.request['route'], page.request['status']), ('page/', 200))
        self.assertEqual((awaited.request['route'], awaited.request['status']), ('awaited/', 200))


@unittest.skipUnless(find_spec('celery'), 'Celery is not installed')
class CeleryTest(ProgramCase):
    def test_tasks_are_recorded(self):
        path = self.write(
            'tasks.py',
            'import time\n'
            'from celery import Celery\n'
            "app = Celery('tasks', broker='memory://', backend='cache+memory://')\n"
            '@app.task\n'
            'def add(one, other):\n'
            '    time.sleep(0.02)\n'
            '    return one + other\n'
            '@app.task\n'
            'def fail():\n'
            "    raise LookupError('mine')\n"
            'print(add.apply((1, 2)).get(), fail.apply().state)\n',
        )
        output, errors = self.run_python(path)
        self.assertEqual(output, '3 FAILURE\n', errors)
        add, fail = self.profiles()
        self.assertTrue(add.request['path'].endswith('.add'), add.request)
        self.assertGreater(add.request['duration'], 0.019)
        self.assertEqual(fail.request['error'], 'LookupError')
