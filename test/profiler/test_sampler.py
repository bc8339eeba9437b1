"""The always-on sampler in real processes: what is collected of them, and which are sampled."""

import os
import re
import subprocess
import sys
import threading
import unittest
from importlib.util import find_spec

from schema_check import problems
from servers.programs import ProgramCase
from servers.running import Server, free_port, profiled_environment, site
from servers.sampled import document, lines_of, named_stacks, sampled, text, wait_for

TEXT = re.compile(
    r'elapsed \d+\.\d+(e-\d+)?\ngranularity 0\.01\n'
    r'([^\s;()]+\([^\s;()]+\)(;[^\s;()]+\([^\s;()]+\))* [1-9]\d*\n)+'
)

#: Threads that work, wait for work, and work in a way of their own; the sampler started by hand.
PROGRAM = """
import hotline, os, threading, time

def spin():
    while True:
        sum(range(1000))

def wait_for_work():
    threading.Event().wait()

def pause():
    while True:
        time.sleep(0.01)

for function in (spin, wait_for_work, pause):
    threading.Thread(target=function, daemon=True, name=function.__name__ + '-7').start()
"""

#: The zope.interface of Python 3.8 ends the process when it is collected while it is imported.
GEVENT = """
import gc
gc.disable()
from gevent import monkey
monkey.patch_all()
import gevent, time
gc.enable()

def compute(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        sum(range(1000))

def busy():
    while True:
        compute(0.02)
        time.sleep(0.02)

def asleep():
    while True:
        time.sleep(0.01)

def main():
    gevent.joinall([gevent.spawn(busy), gevent.spawn(asleep)])
"""


class Running:
    """A program that goes on until the block is left."""

    def __init__(self, test, name, source, **variables):
        test.write(name, source)
        self._output = os.path.join(test.folder, 'output')
        with open(self._output, 'wb') as output:
            self._process = subprocess.Popen(
                [sys.executable, '-W', 'ignore', name],
                cwd=test.folder,
                env=profiled_environment(test.directory, **variables),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
            )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._process.kill()
        self._process.communicate()

    @property
    def output(self):
        with open(self._output) as file:
            return file.read()

    def processes(self, count=1):
        """The sampled processes, once there are so many."""
        wait_for(
            lambda: len(sampled(self.output)) >= count or self._process.poll() is not None,
            self.output,
        )
        found = sampled(self.output)
        if len(found) != count:
            raise AssertionError(self.output)
        return found

    def address(self):
        ((_, address),) = self.processes().values()
        return address


