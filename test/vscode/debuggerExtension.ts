import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../tools/paths.mjs';
import { run } from '../../tools/run.mjs';

/**
 * Packs an extension that starts debugpy as the Python extension's debugger does, and knows of a
 * launch configuration only what the tests use.
 * @param folder Where it is made; the path of the VSIX is in there.
 * @param environment The virtual environment with debugpy.
 */
export async function packDebuggerExtension(folder: string, environment: string): Promise<string> {
  const python = join(environment, 'bin', 'python');
  const where = 'import debugpy.adapter, os; print(os.path.dirname(debugpy.adapter.__file__))';
  const adapter = (await run(python, ['-c', where])).trim();
  const manifest = {
    name: 'debugger',
    publisher: 'tests',
    version: '1.0.0',
    engines: { vscode: '*' },
    contributes: {
      debuggers: [
        {
          type: 'debugpy',
          label: 'Python Debugger',
          runtime: python,
          program: adapter,
          configurationAttributes: {
            launch: {
              properties: {
                args: { type: 'array' },
                console: { type: 'string' },
                cwd: { type: 'string' },
                env: { type: 'object' },
                program: { type: 'string' },
                python: { type: 'string' },
              },
            },
          },
        },
      ],
    },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'README.md'), '# Debugger\n');
  const vsix = join(folder, 'debugger.vsix');
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const options = ['--allow-missing-repository', '--skip-license', '--no-dependencies'];
  await run(process.execPath, [vsce, 'package', ...options, '--out', vsix], { cwd: folder });
  return vsix;
}
