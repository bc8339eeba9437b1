"""What the views of the applications do."""

import time


def work_for(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        sum(range(1000))


def work_of_first():
    work_for(0.25)


def work_of_second():
    work_for(0.25)
