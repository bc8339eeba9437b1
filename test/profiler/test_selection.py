"""Which requests are recorded, and what is kept of them."""

import unittest

from hotline import selection, settings


def selects(path='/shop/', query='', headers=None, **variables):
    """Whether the first request is recorded with those settings."""
    return selection.Selection(_settings(**variables)).selects(path, query, (headers or {}).get)


def _settings(**variables):
    return settings.Settings({'HOTLINE_' + name: value for name, value in variables.items()})


class PatternTest(unittest.TestCase):
    def test_all_without_patterns(self):
        self.assertTrue(selects())

    def test_include(self):
        for pattern, path, expected in (
            ('/shop/*', '/shop/', True),
            ('/shop/*', '/shop/cart/3', True),
            ('/shop/*', '/shopping', False),
            ('shop/*', '/shop/cart', True),
            ('**/cart', '/shop/cart', True),
            ('/api/?', '/api/1', True),
            ('/api/[ab]', '/api/c', False),
            ('/a, /b', '/b', True),
            ('/A', '/a', False),
        ):
            with self.subTest(pattern=pattern, path=path):
                self.assertEqual(selects(path, INCLUDE=pattern), expected)

    def test_exclude_is_stronger(self):
        self.assertFalse(selects('/shop/health', INCLUDE='/shop/*', EXCLUDE='*/health'))
        self.assertTrue(selects('/shop/cart', INCLUDE='/shop/*', EXCLUDE='*/health'))


class StaticTest(unittest.TestCase):
    def setUp(self):
        prefixes = set(selection.static_prefixes)
        self.addCleanup(selection.static_prefixes.update, prefixes)
        self.addCleanup(selection.static_prefixes.clear)
        selection.static_prefixes.clear()

    def test_static_files_only_when_asked(self):
        selection.add_static('/static/')
        self.assertFalse(selects('/static/site.css'))
        self.assertTrue(selects('/static/site.css', STATIC='1'))
        self.assertTrue(selects('/statistics'))

    def test_an_unset_prefix_does_not_exclude_everything(self):
        for url in ('', '/', None):
            selection.add_static(url)
        self.assertTrue(selects('/shop/'))


class TriggerTest(unittest.TestCase):
    def test_trigger(self):
        cookie = {'cookie': 'a=1; profile=yes; b=2'}
        for trigger, query, headers, expected in (
            ('cookie:profile', '', cookie, True),
            ('cookie:profile=yes', '', cookie, True),
            ('cookie:profile=no', '', cookie, False),
            ('cookie:prof', '', cookie, False),
            ('header:X-Profile', '', {'x-profile': ''}, True),
            ('header:X-Profile=1', '', {'x-profile': '2'}, False),
            ('query:profile', 'a=1&profile', {}, True),
            ('query:profile=a b', 'profile=a%20b', {}, True),
            ('query:profile', 'a=profile', {}, False),
        ):
            with self.subTest(trigger=trigger, query=query, headers=headers):
                found = selects('/', query, headers, TRIGGER=trigger)
                self.assertEqual(found, expected)


class EveryTest(unittest.TestCase):
    def test_every_third_of_those_that_qualify(self):
        chosen = selection.Selection(_settings(EVERY='3', EXCLUDE='/health'))
        paths = ['/1', '/health', '/2', '/health', '/3', '/4', '/5', '/6', '/7']
        selected = [path for path in paths if chosen.selects(path, '', {}.get)]
        self.assertEqual(selected, ['/1', '/4', '/7'])


class SecretsTest(unittest.TestCase):
    def test_masked(self):
        for query, expected in (
            ('page=2&token=abc', 'page=2&token=***'),
            ('access_token=abc&x=1', 'access_token=***&x=1'),
            ('userPassword=a=b', 'userPassword=***'),
            ('apiKey=1&API-KEY=2', 'apiKey=***&API-KEY=***'),
            ('key=1&keyword=shoes', 'key=***&keyword=shoes'),
            ('code=4&postcode=1234&barcode=9', 'code=***&postcode=1234&barcode=9'),
            ('%70assword=1', '%70assword=***'),
            ('sessionid=1&X-Amz-Signature=2', 'sessionid=***&X-Amz-Signature=***'),
            ('token=', 'token='),
            ('token', 'token'),
            ('a=1;b=2', 'a=1;b=2'),
            ('', ''),
        ):
            with self.subTest(query=query):
                self.assertEqual(selection.masked(query), expected)


class ClientTest(unittest.TestCase):
    def test_client_class(self):
        for user_agent, expected in (
            ('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'browser'),
            ('Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com/bot.html)', 'bot'),
            ('curl/8.5.0', 'script'),
            ('python-requests/2.32', 'script'),
            ('Something/1.0', 'other'),
            ('', None),
            (None, None),
        ):
            with self.subTest(user_agent=user_agent):
                self.assertEqual(selection.client_class(user_agent), expected)
