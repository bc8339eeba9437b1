import hashlib
import json
import os
import tempfile
import unittest
from unittest import mock

import hotline
from hotline import settings, user_code
from hotline.output import source_hashes
from hotline.output.document import document
from hotline.output.json_text import pieces
from hotline.request import Query, Span
from recordings import SECOND, finished
from schema_check import problems

SAMPLES = {
    'shared': {
        'frames': [{'name': 'view', 'file': '/app/views.py', 'line': 3}, {'name': '[waiting]'}]
    },
    'profiles': [
        {
            'type': 'sampled',
            'name': 'GET /shop/ 200',
            'unit': 'seconds',
            'startValue': 0,
            'endValue': 0.25,
            'samples': [[0], [0, 1]],
            'weights': [0.2, 0.05],
        }
    ],
    'stackLines': [[4], [5, 0]],
    'waitingTime': 0.05,
}


def json_of(recording, *descriptions):
    """The document as it is in the file."""
    return json.loads(''.join(pieces(document(recording, list(descriptions)))))


class DocumentTest(unittest.TestCase):
    def test_is_valid_with_all_that_can_be_known(self):
        recording = finished(query='page=2')
        request = recording.request
        request.route, request.view, request.thread = 'shop/', 'shop.views.index', 'Thread-1'
        request.framework, request.server = ('Django', '5.2'), ('gunicorn', None)
        request.bytes_sent, request.user_agent, request.error = 10, 'browser', 'Http404'
        query = Query('SELECT 1', recording.started + SECOND // 10, SECOND // 100)
        query.rows, query.database, query.file, query.line = 1, 'default', '/app/views.py', 4
        recording.queries.append(query)
        recording.spans.append(Span('cache', 'get key', recording.started, 1000))
        recording.template_lines['/app/page.html', 7] = [2, SECOND // 50, SECOND // 100]
        recording.warnings.append('Something is missing.')
        line = {'file': '/app/views.py', 'line': 4, 'function': 'view', 'hits': 2, 'time': 0.1}
        content = json_of(recording, SAMPLES, {'lines': [line]})
        self.assertEqual(problems(content), [])
        self.assertEqual(content['name'], 'GET /shop/ 200')
        self.assertEqual(content['hotline']['request']['waitingTime'], 0.05)
        self.assertEqual(content['hotline']['lines'], [line])
        self.assertEqual(content['hotline']['queries'][0]['start'], 0.1)
        template = {'file': '/app/page.html', 'line': 7, 'hits': 2, 'time': 0.02, 'self': 0.01}
        self.assertEqual(content['hotline']['templates'], [template])

    def test_is_valid_with_the_least_that_can_be_known(self):
        content = json_of(finished(method=None, path='nightly job', status=None))
        self.assertEqual(problems(content), [])
        self.assertEqual(content['name'], 'nightly job')
        self.assertEqual(content['profiles'][0]['weights'], [0.25])

    def test_holds_names_that_are_no_text(self):
        recording = finished(path='/caf\udce9')
        self.assertEqual(json_of(recording)['hotline']['request']['path'], '/caf\udce9')

    def test_knows_the_hash_of_the_users_files_only(self):
        with tempfile.TemporaryDirectory() as folder:
            own = os.path.join(folder, 'views.py')
            template = os.path.join(folder, 'page.html')
            for path in (own, template):
                with open(path, 'w') as file:
                    file.write('x = 1\n')
                os.utime(path, (1, 1))
            recording = finished()
            recording.template_lines[template, 1] = [1, 1, 1]
            frames = [
                {'name': 'view', 'file': own, 'line': 1},
                {'name': 'dumps', 'file': json.__file__},
            ]
            samples = dict(SAMPLES, shared={'frames': frames})
            with _source_root(folder):
                sources = json_of(recording, samples)['hotline']['sources']
        digest = hashlib.sha256(b'x = 1\n').hexdigest()
        self.assertEqual(
            sources, [{'file': path, 'sha256': digest} for path in sorted([own, template])]
        )

    def test_a_file_that_changed_since_the_process_started_has_no_hash(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'views.py')
            with open(path, 'w') as file:
                file.write('x = 1\n')
            after = hotline.LOADED_NS + SECOND
            os.utime(path, ns=(after, after))
            with mock.patch.object(source_hashes, '_TRUSTED', 0):
                self.assertEqual(source_hashes.of({path}), [])
                os.utime(path, ns=(1, 1))
                self.assertEqual(len(source_hashes.of({path})), 1)

    def test_a_file_that_is_gone_has_no_hash(self):
        self.assertEqual(source_hashes.of({'/nowhere/views.py', 'a\0b'}), [])


class PiecesTest(unittest.TestCase):
    def test_make_the_document_whole(self):
        value = {
            'large': list(range(1000)),
            'one': [{'samples': [[1, 2]] * 300, 'empty': []}],
            'none': {},
            'text': 'é\udce9"',
            'number': 0.1,
        }
        parts = list(pieces(value))
        self.assertEqual(json.loads(''.join(parts)), value)
        self.assertLess(max(map(len, parts)), 3000, 'a large list is not encoded in one go')

    def test_refuse_what_json_cannot_hold(self):
        with self.assertRaises(ValueError):
            list(pieces({'number': float('nan')}))


class _source_root:
    """The user's own code is what lies below this folder."""

    def __init__(self, folder):
        self._patch = mock.patch.object(settings.current(), 'source_roots', [folder])

    def __enter__(self):
        self._patch.start()
        user_code.forget()

    def __exit__(self, *error):
        self._patch.stop()
        user_code.forget()


if __name__ == '__main__':
    unittest.main()
