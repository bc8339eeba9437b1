"""Processes whose stacks are collected over HTTP."""

import http.client
import json
import re
import time

#: Seconds; only a process that is never sampled takes as long.
PATIENCE = 60

OWN_FORM = 'application/vnd.hotline.stacks+json'

_SAID = re.compile(r'hotline: sampling (.+) \(process (\d+)\), stacks at http://(\S+)/$', re.M)


def sampled(output):
    """What the output of a program tells of sampled processes: pid -> (name, address)."""
    return {int(pid): (name, address) for name, pid, address in _SAID.findall(output)}


def ask(address, target='/', method='GET', **headers):
    """Status, headers and text of an answer. In a header's name `_` is written for `-`."""
    host, _, port = address.rpartition(':')
    connection = http.client.HTTPConnection(host.strip('[]'), int(port), timeout=PATIENCE)
    try:
        named = {name.replace('_', '-'): value for name, value in headers.items()}
        connection.request(method, target, headers=named)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read().decode()
    finally:
        connection.close()


def text(address, target='/'):
    """The answer as existing collectors get it."""
    return ask(address, target)[2]


def document(address, target='/'):
    """The answer in the form of our own."""
    return json.loads(ask(address, target, Accept=OWN_FORM)[2])


def named_stacks(collected):
    """`(thread, whether idle, names of the functions, count)` of each stack of a document."""
    names = [frame['name'].rpartition('.')[2] for frame in collected['frames']]
    return [
        (
            stack['thread'],
            stack.get('idle', False),
            [names[frame] for frame, _ in stack['calls']],
            stack['count'],
        )
        for stack in collected['stacks']
    ]


def lines_of(collected, function):
    """The executing lines of a function, and its file."""
    places = {
        (collected['frames'][frame]['file'], line)
        for stack in collected['stacks']
        for frame, line in stack['calls']
        if collected['frames'][frame]['name'].rpartition('.')[2] == function
    }
    return {file for file, _ in places}, {line for _, line in places}


def wait_for(condition, complaint='it did not happen'):
    """Polls until the condition gives something true, and returns that."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(complaint)
        time.sleep(0.05)
