import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { announcedAddress } from '../../../src/server/announcedAddress';

/** As the servers wrote it: Django 5.2, django-extensions 4.1, Flask 3.1, uvicorn 0.54 … */
const announcements: Readonly<Record<string, readonly [text: string, address: string]>> = {
  runserver: [
    "Django version 5.2.19, using settings 'harbour.settings'\nStarting development server at http://127.0.0.1:8801/\nQuit the server with CONTROL-C.\n",
    '127.0.0.1 8801',
  ],
  runprofileserver: ['Development server is running at http://127.0.0.1:8790/\n', '127.0.0.1 8790'],
  daphne: [
    'Starting ASGI/Daphne version 4.1.2 development server at http://localhost:8000/\n',
    'localhost 8000',
  ],
  'Flask on all addresses': [
    ' * Running on all addresses (0.0.0.0)\n * Running on http://127.0.0.1:8911\n * Running on http://192.0.2.2:8911\n',
    '127.0.0.1 8911',
  ],
  uvicorn: ['INFO:     Uvicorn running on http://[::1]:8912 (Press CTRL+C to quit)\n', '::1 8912'],
  gunicorn: [
    '[2026-11-20 18:06:44 +0000] [15934] [INFO] Listening at: http://127.0.0.1:8913 (15934)\n',
    '127.0.0.1 8913',
  ],
  hypercorn: [
    '[2026-11-20 18:06:46 +0000] [15976] [INFO] Running on http://127.0.0.1:8914 (CTRL + C to quit)\n',
    '127.0.0.1 8914',
  ],
  waitress: ['INFO:waitress:Serving on http://127.0.0.1:8915\n', '127.0.0.1 8915'],
  'http.server': [
    'Serving HTTP on 127.0.0.1 port 8916 (http://127.0.0.1:8916/) ...\n',
    '127.0.0.1 8916',
  ],
};

describe('announcedAddress', () => {
  for (const [server, [text, expected]] of Object.entries(announcements)) {
    it(`reads that of ${server}`, () => {
      const address = announcedAddress(text);
      assert.equal(`${address?.host ?? ''} ${address?.port ?? ''}`, expected);
    });
  }

  it('takes no other address in the log for it', () => {
    const log =
      'Elasticsearch running on http://search:9200\nListening at: unix:/run/shop.sock (7)\n"GET http://127.0.0.1:9/ HTTP/1.1"\n';
    assert.equal(announcedAddress(log), undefined);
  });
});
