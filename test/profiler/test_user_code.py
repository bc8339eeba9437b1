"""Which files are the user's own, and which line of theirs runs."""

import os
import sys
import unittest

from hotline import user_code
from user_folder import UserFolder, line_of


class UserPath(unittest.TestCase):
    def setUp(self):
        self.folder = UserFolder()
        self.addCleanup(self.folder.close)

    def path(self, *names):
        return os.path.join(self.folder.path, *names)

    def test_files_below_a_source_root_are_the_users(self):
        for path in (self.path('app.py'), self.path('shop', 'views.py'), self.path('lib', 'a.py')):
            self.assertEqual(user_code.user_path(path), path)

    def test_installed_packages_are_not(self):
        for names in (
            ('env', 'lib', 'python3.11', 'site-packages', 'django', 'a.py'),
            ('node_modules', 'gyp', 'a.py'),
        ):
            self.assertIsNone(user_code.user_path(self.path(*names)))

    def test_scripts_of_an_environment_are_not(self):
        self.folder.file('env/pyvenv.cfg', 'home = /usr/bin')
        self.assertIsNone(user_code.user_path(self.path('env', 'bin', 'activate_this.py')))

    def test_an_environment_made_in_the_source_root_itself_hides_nothing(self):
        self.folder.file('pyvenv.cfg', 'home = /usr/bin')
        self.assertIsNotNone(user_code.user_path(self.path('app.py')))

    def test_library_code_and_code_without_a_file_are_not(self):
        outside = (os.__file__, user_code.__file__, os.path.dirname(self.folder.path) + '/a.py')
        for path in (*outside, '<string>', '<frozen importlib._bootstrap>', ''):
            self.assertIsNone(user_code.user_path(path))

    def test_a_folder_that_only_begins_like_a_source_root_is_not(self):
        self.assertIsNone(user_code.user_path(self.folder.path + '-old/app.py'))

    def test_the_standard_library_is_not_the_users_even_below_a_source_root(self):
        self.folder.set(HOTLINE_SOURCE_ROOTS=os.path.abspath(os.sep))
        self.assertIsNone(user_code.user_path(os.__file__))
        self.assertIsNotNone(user_code.user_path(self.path('app.py')))

    def test_a_relative_name_is_found_from_the_current_directory(self):
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder.path)
        self.assertEqual(user_code.user_path('manage.py'), self.path('manage.py'))

    @unittest.skipUnless(hasattr(os, 'symlink') and os.name != 'nt', 'needs symbolic links')
    def test_a_source_root_that_is_a_symbolic_link_is_known_under_both_names(self):
        link = self.folder.path + '-link'
        os.symlink(self.folder.path, link)
        self.addCleanup(os.remove, link)
        self.folder.set(HOTLINE_SOURCE_ROOTS=link)
        for root in (link, self.folder.path):
            self.assertIsNotNone(user_code.user_path(os.path.join(root, 'app.py')))

    def test_names_that_never_come_twice_do_not_fill_the_memory(self):
        self.addCleanup(setattr, user_code, '_CACHE_SIZE', user_code._CACHE_SIZE)
        user_code._CACHE_SIZE = 10
        for number in range(30):
            user_code.user_path('/elsewhere/%d.py' % number)
        self.assertLessEqual(len(user_code._paths), 10)


class CallerLine(unittest.TestCase):
    def setUp(self):
        self.folder = UserFolder()
        self.addCleanup(self.folder.close)
        self.views = self.folder.module(
            'views',
            """
            def view(call):
                return helper(call)

            def helper(call):
                return sorted([1], key=lambda _: call())  # innermost

            def direct(call):
                return call()  # direct
            """,
        )

    def test_the_innermost_line_of_the_user_is_told_not_the_librarys(self):
        def library():
            return user_code.caller_line()

        found = []
        self.views.view(lambda: found.append(library()) or 0)
        path = self.views.__file__
        self.assertEqual(found, [(path, line_of(path, '# innermost'))])

    def test_nothing_is_told_where_only_library_code_runs(self):
        self.assertIsNone(user_code.caller_line())

    def test_who_serves_a_request_does_not_cause_what_happens_in_it(self):
        def library():
            frame = sys._getframe(1)
            return user_code.caller_line(outside=frame), user_code.caller_line()

        outside, everything = self.views.direct(library)
        self.assertIsNone(outside)
        self.assertEqual(everything[1], line_of(self.views.__file__, '# direct'))

    def test_a_line_of_a_template_that_calls_is_told_and_its_file_is_no_python(self):
        template = os.path.join(self.folder.path, 'page.html')
        user_code.is_template(template, lambda frame: ('page.html', frame.f_lineno + 100))
        self.addCleanup(user_code._templates.pop, template)
        names = {}
        exec(compile('def render(call):\n    return call()', template, 'exec'), names)
        self.assertIsNone(user_code.user_path(template))
        found = self.views.direct(lambda: names['render'](user_code.caller_line))
        self.assertEqual(found, ('page.html', 102))

    def test_a_greenlet_goes_on_in_the_one_that_waits_for_it(self):
        try:
            import greenlet
        except ImportError:
            self.skipTest('greenlet is not installed')
        found = []
        child = greenlet.greenlet(lambda: found.append(user_code.caller_line()))
        self.views.direct(child.switch)
        self.assertEqual(found[0][1], line_of(self.views.__file__, '# direct'))

    def test_a_very_deep_recursion_is_walked(self):
        self.addCleanup(sys.setrecursionlimit, sys.getrecursionlimit())
        sys.setrecursionlimit(20_000)

        def deep(depth):
            return deep(depth - 1) if depth else user_code.caller_line()

        found = self.views.direct(lambda: deep(5_000))
        self.assertEqual(found[1], line_of(self.views.__file__, '# direct'))


if __name__ == '__main__':
    unittest.main()
