"""How the profiler comes into a process, and that it keeps out of the way there."""

import glob
import marshal
import os
import shutil
import subprocess
import unittest

from servers.programs import ProgramCase
from servers.running import BOOTSTRAP

#: Prints what of the package is loaded.
LOADED = 'import sys; print([name for name in sys.modules if name.startswith("hotline")])'

#: Answers one request in the process itself, by a server of the standard library.
SERVE = """
import http.client, threading
from wsgiref.simple_server import make_server
def application(environ, start_response):
    start_response('200 OK', [])
    return [b'hello']
server = make_server('127.0.0.1', 0, application)
threading.Thread(target=server.handle_request).start()
connection = http.client.HTTPConnection('127.0.0.1', server.server_port)
connection.request('GET', '/hello/')
print(connection.getresponse().read().decode())
"""


class BootstrapCase(ProgramCase):
    def assert_profiled(self, *arguments, **options):
        output, errors = self.run_python(*arguments, **options)
        self.assertIn('hello', output, errors)
        self.assertEqual(len(self.profiles()), 1, errors)
        self.assertIn('hotline: profiling requests into %s' % self.directory, errors)
        return errors


class ProcessTest(BootstrapCase):
    def test_a_request_is_profiled(self):
        self.assert_profiled('-c', SERVE)

    def test_nothing_happens_without_a_directory(self):
        output, errors = self.run_python('-c', SERVE + LOADED, HOTLINE_DIRECTORY='')
        self.assertEqual(output, 'hello\n[]\n')
        self.assertNotIn('hotline', errors)
        self.assertEqual(self.profiles(), [])

    def test_a_process_without_a_server_loads_nothing_of_the_package(self):
        output, errors = self.run_python('-c', 'import json, threading, asyncio\n' + LOADED)
        self.assertEqual((output, errors), ('[]\n', ''))

    def test_a_test_run_is_not_profiled(self):
        self.write('test_requests.py', 'import unittest\n' + SERVE)
        _, errors = self.run_python('-m', 'unittest', 'test_requests')
        self.assertNotIn('hotline', errors)
        self.assertEqual(self.profiles(), [])

    def test_it_leaves_the_path_as_it_would_be(self):
        show = 'import sys; print(sys.path)'
        with_bootstrap, _ = self.run_python('-c', show, paths=[self.folder])
        without, _ = self.run_unprofiled('-c', show, paths=[self.folder])
        self.assertEqual(with_bootstrap, without)

    def test_children_are_profiled(self):
        path = self.write('serve.py', SERVE)
        start = 'import subprocess, sys; subprocess.run([sys.executable, %r])' % path
        self.assert_profiled('-c', start)

    def test_children_of_multiprocessing_are_profiled(self):
        self.write('serve.py', 'def main():\n    exec(%r, {})\n' % SERVE)
        path = self.write(
            'main.py',
            'import multiprocessing, serve\n'
            'if __name__ == "__main__":\n'
            '    process = multiprocessing.get_context("spawn").Process(target=serve.main)\n'
            '    process.start()\n'
            '    process.join()\n',
        )
        self.assert_profiled(path)

    def test_a_read_only_interpreter_environment(self):
        self.assert_profiled('-c', SERVE, PYTHONDONTWRITEBYTECODE='1')

    def test_import_times_are_still_printed(self):
        self.assertIn('import time:', self.assert_profiled('-X', 'importtime', '-c', SERVE))

    def test_safe_path(self):
        self.assert_profiled('-c', SERVE, PYTHONSAFEPATH='1')

    def test_isolated_python_is_not_profiled(self):
        for option in ('-I', '-E', '-S'):
            output, errors = self.run_python(option, '-c', SERVE)
            self.assertEqual((output, self.profiles()), ('hello\n', []), errors)


