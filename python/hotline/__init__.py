"""Hotline's per-request profiler. Standard library only."""

__version__ = '0.1.0'
