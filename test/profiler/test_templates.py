"""Lines of Django templates: hits, inclusive and own time."""

import os
import unittest

from fake_clock import FakeClock
from hotline.recording import Recording
from hotline.request import Request
from hotline.spans import django_templates, template_lines
from user_folder import UserFolder, line_of

HITS, TIME, SELF = range(3)

#: Nanoseconds of what is slow in a test; all the rest takes a few.
SLOW = 1_000_000


class DjangoTemplates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import django_project  # noqa: F401
        from django.template import base

        django_templates.install(base)

    def setUp(self):
        import django_project

        self.folder = UserFolder()
        self.addCleanup(self.folder.close)
        self.folder.path = django_project.TEMPLATES
        self.addCleanup(setattr, self.folder, 'path', self.folder.path)
        self.recording = Recording(Request('GET', '/'), 'samples')
        self.clock = FakeClock()
        self.clock.replace(self, django_templates, 'perf_counter_ns')

    def slow(self):
        self.clock.pass_by(SLOW)
        return 'slow'

    def template(self, name, text):
        return self.folder.file(name, text)

    def render(self, name, **context):
        from django.template.loader import render_to_string

        with self.recording.working():
            return render_to_string(name, context)

    def lines(self):
        return template_lines.of(self.recording)

    def line(self, path, text):
        return self.lines()[path, line_of(path, text)]

    def test_a_line_in_a_loop_is_hit_once_an_iteration_and_the_loop_once(self):
        path = self.template(
            'loop.html',
            """
            <h1>{{ title }}</h1>
            {% for item in items %}
              <li>{{ item }} {{ item }}</li>
            {% endfor %}
            """,
        )
        self.render('loop.html', items=range(7))
        self.assertEqual(self.line(path, 'title')[HITS], 1)
        self.assertEqual(self.line(path, '{% for')[HITS], 1)
        self.assertEqual(self.line(path, '<li>')[HITS], 7)

    def test_time_is_the_lines_that_took_it_and_of_those_around_it(self):
        path = self.template(
            'slow.html',
            """
            {% if yes %}
              {{ call }}
              {{ other }}
            {% endif %}
            """,
        )
        self.render('slow.html', yes=True, call=self.slow)
        outer, inner, other = (self.line(path, text) for text in ('{% if', 'call', 'other'))
        self.assertGreaterEqual(inner[SELF], SLOW)
        self.assertGreaterEqual(outer[TIME], inner[TIME] + other[TIME])
        self.assertLess(outer[SELF], SLOW / 2)
        self.assertLess(other[TIME], SLOW / 2)
        # All own times together are the time of the outermost.
        own = sum(line[SELF] for line in self.lines().values())
        self.assertEqual(own, outer[TIME])

    def test_nodes_of_one_line_inside_of_each_other_count_their_time_once(self):
        path = self.template('one.html', '{% if yes %}{% if yes %}{{ call }}{% endif %}{% endif %}')
        self.render('one.html', yes=True, call=self.slow)
        hits, inclusive, own = self.line(path, 'call')
        self.assertEqual(hits, 1)
        self.assertLess(inclusive, 2 * SLOW)
        self.assertEqual(inclusive, own)

    def test_a_template_that_includes_itself_counts_its_time_once(self):
        path = self.template(
            'tree.html',
            """
            {% if node %}
              {{ node.call }}
              {% include "tree.html" with node=node.child %}
            {% endif %}
            """,
        )
        self.render(
            'tree.html', node={'call': self.slow, 'child': {'call': self.slow, 'child': None}}
        )
        self.assertEqual(self.line(path, '{% if')[HITS], 3)
        self.assertEqual(self.line(path, 'node.call')[HITS], 2)
        self.assertGreaterEqual(self.line(path, '{% if')[TIME], 2 * SLOW)
        self.assertLess(self.line(path, '{% if')[TIME], 3 * SLOW)
        self.assertLess(self.line(path, '{% include')[TIME], 2 * SLOW)

    def test_inherited_and_included_lines_belong_to_their_own_file(self):
        base = self.template('base.html', '<body>\n{% block content %}{% endblock %}\n</body>')
        part = self.template('part.html', '{{ call }}')
        page = self.template(
            'page.html',
            """
            {% extends "base.html" %}
            {% block content %}
              {% include "part.html" %}
            {% endblock %}
            """,
        )
        self.render('page.html', call=self.slow)
        self.assertGreaterEqual(self.line(part, 'call')[SELF], SLOW)
        self.assertGreaterEqual(self.line(page, '{% include')[TIME], SLOW)
        self.assertLess(self.line(page, '{% include')[SELF], SLOW / 2)
        self.assertGreaterEqual(self.line(page, '{% extends')[TIME], SLOW)
        self.assertEqual({file for file, _ in self.lines()}, {base, part, page})

    def test_an_error_of_a_template_stays_as_it_is_with_its_place(self):
        from django.template import TemplateSyntaxError

        self.template('broken.html', '<p>\n{% url "missing" %}')
        with self.assertRaises(Exception) as plain:
            from django.template.loader import render_to_string

            render_to_string('broken.html')
        with self.assertRaises(type(plain.exception)) as recorded:
            self.render('broken.html')
        self.assertNotIsInstance(plain.exception, TemplateSyntaxError)
        self.assertEqual(
            getattr(recorded.exception, 'template_debug', {}).get('line'),
            getattr(plain.exception, 'template_debug', {}).get('line'),
        )

    def test_two_renderings_of_a_request_add_up(self):
        path = self.template('twice.html', '{{ title }}')
        self.render('twice.html')
        self.render('twice.html')
        self.assertEqual(self.line(path, 'title')[HITS], 2)

    def test_nothing_is_told_of_a_string_or_outside_of_a_request(self):
        from django.template import Context, Template
        from django.template.loader import render_to_string

        self.template('plain.html', '{{ title }}')
        render_to_string('plain.html')
        with self.recording.working():
            Template('{{ title }}').render(Context())
        self.assertEqual(self.lines(), {})

    def test_a_query_of_a_template_is_told_with_the_templates_line(self):
        from django.db import connection
        from django.db.backends import signals
        from hotline.spans import django_sql

        django_sql.install(signals)

        def query():
            with connection.cursor() as cursor:
                cursor.execute('SELECT 1')

        path = self.template('lazy.html', '<p>\n{{ query }}')
        self.render('lazy.html', query=query)
        (told,) = self.recording.queries
        self.assertEqual((told.file, told.line), (path, 2))

    def test_a_query_of_the_users_code_below_a_template_is_told_with_that_code(self):
        from django.db import connection
        from django.db.backends import signals
        from hotline.spans import django_sql

        django_sql.install(signals)
        module = self.folder.file(
            'model.py',
            """
            def count(connection):
                with connection.cursor() as cursor:
                    cursor.execute('SELECT 1')  # here
            """,
        )
        self.folder.set(HOTLINE_SOURCE_ROOTS=os.path.dirname(module))
        names = {}
        with open(module) as file:
            exec(compile(file.read(), module, 'exec'), names)
        self.template('lazy.html', '<p>\n{{ query }}')
        self.render('lazy.html', query=lambda: names['count'](connection))
        (told,) = self.recording.queries
        self.assertEqual((told.file, told.line), (module, line_of(module, '# here')))


if __name__ == '__main__':
    unittest.main()
