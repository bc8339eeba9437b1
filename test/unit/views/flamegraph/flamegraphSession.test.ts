import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { OfferedChoices } from '../../../../src/core/model/profile';
import type { ProfileSource } from '../../../../src/core/profileSource';
import type { ReadOptions } from '../../../../src/profiles/importer';
import type { FlamegraphDocument } from '../../../../src/profiles/importerApi';
import type {
  PanelState,
  ShownChoice,
  ShownFrame,
  ToFlamegraph,
} from '../../../../src/protocol/flamegraph';
import { FlamegraphSession } from '../../../../src/views/flamegraph/flamegraphSession';

const panel: PanelState = { path: '/profiles/slow.prof', title: 'GET /slow', kind: 'preview' };
const other: PanelState = { path: '/profiles/root.prof', title: 'GET /', kind: 'preview' };
const frame: ShownFrame = { name: 'price', file: '/srv/price.py', line: 7 };
const limits = { minimumShare: 0.001, maximumNodes: 50_000 };

const NOTHING: OfferedChoices = { metrics: undefined, period: undefined };

function documentOf(text: string, offered = NOTHING): FlamegraphDocument {
  const speedscope = new TextEncoder().encode(text);
  return { kind: 'graph', speedscope, note: undefined, offered };
}

/** What a file offers that counts two events, over an hour. */
const OFFERED: OfferedChoices = {
  metrics: {
    all: [
      { id: 'Ir', label: 'Instructions (Ir)', unit: 'events' },
      { id: 'Dr', label: 'Data reads (Dr)', unit: 'events' },
    ],
    shown: 'Ir',
  },
  period: {
    recorded: { fromMs: 0, untilMs: 3_600_000 },
    shown: { fromMs: 0, untilMs: 3_600_000 },
  },
};

class ProfileError extends Error {
  override readonly name = 'ProfileError';
}

/** A session with everything around it made by hand. */
class Around {
  readonly posted: ToFlamegraph[] = [];
  readonly shown: ProfileSource[] = [];
  readonly opened: ShownFrame[] = [];
  readonly logged: string[] = [];
  readonly signals: AbortSignal[] = [];
  readonly choices: (ShownChoice | undefined)[] = [];
  periodsAsked = 0;
  comparisonsAsked = 0;
  readonly session: FlamegraphSession;

  constructor(
    read: (
      path: ProfileSource,
      onProgress: ReadOptions['onProgress'],
    ) => Promise<FlamegraphDocument>,
  ) {
    this.session = new FlamegraphSession(panel, {
      importer: {
        flamegraph: (path, _title, _limits, { signal, choice, onProgress }) => {
          this.signals.push(signal);
          this.choices.push(choice);
          return read(path, onProgress);
        },
      },
      limits: () => limits,
      post: (message) => {
        this.posted.push(message);
      },
      shown: ({ path }) => {
        this.shown.push(path);
      },
      openSource: (opened) => {
        this.opened.push(opened);
      },
      keepOpen: () => {
        this.session.setPanel({ ...this.session.panel, kind: 'kept' });
      },
      choosePeriod: () => {
        this.periodsAsked++;
      },
      compare: () => {
        this.comparisonsAsked++;
      },
      logError: (message) => {
        this.logged.push(message);
      },
    });
  }

  ready(): void {
    this.session.receive({ t: 'ready' });
  }

  /** Answers the last load as a webview does that could show it. */
  load(): void {
    const { id } = this.last('load');
    this.session.receive({ t: 'loaded', id, profiles: 1, frames: 1 });
  }

  last<T extends ToFlamegraph['t']>(t: T): Extract<ToFlamegraph, { t: T }> {
    const found = this.posted.findLast((message) => message.t === t);
    assert.ok(found, `no ${t} was sent`);
    return found as Extract<ToFlamegraph, { t: T }>;
  }

  sent(): string[] {
    return this.posted.map(({ t }) => t);
  }
}

const never = (): Promise<FlamegraphDocument> => new Promise(() => undefined);

/** Lets half a second and more go by, without waiting for it. */
function afterPatience(context: TestContext, start: () => void): void {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  start();
  context.mock.timers.tick(600);
}

