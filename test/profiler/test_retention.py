import os
import tempfile
import unittest

from hotline.output.retention import PSTATS_MARK, Retention

SCHEMA = b'"$schema":"https://www.speedscope.app/file-format-schema.json"'
OURS = b'{%s,"exporter":"hotline-profiler@0.1.0"}' % SCHEMA
THEIRS = b'{%s,"exporter":"py-spy@0.4.2"}' % SCHEMA


class RetentionTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name
        self.age = 0

    def put(self, name, content=OURS):
        """Writes a file that is younger than those before it."""
        path = os.path.join(self.directory, name)
        with open(path, 'wb') as file:
            file.write(content)
        self.age += 1
        os.utime(path, (self.age, self.age))
        return name

    def names(self):
        return sorted(os.listdir(self.directory))

    def test_the_oldest_go(self):
        retention = Retention(self.directory, 2, 0)
        for number in range(5):
            retention.written(self.put('%d.speedscope.json' % number))
        self.assertEqual(self.names(), ['3.speedscope.json', '4.speedscope.json'])

    def test_files_of_earlier_processes_count(self):
        for number in range(5):
            self.put('%d.speedscope.json' % number)
        Retention(self.directory, 2, 0).written(self.put('5.speedscope.json'))
        self.assertEqual(self.names(), ['4.speedscope.json', '5.speedscope.json'])

    def test_what_others_wrote_stays(self):
        foreign = [
            self.put('their.speedscope.json', THEIRS),
            self.put('their.prof', b'{)0'),
            self.put('notes.txt'),
            self.put('short.prof', b''),
        ]
        retention = Retention(self.directory, 1, 0)
        for number in range(3):
            retention.written(self.put('%d.prof' % number, b'{0' + PSTATS_MARK))
        self.assertEqual(self.names(), sorted(foreign + ['2.prof']))

    def test_bytes_are_limited_too(self):
        retention = Retention(self.directory, 0, 3 * len(OURS))
        for number in range(5):
            retention.written(self.put('%d.speedscope.json' % number))
        self.assertEqual(len(self.names()), 3)

    def test_the_newest_stays_however_large(self):
        retention = Retention(self.directory, 0, 10)
        retention.written(self.put('0.speedscope.json'))
        retention.written(self.put('1.speedscope.json'))
        self.assertEqual(self.names(), ['1.speedscope.json'])

    def test_files_of_other_workers_are_noticed_after_a_while(self):
        retention = Retention(self.directory, 100, 0)
        for number in range(120):
            self.put('other%d.speedscope.json' % number)
            retention.written(self.put('own%d.speedscope.json' % number))
        self.assertLess(len(self.names()), 200)

    def test_without_limits_nothing_goes(self):
        retention = Retention(self.directory, 0, 0)
        for number in range(3):
            retention.written(self.put('%d.speedscope.json' % number))
        self.assertEqual(len(self.names()), 3)


if __name__ == '__main__':
    unittest.main()
