import os

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECRET_KEY = 'test'
DEBUG = True
ALLOWED_HOSTS = ['*']
INSTALLED_APPS = ['django.contrib.staticfiles', 'books']
MIDDLEWARE = []
ROOT_URLCONF = 'books.urls'
WSGI_APPLICATION = 'books.wsgi.application'
STATIC_URL = '/static/'
DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': os.path.join(BASE_DIR, 'books.sqlite3'),
    }
}
TEMPLATES = [
    {'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True},
]
USE_TZ = True
