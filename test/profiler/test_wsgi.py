import time
import wsgiref.util

from hotline.interfaces import wsgi
from hotline.recording import current
from requests_made import RequestsTest, compute, time_in


class Response:
    """A body that is closed, as Django's and werkzeug's are."""

    status_code = 200

    def __init__(self, *blocks):
        self._blocks = blocks
        self.closed_within = None

    def __iter__(self):
        return iter(self._blocks)

    def close(self):
        self.closed_within = current()


class WsgiTest(RequestsTest):
    def call(self, application, path='/', **environ):
        """What a server gets from the application, wrapped."""
        environ = dict({'REQUEST_METHOD': 'GET', 'PATH_INFO': path}, **environ)
        wsgiref.util.setup_testing_defaults(environ)
        self.started = []
        start_response = lambda *started: self.started.append(started)  # noqa: E731
        return wsgi.middleware(application, ('testserver', '1.0'))(environ, start_response)

    def get(self, application, path='/', **environ):
        """Bytes of the body, taken as a server takes them."""
        body = self.call(application, path, **environ)
        try:
            return b''.join(body)
        finally:
            if hasattr(body, 'close'):
                body.close()

    def test_facts_of_the_request(self):
        def application(environ, start_response):
            start_response('404 Not Found', [('Content-Type', 'text/plain')])
            return iter([b'no', b'thing'])

        self.get(
            application,
            '/caf\xc3\xa9/',
            SCRIPT_NAME='/shop',
            QUERY_STRING='page=2&token=abc',
            HTTP_USER_AGENT='curl/8.0',
        )
        (recording,) = self.ended
        request = recording.request
        self.assertEqual((request.method, request.path), ('GET', '/shop/café/'))
        self.assertEqual(request.query, 'page=2&token=***')
        self.assertEqual((request.status, request.bytes_sent), (404, 7))
        self.assertEqual(request.user_agent, 'script')
        self.assertEqual(request.server, ('testserver', '1.0'))
        self.assertIsNone(request.error)

    def test_path_that_is_not_utf8(self):
        self.get(lambda environ, start_response: [], '/caf\xe9/')
        self.assertEqual(self.ended[0].request.path, '/caf\udce9/')

    def test_list_reaches_the_server_as_it_is(self):
        blocks = [b'one', b'two']
        body = self.call(lambda environ, start_response: blocks)
        self.assertIs(body, blocks)
        self.assertEqual(self.ended[0].request.bytes_sent, 6)

    def test_file_reaches_the_server_as_it_is(self):
        file = wsgiref.util.FileWrapper(None)

        def application(environ, start_response):
            start_response('200 OK', [('Content-Length', '1234')])
            return file

        environ = {'wsgi.file_wrapper': wsgiref.util.FileWrapper}
        self.assertIs(self.call(application, **environ), file)
        self.assertEqual(self.ended[0].request.bytes_sent, 1234)

    def test_streamed_body_belongs_to_the_request(self):
        def stream():
            yield b'one'
            compute(0.05)
            yield b'two'

        self.assertEqual(self.get(lambda environ, start_response: stream()), b'onetwo')
        (recording,) = self.ended
        self.assertGreater(time_in(recording, 'stream', 'compute'), 0.03)
        self.assert_complete(recording)

    def test_time_between_blocks_is_waiting(self):
        body = self.call(lambda environ, start_response: Response(b'one', b'two'))
        for _ in body:
            self.assertIsNone(current())
            time.sleep(0.02)
        body.close()
        (recording,) = self.ended
        self.assertGreater(time_in(recording, '[waiting]'), 0.02)

    def test_closing_belongs_to_the_request(self):
        response = Response(b'one')
        self.get(lambda environ, start_response: response)
        self.assertIs(response.closed_within, self.ended[0])

    def test_response_is_seen_through(self):
        body = self.call(lambda environ, start_response: Response(b'one'))
        self.assertEqual(body.status_code, 200)
        body.close()

    def test_body_that_nobody_closes_ends_with_its_last_reference(self):
        body = self.call(lambda environ, start_response: Response(b'one'))
        self.assertEqual(self.ended, [])
        del body
        self.assertEqual(len(self.ended), 1)

    def test_error_of_the_application(self):
        def application(environ, start_response):
            raise KeyError('no such page')

        with self.assertRaises(KeyError):
            self.get(application)
        self.assertEqual(self.ended[0].request.error, 'KeyError')
        self.assertIsNone(current())

    def test_body_that_is_none(self):
        with self.assertRaises(TypeError):
            self.get(lambda environ, start_response: None)
        self.assertIsNone(current())

    def test_error_within_the_body(self):
        def stream():
            yield b'one'
            raise OSError('gone')

        with self.assertRaises(OSError):
            self.get(lambda environ, start_response: stream())
        self.assertEqual(self.ended[0].request.error, 'OSError')
        self.assertIsNone(current())

    def test_written_bytes_go_to_the_server(self):
        def application(environ, start_response):
            write = start_response('200 OK', [])
            write(b'first')
            return [b'second']

        written = []
        environ = {'REQUEST_METHOD': 'GET', 'PATH_INFO': '/'}
        wsgi.middleware(application)(environ, lambda status, headers: written.append)
        self.assertEqual(written, [b'first'])
        self.assertEqual(self.ended[0].request.bytes_sent, 11)

    def test_inner_middleware_records_nothing_more(self):
        inner = wsgi.middleware(lambda environ, start_response: [b'one'])
        self.get(inner)
        self.assertEqual(len(self.ended), 1)
