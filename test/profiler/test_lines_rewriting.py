"""Modules with probes are the user's modules still, on every version that can compile them."""

import ast
import textwrap
import traceback
import unittest

from hotline.lines import rewriting


def execute(source):
    """The globals of a rewritten module."""
    code = rewriting.compile_module(textwrap.dedent(source).encode(), '/shop/views.py')
    names = {'__name__': 'views'}
    exec(code, names)
    return names


class Rewriting(unittest.TestCase):
    def test_nothing_to_rewrite(self):
        self.assertIsNone(rewriting.compile_module(b'DEBUG = True\n', 'settings.py'))
        self.assertIsNone(rewriting.compile_module(b'', 'empty.py'))

    def test_what_cannot_be_compiled_is_left_to_python(self):
        for source in (b'def broken(:\n', b'def f():\n  return\n yield\n', b'\xff\xfe', b'a\x00b'):
            self.assertIsNone(rewriting.compile_module(source, 'broken.py'), source)

    def test_encoding_of_the_source(self):
        source = '# -*- coding: latin-1 -*-\ndef name():\n    return "é"\n'.encode('latin-1')
        names = {}
        exec(rewriting.compile_module(source, 'encoded.py'), names)
        self.assertEqual(names['name'](), 'é')

    def test_documentation_and_definition_lines(self):
        names = execute(
            '''
            """Of the module."""
            from __future__ import annotations

            def plain(a: Missing, *, b=1) -> Missing:
                """Of the function."""

            class Shop:
                """Of the class."""
                def only_documented(self):
                    """Of the method."""
            '''
        )
        self.assertEqual(names['__doc__'], 'Of the module.')
        self.assertEqual(names['plain'].__doc__, 'Of the function.')
        self.assertEqual(names['plain'].__annotations__['a'], 'Missing')
        self.assertEqual(names['plain'].__code__.co_firstlineno, 5)
        self.assertEqual(names['Shop'].only_documented.__doc__, 'Of the method.')
        self.assertIsNone(names['Shop']().only_documented())

    def test_traceback_shows_the_users_lines(self):
        names = execute(
            """
            def outer():
                for number in range(3):
                    inner(number)

            def inner(number):
                before = 1
                return 1 / (number - 2)
            """
        )
        try:
            names['outer']()
        except ZeroDivisionError as error:
            frames = traceback.extract_tb(error.__traceback__)[1:]
        self.assertEqual(
            [(frame.name, frame.lineno) for frame in frames], [('outer', 4), ('inner', 8)]
        )

    def test_names_of_classes_are_mangled_as_before(self):
        names = execute(
            """
            class Shop:
                __secret = 1
                def __init__(self):
                    self.__till = 2
                    for __ in range(2):
                        self.__till += self.__secret
                def total(self):
                    return self.__till
            """
        )
        self.assertEqual(names['Shop']().total(), 4)

    def test_variables_of_other_scopes(self):
        names = execute(
            """
            counter = 0

            def count():
                global counter
                counter += 1
                inner = 0
                def nested():
                    nonlocal inner
                    for _ in range(2):
                        inner += counter
                    return inner
                return nested() + nested()
            """
        )
        self.assertEqual(names['count'](), 6)
        self.assertEqual(names['counter'], 1)

    def test_control_flow(self):
        source = """
            def flow(limit):
                found = []
                for i in range(limit):
                    if i == 1:
                        continue
                    elif i == 5:
                        break
                    try:
                        while True:
                            if i > 2:
                                return found
                            found.append(i)
                            break
                    finally:
                        found.append(-i)
                else:
                    found.append('whole')
                with open(__file__) as file:
                    found.append(file.closed)
                return found
            """
        names = execute(source)
        plain = {'__file__': __file__}
        exec(textwrap.dedent(source), plain)
        names['__file__'] = __file__
        for limit in range(8):
            self.assertEqual(names['flow'](limit), plain['flow'](limit), limit)

    def test_generators_and_coroutines(self):
        names = execute(
            """
            def generator(n):
                for i in range(n):
                    got = yield i
                    if got:
                        return got

            async def agenerator(n):
                for i in range(n):
                    yield i

            async def coroutine():
                return [i async for i in agenerator(3)]
            """
        )
        running = names['generator'](5)
        self.assertEqual(next(running), 0)
        with self.assertRaises(StopIteration) as stopped:
            running.send('enough')
        self.assertEqual(stopped.exception.value, 'enough')
        coroutine = names['coroutine']()
        with self.assertRaises(StopIteration) as stopped:
            coroutine.send(None)
        self.assertEqual(stopped.exception.value, [0, 1, 2])

    def test_only_names_of_the_profiler_are_added(self):
        names = execute('def f():\n    return sorted(locals())\n')
        added = {name for name in names if not name.startswith('__')}
        self.assertEqual(added, {'f'})
        self.assertEqual(names['f'](), [])

    def test_own_source_can_be_rewritten(self):
        for module in (ast, textwrap, traceback, unittest.case):
            with open(module.__file__, 'rb') as file:
                source = file.read()
            code = rewriting.compile_module(source, module.__file__)
            names = {'__name__': module.__name__, '__package__': module.__package__}
            exec(code, names)
        self.assertEqual(names['TestCase'].__module__, 'unittest.case')


if __name__ == '__main__':
    unittest.main()
