"""Who is answered by the sampler's server, and with what."""

import contextlib
import io
import socket
import unittest
from unittest import mock

from hotline import log, sampler
from hotline.sampler import server
from servers.sampled import OWN_FORM, ask, document, text, wait_for

TOKEN = 'a-long-secret'


class ServerTest(unittest.TestCase):
    def start(self, address='127.0.0.1:0', **options):
        """The address of a sampler of this process."""
        with contextlib.redirect_stderr(io.StringIO()):
            found = sampler.start(address, **options)
        self.addCleanup(sampler.stop)
        return found

    def status(self, *arguments, **headers):
        return ask(*arguments, **headers)[0]

    def connect(self, address, sent=b''):
        host, port = address.split(':')
        client = socket.create_connection((host, int(port)), timeout=30)
        self.addCleanup(client.close)
        client.sendall(sent)
        return client

    def test_the_text_is_for_whoever_asks_for_nothing_else(self):
        address = self.start()
        status, headers, body = ask(address, Accept='*/*')
        self.assertEqual((status, headers['Content-Type']), (200, 'text/plain; charset=utf-8'))
        self.assertTrue(body.startswith('elapsed '), body)
        self.assertTrue(body.endswith('\n'), body)
        self.assertEqual(int(headers['Content-Length']), len(body.encode()))
        self.assertEqual(ask(address, Accept=OWN_FORM)[1]['Content-Type'], OWN_FORM)

    def test_it_is_started_once(self):
        address = self.start()
        self.assertIsNone(sampler.start('127.0.0.1:0'))
        self.assertEqual(self.status(address), 200)

    def test_a_taken_port_is_passed_over(self):
        with socket.socket() as other:
            other.bind(('127.0.0.1', 0))
            other.listen(1)
            taken = other.getsockname()[1]
            address = self.start('127.0.0.1:%d' % taken)
        self.assertGreater(int(address.rpartition(':')[2]), taken)
        self.assertEqual(self.status(address), 200)

    def test_the_port_is_free_again_after_stop(self):
        address = self.start()
        sampler.stop()
        self.assertEqual(self.start(address), address)

    def test_names_that_others_may_have_given_this_machine_are_refused(self):
        address = self.start()
        for host, expected in (
            ('127.0.0.1:16384', 200),
            ('localhost', 200),
            ('LOCALHOST:80', 200),
            ('[::1]:16384', 200),
            ('evil.example', 403),
            ('evil.example:16384', 403),
            ('localhost.evil.example', 403),
            ('127.0.0.1.evil.example', 403),
            ('', 403),
        ):
            with self.subTest(host=host):
                self.assertEqual(self.status(address, Host=host), expected)

    def test_a_request_of_http_1_0_needs_no_host(self):
        client = self.connect(self.start(), b'GET / HTTP/1.0\r\n\r\n')
        self.assertTrue(client.recv(100).startswith(b'HTTP/1.0 200 OK\r\n'))

    def test_pages_of_other_sites_cannot_reset(self):
        address = self.start()
        started = document(address)['started']
        for site in ('cross-site', 'same-site'):
            self.assertEqual(self.status(address, '/?reset=true', Sec_Fetch_Site=site), 403)
        self.assertEqual(document(address)['started'], started)
        self.assertEqual(self.status(address, Sec_Fetch_Site='none'), 200)

    def test_only_get_of_the_root(self):
        address = self.start()
        self.assertEqual(self.status(address, '/', 'POST'), 405)
        self.assertEqual(self.status(address, '/', 'HEAD'), 405)
        self.assertEqual(self.status(address, '/favicon.ico'), 404)

    def test_what_is_no_request(self):
        address = self.start()
        for sent, status in (
            (b'nonsense\r\n\r\n', b'400'),
            (b'GET http://other/ HTTP/1.1\r\n\r\n', b'400'),
            (b'GET / HTTP/1.1\r\nX: ' + b'x' * 9000, b'431'),
        ):
            received = self.connect(address, sent).recv(100)
            self.assertEqual(received[:12], b'HTTP/1.0 ' + status)

    def test_the_token_is_asked_for(self):
        for where in ('127.0.0.1:0', '0.0.0.0:0'):
            address = self.start(where, token=TOKEN).replace('0.0.0.0', '127.0.0.1')
            for target, headers, expected in (
                ('/', {}, 401),
                ('/', {'Authorization': 'Bearer wrong'}, 401),
                ('/', {'Authorization': 'Basic ' + TOKEN}, 401),
                ('/?token=wrong', {}, 401),
                ('/?token=', {}, 401),
                ('/', {'Authorization': 'Bearer ' + TOKEN}, 200),
                ('/', {'Authorization': 'bearer ' + TOKEN}, 200),
                ('/?token=' + TOKEN, {}, 200),
            ):
                with self.subTest(where=where, target=target, headers=headers):
                    self.assertEqual(self.status(address, target, **headers), expected)
            sampler.stop()

    def test_a_token_that_is_not_ascii(self):
        address = self.start(token='schlüssel')
        self.assertEqual(self.status(address, '/?token=schl%C3%BCssel'), 200)
        self.assertEqual(self.status(address, '/?token=%ff'), 401)

    def test_other_machines_ask_by_any_name(self):
        address = self.start('0.0.0.0:0', token=TOKEN).replace('0.0.0.0', '127.0.0.1')
        self.assertEqual(self.status(address, '/?token=' + TOKEN, Host='web-1.internal'), 200)

    def test_without_a_token_only_this_machine_can_be_listened_to(self):
        log._said.clear()
        for address in ('0.0.0.0:0', '[::]:0', 'web-1.internal:0'):
            said = io.StringIO()
            with contextlib.redirect_stderr(said):
                self.assertIsNone(sampler.start(address))
            log._said.clear()
            self.assertIn('HOTLINE_SAMPLER_TOKEN has to be set', said.getvalue())

    def test_a_slow_client_holds_up_nobody(self):
        address = self.start()
        slow = self.connect(address, b'GET / HT')
        self.assertEqual(self.status(address), 200)
        slow.settimeout(0)
        # It has not been given up to answer the other one.
        self.assertRaises(BlockingIOError, slow.recv, 1)

    def test_a_slow_client_is_given_up(self):
        with mock.patch.object(server, '_READ_PATIENCE', 0.1):
            slow = self.connect(self.start(), b'GET / HT')
            self.assertEqual(slow.recv(1), b'')

    def test_clients_beyond_what_there_is_room_for_are_turned_away(self):
        address = self.start()
        clients = [self.connect(address, b'GET / HT') for _ in range(server._MOST_CONNECTIONS)]
        self.assertEqual(self.connect(address).recv(1), b'')
        for client in clients:
            client.close()
        wait_for(lambda: answers(address))

    def test_errors_stay_within(self):
        log._said.clear()
        said = io.StringIO()
        address = self.start()
        with contextlib.redirect_stderr(said), mock.patch(
            'hotline.sampler.text_form.text', side_effect=RuntimeError('it failed')
        ):
            for _ in range(2):
                client = self.connect(address, b'GET / HTTP/1.0\r\n\r\n')
                self.assertEqual(client.recv(1), b'')
        self.assertEqual(said.getvalue().count('it failed'), 1)
        self.assertIn('elapsed', text(address))


def answers(address):
    try:
        return ask(address)[0] == 200
    except OSError:
        return False
