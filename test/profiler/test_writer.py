import contextlib
import io
import json
import marshal
import multiprocessing
import os
import pstats
import subprocess
import sys
import tempfile
import threading
import unittest
from unittest import mock

from hotline import log, settings
from hotline.output import profile_file, saving, writer
from recordings import Collector, finished
from schema_check import problems

PSTATS = marshal.dumps({('~', 0, 'len'): (1, 1, 0.0, 0.0, {})})


class SavingTest(unittest.TestCase):
    """`save` writes one file; each test has a directory of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.directory = os.path.join(folder.name, '.hotline', 'profiles')
        self.settings = settings.Settings({'HOTLINE_DIRECTORY': self.directory})
        patch = mock.patch.object(settings, '_current', self.settings)
        patch.start()
        self.addCleanup(patch.stop)
        log._said.clear()

    def names(self):
        return sorted(os.listdir(self.directory))

    def save(self, *recordings):
        """Saves recordings and returns what was said meanwhile."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            for recording in recordings:
                saving.save(recording)
        return said.getvalue()

    def test_writes_a_whole_file_under_its_name(self):
        self.save(finished(seconds=0.25))
        (name,) = self.names()
        self.assertRegex(name, r'^shop\.000250ms\.\d{10}\.speedscope\.json$')
        with open(os.path.join(self.directory, name)) as file:
            self.assertEqual(problems(json.load(file)), [])

    def test_numbers_files_of_the_same_name(self):
        self.settings.file_name = '{path}'
        self.save(*[finished() for _ in range(3)])
        self.assertEqual(
            self.names(),
            ['shop.2.speedscope.json', 'shop.3.speedscope.json', 'shop.speedscope.json'],
        )

    def test_replaces_no_file_where_links_are_unknown(self):
        self.settings.file_name = '{path}'
        with mock.patch('os.link', side_effect=PermissionError):
            self.save(finished(), finished())
        self.assertEqual(self.names(), ['shop.2.speedscope.json', 'shop.speedscope.json'])

    def test_a_new_directory_is_kept_out_of_version_control(self):
        self.save(finished())
        with open(os.path.join(self.directory, '..', '.gitignore')) as file:
            self.assertEqual(file.read(), '*\n')

    def test_makes_a_directory_again_that_was_deleted(self):
        self.save(finished())
        for name in self.names():
            os.remove(os.path.join(self.directory, name))
        os.rmdir(self.directory)
        self.assertEqual(self.save(finished()), '')
        self.assertEqual(len(self.names()), 1)

    def test_a_disk_that_refuses_is_told_once_and_tried_again(self):
        refusal = OSError(28, 'No space left on device')
        with mock.patch.object(profile_file, '_publish', side_effect=refusal):
            said = self.save(finished(), finished())
        self.assertEqual(said.count('No space left on device'), 1)
        self.assertEqual(self.names(), [], 'half a file was left')
        self.save(finished())
        self.assertEqual(len(self.names()), 1)

    def test_a_directory_that_cannot_be_made_is_told_once(self):
        with open(os.path.dirname(os.path.dirname(self.directory)) + '/.hotline', 'w'):
            pass
        said = self.save(finished(), finished())
        self.assertEqual(said.count('cannot be written'), 1)

    def test_a_collector_that_fails_leaves_the_others_and_a_warning(self):
        recording = finished()
        memory = [{'file': '/app/views.py', 'line': 1, 'growth': 8, 'allocations': 1}]
        recording.collectors = [
            Collector('lines', RuntimeError('oops')),
            Collector('memory', {'memory': memory}),
        ]
        self.save(recording)
        with open(os.path.join(self.directory, self.names()[0])) as file:
            hotline = json.load(file)['hotline']
        self.assertEqual(hotline['memory'], memory)
        self.assertIn('oops', hotline['warnings'][0])

    def test_calls_are_a_pstats_file(self):
        recording = finished(mode='calls')
        recording.results['calls'] = mock.Mock(pstats=lambda: PSTATS)
        self.settings.keep_files = 1
        self.save(finished(), recording)
        (name,) = self.names()
        self.assertTrue(name.endswith('.prof'))
        pstats.Stats(os.path.join(self.directory, name))

    def test_without_a_directory_nothing_is_written(self):
        self.settings.directory = None
        self.assertEqual(self.save(finished()), '')


