"""Lines of Jinja2 templates: hits, inclusive and own time, and the numbers in tracebacks."""

import asyncio
import os
import sys
import traceback
import unittest

from fake_clock import FakeClock
from hotline import user_code
from hotline.recording import Recording
from hotline.request import Request
from hotline.spans import jinja2_templates, template_lines
from user_folder import UserFolder, line_of

try:
    import jinja2
except ImportError:
    raise unittest.SkipTest('Jinja2 is not installed') from None

HITS, TIME, OWN = range(3)

#: Nanoseconds of what is slow in a test; all the rest takes a few.
SLOW = 1_000_000


class Jinja2Templates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import jinja2.environment

        jinja2_templates.install(jinja2.environment)

    def setUp(self):
        self.folder = UserFolder()
        self.addCleanup(self.folder.close)
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.folder.path), autoescape=True
        )
        self.recording = Recording(Request('GET', '/'), 'samples')
        self.clock = FakeClock()
        self.clock.replace(self, jinja2_templates, 'clock')

    def slow(self):
        self.clock.pass_by(SLOW)
        return 'slow'

    def render(self, name, **context):
        with self.recording.working():
            return self.environment.get_template(name).render(slow=self.slow, **context)

    def line(self, path, text):
        return template_lines.of(self.recording)[path, line_of(path, text)]

    def test_a_line_in_a_loop_is_hit_once_an_iteration_and_the_loop_once(self):
        path = self.folder.file(
            'loop.html',
            """
            <h1>{{ title }}</h1>
            {% for item in items %}
              <li>{{ item|upper }} {{ item|lower }}</li>
            {% else %}
              nothing
            {% endfor %}
            """,
        )
        text = self.render('loop.html', title='T', items=['a'] * 7)
        self.assertEqual(text.count('<li>A a</li>'), 7)
        self.assertEqual(self.line(path, 'title')[HITS], 1)
        self.assertEqual(self.line(path, '{% for')[HITS], 1)
        self.assertEqual(self.line(path, '<li>')[HITS], 7)

    def test_time_is_the_lines_that_took_it_and_of_those_around_it(self):
        path = self.folder.file(
            'slow.html',
            """
            {% if yes %}
              {{ slow() }}
              {{ other|upper }}
            {% endif %}
            {% set value = slow() %}
            """,
        )
        self.render('slow.html', yes=True, other='a')
        outer, inner, other = (self.line(path, text) for text in ('{% if', '{{ slow', 'other'))
        self.assertGreaterEqual(inner[OWN], SLOW)
        self.assertGreaterEqual(outer[TIME], inner[TIME] + other[TIME])
        self.assertLess(outer[OWN], SLOW / 2)
        self.assertLess(other[TIME], SLOW / 2)
        self.assertGreaterEqual(self.line(path, '{% set')[OWN], SLOW)

    def test_inherited_included_and_imported_lines_belong_to_their_own_file(self):
        base = self.folder.file(
            'base.html', '<body>\n{% block content %}{% endblock %}\n{{ slow() }}\n</body>'
        )
        part = self.folder.file('part.html', 'part\n{{ slow() }}')
        macros = self.folder.file(
            'macros.html', '{% macro field(call) %}\n<b>\n{{ call() }}</b>\n{% endmacro %}'
        )
        page = self.folder.file(
            'page.html',
            """
            {% extends "base.html" %}
            {% from "macros.html" import field %}
            {% block content %}
              {% include "part.html" %}
              {{ field(slow) }}
            {% endblock %}
            """,
        )
        self.assertIn('<b>\nslow</b>', self.render('page.html'))
        for path, text in ((base, 'slow'), (part, 'slow'), (macros, 'call()')):
            self.assertGreaterEqual(self.line(path, text)[OWN], SLOW, path)
        self.assertGreaterEqual(self.line(page, '{% include')[TIME], SLOW)
        self.assertLess(self.line(page, '{% include')[OWN], SLOW / 2)
        self.assertGreaterEqual(self.line(page, 'field(slow)')[TIME], SLOW)
        self.assertLess(self.line(page, 'field(slow)')[OWN], SLOW / 2)
        self.assertGreaterEqual(self.line(page, '{% extends')[TIME], 3 * SLOW)
        self.assertGreaterEqual(self.line(base, '{% block')[TIME], 2 * SLOW)

    def test_a_loop_that_recurses_counts_its_time_once(self):
        path = self.folder.file(
            'tree.html',
            """
            {% for node in nodes recursive %}
              {{ slow() }}
              {{ loop(node) }}
            {% endfor %}
            """,
        )
        self.render('tree.html', nodes=[[[]]])
        self.assertEqual(self.line(path, '{{ slow')[HITS], 2)
        self.assertGreaterEqual(self.line(path, '{% for')[TIME], 2 * SLOW)
        self.assertLess(self.line(path, '{% for')[TIME], 3 * SLOW)
        self.assertLess(self.line(path, '{{ loop')[TIME], 2 * SLOW)

    def test_lines_that_are_put_out_together_are_told_apart(self):
        path = self.folder.file(
            'macro.html',
            """
            {% macro cell(value) %}
              <td>{{ value|upper }}
              {{ slow() }}
              {{ value|lower }}</td>
            {% endmacro %}
            {{ cell('a') }}
            """,
        )
        self.assertIn('<td>A', self.render('macro.html'))
        self.assertLess(self.line(path, 'upper')[TIME], SLOW / 2)
        self.assertGreaterEqual(self.line(path, 'slow')[TIME], SLOW)
        self.assertLess(self.line(path, 'lower')[TIME], SLOW / 2)

    def test_every_statement_puts_out_what_it_does_without_the_profiler(self):
        source = """
            {% macro cell(x, y=2) %}<td>{{ x }}{{ y }}{{ caller() if caller }}</td>{% endmacro %}
            {% set total = namespace(n=0) %}
            {% for item in items if item recursive %}
              {% set total.n = total.n + item|length %}
              {% if loop.first %}first{% elif loop.last %}last{% else %}{{ loop.index }}{% endif %}
              {{ loop(item) if item is not string }}
            {% else %}none{% endfor %}
            {% set block %}<b>{{ total.n }}</b>{% endset %}{{ block }}
            {% filter upper %}x{{ items|first }}{% endfilter %}
            {% call cell(1) %}body{% endcall %}
            {% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}
            {% autoescape false %}{{ '<i>' }}{% endautoescape %}
            {% raw %}{{ raw }}{% endraw %}
            {% block one scoped %}{{ self.two() }}{% endblock %}
            {% block two %}two{% endblock %}
            {% include "missing.html" ignore missing %}
            {% for a in [] %}{% else %}empty{% endfor %}
            {% for a in [1, 2, 3] %}{% if a == 2 %}{% continue %}{% endif %}{{ a }}{% endfor %}
            """
        self.folder.file('all.html', source)
        with open(os.path.join(self.folder.path, 'all.html')) as file:
            text = file.read()
        options = {'autoescape': True, 'extensions': ['jinja2.ext.loopcontrols']}
        plain = jinja2.Environment(loader=jinja2.DictLoader({'all.html': text}), **options)
        self.environment = jinja2.Environment(loader=self.environment.loader, **options)
        items = ['abc', ['de', ['f']], 'g']
        self.assertEqual(
            self.render('all.html', items=items),
            plain.get_template('all.html').render(items=items),
        )
        self.assertTrue(template_lines.of(self.recording))

    def test_errors_are_told_with_the_templates_line(self):
        path = self.folder.file('broken.html', '<p>\n\n{{ 1 // zero }}\n</p>')
        try:
            self.render('broken.html', zero=0)
        except ZeroDivisionError as error:
            frames = traceback.extract_tb(error.__traceback__)
        self.assertIn((path, 3), [(frame.filename, frame.lineno) for frame in frames])

    def test_stacks_show_the_templates_line(self):
        path = self.folder.file('stack.html', '<p>\n\n{{ look() }}\n</p>')
        seen = []

        def look():
            frame = sys._getframe()
            while frame is not None:
                seen.append((frame.f_code.co_filename, frame.f_lineno))
                frame = frame.f_back

        self.render('stack.html', look=look)
        self.assertIn((path, 3), seen)

    def test_what_a_template_asks_for_is_told_with_its_line(self):
        path = self.folder.file('query.html', '<p>\n{{ query() }}\n</p>')
        found = []
        self.render('query.html', query=lambda: found.append(user_code.caller_line()))
        self.assertEqual(found, [(path, 2)])

    def test_a_bytecode_cache_neither_hides_lines_nor_keeps_ours(self):
        class Cache(jinja2.BytecodeCache):
            kept = {}

            def load_bytecode(self, bucket):
                raise AssertionError('code of the cache does not tell its lines')

            def dump_bytecode(self, bucket):
                self.kept[bucket.key] = bucket

        path = self.folder.file('cached.html', '{{ slow() }}')
        self.environment.bytecode_cache = Cache()
        self.render('cached.html')
        self.assertGreaterEqual(self.line(path, 'slow')[TIME], SLOW)
        self.assertEqual(Cache.kept, {})

    def test_asynchronous_templates_are_told(self):
        path = self.folder.file(
            'async.html',
            """
            {% for item in items() %}
              {{ wait(item) }}
            {% endfor %}
            """,
        )
        self.environment = jinja2.Environment(loader=self.environment.loader, enable_async=True)

        async def items():
            for item in 'abc':
                yield item

        async def wait(item):
            await asyncio.sleep(0)
            return item

        async def request():
            with self.recording.working():
                template = self.environment.get_template('async.html')
                return await template.render_async(items=items, wait=wait)

        self.assertEqual(asyncio.run(request()).split(), ['a', 'b', 'c'])
        self.assertEqual(self.line(path, '{{ wait')[HITS], 3)
        self.assertEqual(self.line(path, '{% for')[HITS], 1)

    def test_streams_are_told(self):
        path = self.folder.file('stream.html', '{% for i in items %}\n{{ i|upper }}\n{% endfor %}')
        with self.recording.working():
            for _ in self.environment.get_template('stream.html').stream(items='abc'):
                pass
        self.assertEqual(self.line(path, '{{ i')[HITS], 3)

    def test_nothing_is_told_of_a_string_or_outside_of_a_request(self):
        self.folder.file('plain.html', '{{ title|upper }}')
        self.environment.get_template('plain.html').render(title='a')
        with self.recording.working():
            self.environment.from_string('{{ title|upper }}').render(title='a')
        self.assertEqual(template_lines.of(self.recording), {})

    def test_of_very_many_pieces_the_last_are_kept_and_the_file_says_so(self):
        self.addCleanup(setattr, template_lines, 'MAXIMUM_PIECES', template_lines.MAXIMUM_PIECES)
        template_lines.MAXIMUM_PIECES = 5
        path = self.folder.file('many.html', '{% for i in items %}\n{{ i|upper }}\n{% endfor %}')
        self.render('many.html', items='abc' * 10)
        self.assertEqual(self.line(path, '{{ i')[HITS], 4)
        self.assertEqual(len(self.recording.warnings), 1)


if __name__ == '__main__':
    unittest.main()
