import {
  oldestPython,
  packageMissing,
  profilerKeptOut,
  pythonTooOld,
  type ServerFailure,
} from './failures';
import { list, majorAndMinor, probeAnswer, probeMarker, text } from './probeAnswer';
import { runShortProcess } from './shortProcess';

/** What an interpreter says of itself, without looking at a project. */
export interface InterpreterFacts {
  /** Major and minor. */
  readonly version: readonly [number, number];
  /** Those of Django, Flask and uvicorn that can be imported, by their names in Python. */
  readonly packages: ReadonlySet<string>;
  /** Version of Flask. */
  readonly flask: string | undefined;
  /** Whether it has run the profiler's sitecustomize, which it finds by PYTHONPATH. */
  readonly takesProfiler: boolean;
}

/**
 * Runs on Python 2.7 and 3. Nothing is imported that is asked for. The module `_hotline_importing`
 * is the one by which the profiler waits for a framework.
 */
const script = `
import json, sys

def is_there(name):
    try:
        from importlib.util import find_spec
    except ImportError:
        from pkgutil import find_loader as find_spec
    return find_spec(name) is not None

def version_of(name):
    try:
        from importlib.metadata import version
        return version(name)
    except Exception:
        return None

facts = {
    "version": list(sys.version_info[:2]),
    "packages": [name for name in ("django", "flask", "uvicorn") if is_there(name)],
    "flask": version_of("flask"),
    "takesProfiler": "_hotline_importing" in sys.modules,
}
sys.stdout.write("\\n${probeMarker}" + json.dumps(facts) + "\\n")
`;

const timeoutMs = 30_000;

export interface InterpreterQuestion {
  readonly python: readonly string[];
  /** Where the server will be started: modules there count as can be imported. */
  readonly cwd: string;
  /** With the profiler's variables, as the server will have it. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Asks an interpreter in one process that ends by itself.
 * @throws ServerFailure when the interpreter does not run.
 */
export async function probeInterpreter({
  python,
  cwd,
  environment,
}: InterpreterQuestion): Promise<InterpreterFacts> {
  const argv = [...python, '-c', script];
  const answer = probeAnswer(await runShortProcess(argv, { cwd, environment, timeoutMs }), python);
  return {
    version: majorAndMinor(answer.get('version')),
    packages: new Set(list(answer.get('packages')).map(String)),
    flask: text(answer.get('flask')),
    takesProfiler: answer.get('takesProfiler') === true,
  };
}

/** Why an interpreter cannot serve an application under our profiler; `undefined` when it can. */
export function missingFromInterpreter(
  { version, packages, takesProfiler }: InterpreterFacts,
  needed: 'django' | 'flask' | 'uvicorn',
  python: readonly string[],
): ServerFailure | undefined {
  const [major, minor] = version;
  const [oldestMajor, oldestMinor] = oldestPython;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    return pythonTooOld(version, python);
  }
  if (!packages.has(needed)) return packageMissing(needed, python);
  return takesProfiler ? undefined : profilerKeptOut(python);
}
