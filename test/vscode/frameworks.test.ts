import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { accepts } from '../../src/server/address';
import { freePort } from '../unit/server/djangoProject';
import { poll } from './harness/poll';
import { Workbench } from './harness/workbench';
import { serverEnvironment } from './serverEnvironment';

const host = '127.0.0.1';

/** What a file of ours says beside the stacks. */
interface ProfileFile {
  readonly hotline: {
    readonly request: { readonly method: string; readonly path: string; readonly status: number };
    readonly lines: readonly {
      readonly file: string;
      readonly line: number;
      readonly hits: number;
    }[];
  };
}

/** Projects as their frameworks' manuals begin, each with a line that runs ten times in a request. */
const projects = {
  Flask: {
    file: 'app.py',
    text: `from flask import Flask
app = Flask(__name__)

@app.get("/sum")
def add():
    total = 0
    for number in range(10):
        total += number
    return str(total)
`,
    line: 8,
  },
  FastAPI: {
    file: 'src/shop/main.py',
    text: `from fastapi import FastAPI

app = FastAPI()

@app.get("/sum")
async def add():
    total = 0
    for number in range(10):
        total += number
    return total
`,
    line: 9,
  },
} as const;

describe('Start profiled server', () => {
  let environment: string;

  before(async () => {
    environment = await serverEnvironment();
  });

  for (const [framework, { file, text, line }] of Object.entries(projects)) {
    it(`profiles ${framework}, with nothing installed but the extension`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'hotline-'));
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
      await symlink(environment, join(folder, '.venv'));
      const port = await freePort();
      const workbench = await Workbench.start({
        workspace: folder,
        settings: { 'hotline.server.port': port },
      });
      try {
        await workbench.showProfiles();
        await workbench.command('Hotline: Start profiled server');
        await poll('the address in the status bar', async () =>
          (await workbench.statusItems()).some((item) => item.includes(`${host}:${port}`))
            ? true
            : undefined,
        );
        assert.equal(await (await fetch(`http://${host}:${port}/sum`)).text(), '45');
        await workbench.profiles.row('/sum').waitFor();
        const [name = ''] = (await readdir(join(folder, '.hotline'))).filter((found) =>
          found.endsWith('.speedscope.json'),
        );
        const { hotline } = JSON.parse(
          await readFile(join(folder, '.hotline', name), 'utf8'),
        ) as ProfileFile;
        const { method, path, status } = hotline.request;
        assert.deepEqual([method, path, status], ['GET', '/sum', 200]);
        const hits = hotline.lines.find((cost) => cost.line === line && cost.file.endsWith(file));
        assert.equal(hits?.hits, 10, JSON.stringify(hotline.lines));
        await workbench.command('Hotline: Stop profiled server');
        await poll('the server to end', async () =>
          (await accepts({ host, port })) ? undefined : true,
        );
      } catch (error) {
        await workbench.screenshot(`failed-${framework}`);
        console.error(await workbench.extensionLog());
        throw error;
      } finally {
        await workbench.dispose();
        await rm(folder, { recursive: true, force: true });
      }
    });
  }
});
