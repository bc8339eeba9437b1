import { workspace, type ConfigurationScope } from 'vscode';
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
  'callTree.minimumShare': number;
  'callTree.maximumNodes': number;
  'kcachegrind.path': string;
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
