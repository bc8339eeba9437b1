"""Mode `calls`: calls of functions, counted and timed by the machinery of `cProfile`."""

from .collector import CallCollector

__all__ = ['CallCollector']
