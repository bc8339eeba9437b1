import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { accepts, browserUrl, nextFreePort, portState } from '../../../src/server/address';

describe('an address', () => {
  it('is reached by a browser on the loopback address when it is every address', () => {
    assert.equal(browserUrl({ host: '0.0.0.0', port: 8000 }), 'http://127.0.0.1:8000/');
    assert.equal(browserUrl({ host: '::', port: 8000 }), 'http://[::1]:8000/');
    assert.equal(browserUrl({ host: 'shop.local', port: 80 }), 'http://shop.local:80/');
  });

  it('is in use while something listens there, also on every address', async () => {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, host, resolve));
      const { port } = server.address() as AddressInfo;
      assert.equal(await portState({ host: '127.0.0.1', port }), 'inUse');
      const next = await nextFreePort({ host: '127.0.0.1', port });
      assert.ok(next !== undefined && next > port);
      await new Promise((resolve) => server.close(resolve));
      assert.equal(await portState({ host: '127.0.0.1', port }), 'free');
      assert.equal(await accepts({ host: '127.0.0.1', port }), false);
    }
  });

  it('of another computer is left to the server to refuse', async () => {
    assert.equal(await portState({ host: '192.0.2.1', port: 8000 }), 'other');
  });

  it('has no next port after the last one', async () => {
    assert.equal(await nextFreePort({ host: '127.0.0.1', port: 65535 }), undefined);
  });
});
