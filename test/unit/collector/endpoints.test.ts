import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EndpointError, parseEndpoints } from '../../../src/collector/endpoints';

describe('an address of endpoints', () => {
  const urls = (text: string): string[] => parseEndpoints(text).map(({ url }) => url);

  it('is a host and a port, with or without scheme and path', () => {
    assert.deepEqual(parseEndpoints(' http://Web-1:16384 '), [
      { url: 'http://web-1:16384/', host: 'web-1', port: 16384 },
    ]);
    assert.deepEqual(urls('localhost:8000'), ['http://localhost:8000/']);
    assert.deepEqual(urls('https://web-1'), ['https://web-1:443/']);
    assert.deepEqual(urls('http://web-1:80'), ['http://web-1:80/']);
    assert.deepEqual(urls('http://web-1:6060/debug/pprof/profile?seconds=5'), [
      'http://web-1:6060/debug/pprof/profile?seconds=5',
    ]);
  });

  it('is several ports, each once', () => {
    const ports = (text: string): number[] => parseEndpoints(text).map(({ port }) => port);
    assert.deepEqual(ports('http://web-1:16384..16387/stacks'), [16384, 16385, 16386, 16387]);
    assert.deepEqual(ports('web-1:1, 2,5..7'), [1, 2, 5, 6, 7]);
    assert.deepEqual(ports('web-1:3,1..4,3'), [3, 1, 2, 4]);
  });

  it('is an IPv6 address in brackets', () => {
    assert.deepEqual(parseEndpoints('http://[::1]:16384'), [
      { url: 'http://[::1]:16384/', host: '::1', port: 16384 },
    ]);
  });

  for (const [text, sentence] of [
    ['', /^Give an address such as/],
    ['web-1', /^web-1 names no port\./],
    ['http://', /^http:\/\/ is no address\./],
    ['ftp://web-1:21', /^Endpoints are asked by http or https/],
    ['http://user:secret@web-1:1', /^An address holds no user and no password/],
    ['http://web-1:0', /^There is no port 0/],
    ['http://web-1:70000', /^There is no port 70000/],
    ['http://web-1:9..5', /^The ports 9\.\.5 end before they begin\.$/],
    ['http://web-1:1,,2', /are no ports/],
    ['http://web-1:1..65535', /^65535 ports are too many/],
    ['::1:16384', /is no address/],
    ['two words:1', /is no address/],
  ] as const) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseEndpoints(text),
        (error) => error instanceof EndpointError && sentence.test(error.message),
      );
    });
  }
});
