"""What each line of the user's own code costs: hits and inclusive wall-clock time.

`tracker` keeps the books, told of every start, line and return by what the interpreter has for it:
`monitoring` from Python 3.12 on, code rewritten at import (`rewriting`) before. Events that have
become too dear are switched off (`budget`), and what they miss is estimated from short bursts in
between (`burst`, `estimate`).
"""


def __getattr__(name: str) -> object:
    if name == 'LineCollector':
        from .collector import LineCollector

        return LineCollector
    raise AttributeError(name)
