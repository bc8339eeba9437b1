import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Modules } from '../../../../webview/table/modules';

const OWN = ['/srv/project/shop/views.py', '/srv/project/shop/urls.py', '/srv/project/manage.py'];

for (const [file, module] of [
  ['/srv/project/shop/views.py', 'shop'],
  ['/srv/project/manage.py', 'manage'],
  ['/usr/lib/python3.11/json/decoder.py', 'json'],
  ['/usr/lib/python3.11/os.py', 'os'],
  ['/srv/project/.venv/lib/python3.11/site-packages/django/db/models.py', 'django'],
  ['C:\\Python311\\Lib\\json\\decoder.py', 'json'],
  ['<frozen importlib._bootstrap>', 'importlib'],
  ['<string>', 'string'],
] as const) {
  it(`${file} is of the module ${module}`, () => {
    assert.equal(new Modules([...OWN, file]).of(file), module);
  });
}
