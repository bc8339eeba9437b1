"""Every line of the user's is hit as often as Python executes it, whatever the statement."""

import asyncio
import sys
import threading
import unittest

from lines_support import Recorded, UserModule


class Hits(unittest.TestCase):
    def check(self, source, *arguments, call='run', budget=True):
        """Compares with the comments `#: hits`; lines without one may be hit or not."""
        module = UserModule(source)
        recorded = Recorded(getattr(module, call), *arguments, budget=budget)
        if recorded.error is not None:
            raise recorded.error
        hits = recorded.hits(module)
        expected = module.expected_hits()
        self.assertEqual({line: hits.get(line, 0) for line in expected}, expected)
        return recorded

    def test_sequence_and_branches(self):
        self.check(
            """
            def run():
                a = 1           #: 1
                if a > 5:       #: 1
                    a = 2       #: 0
                elif a > 3:     #: 1
                    a = 3       #: 0
                else:
                    a = 4       #: 1
                return a        #: 1
            """
        )

    def test_loops(self):
        self.check(
            """
            def run():
                total = 0               #: 1
                for i in range(5):      #: 5
                    if i == 1:          #: 5
                        continue        #: 1
                    if i == 4:          #: 4
                        break           #: 1
                    total += i          #: 3
                while total > 0:        #: 6
                    total -= 1          #: 5
                else:
                    total = 7           #: 1
                return total            #: 1
            """
        )

    def test_exceptions(self):
        self.check(
            """
            def fail(n):
                if n % 2:               #: 4
                    raise KeyError(n)   #: 2
                return n                #: 2

            def run():
                caught = 0              #: 1
                for n in range(4):      #: 5
                    try:
                        fail(n)         #: 4
                    except KeyError:
                        caught += 1     #: 2
                    else:
                        caught += 10    #: 2
                    finally:
                        caught += 100   #: 4
                return caught           #: 1
            """
        )

    def test_exception_that_leaves(self):
        module = UserModule(
            """
            def inner():
                raise ValueError('out')

            def run():
                before = 1
                inner()
                after = 1
            """
        )
        recorded = Recorded(module.run)
        self.assertIsInstance(recorded.error, ValueError)
        self.assertEqual(recorded.hits(module), {2: 1, 5: 1, 6: 1})

    def test_context_managers(self):
        self.check(
            """
            from contextlib import contextmanager

            @contextmanager
            def managed():
                before = 1              #: 1
                yield before            #: 1
                after = 1               #: 1

            def run():
                with managed() as value:
                    value += 1          #: 1
                return value            #: 1
            """
        )

    def test_generators(self):
        self.check(
            """
            def numbers(limit):
                for number in range(limit):     #: 4
                    yield number                #: 3
                last = 1                        #: 1

            def both():
                yield from numbers(3)           #: 1

            def run():
                total = 0                       #: 1
                for number in both():           #: 4
                    total += number             #: 3
                return total                    #: 1
            """
        )

    def test_generator_left_unfinished(self):
        self.check(
            """
            def numbers():
                try:
                    yield 1             #: 1
                    yield 2             #: 0
                finally:
                    closed = 1          #: 1

            def run():
                for number in numbers():
                    break               #: 1
                return number           #: 1
            """
        )

    def test_comprehensions_and_lambdas(self):
        self.check(
            """
            def run():
                double = lambda n: n * 2
                squares = [n * n for n in range(4)]
                text = ','.join(str(double(n)) for n in squares)
                return text             #: 1
            """
        )

    def test_nested_functions_and_classes(self):
        self.check(
            """
            def decorated(function):
                def wrapper(*arguments):
                    return function(*arguments)     #: 2
                return wrapper                      #: 1

            class Shop:
                def __init__(self):
                    self.__secret = 3               #: 1

                @property
                def price(self):
                    return self.__secret            #: 2

            def run():
                @decorated
                def twice(n):
                    nonlocal calls
                    calls += 1                      #: 2
                    return n * 2                    #: 2
                calls = 0                           #: 1
                shop = Shop()                       #: 1
                twice(shop.price)                   #: 1
                twice(shop.price)                   #: 1
                return calls                        #: 1
            """
        )

    def test_recursion(self):
        self.check(
            """
            def factorial(n):
                if n == 0:                      #: 6
                    return 1                    #: 1
                return n * factorial(n - 1)     #: 5
            """,
            5,
            call='factorial',
        )

    def test_docstring_future_and_global(self):
        recorded = self.check(
            '''
            """Of the module."""
            from __future__ import annotations

            count = 0

            def run(limit: Missing = 2):
                """Of the function."""
                global count
                count += limit      #: 1
                return run.__doc__  #: 1
            '''
        )
        self.assertEqual(recorded.result, 'Of the function.')

    @unittest.skipIf(sys.version_info < (3, 10), 'match came with 3.10')
    def test_match(self):
        self.check(
            """
            def run():
                found = []                          #: 1
                for point in ((0, 1), (2, 3)):      #: 3
                    match point:
                        case (0, y):
                            found.append(y)         #: 1
                        case (x, y) if x > 1:
                            found.append(x)         #: 1
                return found                        #: 1
            """
        )

    def test_coroutines(self):
        module = UserModule(
            """
            import asyncio

            async def child(n):
                await asyncio.sleep(0)      #: 3
                return n                    #: 3

            async def numbers():
                for n in range(2):          #: 3
                    yield n                 #: 2

            async def run():
                total = 0                   #: 1
                async for n in numbers():
                    total += await child(n) #: 2
                async with asyncio.Lock():
                    total += await child(3) #: 1
                return total                #: 1
            """
        )
        recorded = Recorded(lambda: asyncio.run(module.run()))
        self.assertEqual(recorded.result, 4)
        hits = recorded.hits(module)
        expected = module.expected_hits()
        self.assertEqual({line: hits.get(line, 0) for line in expected}, expected)

    def test_every_hit_without_budget(self):
        self.check(
            """
            def run():
                total = 0                   #: 1
                for i in range(20000):      #: 20001
                    total += i              #: 20000
                return total                #: 1
            """,
            budget=False,
        )

    def test_threads_of_two_recordings(self):
        module = UserModule(
            """
            def run(times, barrier):
                for i in range(times):
                    barrier.wait()
                return times
            """
        )
        barrier = threading.Barrier(2)
        recorded = []

        def record(times):
            recorded.append(Recorded(module.run, times, barrier))

        threads = [threading.Thread(target=record, args=(7,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for each in recorded:
            self.assertEqual(each.hits(module), {2: 8, 3: 7, 4: 1})

    def test_nothing_outside_of_a_recording(self):
        module = UserModule(
            """
            def run():
                return 1    #: 1
            """
        )
        module.run()
        recorded = Recorded(module.run)
        module.run()
        self.assertEqual(recorded.hits(module), module.expected_hits())
        self.assertEqual(recorded.function('run')['calls'], 1)


if __name__ == '__main__':
    unittest.main()