describe('a flamegraph session', () => {
  it('reads while the webview starts and sends nothing before it listens', async () => {
    const around = new Around(() => Promise.resolve(documentOf('slow')));
    await around.session.show();
    assert.deepEqual(around.posted, []);
    around.ready();
    assert.deepEqual(around.sent(), ['panel', 'load']);
    assert.equal(new TextDecoder().decode(around.last('load').speedscope), 'slow');
    assert.deepEqual(around.last('panel').panel, panel);
  });

  it('tells that a profile is shown when its graph stands, not when it was sent', async () => {
    const around = new Around(() => Promise.resolve(documentOf('')));
    around.ready();
    await around.session.show();
    assert.deepEqual(around.shown, []);
    around.load();
    assert.deepEqual(around.shown, [panel.path]);
  });

  it('shows the last profile that was asked for, whichever is read first', async () => {
    const reads = new Map<ProfileSource, (document: FlamegraphDocument) => void>();
    const around = new Around((path) => new Promise((resolve) => reads.set(path, resolve)));
    around.ready();
    const first = around.session.show();
    const second = around.session.show(other);
    assert.equal(around.signals[0]?.aborted, true);
    reads.get(other.path)?.(documentOf('second'));
    reads.get(panel.path)?.(documentOf('first'));
    await Promise.all([first, second]);
    const loads = around.posted.filter(({ t }) => t === 'load');
    assert.equal(loads.length, 1);
    assert.equal(new TextDecoder().decode(around.last('load').speedscope), 'second');
  });

  it('ignores that a graph stands which is not wanted any more', async () => {
    const around = new Around(() => Promise.resolve(documentOf('')));
    around.ready();
    await around.session.show();
    const { id } = around.last('load');
    await around.session.show(other);
    around.session.receive({ t: 'loaded', id, profiles: 1, frames: 1 });
    assert.deepEqual(around.shown, []);
  });

  it('tells how many of several profiles are merged, once that takes long', (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    let tell: ReadOptions['onProgress'];
    const around = new Around((_path, onProgress) => {
      tell = onProgress;
      return new Promise(() => undefined);
    });
    around.ready();
    const path = { title: '12 requests', paths: ['/profiles/a.prof', '/profiles/b.prof'] };
    void around.session.show({ ...panel, path });
    tell?.({ done: 1, total: 2 });
    assert.ok(!around.posted.some(({ t }) => t === 'working'));
    context.mock.timers.tick(1_000);
    assert.equal(around.last('working').message, 'Merging profiles: 1 of 2…');
    tell?.({ done: 2, total: 2 });
    assert.equal(around.last('working').message, 'Merging profiles: 2 of 2…');
    around.session.receive({ t: 'cancel' });
    assert.equal(around.signals[0]?.aborted, true);
    assert.equal(around.last('failed').message, 'Reading 12 requests was cancelled.');
    tell?.({ done: 2, total: 2 });
    assert.equal(around.posted.at(-1)?.t, 'failed');
  });

  it('says that it reads only when that takes long', async (context) => {
    const quick = new Around(() => Promise.resolve(documentOf('')));
    quick.ready();
    context.mock.timers.enable({ apis: ['setTimeout'] });
    await quick.session.show();
    context.mock.timers.tick(600);
    assert.deepEqual(quick.sent(), ['panel', 'load']);
    context.mock.timers.reset();

    const slow = new Around(never);
    slow.ready();
    afterPatience(context, () => void slow.session.show());
    assert.equal(slow.last('working').message, 'Reading slow.prof…');
  });

  it('stops reading on cancel and says so', (context) => {
    const around = new Around(never);
    around.ready();
    afterPatience(context, () => void around.session.show());
    around.session.receive({ t: 'cancel' });
    assert.equal(around.signals[0]?.aborted, true);
    assert.equal(around.last('failed').message, 'Reading slow.prof was cancelled.');
    around.session.receive({ t: 'retry' });
    assert.equal(around.signals.length, 2);
  });

  it('puts the reason of an unreadable file in place of the graph', async () => {
    const reason = 'The file ends in the middle of a value.';
    const around = new Around(() => Promise.reject(new ProfileError(reason)));
    around.ready();
    await around.session.show();
    assert.equal(around.last('failed').message, `slow.prof cannot be shown. ${reason}`);
  });

  it('keeps the details of an error of our own for the log', async () => {
    const around = new Around(() => Promise.reject(new TypeError('x is not a function')));
    around.ready();
    await around.session.show();
    assert.doesNotMatch(around.last('failed').message, /not a function/);
    assert.equal(around.logged.length, 1);
  });

  it('selects a function as soon as the graph stands', async () => {
    const around = new Around(() => Promise.resolve(documentOf('')));
    around.ready();
    await around.session.show();
    around.session.selectFunction(frame);
    assert.ok(!around.sent().includes('selectFunction'));
    around.load();
    assert.deepEqual(around.last('selectFunction').frame, frame);
  });

  it('does not look for a function of one profile in the next', async () => {
    const around = new Around(() => Promise.resolve(documentOf('')));
    around.ready();
    await around.session.show();
    around.session.selectFunction(frame);
    await around.session.show(other);
    around.load();
    assert.ok(!around.sent().includes('selectFunction'));
  });

  it('forgets the selected frame with its profile', async () => {
    const around = new Around(() => Promise.resolve(documentOf('')));
    around.ready();
    await around.session.show();
    around.session.receive({ t: 'frameSelected', frame });
    assert.deepEqual(around.session.selectedFrame, frame);
    await around.session.show(other);
    assert.equal(around.session.selectedFrame, undefined);
  });

  it('shows the profile again in a webview that was built anew', async () => {
    const around = new Around(() => Promise.resolve(documentOf('')));
    around.ready();
    await around.session.show();
    around.ready();
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual(around.sent(), ['panel', 'load', 'panel', 'load']);
  });

  it('passes on what the user asks for, and logs what it does not understand', () => {
    const around = new Around(never);
    around.session.receive({ t: 'openSource', frame });
    assert.deepEqual(around.opened, [frame]);
    around.session.receive({ t: 'keepOpen' });
    assert.equal(around.session.panel.kind, 'kept');
    around.session.receive({ t: 'openSource', frame: 'x' });
    assert.equal(around.logged.length, 1);
  });
});

