import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { eventually, followed, temporaryDirectory } from './support';

const COUNT = 100_000;

/** How many files and directories this process has the system watch. */
function systemWatches(): number {
  return readdirSync('/proc/self/fdinfo')
    .map((descriptor) => {
      try {
        return readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8');
      } catch {
        return '';
      }
    })
    .flatMap((info) => info.split('\n').filter((line) => line.startsWith('inotify wd:'))).length;
}

describe('a directory of 100,000 profiles', { skip: process.platform !== 'linux' }, () => {
  it('is listed and followed with one watch', async (test) => {
    const directory = await temporaryDirectory(test);
    for (let index = 0; index < COUNT; index++) {
      writeFileSync(
        join(directory, `shop.items.${index}.000012ms.${1_795_000_000 + index}.prof`),
        '',
      );
    }
    const before = systemWatches();
    const start = performance.now();
    const cpu = process.cpuUsage();
    const directories = followed(test, directory);
    await eventually('the listing', () => directories.entries().length === COUNT);
    const used = process.cpuUsage(cpu);
    test.diagnostic(
      `listed in ${Math.round(performance.now() - start)} ms, ` +
        `${Math.round((used.user + used.system) / 1000)} ms of processor time`,
    );
    assert.equal(systemWatches() - before, 1);

    const temporary = join(directory, 'shop.new.1795175664.prof');
    await writeFile(temporary, 'x');
    await rename(temporary, join(directory, 'shop.new.000099ms.1795175664.prof'));
    await eventually('the new profile', () => directories.entries().length === COUNT + 1);
    assert.equal(systemWatches() - before, 1);
  });
});
