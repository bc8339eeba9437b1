"""Settings of a shop that runs on a developer's machine and nowhere else."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = True
SECRET_KEY = 'only for this sample: it is served to nobody but you'
ALLOWED_HOSTS = ['localhost', '127.0.0.1']

ROOT_URLCONF = 'harbour.urls'
WSGI_APPLICATION = 'harbour.wsgi.application'

INSTALLED_APPS = [
    'django.contrib.staticfiles',
    'django_extensions',
    'shop',
]

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'APP_DIRS': True,
        'OPTIONS': {'context_processors': ['django.template.context_processors.request']},
    },
]

DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': BASE_DIR / 'shop.sqlite3',
    },
}

DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
STATIC_URL = 'static/'
MEDIA_URL = 'media/'
USE_TZ = True
