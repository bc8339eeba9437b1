import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { inOrder } from '../../../src/attach/processOrder';
import type { PythonProcess } from '../../../src/attach/pythonProcess';

const SHOP = join('/', 'work', 'shop');

function running(pid: number, facts: Partial<PythonProcess>): PythonProcess {
  return { pid, argv: ['python'], ports: [], cwd: join('/', 'tmp'), startedMs: 1000, ...facts };
}

it('puts the workspace first, in it servers, among them the newest', () => {
  const processes = [
    running(1, {}),
    running(2, { ports: [9000] }),
    running(3, { cwd: SHOP }),
    running(4, { cwd: join(SHOP, 'app'), ports: [8000], startedMs: 2000 }),
    running(5, { argv: [join(SHOP, '.venv', 'bin', 'python'), 'x.py'], ports: [8001] }),
    running(6, { cwd: `${SHOP}-old`, ports: [7000], startedMs: 3000 }),
  ];
  const order = inOrder(processes, [SHOP]).map(({ pid }) => pid);
  assert.deepEqual(order, [4, 5, 3, 6, 2, 1]);
});
