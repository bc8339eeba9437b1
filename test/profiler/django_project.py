"""Django, configured once for all tests of this process; raises SkipTest where it is missing."""

import atexit
import os
import shutil
import tempfile
import unittest

try:
    import django
except ImportError:
    raise unittest.SkipTest('Django is not installed') from None

_folder = os.path.realpath(tempfile.mkdtemp(prefix='hotline-test-django-'))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

#: Templates may be written here.
TEMPLATES = os.path.join(_folder, 'templates')


def configure():
    from django.conf import settings

    if settings.configured:
        return
    os.makedirs(TEMPLATES, exist_ok=True)
    settings.configure(
        DEBUG=True,
        SECRET_KEY='test',
        USE_TZ=True,
        DATABASES={
            'default': {
                'ENGINE': 'django.db.backends.sqlite3',
                'NAME': os.path.join(_folder, 'default.sqlite3'),
            },
            'other': {
                'ENGINE': 'django.db.backends.sqlite3',
                'NAME': os.path.join(_folder, 'other.sqlite3'),
            },
        },
        CACHES={
            'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'},
            'files': {
                'BACKEND': 'django.core.cache.backends.filebased.FileBasedCache',
                'LOCATION': os.path.join(_folder, 'cache'),
            },
        },
        TEMPLATES=[
            {
                'BACKEND': 'django.template.backends.django.DjangoTemplates',
                'DIRS': [TEMPLATES],
                'OPTIONS': {'debug': True},
            }
        ],
    )
    django.setup()


configure()
