"""Watches imports: calls the hooks of servers and frameworks, and tells of the user's own modules.

The bootstrap loads this file alone, under a name of its own, before any other code of the process
runs. So it imports nothing that is not there already, and the package only when it is needed.
"""

from __future__ import annotations

import _frozen_importlib_external as machinery
import os
import sys
import time

#: Folder of the package `hotline`.
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

#: Before the user's code; nanoseconds since the epoch.
LOADED_NS = time.time_ns()

#: Modules through which requests come, and the function of this package that hooks each one.
ENTRIES = {
    'celery.app.trace': 'hooks.celery:install',
    'django.core.handlers.asgi': 'hooks.django:install_asgi_handler',
    'django.core.handlers.base': 'hooks.django:install_base_handler',
    'django.core.handlers.wsgi': 'hooks.django:install_wsgi_handler',
    'fastapi.routing': 'hooks.starlette:install_api_route',
    'flask.app': 'hooks.flask:install',
    'gunicorn.workers.base': 'hooks.gunicorn:install',
    'gunicorn.workers.gasgi': 'hooks.gunicorn:install_asgi',
    'hypercorn.utils': 'hooks.hypercorn:install',
    'starlette.applications': 'hooks.starlette:install_application',
    'starlette.routing': 'hooks.starlette:install_route',
    'starlette.staticfiles': 'hooks.starlette:install_static_files',
    'uvicorn.config': 'hooks.uvicorn:install',
    'waitress.server': 'hooks.waitress:install',
    'werkzeug.serving': 'hooks.werkzeug:install',
    'wsgiref.simple_server': 'hooks.wsgiref:install',
}

#: Whether lines can be measured by another code of the module only.
COMPILES = sys.version_info < (3, 12)


class Imports:
    """A finder of modules that knows which ones concern the profiler."""

    def __init__(self) -> None:
        self._hooks = dict(ENTRIES)
        self._entered = False
        #: `(code, path)` of the user's modules that were loaded before anybody asked.
        self._loaded = []
        self._on_loaded = self._keep
        #: What compiles the user's modules: `False` is not decided, `None` is Python.
        self._compile = False if COMPILES else None

    def find_spec(self, name, path=None, target=None):
        """Finds a watched module as the other finders do, and has its hook called once it ran."""
        if name not in self._hooks:
            return None
        spec = self._find(name, path, target)
        if spec is not None:
            _after_execution(spec, self._install)
        return spec

    def watch(self, hooks: dict[str, str]) -> None:
        """Adds hooks; those of modules that were imported already are called at once."""
        self._hooks.update(hooks)
        for name in hooks:
            module = sys.modules.get(name)
            if module is not None and not _is_loading(module):
                self._install(module)

    def watch_sources(self, loaded, compile_module) -> None:
        """Has every module of the user's, also the earlier ones, told to `loaded(code, path)`.

        The code of later ones is made by `compile_module(source, path)`, if that is given and does
        not return `None`.
        """
        earlier, self._loaded = self._loaded, []
        self._on_loaded, self._compile = loaded, compile_module
        for code, path in earlier:
            loaded(code, path)

    def _keep(self, code, path) -> None:
        self._loaded.append((code, path))

    def _find(self, name, path=None, target=None):
        for finder in sys.meta_path:
            find = getattr(finder, 'find_spec', None)
            spec = find(name, path, target) if finder is not self and find else None
            if spec is not None:
                return spec
        return None

    def _install(self, module) -> None:
        """Calls the hook of a module. An error here must not become one of the user's import."""
        try:
            if self._has_package():
                self._entered = True
                _resolve(self._hooks[module.__name__])(module)
        except Exception as error:
            _say_once('hook', 'cannot hook %s: %r' % (module.__name__, error))

    def _has_package(self) -> bool:
        """Whether `hotline` means this package and not a module of the user's own."""
        module = sys.modules.get('hotline')
        spec = self._find('hotline') if module is None else getattr(module, '__spec__', None)
        if spec is not None and spec.submodule_search_locations == [PACKAGE]:
            return True
        if self._hooks:
            self._hooks = {}
            self._compile = None
            origin = getattr(spec, 'origin', None)
            _say_once('package', 'nothing is profiled: hotline is the module %s' % origin)
        return False

    def compiled(self, loader):
        """Code of the loader's module that measures its lines, `None` where Python makes it."""
        try:
            if self._compile is None or type(loader) is not machinery.SourceFileLoader:
                return None
            source = loader.get_data(loader.path)
            if self._compile is False and (self._entered or _is_to_serve(source)):
                self._compile = None
                if self._has_package():
                    _resolve('hooks.serving:watch_sources')()
            return self._compile(source, loader.path) if self._compile else None
        except Exception as error:
            _say_once('lines', 'cannot measure the lines of %s: %r' % (loader.path, error))
            return None

    def loaded(self, code, path: str) -> None:
        """Tells of the code of a module of the user's."""
        try:
            self._on_loaded(code, path)
        except Exception as error:
            _say_once('lines', 'cannot measure the lines of %s: %r' % (path, error))


