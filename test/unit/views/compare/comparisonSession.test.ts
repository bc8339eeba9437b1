import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../../../src/core/derive/callTree';
import type { Comparison } from '../../../../src/core/derive/comparison/comparison';
import { ProfileError } from '../../../../src/core/model/errors';
import type { ComparedSource } from '../../../../src/core/profileSource';
import type { ReadOptions } from '../../../../src/profiles/importer';
import type { ToComparison } from '../../../../src/protocol/comparison';
import { ComparisonSession } from '../../../../src/views/compare/comparisonSession';
import { compare } from '../../core/derive/comparison/sides';
import { readSample } from '../../core/formats/samples';

const SOURCE: ComparedSource = { title: 'a ↔ b', before: '/a.prof', after: '/b.prof' };
const SAMPLE = readSample('pstats/runprofileserver/shop.items.5.000010ms.1795175664.prof');
const COMPARISON = compare(SAMPLE, SAMPLE);
const FRAME = { name: 'view', file: '/app/views.py', line: 3 };

/** A session with what is around it. */
class Around {
  readonly posted: ToComparison[] = [];
  readonly logged: string[] = [];
  readonly opened: unknown[] = [];
  shown = 0;
  readonly session: ComparisonSession;

  constructor(read: (options: ReadOptions) => Promise<Comparison>) {
    this.session = new ComparisonSession(SOURCE, {
      importer: { compare: (_source, _limits, options) => read(options) },
      limits: () => DEFAULT_LIMITS,
      post: (message) => {
        this.posted.push(message);
      },
      shown: () => {
        this.shown += 1;
      },
      openSource: (frame) => {
        this.opened.push(frame);
      },
      logError: (message) => {
        this.logged.push(message);
      },
    });
  }

  get kinds(): string[] {
    return this.posted.map(({ t }) => t);
  }

  /** The webview has drawn what it was sent last. */
  drawn(): void {
    const sent = this.posted.findLast((message) => message.t === 'comparison');
    this.session.receive({ t: 'shown', id: sent?.id });
  }
}

const resolved = (): Promise<Comparison> => Promise.resolve(COMPARISON);

describe('the conversation about a comparison', () => {
  it('waits for the webview, and tells when the comparison stands', async () => {
    const around = new Around(resolved);
    await around.session.show();
    assert.deepEqual(around.posted, []);
    around.session.receive({ t: 'ready' });
    assert.deepEqual(around.kinds, ['source', 'comparison']);
    assert.equal(around.session.shown, undefined);
    around.drawn();
    assert.equal(around.shown, 1);
    assert.equal(around.session.shown, COMPARISON);
  });

  it('sends no lines, which may be many', async () => {
    const around = new Around(resolved);
    around.session.receive({ t: 'ready' });
    await around.session.show();
    const sent = around.posted.find((message) => message.t === 'comparison');
    assert.ok(sent && !('lines' in sent.comparison));
    assert.equal(sent.comparison.functions, COMPARISON.functions);
  });

  it('sends what it has to a webview that is built anew, and reads nothing', async () => {
    let reads = 0;
    const around = new Around(() => {
      reads += 1;
      return resolved();
    });
    around.session.receive({ t: 'ready' });
    await around.session.show();
    around.session.receive({ t: 'ready' });
    assert.deepEqual(around.kinds.slice(-2), ['source', 'comparison']);
    assert.equal(reads, 1);
  });

  it('says in a sentence why sides cannot be compared', async () => {
    const sentence = 'They cannot be compared: one has seconds, the other bytes.';
    const around = new Around(() => Promise.reject(new ProfileError(sentence, 'broken')));
    around.session.receive({ t: 'ready' });
    await around.session.show();
    assert.deepEqual(around.posted.at(-1), {
      t: 'failed',
      message: `a ↔ b cannot be compared. ${sentence}`,
    });
    assert.equal(around.logged.length, 1);
  });

  it('is called off', async () => {
    const around = new Around(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        }),
    );
    around.session.receive({ t: 'ready' });
    const showing = around.session.show();
    around.session.receive({ t: 'cancel' });
    await showing;
    assert.deepEqual(around.posted.at(-1), { t: 'failed', message: 'Comparing was cancelled.' });
  });

  it('selects a function once the comparison stands', async () => {
    const around = new Around(resolved);
    around.session.receive({ t: 'ready' });
    around.session.selectFunction(FRAME);
    await around.session.show();
    assert.ok(!around.kinds.includes('selectFunction'));
    around.drawn();
    assert.deepEqual(around.posted.at(-1), { t: 'selectFunction', frame: FRAME });
  });

  it('opens sources, and takes nothing else for a message', () => {
    const around = new Around(resolved);
    around.session.receive({ t: 'openSource', frame: FRAME });
    assert.deepEqual(around.opened, [FRAME]);
    around.session.receive({ t: 'openSource', frame: { name: 1 } });
    around.session.receive('openSource');
    assert.equal(around.opened.length, 1);
    assert.equal(around.logged.length, 2);
  });
});
