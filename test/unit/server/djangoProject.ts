import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cache } from '../../../tools/paths.mjs';

/** The smallest Django project that the profiled server can serve. */
const FILES: Readonly<Record<string, string>> = {
  'manage.py': `import os, sys
if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
`,
  'shop/__init__.py': '',
  'shop/settings.py': `SECRET_KEY = "for tests"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "django_extensions"]
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
`,
  'shop/urls.py': `from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("items/<int:pk>/", lambda request, pk: HttpResponse("item %d" % pk))]
`,
};

/** A virtual environment with Django and django-extensions; `undefined` when the machine has none for tests. */
export function djangoEnvironment(): string | undefined {
  const folder = process.env['HOTLINE_PYTHON_ENV'] ?? join(cache, 'venv');
  try {
    execFileSync(join(folder, 'bin', 'python'), ['-c', 'import django, django_extensions']);
    return folder;
  } catch {
    return undefined;
  }
}

/** Why a test that needs Django does not run; `false` when it does. */
export function withoutDjango(): string | false {
  return djangoEnvironment() === undefined
    ? 'HOTLINE_PYTHON_ENV names no environment with Django and django-extensions'
    : false;
}

/** A project on disk, its environment in `.venv`; removed with `remove`. */
export interface DjangoProject {
  readonly folder: string;
  write(path: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a project in a folder of its own. */
export async function makeDjangoProject(): Promise<DjangoProject> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-django-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(FILES)) await write(path, text);
  const environment = djangoEnvironment();
  if (environment !== undefined) await symlink(environment, join(folder, '.venv'));
  return { folder, write, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A port on which nothing listens now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
