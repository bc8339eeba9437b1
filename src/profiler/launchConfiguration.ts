import { wrongOption, type ProfilerOptions } from './profilerOptions';
import { pythonPath, type ProfilerVariables } from './profilerVariables';

/** The part of a launch configuration that matters here; free text of a person. */
export type LaunchConfiguration = Readonly<Record<string, unknown>>;

/** What a launch configuration asks of the profiler. */
export type LaunchRequest =
  | { readonly kind: 'none' }
  | { readonly kind: 'profile'; readonly overrides: Partial<ProfilerOptions> }
  /** One sentence for a person. */
  | { readonly kind: 'wrong'; readonly problem: string };

/** Reads the property `hotline` of a launch configuration: `true`, or an object of options. */
export function launchRequest(configuration: LaunchConfiguration): LaunchRequest {
  const { hotline } = configuration;
  if (hotline === undefined || hotline === false) return { kind: 'none' };
  // debugpy attaches to each child process with the configuration of its parent.
  if ('subProcessId' in configuration) return { kind: 'none' };
  if (configuration['request'] !== 'launch') {
    return wrong('has no effect, because the debugger does not start the server there');
  }
  if (hotline === true) return { kind: 'profile', overrides: {} };
  if (typeof hotline !== 'object' || hotline === null || Array.isArray(hotline)) {
    return wrong('must be true, false or an object of options');
  }
  const overrides = Object.fromEntries(Object.entries(hotline));
  const option = wrongOption(overrides);
  if (option) return wrong(`is wrong: ${option.name} ${option.problem}`);
  return { kind: 'profile', overrides };
}

/** The environment of a launch configuration with what brings the profiler in; what is set there wins. */
export function profiledLaunch(
  configuration: LaunchConfiguration,
  { bootstrap, variables }: ProfilerVariables,
  inherited: Readonly<NodeJS.ProcessEnv>,
  platform: NodeJS.Platform,
): Record<string, unknown> {
  const { env } = configuration;
  const own: Record<string, unknown> =
    typeof env === 'object' && env !== null ? Object.fromEntries(Object.entries(env)) : {};
  const known = own['PYTHONPATH'];
  const existing = typeof known === 'string' ? known : inherited['PYTHONPATH'];
  return { ...variables, ...own, PYTHONPATH: pythonPath(bootstrap, existing, platform) };
}

function wrong(problem: string): LaunchRequest {
  return { kind: 'wrong', problem: `"hotline" in this launch configuration ${problem}.` };
}
