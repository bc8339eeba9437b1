import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, type Disposable } from 'vscode';
import { UserError, withErrorHandling } from '../../platform/errors';
import { setting } from '../../platform/settings';
import { requireTrust } from '../../platform/workspaceTrust';
import { exportName } from './exportName';
import { ExportedProfile, type ChosenProfile, type ProfileExporter } from './exportedProfile';
import { findProgram } from './programs';

/** *Open in KCacheGrind*: exports to a directory of its own, and starts the program on it. */
export class KCacheGrind implements Disposable {
  readonly #exporter: ProfileExporter;
  /** Readable to the user alone: names and paths in a profile are nobody else's business. */
  #directory: string | undefined;

  constructor(exporter: ProfileExporter) {
    this.#exporter = exporter;
  }

  async open(profile: ChosenProfile): Promise<void> {
    requireTrust('KCacheGrind is a program of this machine');
    const program = await findKCacheGrind();
    const bytes = await new ExportedProfile(this.#exporter, profile).write('callgrind');
    this.#directory ??= mkdtempSync(join(tmpdir(), 'hotline-kcachegrind-'));
    const file = join(this.#directory, exportName(profile.path, '.callgrind.out'));
    await writeFile(file, bytes, { mode: 0o600 });
    await start(program, file);
  }

  /** At once, because nothing waits for it; a KCacheGrind that is open has read its file. */
  dispose(): void {
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
  }
}

async function findKCacheGrind(): Promise<string> {
  const configured = setting('kcachegrind.path');
  const program = configured || (await findProgram(['kcachegrind', 'qcachegrind']));
  if (program !== undefined) return program;
  throw new UserError(
    'KCacheGrind is not installed: get it with “apt install kcachegrind”, “dnf install kcachegrind” or “brew install qcachegrind”, or set hotline.kcachegrind.path.',
    [
      {
        title: 'Open Settings',
        run: () => commands.executeCommand('workbench.action.openSettings', 'hotline.kcachegrind'),
      },
    ],
  );
}

/** Resolves once the program runs; it outlives the editor. */
function start(program: string, file: string): Promise<void> {
  const child = spawn(program, [file], { detached: true, stdio: 'ignore' });
  child.unref();
  child.once('exit', (code) => {
    if (!code) return;
    void withErrorHandling('Open in KCacheGrind', () => {
      throw new UserError(
        `${program} stopped with code ${code}: it needs a display on the machine that the profiles are on.`,
      );
    });
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => {
      reject(new UserError(`${program} cannot be started.`, [], { cause }));
    });
  });
}
