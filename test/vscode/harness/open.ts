/**
 * A workbench to play with: `node --import tsx test/vscode/harness/open.ts WORKSPACE`.
 *
 * Prints its address for a browser of your own and starts a JavaScript prompt in which `workbench`
 * is what the tests use, for example `await workbench.profiles.rows()`.
 */
import { resolve } from 'node:path';
import repl from 'node:repl';
import { Workbench } from './workbench';

async function main(): Promise<void> {
  const [workspace] = process.argv.slice(2);
  if (workspace === undefined) throw new Error('Which folder is to be opened?');
  const folder = resolve(workspace);
  const workbench = await Workbench.start({ workspace: folder });
  console.log(workbench.server.url(folder));
  const prompt = repl.start();
  Object.assign(prompt.context, { workbench });
  prompt.on('exit', () => {
    void workbench.dispose();
  });
}

void main();
