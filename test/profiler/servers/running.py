"""Real servers in processes of their own, profiled as an extension's user profiles them."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BOOTSTRAP = os.path.join(os.path.dirname(HERE), '..', '..', 'python', 'bootstrap')

#: Seconds; only a server that never comes up takes as long.
PATIENCE = 60


def profiled_environment(directory, **variables):
    """The environment of a profiled process, with no setting of the tests' own surroundings."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith('HOTLINE_')
    }
    environment.update(PYTHONPATH=os.path.abspath(BOOTSTRAP), HOTLINE_DIRECTORY=directory)
    environment.update(variables)
    return environment


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


class Server:
    """A server started by a command in a copy of an application's folder.

    In the command `{port}` is replaced. Its modules' own folder is the working directory and the
    only source root. A context manager that ends it and all processes that it has started.
    """

    def __init__(self, folder, *command, **variables):
        self._temporary = tempfile.mkdtemp(prefix='hotline-test-')
        self.folder = os.path.join(os.path.realpath(self._temporary), 'application')
        self.directory = os.path.join(self._temporary, 'profiles')
        shutil.copytree(os.path.join(HERE, folder), self.folder)
        self.port = free_port()
        self._output = os.path.join(self._temporary, 'output')
        self._command = [word.format(port=self.port) for word in command]
        # gunicorn leaves a socket in the home folder.
        variables = {'HOME': self._temporary, **variables}
        self._environment = profiled_environment(self.directory, **variables)
        self._process = None

    def __enter__(self):
        with open(self._output, 'wb') as output:
            self._process = subprocess.Popen(
                [sys.executable, *self._command],
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            self.wait_until(self.accepts, 'the server did not come up')
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()
        shutil.rmtree(self._temporary, ignore_errors=True)

    @property
    def output(self):
        """All that it has printed."""
        with open(self._output, errors='replace') as file:
            return file.read()

    def run(self, *arguments):
        """Runs a program of the application beforehand, not profiled."""
        environment = {**self._environment, 'PYTHONPATH': '', 'HOTLINE_DIRECTORY': ''}
        subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=PATIENCE,
        )
        return self

    def get(self, path, headers=None):
        """Status and body of a request."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=PATIENCE)
        try:
            connection.request('GET', path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def get_at_once(self, *paths):
        """Requests them all at the same time, each on a connection of its own."""
        threads = [threading.Thread(target=self.get, args=(path,)) for path in paths]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def profiles(self, count):
        """The profiles, once there are so many, by the time at which their requests began."""
        self.wait_until(lambda: len(self._files()) >= count, 'there are not %d profiles' % count)
        # One too many would come at about the same time.
        time.sleep(0.1)
        profiles = []
        for name in self._files():
            with open(os.path.join(self.directory, name), encoding='utf-8') as file:
                profiles.append(Profile(json.load(file)))
        if len(profiles) != count:
            paths = [profile.request['path'] for profile in profiles]
            raise AssertionError('profiles of %s where %d were expected' % (paths, count))
        return sorted(profiles, key=lambda profile: profile.request['started'])

    def profile_of(self, path):
        """Requests a path, and reads its profile, which must be the only one; it is deleted."""
        status, body = self.get(path)
        if status != 200:
            raise AssertionError('%s is answered with %d %s' % (path, status, body))
        (profile,) = self.profiles(1)
        self.forget()
        return profile

    def forget(self):
        """Deletes the profiles."""
        for name in self._files():
            os.unlink(os.path.join(self.directory, name))

    def wait_until_profiled(self, count):
        """Waits until so many processes have said that they are profiled."""
        self.wait_until(
            lambda: self.output.count('hotline: profiling requests into') >= count,
            'there are not %d profiled processes' % count,
        )

    def wait_until(self, condition, complaint):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise AssertionError('%s; the server printed:\n%s' % (complaint, self.output))
            time.sleep(0.02)

    def _files(self):
        try:
            names = os.listdir(self.directory)
        except FileNotFoundError:
            return []
        return [name for name in names if name.endswith('.speedscope.json')]

    def accepts(self):
        """Whether somebody listens."""
        with socket.socket() as client:
            return client.connect_ex(('127.0.0.1', self.port)) == 0


def site(*command, **variables):
    """A server of the Django site, its database migrated."""
    return Server('site', *command, **variables).run('manage.py', 'migrate', '--run-syncdb')


class Profile:
    """A file that the profiler wrote."""

    def __init__(self, document):
        self.document = document
        self.facts = document['hotline']
        self.request = self.facts['request']
        self.process = self.facts['process']

    @property
    def functions(self):
        """Names of all functions in its stacks."""
        return {frame['name'] for frame in self.document['shared']['frames']}

    def seconds_in(self, function):
        """Seconds of the samples with a function of that name on the stack."""
        names = [frame['name'] for frame in self.document['shared']['frames']]
        (profile,) = self.document['profiles']
        return sum(
            weight
            for stack, weight in zip(profile['samples'], profile['weights'])
            if any(names[frame].rpartition('.')[2] == function for frame in stack)
        )
