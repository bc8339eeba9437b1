import { probeMarker } from './probeAnswer';

/**
 * A function for programs that look at a Django project: manage.py sets it up as it always does, but
 * no management command is run. They import runpy and sys.
 */
export const loadProject = `
def load_project(manage):
    from django.core import management
    management.ManagementUtility.execute = lambda self: None
    sys.argv = [manage, "runprofileserver"]
    runpy.run_path(manage, run_name="__main__")
`;

/**
 * Asks an interpreter about a Django project, and looks at its settings. Runs on Python 2.7
 * and 3; argument 1 is the path of manage.py. Django is set up in full (which imports the models)
 * only when INSTALLED_APPS does not name django_extensions, because an AppConfig may stand for it.
 */
export const probeScript = `
import json, os, runpy, sys
${loadProject}
facts = {"executable": sys.executable, "version": list(sys.version_info[:2])}

def version_of(name):
    try:
        return str(getattr(__import__(name), "__version__", "unknown"))
    except ImportError:
        return None

def is_installed(settings):
    if any(app.split(".")[0] == "django_extensions" for app in settings.INSTALLED_APPS):
        return True
    import django
    from django.core.management import get_commands
    django.setup()
    return "runprofileserver" in get_commands()

def options_of_command():
    from django.core.management import load_command_class
    command = load_command_class("django_extensions", "runprofileserver")
    parser = command.create_parser("manage.py", "runprofileserver")
    return sorted(parser._option_string_actions)

def look_at_project(manage):
    load_project(manage)
    from django.conf import settings
    facts["excludedUrls"] = [
        [name, getattr(settings, name, None)] for name in ("MEDIA_URL", "STATIC_URL")
    ]
    module = sys.modules.get(settings.SETTINGS_MODULE)
    facts["settingsFile"] = getattr(module, "__file__", None)
    facts["installed"] = is_installed(settings)
    if facts["installed"]:
        facts["options"] = options_of_command()

try:
    facts["django"] = version_of("django")
    facts["extensions"] = facts["django"] and version_of("django_extensions")
    if facts["extensions"]:
        look_at_project(sys.argv[1])
except BaseException as error:
    facts["exception"] = "%s: %s" % (type(error).__name__, error)

sys.__stdout__.write("\\n${probeMarker}" + json.dumps(facts) + "\\n")
sys.__stdout__.flush()
os._exit(0)
`;
