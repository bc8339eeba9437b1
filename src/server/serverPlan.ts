import type { ServerDefinition } from './serverDefinition';
import type { Launch } from './serverProcess';

/** A launch with what the user is told of it. */
export interface ServerPlan extends Launch {
  /** The task it was made from, to make it again. */
  readonly definition: ServerDefinition;
  readonly profileDirectory: string;
  /** What was added to the command line or left out, and why. */
  readonly notes: readonly string[];
  /** A command of the user, which says by itself what it serves; else an application that was found. */
  readonly isCommand: boolean;
  /** The project's manage.py, which lists its URLs; `undefined` where there is none. */
  readonly manageFile: string | undefined;
  /** The environment without the profiler, for whatever is asked beside the server. */
  readonly plainEnvironment: NodeJS.ProcessEnv;
  /** Our own profiler is to get into the server; else the server brings one of its own. */
  readonly profiling: Profiling | undefined;
}

/** How our profiler gets in. */
export interface Profiling {
  /** What is seen in the command to be in its way, as the end of a sentence. */
  readonly obstacle: string | undefined;
  /** Not every request leaves a profile, because the settings choose. */
  readonly selective: boolean;
}

/** What the planning of one kind of application gives. */
export type PlanParts = Omit<
  ServerPlan,
  'definition' | 'profileDirectory' | 'host' | 'port' | 'isCommand'
>;
