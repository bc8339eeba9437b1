import type { Address } from './address';
import type { FoundApplication } from './application';
import { pathsOn, type FileSystem } from './fileSystem';
import { importTarget } from './importTarget';

/** An application as the server that is started in `cwd` finds it. */
export type ServedApplication =
  | { readonly kind: 'django'; readonly cwd: string; readonly manageFile: string }
  | {
      readonly kind: 'flask';
      readonly cwd: string;
      /** `src/shop/app.py:app`: Flask finds the packages of a file itself. */
      readonly name: string;
    }
  | {
      readonly kind: 'asgi';
      readonly cwd: string;
      /** `shop.main:app` */
      readonly name: string;
      readonly isFactory: boolean;
      /** Where that module is found, relative to `cwd`; empty for `cwd` itself. */
      readonly directory: string;
    };

/** What every development server is told. */
export interface DevelopmentServerFacts extends Address {
  readonly python: readonly string[];
  readonly furtherArguments: readonly string[];
  /** Version of Flask, where it is there. */
  readonly flask: string | undefined;
}

export interface DevelopmentServer {
  readonly argv: readonly string[];
  /** Environment variables that it needs. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The package that serves an application; Python and pip call it alike. */
export function packageOf({ kind }: ServedApplication): 'django' | 'flask' | 'uvicorn' {
  return kind === 'asgi' ? 'uvicorn' : kind;
}

export async function servedApplication(
  application: FoundApplication,
  files: FileSystem,
  platform: NodeJS.Platform,
): Promise<ServedApplication> {
  const paths = pathsOn(platform);
  const { kind, file } = application;
  if (kind === 'django') return { kind, cwd: paths.dirname(file), manageFile: file };
  const { object, isFactory } = application;
  const { module, root, cwd } = await importTarget(file, files, platform);
  if (kind === 'flask') return { kind, cwd, name: `${paths.relative(cwd, file)}:${object}` };
  const directory = paths.relative(cwd, root);
  return { kind, cwd, name: `${module}:${object}`, isFactory, directory };
}

/**
 * The command that people type to serve an application while they work on it, with its reloader:
 * `manage.py runserver`, `flask --app app.py:app run`, `uvicorn main:app`.
 */
export function developmentServer(
  application: ServedApplication,
  facts: DevelopmentServerFacts,
): DevelopmentServer {
  const { python, host, port, furtherArguments } = facts;
  const listening = ['--host', host, '--port', String(port), '--reload', ...furtherArguments];
  switch (application.kind) {
    case 'django': {
      const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
      const argv = [...python, application.manageFile, 'runserver', ...furtherArguments, address];
      return { argv, variables: {} };
    }
    case 'flask': {
      if (knowsAppOption(facts.flask)) {
        const app = ['--app', application.name];
        return { argv: [...python, '-m', 'flask', ...app, 'run', ...listening], variables: {} };
      }
      const argv = [...python, '-m', 'flask', 'run', ...listening];
      return { argv, variables: { FLASK_APP: application.name } };
    }
    case 'asgi': {
      const { name, isFactory, directory } = application;
      const options = [
        ...(isFactory ? ['--factory'] : []),
        ...(directory ? ['--app-dir', directory] : []),
      ];
      return { argv: [...python, '-m', 'uvicorn', name, ...options, ...listening], variables: {} };
    }
  }
}

/** `--app` came with Flask 2.2; versions that are not told are new. */
function knowsAppOption(version: string | undefined): boolean {
  const [major = 3, minor = 0] = (version ?? '3.0').split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 2);
}
