import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { searchIndexes } from '../../../src/profiles/functionIndex';
import { INDEX_NAME } from '../../../src/profiles/functionIndexFile';
import { FunctionIndexWriter } from '../../../src/profiles/functionIndexWriter';
import { temporaryDirectory } from './support';

const PROFILES = 10_000;
/** Functions of a profile, and of the program. */
const FUNCTIONS = 100;
const PROGRAM = 5 * FUNCTIONS;

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

describe('a directory of 10,000 profiles', () => {
  it('is searched for a function', async (test) => {
    const directory = await temporaryDirectory(test);
    const index = join(directory, INDEX_NAME);
    const writer = new FunctionIndexWriter();
    const functions = Array.from({ length: PROGRAM }, (_, number) => ({
      file: `/srv/shop/package${number % 50}/module${number % 97}.py`,
      name: `function${number}`,
      line: 1 + (number % 900),
    }));
    for (let profile = 0; profile < PROFILES; profile++) {
      const name = `shop.items.${profile}.000012ms.${1_795_000_000 + profile}.prof`;
      writeFileSync(join(directory, name), '');
      const called = Array.from({ length: FUNCTIONS }, (_, each) => {
        const number = (profile + 5 * each) % PROGRAM;
        const self = ((profile * 7_919 + each * 104_729) % 100_003) * 1e-6;
        return { ...(functions[number] ?? { file: '', name: '', line: 0 }), self, total: self * 3 };
      });
      writer.append(index, {
        name,
        stamp: { size: 0, modifiedMs: 0 },
        unit: 'seconds',
        functions: called,
      });
    }
    const start = performance.now();
    const cpu = process.cpuUsage();
    const { hits, indexed } = searchIndexes([index], { fileName: 'module5.py', name: 'function5' });
    const { user, system } = process.cpuUsage(cpu);
    test.diagnostic(
      `${PROFILES} profiles of ${FUNCTIONS} functions, an index of ${megabytes(statSync(index).size)}: ` +
        `searched in ${Math.round(performance.now() - start)} ms, ` +
        `${Math.round((user + system) / 1000)} ms of processor time`,
    );
    assert.equal(indexed.size, PROFILES);
    assert.equal(hits.size, PROFILES / 5);
  });
});