class PackageFinder:
    """Finds this package where nobody else has a module of its name."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != 'hotline':
            return None
        return machinery.PathFinder.find_spec(name, [os.path.dirname(PACKAGE)])


def install_package() -> None:
    """Has `import hotline` find this package, once, if there is no other module of that name."""
    if PackageFinder not in sys.meta_path:
        sys.meta_path.append(PackageFinder)


#: The finder of this process, once there is one.
imports = None


def install() -> None:
    """Starts to watch, once."""
    global imports
    if imports is not None:
        return
    imports = Imports()
    sys.meta_path.insert(0, imports)
    install_package()
    _watch_loader()
    imports.watch(ENTRIES)


def _watch_loader() -> None:
    """Told by a prefix alone, for all that is imported comes through here."""
    roots = _source_roots()
    normcase = os.path.normcase
    original = machinery.SourceFileLoader.get_code

    def get_code(self, fullname):
        path = self.path
        if not normcase(path).startswith(roots) or 'site-packages' in path:
            return original(self, fullname)
        code = imports.compiled(self) or original(self, fullname)
        imports.loaded(code, path)
        return code

    _hide(get_code)
    machinery.SourceFileLoader.get_code = get_code


def _source_roots() -> tuple[str, ...]:
    """Prefixes of the paths of the user's own modules, with symbolic links and without."""
    folders = os.environ.get('HOTLINE_SOURCE_ROOTS', '').split(os.pathsep)
    folders = [folder for folder in folders if folder] or [os.getcwd()]
    return tuple(
        os.path.join(os.path.normcase(spell(folder)), '')
        for folder in folders
        for spell in (os.path.abspath, os.path.realpath)
    )


def _after_execution(spec, call) -> None:
    """Has `call(module)` called when the module of the spec was executed without an error."""
    loader = spec.loader
    execute = getattr(loader, 'exec_module', None)

    def exec_module(module):
        execute(module)
        if module.__spec__ is spec:
            vars(loader).pop('exec_module', None)
            call(module)

    _hide(exec_module)
    # A loader that is a class loads other modules too: those that are built in.
    if execute is not None and hasattr(loader, '__dict__') and not isinstance(loader, type):
        loader.exec_module = exec_module


def _hide(function) -> None:
    """Makes import leave a function out of tracebacks, as it does its own."""
    own = machinery.SourceLoader.get_code.__code__.co_filename
    function.__code__ = function.__code__.replace(co_filename=own)


def _is_loading(module) -> bool:
    return getattr(getattr(module, '__spec__', None), '_initializing', False)


def _is_to_serve(source: bytes) -> bool:
    """Whether the command line says so, `manage.py runserver`, or the source of the user's module.

    A module that imports a framework comes before the framework, and its own lines count too; not
    so with Django's, which its many other commands import as well.
    """
    words = getattr(sys, 'argv', ())[1:]
    return any(word.startswith(('run', 'serve')) for word in words) or any(
        name in source for name in (b'flask', b'fastapi', b'starlette')
    )


def _resolve(name: str):
    part, function = name.split(':')
    __import__('hotline.' + part)
    return getattr(sys.modules['hotline.' + part], function)


_said = set()


def _say_once(subject: str, message: str) -> None:
    """As `log.once`, which is a part of the package."""
    if subject in _said:
        return
    _said.add(subject)
    try:
        sys.stderr.write('hotline: %s\n' % message)
    except Exception:
        pass
