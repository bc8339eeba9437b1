/** What reads too long, takes too much memory or crashes is seen, and what does not is let go. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Examiner } from './examiner';
import { buildReader } from './readerProcess';

describe('the examiner of broken files', () => {
  const program = buildReader('misbehavingReader');
  const examiner = new Examiner(program);
  after(() => {
    examiner.stop();
  });

  it('tells of a reader that hangs', async () => {
    const impatient = new Examiner(program, 2);
    const { outcome, problem } = await impatient.examine(Buffer.from('hang'));
    impatient.stop();
    assert.deepEqual([outcome, problem], ['failed', 'gave no answer in 2 seconds']);
  });

  for (const [deed, problem] of [
    ['fillHeap', /ran out of memory/],
    ['fillBuffers', /took 1[56]\d MB to read 11 bytes/],
    ['crash', /ended the process/],
  ] as const) {
    it(`tells of a reader that does this: ${deed}`, async () => {
      const verdict = await examiner.examine(Buffer.from(deed));
      assert.equal(verdict.outcome, 'failed');
      assert.match(verdict.problem ?? '', problem);
    });
  }

  for (const deed of ['nothing', 'litter']) {
    it(`tells nothing of one that does this: ${deed}`, async () => {
      const verdict = await examiner.examine(Buffer.from(deed));
      assert.deepEqual(verdict, { outcome: 'read', problem: undefined });
    });
  }
});
