"""Starts, asks and ends the processes that are compared."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from typing import Dict, List, Optional

from contenders import HERE, WEBSITE, Contender

#: Seconds that py-spy gets to find its way into a process, and to write its file at the end.
PY_SPY_PATIENCE = 20


class WorkerFailed(Exception):
    """A contender that cannot run here; the message is the last line of what it said."""


class Worker:
    """One process that serves the website, with one contender at work in it."""

    def __init__(self, contender: Contender, roots: str = WEBSITE) -> None:
        """`roots` are the folders whose code counts as the user's own."""
        self.contender = contender
        self._folder = tempfile.TemporaryDirectory(prefix='hotline-bench-')
        self.profiles = os.path.join(self._folder.name, 'profiles')
        os.mkdir(self.profiles)
        errors = os.path.join(self._folder.name, 'stderr')
        self._errors = open(errors, 'w+', encoding='utf-8')  # noqa: SIM115 - for as long as the process
        self._watcher: Optional[PySpy] = None
        command = [sys.executable, os.path.join(HERE, 'worker.py'), self.profiles]
        if contender.inside is not None:
            command.append(contender.inside)
        self._process = subprocess.Popen(
            command,
            env=environment(contender.environment(self.profiles, roots)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding='utf-8',
        )

    def ask(self, order: Dict[str, object]) -> object:
        """Sends an order and waits for its answer.

        Raises WorkerFailed when the process has ended or refuses.
        """
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(order) + '\n')
            self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            self._process.wait()
            raise WorkerFailed(self._last_words())
        return json.loads(answer)

    def request(self, path: str, count: int, files: bool = False) -> List[int]:
        """Wall nanoseconds of each of some requests; with their files written, the mean of all.

        Raises WorkerFailed as `ask` does, and where what watches the process cannot.
        """
        if self._watcher is None:
            self.watch()
        return self.ask({'path': path, 'requests': count, 'files': files})

    def watch(self) -> None:
        """Lets the contender that works from outside begin."""
        if self.contender.rate is not None:
            output = os.path.join(self.profiles, 'py-spy.txt')
            self._watcher = PySpy(self._process.pid, self.contender.rate, output)

    def unwatch(self) -> None:
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.unwatch()
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._errors.close()
        self._folder.cleanup()

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().strip().splitlines()
        return lines[-1] if lines else 'ended with code %d' % self._process.returncode


class PySpy:
    """py-spy, attached to a process from now until it is closed."""

    def __init__(self, pid: int, rate: int, output: str) -> None:
        program = os.path.join(os.path.dirname(sys.executable), 'py-spy')
        command = [program, 'record', '--pid', str(pid), '--rate', str(rate), '--idle']
        command += ['--format', 'raw', '--output', output, '--duration', '100000']
        try:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8'
            )
        except OSError as error:
            raise WorkerFailed('py-spy is not installed: %s' % error.strerror) from error
        self._await_sampling()

    def _await_sampling(self) -> None:
        said = ''
        for line in self._process.stdout:
            if 'Sampling process' in line:
                return
            said = line.strip() or said
        raise WorkerFailed(said)

    def close(self) -> None:
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.communicate(timeout=PY_SPY_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()


def environment(additions: Dict[str, str]) -> Dict[str, str]:
    """The environment without what would change Python's ways, and with some additions."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(('PYTHON', 'HOTLINE_', 'DJANGO_'))
    }
    return {**kept, 'PYTHONHASHSEED': '0', **additions}


def profiles_in(directory: str) -> List[str]:
    """Paths of our profiles with stacks."""
    names = sorted(name for name in os.listdir(directory) if name.endswith('.speedscope.json'))
    return [os.path.join(directory, name) for name in names]


def empty(directory: str) -> None:
    """Deletes the files in a directory."""
    for name in os.listdir(directory):
        os.unlink(os.path.join(directory, name))


def note(step: str) -> None:
    """Tells on stderr how far it is."""
    print(step, file=sys.stderr, flush=True)
