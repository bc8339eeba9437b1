"""Time of every line of a Django template: each node knows the line of its token.

Follows `Template.render` and `Node.render_annotated`, the call through which every node but plain
text is rendered since Django 1.9.
"""

from __future__ import annotations

from contextvars import ContextVar
from time import perf_counter_ns
from typing import Callable

from .. import settings, user_code
from ..hooks.patching import wrap
from ..recording import current
from . import template_lines

#: Takes notes of the outermost rendering that the running code belongs to. A context variable, since
#: it follows threads, tasks and greenlets alike.
_rendering: ContextVar[Callable[[object], None] | None] = ContextVar(
    'hotline_rendering', default=None
)


#: Modes in which the time of lines is what the user is after.
_TIMED_MODES = ('lines', 'exact')


def install(module) -> None:
    """Times the nodes of every template; `module` is `django.template.base`.

    In other modes a query still knows the line of the template that sent it.
    """
    user_code.is_template(module.Node.render_annotated.__code__.co_filename, _rendered_line)
    if settings.current().mode not in _TIMED_MODES:
        return
    if 'render_annotated' not in vars(module.TextNode):  # Before Django 4.0.
        module.TextNode.render_annotated = module.Node.render_annotated
    wrap(module.Template, 'render', _recorded)
    wrap(module.Node, 'render_annotated', _timed)


def _recorded(original):
    def render(template, context):
        recording = current()
        if recording is None or _rendering.get() is not None:
            return original(template, context)
        rendering = template_lines.new_rendering(recording)
        token = _rendering.set(rendering.append)
        try:
            return original(template, context)
        finally:
            _rendering.reset(token)

    return render


def _timed(original):
    def render_annotated(node, context):
        note = _rendering.get()
        if note is None:
            return original(node, context)
        note(node)
        note(perf_counter_ns())
        try:
            return original(node, context)
        finally:
            note(perf_counter_ns())

    return render_annotated


def _rendered_line(frame) -> tuple[str, int] | None:
    if frame.f_code.co_name != 'render_annotated':
        return None
    return template_lines.place_of(frame.f_locals['self'])