describe('what of a file a flamegraph session shows', () => {
  it('is offered to the toolbar with the graph, and to commands', async () => {
    const around = new Around(() => Promise.resolve(documentOf('', OFFERED)));
    around.ready();
    await around.session.show();
    const { offered } = around.last('load');
    assert.equal(offered.metrics, OFFERED.metrics);
    assert.match(offered.period?.shown ?? '', / – /);
    assert.equal(around.session.offered, OFFERED);
  });

  it('is read anew when something else is chosen, and kept by the panel', async () => {
    const around = new Around(() => Promise.resolve(documentOf('', OFFERED)));
    around.ready();
    const period = { fromMs: 0, untilMs: 60_000 };
    await around.session.choose({ period });
    around.session.receive({ t: 'chooseMetric', metric: 'Dr' });
    assert.deepEqual(around.choices, [{ period }, { period, metric: 'Dr' }]);
    assert.deepEqual(around.last('panel').panel.choice, { period, metric: 'Dr' });
  });

  it('is asked for by the extension where it is a time', () => {
    const around = new Around(never);
    around.session.receive({ t: 'choosePeriod' });
    assert.equal(around.periodsAsked, 1);
  });

  it('is compared with what the extension asks for', () => {
    const around = new Around(never);
    around.session.receive({ t: 'compare' });
    assert.equal(around.comparisonsAsked, 1);
  });

  it('is a plot where the file is values over time', async () => {
    const plot = { unit: 'bytes', startMs: 0, duration: 1, series: [], calls: [] } as const;
    const document = { kind: 'plot', plot, note: undefined, offered: NOTHING } as const;
    const around = new Around(() => Promise.resolve(document));
    around.ready();
    await around.session.show();
    const { id } = around.last('plot');
    assert.equal(around.last('plot').plot, plot);
    around.session.receive({ t: 'loaded', id, profiles: 0, frames: 0 });
    assert.deepEqual(around.shown, [panel.path]);
  });

  it('is not told of a file that is still being read', async () => {
    const around = new Around((path) =>
      path === panel.path ? Promise.resolve(documentOf('', OFFERED)) : never(),
    );
    around.ready();
    await around.session.show();
    void around.session.show(other);
    assert.equal(around.session.offered, undefined);
  });
});
