import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeServerCommand } from '../../../tools/codeServer.mjs';
import { run } from '../../../tools/run.mjs';
import { poll } from './poll';
import { descendants, signal } from './processTree';

/** User settings that keep the workbench quiet, so that a test sees only what it caused. */
const QUIET_SETTINGS = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.hotExit': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.commandCenter': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

export type UserSettings = Readonly<Record<string, unknown>>;

/** A VS Code server of its own: own port, settings, extensions and logs, all gone afterwards. */
export class CodeServer {
  readonly #home: string;
  readonly #initial: UserSettings;
  #changed: UserSettings = {};
  #process: ChildProcess | undefined;
  #output = '';

  private constructor(home: string, initial: UserSettings) {
    this.#home = home;
    this.#initial = initial;
  }

  /** Starts a server with extensions installed; `settings` are added to the user settings. */
  static async start(
    extensions: readonly string[],
    settings: UserSettings = {},
  ): Promise<CodeServer> {
    // Short: VS Code makes sockets in there, whose paths may have a hundred characters.
    const home = await mkdtemp(join(tmpdir(), 'hotline-'));
    const server = new CodeServer(home, settings);
    try {
      // Each level takes only settings of certain scopes: what is not for one is for the other.
      await server.#writeSettings('User', { ...QUIET_SETTINGS, ...settings });
      await server.#writeSettings('Machine', settings);
      const install = extensions.flatMap((vsix) => ['--install-extension', vsix]);
      const { program, args } = codeServerCommand(home, install);
      await run(program, args, { env: server.#environment() });
      await server.#listen();
      return server;
    } catch (error) {
      await server.dispose();
      throw error;
    }
  }

  /** The address with a folder opened; ends in no slash. */
  url(folder: string): string {
    const address = /listening on (http:\/\/[\d.:]+)/.exec(this.#output)?.[1];
    if (address === undefined) throw new Error('The VS Code server does not listen.');
    return `${address}/?folder=${encodeURIComponent(folder)}`;
  }

  /**
   * Changes settings; `undefined` restores what {@link start} was given. The workbench sees it a
   * moment later. The changes go into the machine's settings only, since a workbench in a browser
   * does not watch the user's; so those of the scope `application` are for {@link start}.
   */
  async changeSettings(changes: UserSettings): Promise<void> {
    this.#changed = { ...this.#changed, ...changes };
    const defined = Object.entries(this.#changed).filter(([, value]) => value !== undefined);
    await this.#writeSettings('Machine', { ...this.#initial, ...Object.fromEntries(defined) });
  }

  /** What the extension's log channel has written, all windows together; empty when nothing yet. */
  async extensionLog(): Promise<string> {
    return this.#logsNamed(/hotline\.hotline[\\/].*\.log$/);
  }

  /** The log of the extension hosts, where an activation that failed is told. */
  async extensionHostLog(): Promise<string> {
    return this.#logsNamed(/remoteexthost\.log$/);
  }

  /** What the server itself printed. */
  get output(): string {
    return this.#output;
  }

  /** Ends the server with everything it started and removes its folder. */
  async dispose(): Promise<void> {
    const pid = this.#process?.pid;
    if (pid !== undefined) {
      const family = [pid, ...descendants(pid)];
      signal(pid, 'SIGTERM');
      for (const member of family) signal(member, 'SIGKILL');
      this.#process = undefined;
    }
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  async #writeSettings(level: 'User' | 'Machine', settings: UserSettings): Promise<void> {
    const path = join(this.#home, 'data', level, 'settings.json');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify(settings, undefined, 2));
  }

  /** The tests' environment without what a VS Code around them would tell the one inside. */
  #environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(VSCODE_|CODE_SERVER_|NODE_OPTIONS|NODE_TEST_|npm_)/.test(name),
    );
    return { ...Object.fromEntries(inherited), XDG_DATA_HOME: join(this.#home, 'share') };
  }

  async #listen(): Promise<void> {
    const { program, args } = codeServerCommand(this.#home, [
      '--bind-addr=127.0.0.1:0',
      '--auth=none',
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
    ]);
    const server = spawn(program, args, {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = server;
    const collect = (chunk: Buffer): void => {
      this.#output += chunk.toString();
    };
    server.stdout.on('data', collect);
    server.stderr.on('data', collect);
    await poll('the VS Code server to listen', () => {
      if (server.exitCode !== null) throw new Error(`The VS Code server ended:\n${this.#output}`);
      return /listening on http/.test(this.#output) ? true : undefined;
    });
  }

  async #logsNamed(pattern: RegExp): Promise<string> {
    const folder = join(this.#home, 'data/logs');
    const names = await readdir(folder, { recursive: true });
    const found = names.filter((name) => pattern.test(name)).sort();
    const texts = await Promise.all(found.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.join('');
  }
}
