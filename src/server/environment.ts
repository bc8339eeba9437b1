import { pythonPath, type ProfilerVariables } from '../profiler/profilerVariables';
import { pathsOn } from './fileSystem';

export interface EnvironmentFacts {
  readonly base: Readonly<NodeJS.ProcessEnv>;
  /** Program of the interpreter, where one was found. */
  readonly python: string | undefined;
  /** The setting `hotline.server.environment`; `null` takes a variable away. */
  readonly overrides: Readonly<Record<string, string | null>>;
  readonly platform: NodeJS.Platform;
}

/**
 * The server's environment: the editor's own without what makes an editor of a program, the
 * interpreter's directory first on the path, unbuffered output in colour, then the overrides.
 */
export function serverEnvironment(facts: EnvironmentFacts): NodeJS.ProcessEnv {
  const environment = new Map<string, string>();
  // An editor that was started in a terminal with the profiler has its variables, too.
  for (const [name, value] of Object.entries(facts.base)) {
    if (value !== undefined && !/^(VSCODE_|ELECTRON_|HOTLINE_)/i.test(name))
      environment.set(name, value);
  }
  environment.set('PYTHONUNBUFFERED', '1');
  if (!environment.has('NO_COLOR')) environment.set('FORCE_COLOR', '1');
  prependToPath(environment, facts);
  for (const [name, value] of Object.entries(facts.overrides)) {
    const known = facts.platform === 'win32' ? sameName(environment.keys(), name) : name;
    if (value === null) environment.delete(known);
    else environment.set(known, value);
  }
  return Object.fromEntries(environment);
}

/** An environment of a server with what brings the profiler into it; overrides of its variables win. */
export function profiledEnvironment(
  environment: Readonly<NodeJS.ProcessEnv>,
  { bootstrap, variables }: ProfilerVariables,
  platform: NodeJS.Platform,
): NodeJS.ProcessEnv {
  const result = { ...variables, ...environment };
  const name = platform === 'win32' ? sameName(Object.keys(result), 'PYTHONPATH') : 'PYTHONPATH';
  result[name] = pythonPath(bootstrap, result[name], platform);
  return result;
}

/** A command such as `flask` is then found in the virtual environment, as if it were activated. */
function prependToPath(
  environment: Map<string, string>,
  { python, platform }: EnvironmentFacts,
): void {
  const paths = pathsOn(platform);
  if (python === undefined || !paths.isAbsolute(python)) return;
  const directory = paths.dirname(python);
  const name = platform === 'win32' ? sameName(environment.keys(), 'PATH') : 'PATH';
  const known = environment.get(name)?.split(paths.delimiter) ?? [];
  if (known.includes(directory)) return;
  environment.set(name, [directory, ...known].join(paths.delimiter));
}

/** On Windows names of variables do not differ by case. */
function sameName(names: Iterable<string>, name: string): string {
  const upper = name.toUpperCase();
  return [...names].find((key) => key.toUpperCase() === upper) ?? name;
}
