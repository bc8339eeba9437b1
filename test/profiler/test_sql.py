"""Queries of Django and of SQLAlchemy, sent to real SQLite databases."""

import asyncio
import threading
import unittest

from hotline.recording import Recording
from hotline.request import Request
from hotline.spans import queries, room
from user_folder import UserFolder, line_of


def new_recording():
    return Recording(Request('GET', '/'), 'samples')


class DjangoSql(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import django_project  # noqa: F401
        from django.db import connection
        from django.db.backends import signals
        from hotline.spans import django_sql

        with connection.cursor() as cursor:
            cursor.execute('CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT)')
        # Later than the first connection, as in a test or a shell.
        django_sql.install(signals)

    def setUp(self):
        from django.db import connection

        self.connection = connection
        self.folder = UserFolder()
        self.addCleanup(self.folder.close)
        self.recording = new_recording()

    def run_recorded(self, function, *arguments):
        with self.recording.working():
            return function(*arguments)

    def execute(self, sql, params=None):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def the_query(self):
        (query,) = self.recording.queries
        return query

    def test_a_statement_is_told_as_it_was_sent_without_its_parameters(self):
        self.run_recorded(self.execute, 'SELECT * FROM item WHERE name = %s', ['secret'])
        query = self.the_query()
        self.assertEqual(query.statement, 'SELECT * FROM item WHERE name = %s')
        self.assertIsNone(query.parameters)
        self.assertEqual(query.database, 'default')
        self.assertGreaterEqual(query.started, self.recording.started)
        self.assertGreater(query.duration, 0)

    def test_parameters_are_told_when_asked_for_and_cut_when_long(self):
        self.folder.set(HOTLINE_SQL_PARAMETERS='1')
        self.run_recorded(self.execute, 'SELECT %s', ['x' * 100_000])
        self.assertIn("['xxx", self.the_query().parameters)
        self.assertLess(len(self.the_query().parameters), 1_000)

    def test_the_users_own_line_is_told(self):
        module = self.folder.module(
            'shop',
            """
            def load(execute):
                return execute('SELECT 1')  # here
            """,
        )
        self.run_recorded(module.load, self.execute)
        query = self.the_query()
        self.assertEqual(
            (query.file, query.line), (module.__file__, line_of(module.__file__, '# here'))
        )

    def test_the_users_line_that_serves_the_request_is_not_told(self):
        module = self.folder.module(
            'server',
            """
            def serve(recording, execute):
                with recording.working():
                    return execute('SELECT 1')
            """,
        )
        module.serve(self.recording, self.execute)
        self.assertIsNone(self.the_query().file)

    def test_rows_changed_are_told_and_unknown_ones_are_not(self):
        self.run_recorded(self.execute, "INSERT INTO item (name) VALUES ('a'), ('b')")
        self.run_recorded(self.execute, 'SELECT * FROM item')
        insert, select = self.recording.queries
        self.assertEqual(insert.rows, 2)
        self.assertIsNone(select.rows)

    def test_executemany_tells_how_many(self):
        def insert():
            with self.connection.cursor() as cursor:
                cursor.executemany('INSERT INTO item (name) VALUES (%s)', [['a'], ['b'], ['c']])

        self.run_recorded(insert)
        self.assertEqual(self.the_query().many, 3)

    def test_a_failing_statement_is_told_and_its_error_is_the_databases(self):
        from django.db import OperationalError

        with self.assertRaises(OperationalError):
            self.run_recorded(self.execute, 'SELECT * FROM missing')
        self.assertEqual(self.the_query().statement, 'SELECT * FROM missing')

    def test_nothing_is_told_outside_of_a_request(self):
        self.execute('SELECT 1')
        self.assertEqual(self.recording.queries, [])

    def test_the_users_own_wrappers_stay(self):
        seen = []

        def wrapper(execute, sql, params, many, context):
            seen.append(sql)
            return execute(sql, params, many, context)

        def reconnect():
            self.connection.close()
            with self.connection.execute_wrapper(wrapper):
                self.execute('SELECT 1')
            self.execute('SELECT 2')

        self.run_recorded(reconnect)
        self.assertEqual(seen, ['SELECT 1'])
        self.assertEqual([q.statement for q in self.recording.queries], ['SELECT 1', 'SELECT 2'])
        self.assertNotIn(wrapper, self.connection.execute_wrappers)

    def test_a_connection_that_was_opened_again_is_told_once(self):
        self.connection.close()
        self.connection.ensure_connection()
        self.run_recorded(self.execute, 'SELECT 1')
        self.the_query()

    def test_djangos_own_log_of_queries_stays_as_it_is(self):
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(self.connection) as captured:
            self.run_recorded(self.execute, 'SELECT 1')
        self.assertEqual(len(captured), 1)
        self.the_query()

    def test_other_databases_are_told_by_their_alias(self):
        from django.db import connections

        def query_other():
            with connections['other'].cursor() as cursor:
                cursor.execute('SELECT 1')

        self.run_recorded(query_other)
        self.assertEqual(self.the_query().database, 'other')

    def test_a_connection_of_a_new_thread_is_followed(self):
        def in_thread():
            with self.recording.working():
                self.execute('SELECT 1')
            self.connection.close()

        thread = threading.Thread(target=in_thread)
        thread.start()
        thread.join()
        self.the_query()

    def test_a_query_on_a_thread_is_told_with_the_line_that_awaits_it(self):
        try:
            from asgiref.sync import sync_to_async
        except ImportError:
            self.skipTest('asgiref is not installed')
        module = self.folder.module(
            'shop',
            """
            async def view(execute):
                await execute('SELECT 1')  # here
            """,
        )

        def execute(sql):
            with self.recording.working():
                self.execute(sql)
            self.connection.close()

        async def request():
            self.recording.coroutine = module.view(sync_to_async(execute))
            await self.recording.coroutine

        asyncio.run(request())
        query = self.the_query()
        self.assertEqual(
            (query.file, query.line), (module.__file__, line_of(module.__file__, '# here'))
        )

    def test_a_long_statement_is_cut_and_says_so(self):
        text = 'SELECT 1 -- ' + 'x' * queries.MAXIMUM_STATEMENT
        self.run_recorded(self.execute, text)
        statement = self.the_query().statement
        self.assertTrue(text.startswith(statement[: queries.MAXIMUM_STATEMENT]))
        self.assertTrue(statement.endswith('… (%d characters)' % len(text)))

    def test_of_very_many_queries_the_rest_is_counted(self):
        self.addCleanup(setattr, room, 'MOST', room.MOST)
        room.MOST = 2
        for _ in range(5):
            self.run_recorded(self.execute, 'SELECT 1')
        self.assertEqual(len(self.recording.queries), 2)
        self.assertEqual(
            self.recording.warnings, ['Only the first 2 queries are listed; there were 3 more.']
        )


def sqlalchemy_engine(test, url='sqlite://'):
    try:
        import sqlalchemy
    except ImportError:
        test.skipTest('SQLAlchemy is not installed')
    from hotline.spans import sqlalchemy as sqlalchemy_spans

    engine = sqlalchemy.create_engine(url)
    # Later than the first engine, as those that exist are followed too; and again for each test.
    sqlalchemy_spans.install(sqlalchemy.engine)
    test.addCleanup(engine.dispose)
    return engine


class SqlAlchemy(unittest.TestCase):
    def setUp(self):
        self.engine = sqlalchemy_engine(self)
        self.folder = UserFolder()
        self.addCleanup(self.folder.close)
        self.recording = new_recording()

    def execute(self, statement, parameters=None):
        import sqlalchemy

        with self.engine.connect() as connection:
            connection.execute(sqlalchemy.text(statement), parameters or {})

    def run_recorded(self, function, *arguments):
        with self.recording.working():
            function(*arguments)

    def the_query(self):
        (query,) = self.recording.queries
        return query

    def test_a_statement_and_the_users_own_line_are_told(self):
        module = self.folder.module(
            'shop',
            """
            def load(execute):
                return execute('SELECT :name', {'name': 'secret'})  # here
            """,
        )
        self.run_recorded(module.load, self.execute)
        query = self.the_query()
        self.assertEqual(query.statement, 'SELECT ?')
        self.assertIsNone(query.parameters)
        self.assertEqual(query.line, line_of(module.__file__, '# here'))
        self.assertGreater(query.duration, 0)
        self.assertIsNone(query.many)

    def test_parameters_are_told_when_asked_for(self):
        self.folder.set(HOTLINE_SQL_PARAMETERS='1')
        self.run_recorded(self.execute, 'SELECT :name', {'name': 'red'})
        self.assertIn('red', self.the_query().parameters)

    def test_executemany_tells_how_many(self):
        self.execute('CREATE TABLE item (name TEXT)')
        rows = [{'name': 'a'}, {'name': 'b'}]
        self.run_recorded(self.execute, 'INSERT INTO item VALUES (:name)', rows)
        self.assertEqual((self.the_query().many, self.the_query().rows), (2, 2))

    def test_a_failing_statement_is_told(self):
        from sqlalchemy.exc import OperationalError

        with self.assertRaises(OperationalError):
            self.run_recorded(self.execute, 'SELECT * FROM missing')
        self.assertEqual(self.the_query().statement, 'SELECT * FROM missing')

    def test_nothing_is_told_outside_of_a_request(self):
        self.execute('SELECT 1')
        self.assertEqual(self.recording.queries, [])

    def test_an_asynchronous_engine_tells_the_line_that_awaits(self):
        try:
            import aiosqlite  # noqa: F401
            import greenlet  # noqa: F401
        except ImportError:
            self.skipTest('aiosqlite or greenlet is not installed')
        import sqlalchemy
        from sqlalchemy.ext.asyncio import create_async_engine

        module = self.folder.module(
            'shop',
            """
            async def load(connection, statement):
                await connection.execute(statement)  # here
            """,
        )

        async def request():
            engine = create_async_engine('sqlite+aiosqlite://')
            async with engine.connect() as connection:
                with self.recording.working():
                    await module.load(connection, sqlalchemy.text('SELECT 1'))
            await engine.dispose()

        asyncio.run(request())
        query = self.the_query()
        self.assertEqual(query.statement, 'SELECT 1')
        self.assertEqual(
            (query.file, query.line), (module.__file__, line_of(module.__file__, '# here'))
        )


if __name__ == '__main__':
    unittest.main()
