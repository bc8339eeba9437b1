"""Stacks of running requests, sampled by one thread for the whole process."""

from .collector import Sampler

#: The one sampler of this process, collector of every mode that records stacks.
sampler = Sampler()

__all__ = ['Sampler', 'sampler']
