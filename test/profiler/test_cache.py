"""Calls of Django's cache as spans, on real backends."""

import asyncio
import unittest

from hotline.recording import Recording
from hotline.request import Request
from hotline.spans import room
from user_folder import UserFolder, line_of


class DjangoCache(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import django_project  # noqa: F401
        from django.core.cache.backends import base, locmem  # noqa: F401
        from hotline.spans import django_cache

        # After the import of one backend, and before those of others.
        django_cache.install(base)

    def setUp(self):
        from django.core.cache import caches

        self.caches = caches
        self.cache = caches['default']
        self.cache.clear()
        self.recording = Recording(Request('GET', '/'), 'samples')
        self.folder = UserFolder()
        self.addCleanup(self.folder.close)

    def names(self):
        return [span.name for span in self.recording.spans]

    def test_a_call_is_told_with_its_key_and_whether_it_was_there(self):
        with self.recording.working():
            self.assertIsNone(self.cache.get('basket'))
            self.cache.set('basket', 1)
            self.assertEqual(self.cache.get('basket'), 1)
        self.assertEqual(self.names(), ['get basket (miss)', 'set basket', 'get basket (hit)'])
        for span in self.recording.spans:
            self.assertEqual(span.kind, 'cache')
            self.assertGreater(span.duration, 0)
            self.assertGreaterEqual(span.started, self.recording.started)

    def test_a_default_that_comes_back_is_a_miss(self):
        marker = object()
        with self.recording.working():
            self.cache.get('basket', marker)
            self.cache.get(key='basket', default=marker)
        self.assertEqual(self.names(), ['get basket (miss)'] * 2)

    def test_calls_inside_of_a_call_are_part_of_it(self):
        with self.recording.working():
            self.assertEqual(self.cache.get_or_set('basket', lambda: 5), 5)
            self.assertEqual(self.cache.get_many(['basket', 'b']), {'basket': 5})
            self.cache.set_many({'a': 1, 'b': 2})
            self.cache.incr('a')
        self.assertEqual(
            self.names(),
            ['get_or_set basket', 'get_many 2 keys: basket, b', 'set_many 2 keys: a, b', 'incr a'],
        )

    def test_a_backend_that_was_imported_later_is_told(self):
        with self.recording.working():
            self.caches['files'].set('a', 1)
            self.assertEqual(self.caches['files'].get('a'), 1)
        self.assertEqual(self.names(), ['set a', 'get a (hit)'])

    def test_the_key_of_a_session_stays_secret(self):
        with self.recording.working():
            self.cache.get('django.contrib.sessions.cachek3y0fsomebody')
        self.assertEqual(self.names(), ['get django.contrib.sessions.… (miss)'])

    def test_long_keys_are_cut(self):
        with self.recording.working():
            self.cache.get_many(['x' * 100] * 1_000)
        (name,) = self.names()
        self.assertTrue(name.startswith('get_many 1000 keys: xxx'))
        self.assertLess(len(name), 250)

    def test_an_error_is_the_backends_and_the_call_is_told(self):
        with self.assertRaises(ValueError), self.recording.working():
            self.cache.incr('missing')
        self.assertEqual(self.names(), ['incr missing'])

    def test_the_users_own_line_is_told(self):
        module = self.folder.module(
            'shop',
            """
            def load(cache):
                return cache.get('basket')  # here
            """,
        )
        with self.recording.working():
            module.load(self.cache)
        (span,) = self.recording.spans
        self.assertEqual(
            (span.file, span.line), (module.__file__, line_of(module.__file__, '# here'))
        )

    def test_nothing_is_told_outside_of_a_request(self):
        self.cache.set('a', 1)
        self.assertEqual(self.recording.spans, [])

    def test_of_very_many_calls_the_rest_is_counted(self):
        self.addCleanup(setattr, room, 'MOST', room.MOST)
        room.MOST = 2
        with self.recording.working():
            for _ in range(4):
                self.cache.get('basket')
        self.assertEqual(len(self.names()), 2)
        self.assertIn('there were 2 more', self.recording.warnings[0])

    def test_an_asynchronous_call_is_told_once(self):
        if not hasattr(self.cache, 'aget'):
            self.skipTest('this Django has no asynchronous cache')

        async def request():
            with self.recording.working():
                await self.cache.aset('a', 1)
                return await self.cache.aget('a')

        self.assertEqual(asyncio.run(request()), 1)
        self.assertEqual(self.names(), ['set a', 'get a (hit)'])


if __name__ == '__main__':
    unittest.main()
