import asyncio
import inspect

from hotline.interfaces import asgi
from hotline.recording import current
from requests_made import RequestsTest


async def page(scope, receive, send):
    await send({'type': 'http.response.start', 'status': 201, 'headers': []})
    await send({'type': 'http.response.body', 'body': b'one', 'more_body': True})
    await send({'type': 'http.response.body', 'body': b'three'})


class AsgiTest(RequestsTest):
    def get(self, application, **scope):
        """Messages that the server gets of the application, wrapped."""
        messages = []

        async def send(message):
            messages.append(message)

        defaults = {
            'type': 'http',
            'method': 'GET',
            'path': '/',
            'query_string': b'',
            'headers': [],
        }
        wrapped = asgi.middleware(application, ('testserver', '1.0'))
        asyncio.run(wrapped(dict(defaults, **scope), None, send))
        return messages

    def test_facts_of_the_request(self):
        self.get(
            page,
            method='POST',
            path='/café/',
            query_string=b'page=2&token=abc',
            headers=[(b'user-agent', b'curl/8.0')],
        )
        request = self.ended[0].request
        self.assertEqual((request.method, request.path), ('POST', '/café/'))
        self.assertEqual(request.query, 'page=2&token=***')
        self.assertEqual((request.status, request.bytes_sent), (201, 8))
        self.assertEqual(request.user_agent, 'script')
        self.assertEqual(request.server, ('testserver', '1.0'))

    def test_messages_reach_the_server(self):
        kinds = [message['type'] for message in self.get(page)]
        self.assertEqual(kinds, ['http.response.start'] + ['http.response.body'] * 2)

    def test_other_scopes_pass_unrecorded(self):
        seen = []

        async def application(scope, receive, send):
            seen.append(current())

        self.get(application, type='websocket')
        self.get(application, type='lifespan')
        self.assertEqual((seen, self.ended), ([None, None], []))

    def test_error_of_the_application(self):
        async def application(scope, receive, send):
            raise KeyError('no such page')

        with self.assertRaises(KeyError):
            self.get(application)
        self.assertEqual(self.ended[0].request.error, 'KeyError')

    def test_inner_middleware_records_nothing_more(self):
        self.get(asgi.middleware(page))
        self.assertEqual(len(self.ended), 1)

    def test_server_can_tell_the_version(self):
        def legacy(scope):
            async def instance(receive, send):
                await page(scope, receive, send)

            return instance

        self.assertTrue(inspect.iscoroutinefunction(asgi.middleware(page)))
        self.assertFalse(inspect.iscoroutinefunction(asgi.middleware(legacy)))

    def test_legacy_application(self):
        class Legacy:
            def __init__(self, scope):
                self.scope = scope

            async def __call__(self, receive, send):
                await page(self.scope, receive, send)

        messages = []

        async def send(message):
            messages.append(message)

        scope = {'type': 'http', 'method': 'GET', 'path': '/old/', 'headers': []}
        asyncio.run(asgi.middleware(Legacy)(scope)(None, send))
        self.assertEqual(len(messages), 3)
        self.assertEqual(self.of('/old/').request.status, 201)

    def test_application_that_is_no_coroutine_function(self):
        class Application:
            def __call__(self, scope, receive, send):
                return page(scope, receive, send)

        self.get(Application())
        self.assertEqual(self.ended[0].request.status, 201)
