"""Checks a document against one of the profiler's JSON schemas, by the keywords of draft 7 that it uses."""

import json
import math
import os
import re

FOLDER = os.path.join(os.path.dirname(__file__), '..', '..', 'python', 'schema')

TYPES = {'object': dict, 'array': list, 'string': str, 'integer': int, 'number': (int, float)}

KNOWN = {
    '$id',
    '$ref',
    '$schema',
    'additionalProperties',
    'const',
    'definitions',
    'description',
    'enum',
    'items',
    'maxItems',
    'minItems',
    'minLength',
    'minimum',
    'pattern',
    'properties',
    'required',
    'title',
    'type',
}


def problems(document, schema='hotline-profile'):
    """What in a document is not as the schema says, a line each; empty for a valid one."""
    path = os.path.join(FOLDER, schema + '.schema.json')
    with open(path, encoding='utf-8') as file:
        schema = json.load(file)
    found = []
    _check(document, schema, schema['definitions'], 'file', found)
    return found


def _check(value, schema, definitions, where, found):
    unknown = set(schema) - KNOWN
    if unknown:
        raise ValueError('this checker does not know %s' % unknown)
    if '$ref' in schema:
        _check(value, definitions[schema['$ref'].rpartition('/')[2]], definitions, where, found)
    kind = schema.get('type')
    if kind and (not isinstance(value, TYPES[kind]) or isinstance(value, bool)):
        found.append('%s is no %s but %r' % (where, kind, value))
        return
    if 'const' in schema and value != schema['const']:
        found.append('%s is %r' % (where, value))
    if 'enum' in schema and value not in schema['enum']:
        found.append('%s is %r' % (where, value))
    if isinstance(value, dict):
        _check_object(value, schema, definitions, where, found)
    elif isinstance(value, list):
        if not schema.get('minItems', 0) <= len(value) <= schema.get('maxItems', math.inf):
            found.append('%s has %d items' % (where, len(value)))
        for index, item in enumerate(value):
            _check(item, schema.get('items', {}), definitions, '%s[%d]' % (where, index), found)
    elif isinstance(value, str):
        is_like = re.search(schema.get('pattern', ''), value)
        if len(value) < schema.get('minLength', 0) or not is_like:
            found.append('%s is %r' % (where, value))
    elif not schema.get('minimum', -math.inf) <= value < math.inf:
        found.append('%s is %r' % (where, value))


def _check_object(value, schema, definitions, where, found):
    properties = schema.get('properties', {})
    for name in schema.get('required', ()):
        if name not in value:
            found.append('%s has no %s' % (where, name))
    for name, member in value.items():
        if name in properties:
            _check(member, properties[name], definitions, '%s.%s' % (where, name), found)
        elif schema.get('additionalProperties') is False:
            found.append('%s has an unknown %s' % (where, name))
