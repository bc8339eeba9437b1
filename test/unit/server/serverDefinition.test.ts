import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completeDefinition, readDefinition } from '../../../src/server/serverDefinition';

const settings = {
  command: '',
  arguments: [],
  host: '127.0.0.1',
  port: 8000,
  environment: { A: null },
  profiler: 'hotline',
  mode: 'lines',
} as const;

describe('readDefinition', () => {
  it('takes what a task says and nothing else', () => {
    assert.deepEqual(readDefinition({ type: 'hotline', port: 8001, label: 'Shop' }), {
      port: 8001,
    });
  });

  const wrong: readonly (readonly [property: string, value: unknown, message: RegExp])[] = [
    ['port', '8000', /"port" .* must be a whole number from 1 to 65535\./],
    ['port', 70000, /"port"/],
    ['arguments', ['--a', 1], /"arguments" .* must be a list of texts\./],
    ['host', 'a b', /"host"/],
    ['environment', { A: 1 }, /"environment"/],
    ['profiler', 'cProfile', /"profiler" .* must be hotline or runprofileserver\./],
    ['mode', 'fast', /"mode"/],
    ['command', null, /"command" of the hotline task in tasks\.json must be a text\./],
  ];
  for (const [property, value, message] of wrong) {
    it(`refuses ${property} ${JSON.stringify(value)}`, () => {
      assert.throws(() => readDefinition({ [property]: value }), { message });
    });
  }
});

describe('completeDefinition', () => {
  it('prefers the task to the settings', () => {
    assert.deepEqual(completeDefinition({ port: 9 }, settings), { ...settings, port: 9 });
  });

  it('names a setting that is not what it must be', () => {
    assert.throws(() => completeDefinition({}, { ...settings, port: 0 }), {
      message: 'The setting hotline.server.port must be a whole number from 1 to 65535.',
      details: { setting: 'hotline.server.port' },
    });
    const mode: string = 'fast';
    assert.throws(() => completeDefinition({}, { ...settings, mode: mode as 'lines' }), {
      details: { setting: 'hotline.profiler.mode' },
    });
  });
});
