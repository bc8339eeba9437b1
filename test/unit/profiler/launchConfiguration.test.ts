import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { launchRequest, profiledLaunch } from '../../../src/profiler/launchConfiguration';

const launch = { type: 'debugpy', request: 'launch', name: 'Shop' };
const profiler = { bootstrap: '/b', variables: { HOTLINE_MODE: 'lines', HOTLINE_INTERVAL: '5' } };

function problem(hotline: unknown, request = 'launch'): string {
  const answer = launchRequest({ ...launch, request, hotline });
  return answer.kind === 'wrong' ? answer.problem : answer.kind;
}

describe('launchRequest', () => {
  it('leaves configurations alone that do not ask', () => {
    assert.deepEqual(launchRequest(launch), { kind: 'none' });
    assert.deepEqual(launchRequest({ ...launch, hotline: false }), { kind: 'none' });
  });

  it('leaves alone the child processes of a profiled server, which have its environment', () => {
    const child = { ...launch, request: 'attach', subProcessId: 7, hotline: true };
    assert.deepEqual(launchRequest(child), { kind: 'none' });
  });

  it('takes true, or options', () => {
    assert.deepEqual(launchRequest({ ...launch, hotline: true }), {
      kind: 'profile',
      overrides: {},
    });
    assert.deepEqual(launchRequest({ ...launch, hotline: { mode: 'samples', every: 2 } }), {
      kind: 'profile',
      overrides: { mode: 'samples', every: 2 },
    });
  });

  it('names what is wrong', () => {
    assert.equal(
      problem({ mode: 'fast' }),
      '"hotline" in this launch configuration is wrong: mode must be lines, samples, exact, calls or memory.',
    );
    assert.match(problem({ colour: 1 }), /colour is not known: known are mode, include,/);
    assert.match(problem({ include: ['/a,/b'] }), /include must be a list of patterns/);
    assert.match(problem({ trigger: 'profile' }), /trigger must be cookie:NAME/);
    assert.match(problem({ every: 0 }), /every must be a whole number from 1/);
    assert.match(problem({ interval: 0 }), /interval must be/);
    assert.match(problem('yes'), /must be true, false or an object/);
    assert.match(problem(true, 'attach'), /the debugger does not start the server/);
  });
});

describe('profiledLaunch', () => {
  it('puts the profiler before the PYTHONPATH of the configuration, whose variables win', () => {
    const env = { PYTHONPATH: '/own', HOTLINE_MODE: 'calls', DEBUG: '1' };
    assert.deepEqual(
      profiledLaunch({ ...launch, env }, profiler, { PYTHONPATH: '/editor' }, 'linux'),
      { HOTLINE_INTERVAL: '5', HOTLINE_MODE: 'calls', DEBUG: '1', PYTHONPATH: '/b:/own' },
    );
  });

  it('keeps the PYTHONPATH that the program would inherit', () => {
    const env = profiledLaunch(launch, profiler, { PYTHONPATH: '/editor' }, 'linux');
    assert.equal(env['PYTHONPATH'], '/b:/editor');
  });
});