class WriterTest(unittest.TestCase):
    def setUp(self):
        self.saved = []
        self.writer = writer.Writer(self.saved.append)

    def test_saves_on_a_thread_of_its_own(self):
        threads = []
        several = writer.Writer(lambda recording: threads.append(threading.get_ident()))
        several.submit(finished())
        self.assertTrue(several.flush())
        several.submit(finished())
        self.assertTrue(several.flush())
        self.assertEqual(len(set(threads)), 1)
        self.assertNotIn(threading.get_ident(), threads)

    def test_saves_all_in_order_without_being_flushed(self):
        done = threading.Event()
        self.writer._save = lambda each: (self.saved.append(each), done.set())
        recordings = [finished() for _ in range(3)]
        for recording in recordings:
            self.writer.submit(recording)
        self.assertTrue(done.wait(10))
        self.writer.flush()
        self.assertEqual(self.saved, recordings)

    def test_gives_up_the_shortest_of_too_many(self):
        with mock.patch.object(self.writer, '_start_thread'), _quietly():
            slow = [finished(seconds=9), finished(seconds=9)]
            self.writer.submit(slow[0])
            for _ in range(writer.MOST_PENDING + 10):
                self.writer.submit(finished(seconds=0.001))
            self.writer.submit(slow[1])
        self.writer._has_thread = False
        self.writer.flush()
        self.assertEqual(len(self.saved), writer.MOST_PENDING)
        self.assertIs(self.saved[0], slow[0])
        self.assertIs(self.saved[-1], slow[1])
        self.assertIn('12 of the shortest', self.saved[0].warnings[0])

    def test_flush_gives_up_after_a_while(self):
        stuck = threading.Event()
        hanging = writer.Writer(lambda recording: stuck.wait(10))
        hanging.submit(finished())
        self.assertFalse(hanging.flush(0.05))
        stuck.set()
        self.assertTrue(hanging.flush())

    def test_writes_even_if_no_thread_can_start_any_more(self):
        with mock.patch.object(writer.own_threads, 'start', side_effect=RuntimeError):
            self.writer.submit(finished())
        self.assertTrue(self.writer.flush())
        self.assertEqual(len(self.saved), 1)


class ProcessTest(unittest.TestCase):
    """What happens at the end of a process, and after a fork."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.directory = folder.name

    def environment(self):
        path = os.pathsep.join(sys.path)
        return dict(os.environ, HOTLINE_DIRECTORY=self.directory, PYTHONPATH=path)

    def run_program(self, program):
        imports = 'import os; from recordings import finished; from hotline.output import writer\n'
        command = [sys.executable, '-W', 'ignore', '-c', imports + program]
        subprocess.run(command, env=self.environment(), check=True, timeout=60)
        return sorted(os.listdir(self.directory))

    def test_the_last_request_of_a_process_is_written(self):
        names = self.run_program('writer.submit(finished())')
        self.assertEqual(len(names), 1)

    def test_the_last_request_of_a_worker_of_multiprocessing_is_written(self):
        path = os.path.join(self.directory, 'worker.py')
        with open(path, 'w') as file:
            file.write(
                'import multiprocessing, sys\n'
                'from recordings import finished; from hotline.output import writer\n'
                'def work(): writer.submit(finished())\n'
                'if __name__ == "__main__":\n'
                '    process = multiprocessing.get_context(sys.argv[1]).Process(target=work)\n'
                '    process.start(); process.join()\n'
            )
        for number, method in enumerate(multiprocessing.get_all_start_methods(), 1):
            with self.subTest(method=method):
                subprocess.run([sys.executable, path, method], env=self.environment(), check=True)
                profiles = [name for name in os.listdir(self.directory) if name.endswith('.json')]
                self.assertEqual(len(profiles), number)

    @unittest.skipUnless(hasattr(os, 'fork'), 'no fork on this system')
    def test_parent_and_child_each_write_their_own_once(self):
        names = self.run_program(
            'writer.submit(finished("/parent/"))\n'
            'child = os.fork()\n'
            'if child == 0:\n'
            '    writer.submit(finished("/child/"))\n'
            '    writer.flush()\n'
            '    os._exit(0)\n'
            'os.waitpid(child, 0)\n'
        )
        self.assertEqual([name.partition('.')[0] for name in names], ['child', 'parent'])

    @unittest.skipUnless(sys.platform == 'linux', 'files cannot be limited on this system')
    def test_a_system_that_takes_no_more_bytes_is_told_once_and_tried_again(self):
        names = self.run_program(
            'import contextlib, io, resource\n'
            'said = io.StringIO()\n'
            'resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))\n'
            'with contextlib.redirect_stderr(said):\n'
            '    writer.submit(finished()); writer.submit(finished())\n'
            '    assert writer.flush()\n'
            'assert said.getvalue().count("cannot be written") == 1, said.getvalue()\n'
            'resource.setrlimit(resource.RLIMIT_FSIZE, [resource.RLIM_INFINITY] * 2)\n'
            'writer.submit(finished("/after/"))\n'
        )
        self.assertEqual([name.partition('.')[0] for name in names], ['after'])

    def test_files_of_several_processes_with_one_name_are_all_kept(self):
        program = (
            'import sys, subprocess\n'
            'code = "from recordings import finished; from hotline.output import writer\\n"\n'
            'code += "for _ in range(20): writer.submit(finished())"\n'
            'others = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]\n'
            'assert [other.wait() for other in others] == [0, 0]\n'
        )
        environment = {'HOTLINE_FILE_NAME': '{path}'}
        with mock.patch.dict(os.environ, environment):
            names = self.run_program(program)
        self.assertEqual(len(names), 40)


@contextlib.contextmanager
def _quietly():
    with contextlib.redirect_stderr(io.StringIO()):
        yield


if __name__ == '__main__':
    unittest.main()
