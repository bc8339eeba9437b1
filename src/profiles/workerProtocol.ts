import type { ProfileError } from '../core/model/errors';

/** Names of the methods of an API that a worker answers. */
export type Method<Api> = {
  [M in keyof Api]: Api[M] extends (...args: never[]) => unknown ? M : never;
}[keyof Api] &
  string;

/** The arguments and the result of one method. */
export type Arguments<Api, M extends keyof Api> = Api[M] extends (...args: infer A) => unknown
  ? A
  : never;
export type Result<Api, M extends keyof Api> = Api[M] extends (...args: never[]) => infer R
  ? R
  : never;

/** To the worker: one call. It is sent the next one only after its answer, so calls need no number. */
export interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** From the worker: what the call returned, or what it threw. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly message: string;
      /** Present for a `ProfileError`, absent for a defect of ours. */
      readonly reason: ProfileError['reason'] | undefined;
      readonly stack: string | undefined;
    };

/** How far a call has come that reads several files. */
export interface ReadProgress {
  readonly done: number;
  readonly total: number;
}

/** From the worker, any number of times before the answer. */
export interface ProgressReport {
  readonly progress: ReadProgress;
}

/** What a worker is told when it starts. */
export interface WorkerSettings {
  /** How many parsed profiles it keeps for the next question. */
  readonly keptProfiles: number;
}