class ProgramTest(ProgramCase):
    def test_threads_that_work_and_wait(self):
        main = 'MainThread', False, ['<module>']
        program = PROGRAM + "hotline.sampler.start('127.0.0.1:0')\ntime.sleep(1000)\n"
        with Running(self, 'threads.py', program) as running:
            address = running.address()
            wait_for(lambda: seen(address, 'spin', 'wait_for_work', 'pause'))
            # The first look may find the main thread at something else.
            collected = wait_for(lambda: with_stack(address, *main))
            stacks = named_stacks(collected)
            folded = text(address)
        self.assertEqual(problems(collected, 'hotline-stacks'), [])
        self.assertEqual(collected['process']['name'], 'threads.py')
        file = os.path.join(self.folder, 'threads.py')
        self.assertEqual(lines_of(collected, 'pause'), ({file}, {13}))
        threads = {name: (thread, idle) for thread, idle, names, _ in stacks for name in names}
        self.assertEqual(threads['spin'], ('spin-*', False))
        self.assertEqual(threads['pause'], ('pause-*', False))
        self.assertEqual(threads['wait_for_work'], ('wait_for_work-*', True))
        self.assertRegex(folded, TEXT)
        self.assertTrue(TEXT.fullmatch(folded), folded)
        self.assertIn('run(threading);spin(__main__) ', folded)
        self.assertNotIn('wait_for_work', folded)
        counts = [int(line.rpartition(' ')[2]) for line in folded.splitlines()[2:]]
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertNotIn('sampler', str(collected['frames']))

    def test_reset_begins_anew_and_only_when_asked_as_the_stacksampler_is(self):
        program = PROGRAM + "hotline.sampler.start('127.0.0.1:0')\ntime.sleep(1000)\n"
        with Running(self, 'threads.py', program) as running:
            address = running.address()
            started = document(address)['started']
            for target in ('/', '/?reset=True', '/?reset=0', '/?other=1'):
                self.assertEqual(document(address, target)['started'], started, target)
            for target in ('/?reset=1', '/?reset=true'):
                self.assertEqual(document(address, target)['started'], started)
                started, earlier = document(address)['started'], started
                self.assertGreater(started, earlier)

    def test_a_forked_child_is_sampled_on_its_own(self):
        program = (
            'import hotline, os, time\n'
            "print(hotline.sampler.start('127.0.0.1:%d'))\n"
            'def in_parent():\n    time.sleep(1000)\n'
            'def in_child():\n    time.sleep(1000)\n'
            'def before():\n    time.sleep(0.2)\n'
            'before()\n'
            'in_parent() if os.fork() else in_child()\n'
        )
        if not hasattr(os, 'fork'):
            self.skipTest('this system does not fork')
        with Running(self, 'forks.py', program % free_port()) as running:
            (parent, (_, first)), (child, (_, second)) = running.processes(2).items()
            self.assertNotEqual(first, second)
            of_parent = wait_for(lambda: seen(first, 'in_parent'))
            of_child = wait_for(lambda: seen(second, 'in_child'))
            os.kill(child, 9)
        self.assertEqual(of_parent['process']['pid'], parent)
        self.assertEqual(of_child['process']['pid'], child)
        self.assertNotIn('in_child', functions(of_parent))
        self.assertNotIn('before', functions(of_child))

    def test_the_program_ends_as_without_it(self):
        program = 'import hotline\nhotline.sampler.start("127.0.0.1:0")\nprint("done")\n'
        output, errors = self.run_python(self.write('short.py', program))
        self.assertEqual((output, len(errors.splitlines())), ('done\n', 1), errors)

    def test_what_cannot_be_is_said_and_the_program_goes_on(self):
        for address, reason in (
            ('nonsense', 'is no address to listen on'),
            ('0.0.0.0:0', 'HOTLINE_SAMPLER_TOKEN has to be set'),
            ('192.0.2.1:16384', 'the sampler cannot start'),
        ):
            program = 'import hotline\nprint(hotline.sampler.start(%r))\n' % address
            _, errors = self.run_python('-c', program, HOTLINE_SAMPLER_TOKEN='')
            self.assertEqual(errors.count('hotline: the sampler cannot start'), 1, errors)
            self.assertIn(reason, errors)
            self.assertEqual(len(errors.splitlines()), 1, errors)


@unittest.skipUnless(find_spec('gevent'), 'gevent is not installed')
class GeventTest(ProgramCase):
    def test_greenlets_are_told_apart(self):
        by_hand = GEVENT + "import hotline\nhotline.sampler.start('127.0.0.1:0')\nmain()\n"
        by_environment = GEVENT + 'main()\n'
        for source, variables in (
            (by_hand, {}),
            (by_environment, {'HOTLINE_SAMPLER': '127.0.0.1:0', 'HOTLINE_DIRECTORY': ''}),
        ):
            with self.subTest(variables=variables), Running(
                self, 'greenlets.py', source, **variables
            ) as running:
                address = running.address()
                collected = wait_for(lambda a=address: seen(a, 'busy', 'asleep', 'compute', 'main'))
                folded = text(address)
            self.assertEqual(problems(collected, 'hotline-stacks'), [])
            stacks = named_stacks(collected)
            for thread, _, names, _ in stacks:
                self.assertLess(len({'busy', 'asleep', 'main'}.intersection(names)), 2, names)
                if 'busy' in names or 'asleep' in names:
                    self.assertEqual(thread, 'MainThread/Greenlet-*')
            self.assertIn('MainThread', {stack[0] for stack in stacks if 'main' in stack[2]})
            hub = [stack for stack in stacks if stack[0] == 'MainThread/hub']
            self.assertTrue(all(idle for _, idle, _, _ in hub), hub)
            self.assertIn('busy(__main__);compute(__main__) ', folded)
            self.assertTrue(TEXT.fullmatch(folded), folded)


