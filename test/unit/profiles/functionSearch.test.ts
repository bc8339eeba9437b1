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
/** Lines of a function that cost something. */
const LINES = 8;

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

describe('a directory of 10,000 profiles', () => {
  it('is searched for a line of a function', async (test) => {
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
        const lines = Array.from({ length: LINES }, (_line, offset) => ({
          ...{ offset: 1 + 2 * offset, self: self / LINES, total: (3 * self) / LINES },
        }));
        const func = functions[number] ?? { file: '', name: '', line: 0 };
        return { ...func, self, total: self * 3, lines };
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
    const line = { line: 0, offset: 3 };
    const query = { fileName: 'module5.py', name: 'function5', line };
    const { hits, indexed } = searchIndexes([index], query);
    const { user, system } = process.cpuUsage(cpu);
    test.diagnostic(
      `${PROFILES} profiles of ${FUNCTIONS} functions of ${LINES} lines, an index of ${megabytes(statSync(index).size)}: ` +
        `searched in ${Math.round(performance.now() - start)} ms, ` +
        `${Math.round((user + system) / 1000)} ms of processor time`,
    );
    assert.equal(indexed.size, PROFILES);
    assert.equal(hits.size, PROFILES / 5);
    assert.ok([...hits.values()].flat().some((hit) => (hit.line?.total ?? 0) > 0));
  });
});
