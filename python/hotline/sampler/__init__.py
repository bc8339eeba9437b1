"""An always-on sampler of a whole process, whose stacks are collected over HTTP.

In the environment of the process, `HOTLINE_SAMPLER=127.0.0.1:16384`; or a line of code:

    hotline.sampler.start('127.0.0.1:16384')

It answers as the stacksampler of nylas-perftools does (https://github.com/nylas/nylas-perftools),
and in a form of its own, `schema/hotline-stacks.schema.json`, when asked for that.
"""

from __future__ import annotations

from .service import start, stop

__all__ = ['start', 'stop']
