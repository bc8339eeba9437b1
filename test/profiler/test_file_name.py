import contextlib
import io
import os
import unittest

from hotline import log
from hotline.output.file_name import LONGEST, dotted_path, file_name, numbered

SUFFIX = '.speedscope.json'
DEFAULT = '{path}.{duration:06d}ms.{time}'


def name_of(path='/shop/items/', template=DEFAULT, **facts):
    known = {'duration': 123, 'time': 1795175659, 'method': 'GET', 'status': 200, 'query': ''}
    return file_name(template, dict(known, path=dotted_path(path), **facts), SUFFIX)


class FileNameTest(unittest.TestCase):
    def test_is_the_one_that_runprofileserver_gives(self):
        self.assertEqual(name_of(), 'shop.items.000123ms.1795175659.speedscope.json')
        self.assertEqual(name_of('/'), 'root.000123ms.1795175659.speedscope.json')

    def test_takes_method_status_and_query(self):
        name = name_of(template='{method} {path} {status} {query}', query='page=2&sort=name')
        self.assertEqual(name, 'GET shop.items 200 page=2&sort=name.speedscope.json')

    def test_number_of_a_collision_stands_before_the_suffix(self):
        self.assertEqual(numbered('root.speedscope.json', SUFFIX, 2), 'root.2.speedscope.json')

    def test_stays_one_name_whatever_the_path(self):
        paths = ('/../../etc/passwd', '/a\0b', '/c:\\d', '/' + '.' * 300, '//', '/a/./b', '/*?"<>|')
        for path in paths:
            with self.subTest(path=path):
                name = name_of(path)
                self.assertEqual(os.path.basename(name), name)
                self.assertNotRegex(name, r'[\x00-\x1f<>:"/\\|?*]')
                self.assertFalse(name.startswith('.'), 'it would be hidden')
                self.assertTrue(name.endswith('.000123ms.1795175659' + SUFFIX))

    def test_is_no_device_of_windows(self):
        for path in ('/con', '/NUL/x', '/com1'):
            with self.subTest(path=path):
                self.assertTrue(name_of(path).startswith('_'))

    def test_long_paths_leave_duration_and_time(self):
        for path in ('/' + 'x' * 5000, '/' + '商店' * 400):
            with self.subTest(path=path[:3]):
                name = name_of(path)
                self.assertLessEqual(len(os.fsencode(numbered(name, SUFFIX, 1000))), LONGEST)
                self.assertTrue(name.endswith('.000123ms.1795175659' + SUFFIX))
                self.assertNotIn('\ufffd', name)

    def test_a_long_query_goes_before_the_path_does(self):
        name = name_of(template='{path}.{query}.{time}', query='q' * 5000)
        self.assertTrue(name.startswith('shop.items.qqq'))
        self.assertLessEqual(len(name), LONGEST)

    def test_a_template_that_is_too_long_itself_is_cut(self):
        self.assertLessEqual(len(name_of(template='x' * 999)), LONGEST)
        self.assertLessEqual(len(name_of(template='{path:>999}')), LONGEST)

    def test_paths_that_are_no_text_have_a_name(self):
        for path in ('/caf\udce9', '/\ud800\udfff'):
            with self.subTest(path=ascii(path)):
                os.fsencode(name_of(path)).decode('utf-8')

    def test_a_template_that_cannot_be_used_gives_the_default_name(self):
        unusable = (
            '{nothing}',
            '{path',
            '{duration:06s}',
            '{0}',
            'sub/{path}',
            '{path.nothing}',
            '{}',
        )
        for template in unusable:
            log._said.clear()
            said = io.StringIO()
            with self.subTest(template=template), contextlib.redirect_stderr(said):
                name = name_of(template=template)
                self.assertEqual(name, 'shop.items.000123ms.1795175659.speedscope.json')
                self.assertIn('HOTLINE_FILE_NAME', said.getvalue())


if __name__ == '__main__':
    unittest.main()
