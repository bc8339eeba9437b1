"""Programs that are run to their end, profiled or not."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from servers.running import PATIENCE, Profile, profiled_environment

PACKAGES = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..', '..', 'python'))


class ProgramCase(unittest.TestCase):
    """Tests with a folder for the programs that they write and for the profiles."""

    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix='hotline-test-'))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.directory = os.path.join(self.folder, 'profiles')

    def write(self, name, text):
        """Writes a file below the folder, and returns its path."""
        path = os.path.join(self.folder, *name.split('/'))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            file.write(text)
        return path

    def run_python(self, *arguments, paths=(), **variables):
        """Runs Python with the bootstrap, `paths` after it; returns (stdout, stderr)."""
        environment = profiled_environment(self.directory, **variables)
        environment['PYTHONPATH'] = os.pathsep.join([environment['PYTHONPATH'], *paths])
        return self._run(arguments, environment)

    def run_unprofiled(self, *arguments, paths=()):
        """As `run_python`, without the bootstrap and all that it looks at."""
        environment = profiled_environment('', PYTHONPATH=os.pathsep.join(paths))
        return self._run(arguments, environment)

    def _run(self, arguments, environment):
        process = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return process.stdout, process.stderr

    def profiles(self):
        """The profiles in the directory, in the order of their requests."""
        try:
            names = os.listdir(self.directory)
        except FileNotFoundError:
            return []
        profiles = []
        for name in names:
            if name.endswith('.speedscope.json'):
                with open(os.path.join(self.directory, name), encoding='utf-8') as file:
                    profiles.append(Profile(json.load(file)))
        return sorted(profiles, key=lambda profile: profile.request['started'])
