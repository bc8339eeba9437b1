import type { TaskDefinition } from 'vscode';
import { isMode, type ProfilerOptions } from '../profiler/profilerOptions';
import { ServerFailure, settingInvalid } from './failures';

/** Type of our tasks, as in the manifest. */
export const taskType = 'hotline';

/** A task of tasks.json; what it leaves out, the settings say. */
export interface ServerDefinition {
  readonly command?: string;
  readonly arguments?: readonly string[];
  readonly host?: string;
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly profiler?: 'hotline' | 'runprofileserver';
  readonly mode?: ProfilerOptions['mode'];
}

/** What every property must be, in words and as a test. */
const checks = {
  command: ['a text', isText],
  arguments: ['a list of texts', isTextList],
  host: ['an address or a name', isHost],
  port: ['a whole number from 1 to 65535', isPort],
  environment: ['an object of texts', isEnvironment],
  profiler: ['hotline or runprofileserver', isProfiler],
  mode: ['lines, samples, exact, calls or memory', isMode],
} as const;

/**
 * Reads a task's definition, which is free text of a person.
 * @throws ServerFailure that names the property that is not what it must be.
 */
export function readDefinition(task: Readonly<Record<string, unknown>>): ServerDefinition {
  const given = Object.entries(checks).filter(([name]) => task[name] !== undefined);
  for (const [name, [what, is]] of given) {
    if (!is(task[name])) {
      throw new ServerFailure(
        'settingInvalid',
        `"${name}" of the ${taskType} task in tasks.json must be ${what}.`,
      );
    }
  }
  return Object.fromEntries(given.map(([name]) => [name, task[name]]));
}

/**
 * Fills in from the settings, as free as tasks, what a task leaves out.
 * @throws ServerFailure that names the setting that is not what it must be.
 */
export function completeDefinition(
  definition: ServerDefinition,
  settings: Readonly<Required<ServerDefinition>>,
): Required<ServerDefinition> {
  const complete = { ...settings, ...definition };
  const values = new Map<string, unknown>(Object.entries(complete));
  for (const [name, [what, is]] of Object.entries(checks)) {
    const group = name === 'mode' ? 'profiler' : 'server';
    if (!is(values.get(name))) throw settingInvalid(`hotline.${group}.${name}`, `must be ${what}`);
  }
  return complete;
}

export function toTaskDefinition(definition: ServerDefinition): TaskDefinition {
  return { ...definition, type: taskType };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isHost(value: unknown): value is string {
  return isText(value) && /^[^\s/]+$/.test(value);
}

/** A port a server can be told to listen on. */
export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535;
}

function isProfiler(value: unknown): boolean {
  return value === 'hotline' || value === 'runprofileserver';
}

function isEnvironment(value: unknown): value is Record<string, string | null> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((item) => item === null || isText(item))
  );
}
