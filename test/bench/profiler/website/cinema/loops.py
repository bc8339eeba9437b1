"""Loops as a hot request has them: the worst that a profiler of lines can meet."""

from __future__ import annotations

from typing import Iterator


def tight() -> int:
    total = 0
    for number in range(3_000_000):
        total += number
    return total


def nested() -> int:
    total = 0
    for row in range(1_500):
        for column in range(1_500):
            total += row ^ column
    return total


def tiny_calls() -> int:
    total = 0
    for number in range(1_200_000):
        total += increment(number)
    return total


def increment(number: int) -> int:
    return number + 1


def recursion() -> int:
    return fibonacci(29)


def fibonacci(number: int) -> int:
    if number < 2:
        return number
    return fibonacci(number - 1) + fibonacci(number - 2)


def comprehension() -> int:
    return sum(len([number for number in range(900) if number % 3]) for _ in range(2_500))


def generator() -> int:
    total = 0
    for number in halves(1_500_000):
        total += number
    return total


def halves(count: int) -> Iterator[int]:
    for number in range(count):
        yield number // 2


def exceptions() -> int:
    missed = 0
    prices = {'a': 1}
    for _ in range(450_000):
        try:
            prices['b']
        except KeyError:
            missed += 1
    return missed


def branches() -> int:
    longest = 0
    for start in range(1, 15_000):
        number = start
        steps = 0
        while number != 1:
            if number % 2:
                number = 3 * number + 1
            else:
                number //= 2
            steps += 1
        if steps > longest:
            longest = steps
    return longest


def formulas() -> float:
    x, y, z = 0.5, 0.25, 0.125
    for _ in range(250_000):
        x = x * 0.9 + 0.01
        y = y * 0.8 + x
        z = z * 0.7 + y
        x = x - z * 0.001
        y = y - x * 0.001
        z = z - y * 0.001
        x = min(x, 1.0)
        y = min(y, 1.0)
        z = min(z, 1.0)
    return x + y + z


class Counter:
    def __init__(self) -> None:
        self._value = 0

    @property
    def value(self) -> int:
        return self._value

    def add(self, amount: int) -> None:
        self._value += amount


def methods() -> int:
    counter = Counter()
    for _ in range(800_000):
        counter.add(1)
        if counter.value < 0:
            break
    return counter.value


LOOPS = {
    loop.__name__: loop
    for loop in (
        tight,
        nested,
        formulas,
        branches,
        tiny_calls,
        methods,
        recursion,
        comprehension,
        generator,
        exceptions,
    )
}
