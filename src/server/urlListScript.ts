import { probeMarker } from './probeAnswer';
import { loadProject } from './probeScript';

/**
 * Asks a Django project for its URL patterns. Runs on Python 2.7 and 3, and Django from 1.11 on;
 * argument 1 is the path of manage.py. What stands in a pattern besides names and converters is left
 * out as Django's own documentation of a project does.
 */
export const urlListScript = `
import json, os, runpy, sys
${loadProject}
def templates(patterns, prefix):
    found = []
    for entry in patterns:
        pattern = getattr(entry, "pattern", None) or entry.regex.pattern
        route = prefix + str(pattern)
        nested = getattr(entry, "url_patterns", None)
        found += [simplify_regex(route)] if nested is None else templates(nested, route)
    return found

load_project(sys.argv[1])
import django
django.setup()
from django.contrib.admindocs.views import simplify_regex
from django.urls import get_resolver

urls = templates(get_resolver().url_patterns, "")
sys.__stdout__.write("\\n${probeMarker}" + json.dumps({"urls": urls}) + "\\n")
sys.__stdout__.flush()
os._exit(0)
`;