class UsersOwnTest(BootstrapCase):
    """Modules of the user's own that have the names of ours."""

    def test_sitecustomize_is_run(self):
        self.write('own/sitecustomize.py', 'import sys; sys.customized = __name__, __file__')
        own = os.path.join(self.folder, 'own')
        show = 'import sys, sitecustomize; print(*sys.customized); print(sitecustomize.__file__)'
        path = os.path.join(own, 'sitecustomize.py')
        for directory in (self.directory, ''):
            output, errors = self.run_python('-c', show, paths=[own], HOTLINE_DIRECTORY=directory)
            self.assertEqual(output, 'sitecustomize %s\n%s\n' % (path, path), errors)

    def test_an_error_of_sitecustomize_is_reported_as_ever(self):
        self.write('own/sitecustomize.py', 'raise ValueError("my own mistake")')
        own = os.path.join(self.folder, 'own')
        _, errors = self.run_python('-c', 'pass', paths=[own])
        _, expected = self.run_unprofiled('-c', 'pass', paths=[own])
        self.assertIn('my own mistake', expected)
        self.assertEqual(errors, expected)

    def test_a_module_named_hotline_is_not_shadowed(self):
        self.write('hotline.py', 'greeting = "my own module"')
        path = self.write('main.py', SERVE + 'import hotline; print(hotline.greeting)')
        output, errors = self.run_python(path)
        self.assertEqual(output, 'hello\nmy own module\n', errors)
        self.assertEqual(errors.count('hotline: nothing is profiled'), 1, errors)

    def test_the_package_can_be_imported(self):
        output, errors = self.run_python('-c', 'import hotline; print(hotline.__version__)')
        self.assertEqual((output, errors), ('0.1.0\n', ''))

    def test_both_ways_in_watch_imports_once(self):
        path = self.write(
            'main.py',
            'import hotline, sys\n'
            "with hotline.profile('job'):\n    pass\n"
            + SERVE
            + 'names = [type(f).__name__ for f in sys.meta_path]\n'
            "print(names.count('Imports'))\n",
        )
        output, errors = self.run_python(path)
        self.assertEqual(output, 'hello\n1\n', errors)
        paths = [profile.request['path'] for profile in self.profiles()]
        self.assertEqual(paths, ['job', '/hello/'])

    def test_tracebacks_of_imports_show_only_the_users_frames(self):
        self.write('broken.py', 'def f(:\n')
        self.write('failing.py', 'import wsgiref.simple_server\nraise ValueError("mine")\n')
        for name in ('broken', 'failing'):
            _, errors = self.run_python('-c', 'import ' + name)
            _, expected = self.run_python('-c', 'import ' + name, HOTLINE_DIRECTORY='')
            self.assertTrue(errors)
            self.assertEqual(errors, expected)

    def test_the_users_bytecode_is_never_ours(self):
        self.write('module.py', 'import sys\ndef f():\n    return 1\n')
        path = self.write('main.py', SERVE + 'import module; print(module.f())')
        self.assert_profiled(path)
        self.assert_bytecode_is_plain()

    def assert_bytecode_is_plain(self):
        cache = os.path.join(self.folder, '__pycache__')
        # Where lines are measured by code of ours there may be none at all.
        names = os.listdir(cache) if os.path.exists(cache) else []
        for name in names:
            with open(os.path.join(cache, name), 'rb') as file:
                code = marshal.loads(file.read()[16:])
            with open(os.path.join(self.folder, 'module.py')) as file:
                plain = compile(file.read(), os.path.join(self.folder, 'module.py'), 'exec')
            self.assertEqual(code.co_names, plain.co_names)


class OldPythonTest(unittest.TestCase):
    def test_the_bootstrap_is_python_2_too(self):
        """Every Python in a terminal with this PYTHONPATH loads it."""
        python = _python_2()
        if python is None:
            self.skipTest('there is no Python 2')
        environment = {**os.environ, 'PYTHONPATH': BOOTSTRAP, 'HOTLINE_DIRECTORY': 'anywhere'}
        process = subprocess.run(
            [python, '-c', 'print("well")'],
            env=environment,
            capture_output=True,
            text=True,
        )
        self.assertEqual((process.stdout, process.stderr), ('well\n', ''))


def _python_2():
    pyenv = os.path.expanduser('~/.pyenv/versions/2.7.*/bin/python')
    for python in [shutil.which('python2.7'), *glob.glob(pyenv)]:
        # One on PATH may be pyenv's, which only tells where to find it.
        if python and subprocess.call([python, '-c', ''], stderr=subprocess.DEVNULL) == 0:
            return python
    return None
