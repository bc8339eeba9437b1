"""Django middleware, for those who add the profiler by hand."""

from __future__ import annotations

import sys
from typing import Callable, Optional

from . import log, recorder, selection, staging
from .hooks import serving
from .interfaces.asgi import record
from .recording import Recording
from .request import Request

try:
    from asgiref.sync import iscoroutinefunction, markcoroutinefunction
except ImportError:
    # Older than 3.6, which comes with Django before 4.2: Django adapts this to its async handler.
    iscoroutinefunction = None


class DjangoMiddleware:
    """Records what the middleware below it and the view do; to be the first of MIDDLEWARE.

    A streamed body is made after it and is not recorded; the hook of the server, which the
    environment brings, sees that too. In Django's settings, `HOTLINE_TRIGGER_SECRET`,
    `HOTLINE_TRIGGER` and `HOTLINE_TRIGGER_ANSWER` are what `hotline.wsgi` takes.
    """

    sync_capable = True
    async_capable = iscoroutinefunction is not None

    def __init__(self, get_response: Callable) -> None:
        _configure()
        serving.start_explicitly()
        self._get_response = get_response
        self._is_async = self.async_capable and iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: object) -> object:
        if self._is_async:
            return self._call_async(request)
        recording = _begin(request, enters=True)
        if recording is None:
            return self._get_response(request)
        try:
            return _told(recording.request, self._get_response(request))
        finally:
            recorder.finish(recording)

    async def _call_async(self, request: object) -> object:
        recording = _begin(request, enters=False)
        if recording is None:
            return await self._get_response(request)
        return await record(recording, self._respond(request, recording))

    async def _respond(self, request: object, recording: Recording) -> object:
        return _told(recording.request, await self._get_response(request))


def _configure() -> None:
    from django.conf import settings

    staging.configure(
        getattr(settings, 'HOTLINE_TRIGGER_SECRET', staging.NOT_GIVEN),
        getattr(settings, 'HOTLINE_TRIGGER', None),
        getattr(settings, 'HOTLINE_TRIGGER_ANSWER', None),
    )


def _told(request: Request, response: object) -> object:
    """The response, which tells of the profile if it has to."""
    request.status = response.status_code
    if request.identifier is not None:
        response[staging.HEADER] = request.identifier
    return response


def _begin(request: object, enters: bool) -> Optional[Recording]:
    try:
        query = request.META.get('QUERY_STRING', '')
        header = request.headers.get
        if not selection.selects(request.method, request.path, query, header):
            return None
        facts = Request(request.method, request.path, selection.masked(query) or None)
        facts.user_agent = selection.client_class(header('user-agent'))
        staging.note(facts, request.META.get('REMOTE_ADDR'), header)
        return recorder.begin(facts, sys._getframe(1), enters)
    except Exception as error:
        log.once('django', 'could not read a request of Django: %r' % error)
        return None
