"""What is written down first and followed later is what would have been seen at once."""

import sys
import threading
import time
import unittest

from hotline.lines import journal, tracker
from hotline.lines.watched import watched_codes
from lines_support import Recorded, UserModule

SOURCE = """
    import time

    def rare(times):
        for _ in range(times):
            time.sleep(0.0001)          # rare

    def outer(times):
        for number in range(times):
            middle(number)              # call
        return times                    # end

    def middle(number):
        return [inner(each) for each in (1, 2)]

    def inner(each):
        time.sleep(0.0002)              # inner
        return each                     # back

    def generate(times):
        for number in range(times):
            yield number                # yield

    def consume(times):
        return sum(generate(times))

    def fail():
        raise LookupError               # fail

    def recover(act):
        for _ in range(3):
            try:
                fail()
            except LookupError:
                act()                   # act
        return 'done'                   # done
"""


def state_of(recorded):
    """What the only thread did."""
    (state,) = recorded.recording.results['lines'].states.values()
    return state


class Journal(unittest.TestCase):
    def setUp(self):
        self.module = UserModule(SOURCE)

    def line(self, recorded, mark):
        return recorded.lines(self.module)[self.module.line_of('# ' + mark)]

    def test_a_journal_grows_while_events_are_rare(self):
        times = journal.ROOM // 3
        open_at_the_end = []
        recorded = Recorded(
            lambda: (
                self.module.rare(times),
                open_at_the_end.append(tracker.states[threading.get_ident()].entries is not None),
            )
        )
        self.assertEqual(open_at_the_end, [True])
        self.assertEqual(self.line(recorded, 'rare')['hits'], times)
        self.assertNotIn('estimated', self.line(recorded, 'rare'))

    def test_nothing_is_lost_where_a_journal_ends(self):
        # Each count ends it in another place of the call.
        for extra in range(12):
            times = journal.ROOM // 36 + extra
            recorded = Recorded(self.follow_midway, times)
            hits = {mark: self.line(recorded, mark)['hits'] for mark in ('call', 'inner', 'end')}
            self.assertEqual(hits, {'call': 2 * times, 'inner': 4 * times, 'end': 2})
            self.assertEqual(state_of(recorded).top.code, None)
            call, inner = self.line(recorded, 'call'), self.line(recorded, 'inner')
            self.assertGreaterEqual(call['time'], inner['time'])

    def follow_midway(self, times):
        self.module.outer(times)
        journal.follow(tracker.states[threading.get_ident()])
        self.module.outer(times)

    def test_a_generator_goes_on_where_the_journal_ends(self):
        recorded = Recorded(self.consume_with_a_break, 10)
        self.assertEqual(self.line(recorded, 'yield')['hits'], 10)
        self.assertEqual(state_of(recorded).top.code, None)

    def consume_with_a_break(self, times):
        for number in self.module.generate(times):
            if number == times // 2:
                journal.follow(tracker.states[threading.get_ident()])

    def test_what_leaves_by_an_exception_has_ended(self):
        recorded = Recorded(self.module.recover, lambda: time.sleep(0.002))
        self.assertEqual(self.line(recorded, 'fail')['hits'], 3)
        self.assertLess(self.line(recorded, 'fail')['time'], self.line(recorded, 'act')['time'])

    def test_it_ends_when_another_request_switches_something_off(self):
        other = UserModule('def other():\n    pass\n')
        code = other.other.__code__

        def switch_off():
            if sys.version_info >= (3, 12):
                watched_codes[id(code)].switched_off()
            else:
                next(iter(watched_codes.values())).switched_off()
            ended.append(tracker.states[threading.get_ident()].entries is None)

        ended = []
        recorded = Recorded(self.module.recover, switch_off)
        self.assertEqual(ended, [True] * 3)
        self.assertEqual(self.line(recorded, 'act')['hits'], 3)
        self.assertEqual(self.line(recorded, 'done')['hits'], 1)

    def test_time_on_a_line_is_its_own_though_another_request_switches_lines_off(self):
        def switch_off():
            watched_codes[id(self.module.recover.__code__)].switched_off()
            time.sleep(0.01)

        if id(self.module.recover.__code__) not in watched_codes:
            self.skipTest('only where code objects are watched by their identity')
        recorded = Recorded(self.module.recover, switch_off)
        self.assertGreater(self.line(recorded, 'act')['time'], 0.03)

    def test_none_is_left_behind(self):
        Recorded(self.module.outer, 3)
        self.assertEqual(journal._open, {})


if __name__ == '__main__':
    unittest.main()