@unittest.skipUnless(find_spec('flask'), 'Flask is not installed')
class FlaskTest(unittest.TestCase):
    def test_a_server_under_load(self):
        flask = ('-m', 'flask', 'run', '--port', '{port}')
        variables = {'HOTLINE_SAMPLER': '127.0.0.1:0', 'HOTLINE_DIRECTORY': ''}
        with Server('flask_application', *flask, **variables) as server:
            server.wait_until(lambda: sampled(server.output), 'nothing is sampled')
            ((name, address),) = sampled(server.output).values()
            self.assertEqual(name, 'flask run')
            load = Load(server)
            with load:
                collected = wait_for(lambda: seen(address, 'work_of_first', 'work_of_second'))
                folded = text(address, '/?reset=true')
            self.assertEqual(problems(collected, 'hotline-stacks'), [])
            files, lines = lines_of(collected, 'work_for')
            self.assertEqual(files, {os.path.join(server.folder, 'work.py')})
            self.assertLessEqual(lines, {7, 8, 9})
            self.assertIn('first(app);work_of_first(work);work_for(work)', folded)
            self.assertTrue(TEXT.fullmatch(folded), folded)
            # No profile of a request was asked for.
            self.assertEqual(server.profiles(0), [])


@unittest.skipUnless(
    os.name == 'posix' and find_spec('gunicorn') and find_spec('django'),
    'gunicorn or Django is not installed',
)
class SupervisorTest(unittest.TestCase):
    def test_workers_of_gunicorn_are_sampled_and_not_their_master(self):
        command = ('-m', 'gunicorn', '--bind', '127.0.0.1:{port}', 'books.wsgi', '--workers', '2')
        with site(*command, HOTLINE_SAMPLER='127.0.0.1:0') as server:
            server.wait_until(lambda: len(sampled(server.output)) == 2, 'no two are sampled')
            pids = set(map(int, re.findall(r'Booting worker with pid: (\d+)', server.output)))
            found = sampled(server.output)
            self.assertEqual(set(found), pids)
            for pid, (name, address) in found.items():
                self.assertEqual(name, 'gunicorn')
                self.assertEqual(document(address)['process']['pid'], pid)

    def test_the_child_of_the_reloader_is_sampled_and_not_its_parent(self):
        runserver = ('manage.py', 'runserver', '127.0.0.1:{port}')
        with site(*runserver, HOTLINE_SAMPLER='127.0.0.1:0') as server:
            server.wait_until(lambda: sampled(server.output), 'nothing is sampled')
            ((pid, (name, address)),) = sampled(server.output).items()
            self.assertEqual(name, 'manage.py runserver')
            with Load(server):
                wait_for(lambda: seen(address, 'work_of_first'))
            self.assertEqual(list(sampled(server.output)), [pid])


class ToolsTest(ProgramCase):
    def test_what_is_no_program_is_not_sampled(self):
        self.write('test_nothing.py', 'import time\ntime.sleep(2)\n')
        for arguments in (('-c', 'import time; time.sleep(2)'), ('-m', 'unittest', 'test_nothing')):
            _, errors = self.run_python(*arguments, HOTLINE_SAMPLER='127.0.0.1:0')
            self.assertNotIn('hotline', errors)

    def test_a_module_named_hotline_is_not_shadowed(self):
        self.write('hotline.py', 'greeting = "my own module"')
        path = self.write(
            'main.py', 'import time; time.sleep(2); import hotline; print(hotline.greeting)'
        )
        output, errors = self.run_python(path, HOTLINE_SAMPLER='127.0.0.1:0', HOTLINE_DIRECTORY='')
        self.assertEqual(output, 'my own module\n', errors)
        self.assertEqual(errors.count('hotline: nothing is sampled'), 1, errors)

    def test_a_program_without_threads_ends_as_ever(self):
        path = self.write(
            'main.py',
            'import time; time.sleep(2); import threading; print(threading.main_thread())',
        )
        output, errors = self.run_python(path, HOTLINE_SAMPLER='127.0.0.1:0', HOTLINE_DIRECTORY='')
        self.assertIn('MainThread', output)
        self.assertEqual(len(errors.splitlines()), len(sampled(errors)), errors)


class Load:
    """Requests that go on until the block is left."""

    def __init__(self, server):
        self._server = server
        self._is_over = False
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *error):
        self._is_over = True
        self._thread.join()

    def _run(self):
        while not self._is_over:
            self._server.get_at_once('/first/', '/second/')


def functions(collected):
    return {frame['name'].rpartition('.')[2] for frame in collected['frames']}


def with_stack(address, *stack):
    """What is collected, if this is in it: thread, whether idle, names of the functions."""
    collected = document(address)
    return collected if stack in [each[:3] for each in named_stacks(collected)] else None


def seen(address, *names):
    """What is collected, if all these functions are in it."""
    collected = document(address)
    return collected if functions(collected).issuperset(names) else None
