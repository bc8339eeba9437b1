import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { ArrivalWatch } from '../../../src/server/arrivalWatch';
import type { Profiling } from '../../../src/server/serverPlan';

const sign = 'hotline: profiling requests into /shop/.hotline\n';
const request = '[20/Nov/2026 18:00:00] "GET /items/5/ HTTP/1.1" 200 6\n';
const everything: Profiling = { obstacle: undefined, selective: false };

/** A watch and what it has told. */
function watch(profiling = everything): { watch: ArrivalWatch; told: string[] } {
  const told: string[] = [];
  return {
    told,
    watch: new ArrivalWatch(profiling, '/shop/.hotline', {
      onMissing: ({ message }) => told.push(message),
      onFound: () => told.push('found'),
    }),
  };
}

describe('ArrivalWatch', () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it('is silent when the profiler tells that it is there and profiles come', () => {
    const { watch: arrivals, told } = watch();
    arrivals.take(sign.slice(0, 12));
    arrivals.take(sign.slice(12));
    arrivals.answers();
    arrivals.take(request);
    arrivals.arrived();
    mock.timers.tick(60_000);
    assert.deepEqual(told, []);
  });

  it('tells once that the profiler is not in the server', () => {
    const { watch: arrivals, told } = watch();
    arrivals.answers();
    arrivals.answers();
    mock.timers.tick(60_000);
    assert.equal(told.length, 1);
    assert.match(
      told.join(),
      /^Requests leave no profiles: the profiler did not get into the server/,
    );
  });

  it('takes it back when a profile comes after all', () => {
    const { watch: arrivals, told } = watch();
    arrivals.answers();
    mock.timers.tick(60_000);
    arrivals.arrived();
    arrivals.arrived();
    assert.deepEqual(told.slice(1), ['found']);
  });

  it('tells at once what is in the way in the command', () => {
    const obstacle = "Python's option -I makes it ignore PYTHONPATH";
    const { watch: arrivals, told } = watch({ ...everything, obstacle });
    arrivals.answers();
    mock.timers.tick(1);
    assert.deepEqual(told, [`Requests leave no profiles: ${obstacle}.`]);
  });

  for (const [server, line] of [
    ['Django', request],
    ['Flask', '127.0.0.1 - - [20/Nov/2026 18:00:00] "\u001b[33mGET / HTTP/1.1\u001b[0m" 404 -\n'],
    [
      'uvicorn',
      '\u001b[32mINFO\u001b[0m:     127.0.0.1:5 - "\u001b[1mGET /a?b=c HTTP/1.1\u001b[0m" 200 OK\n',
    ],
  ] as const) {
    it(`tells that a request in the log of ${server} left nothing`, () => {
      const { watch: arrivals, told } = watch();
      arrivals.take(sign);
      arrivals.take(line);
      mock.timers.tick(60_000);
      assert.match(told.join(), /nothing comes into \/shop\/\.hotline/);
    });
  }

  it('expects nothing of static files, nor where settings choose among requests', () => {
    const first = watch();
    first.watch.take(`${sign}"GET /static/a.css HTTP/1.1" 200 6\n`);
    const second = watch({ ...everything, selective: true });
    second.watch.take(sign + request);
    mock.timers.tick(60_000);
    assert.deepEqual([...first.told, ...second.told], []);
  });
});
