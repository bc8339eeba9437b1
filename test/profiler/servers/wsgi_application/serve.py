"""Serves the application on the port that it is told, with the standard library's server."""

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

from application import application


class ThreadedServer(ThreadingMixIn, WSGIServer):
    pass


make_server('127.0.0.1', int(sys.argv[1]), application, ThreadedServer).serve_forever()
