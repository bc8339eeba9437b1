"""What the tests of all servers have in common."""

import unittest


def assert_apart(test, server, first='/first/', second='/second/'):
    """Two requests at once: neither's profile has a frame of the other. Returns both profiles."""
    server.get_at_once(first, second)
    profiles = {profile.request['path']: profile for profile in server.profiles(2)}
    test.assertEqual(set(profiles), {first, second})
    test.assertIn('work_of_first', profiles[first].functions)
    test.assertNotIn('work_of_second', profiles[first].functions)
    test.assertIn('work_of_second', profiles[second].functions)
    test.assertNotIn('work_of_first', profiles[second].functions)
    return profiles[first], profiles[second]


class ServerCase(unittest.TestCase):
    """Tests of one server; extended with `start()`, which gives it before it runs."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.start()
        cls.server.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def setUp(self):
        self.server.forget()

    def assert_apart(self, *paths):
        return assert_apart(self, self.server, *paths)
