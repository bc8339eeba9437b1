import { ConfigurationTarget, workspace, type ConfigurationScope } from 'vscode';
import type { PathMapping } from '../core/sourcePath';

/** Every setting of the manifest with its type; the manifest holds the defaults. */
export interface Settings {
  profileDirectories: string[];
  fileNameTemplate: string;
  pathMappings: PathMapping[];
  endpoints: string[];
  'gutter.mode': 'off' | 'compact' | 'full';
  'gutter.percentOf': 'auto' | 'function' | 'request';
  'retention.maxFiles': number;
  'retention.maxAge': number;
  'retention.maxSize': number;
  'collector.endpoints': string[];
  'collector.interval': number;
  'collector.hoursByMinute': number;
  'collector.maxSize': number;
  'callTree.minimumShare': number;
  'callTree.maximumNodes': number;
  'kcachegrind.path': string;
  'attach.pySpy': string;
  'attach.rate': number;
  'attach.threads': 'together' | 'apart';
  'attach.idle': boolean;
  'attach.native': boolean;
  'attach.subprocesses': boolean;
  'profiler.mode': 'lines' | 'samples' | 'exact' | 'calls' | 'memory';
  'profiler.include': string[];
  'profiler.exclude': string[];
  'profiler.static': boolean;
  'profiler.minimumDuration': number;
  'profiler.every': number;
  'profiler.keepFiles': number;
  'profiler.keepBytes': number;
  'profiler.trigger': string;
  'profiler.sqlParameters': boolean;
  'profiler.interval': number;
  'server.profiler': 'hotline' | 'runprofileserver';
  'server.command': string;
  'server.arguments': string[];
  'server.host': string;
  'server.port': number;
  'server.environment': Record<string, string | null>;
  'server.noMedia': boolean;
  'server.kcachegrind': boolean;
  'server.threading': 'auto' | 'always' | 'never';
}

/** The value of a setting where `scope` is, the manifest's default included. */
export function setting<K extends keyof Settings>(key: K, scope?: ConfigurationScope): Settings[K] {
  const value = workspace.getConfiguration('hotline', scope).get<Settings[K]>(key);
  if (value === undefined) throw new Error(`The manifest has no default for hotline.${key}.`);
  return value;
}

/** What the user's own settings and those of the workspace say of a list of texts. */
export interface ListByLevel {
  readonly user: readonly string[];
  readonly workspace: readonly string[];
}

/** A list as each level has it: VS Code itself would let the workspace's hide the user's. */
export function listSetting(key: keyof Settings): ListByLevel {
  const values = workspace.getConfiguration('hotline').inspect<unknown>(key);
  return { user: textsOf(values?.globalValue), workspace: textsOf(values?.workspaceValue) };
}

/** Changes a list at one level; an empty one is taken out of the settings. */
export async function changeListSetting(
  key: keyof Settings,
  level: keyof ListByLevel,
  texts: readonly string[],
): Promise<void> {
  const target = level === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  const value = texts.length > 0 ? texts : undefined;
  await workspace.getConfiguration('hotline').update(key, value, target);
}

/** The manifest says what a setting holds, but a settings file may say anything. */
function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
