"""What is hooked beside the ways in: libraries whose work within a request is told apart."""

from __future__ import annotations

#: As `importing.ENTRIES`. Installed when a process turns out to answer requests.
INSTRUMENTS = {
    'django.core.cache.backends.base': 'spans.django_cache:install',
    'django.db.backends.signals': 'spans.django_sql:install',
    'django.template.base': 'spans.django_templates:install',
    'jinja2.environment': 'spans.jinja2_templates:install',
    'sqlalchemy.engine': 'spans.sqlalchemy:install',
}
