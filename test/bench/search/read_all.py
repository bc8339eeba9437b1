"""Looks for a function by reading every profile of a directory: what there is without an index.

Prints in how many profiles the function is, and its seconds in all of them.
"""

import json
import os
import pstats
import sys


def of_pstats(path, file_name, function):
    """The cumtime of the function in a file that cProfile wrote, or nothing."""
    stats = pstats.Stats(path).stats
    times = [
        cumulative
        for (file, _, name), (_, _, _, cumulative, _) in stats.items()
        if name == function and file.endswith('/' + file_name)
    ]
    return sum(times) if times else None


def of_json(path, file_name, function):
    """The time of the function in a document of Hotline's own profiler, or nothing."""
    with open(path, encoding='utf-8') as file:
        document = json.load(file)
    frames = document['shared']['frames']
    wanted = {
        number
        for number, frame in enumerate(frames)
        if frame['name'] == function and frame.get('file', '').endswith('/' + file_name)
    }
    if not wanted:
        return None
    return sum(
        weight
        for profile in document['profiles']
        for stack, weight in zip(profile['samples'], profile['weights'])
        if not wanted.isdisjoint(stack)
    )


READERS = {'pstats': of_pstats, 'hotline': of_json}


def main(kind, directory, file_name, function):
    read = READERS[kind]
    names = (name for name in os.listdir(directory) if not name.startswith('.'))
    found = [read(os.path.join(directory, name), file_name, function) for name in names]
    times = [time for time in found if time is not None]
    print(json.dumps({'profiles': len(times), 'seconds': sum(times)}))


if __name__ == '__main__':
    main(*sys.argv[1:])
