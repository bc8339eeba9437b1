import { env } from 'vscode';
import { permissionRemedy, sudoCommand, tracingFacts } from '../../attach/permissionRemedy';
import type { SamplerFailure } from '../../attach/samplerFailure';
import { UserError, type Remedy } from '../../platform/errors';

/** What failed, for the sentence. */
export interface Attempt {
  readonly sampler: string;
  /** The process, as in `manage.py runserver (pid 4242)`. */
  readonly process: string;
  /** Program and arguments, as they can be run with more rights. */
  readonly command: readonly string[];
  /** Tries again with waiting threads; where that could help. */
  readonly withWaiting?: () => unknown;
}

/** A sampler's failure as a sentence with what helps. */
export async function attachFailure(cause: SamplerFailure, attempt: Attempt): Promise<UserError> {
  const { sampler, process } = attempt;
  const withOutput = { cause: cause.output };
  switch (cause.kind) {
    case 'gone':
      return new UserError(`${process} has ended: choose another process.`, [], withOutput);
    case 'permission':
      return notPermitted(attempt, withOutput);
    case 'notPython':
      return new UserError(
        `${sampler} finds no Python that it knows in ${process}; a newer ${sampler} may know it.`,
        [],
        withOutput,
      );
    case 'nothingRan':
      return nothingRan(attempt);
    case 'other':
      return new UserError(
        `${sampler} could not sample ${process}: ${cause.message.replace(/\.$/, '')}.`,
        [],
        withOutput,
      );
  }
}

async function notPermitted(
  { sampler, process, command }: Attempt,
  options: ErrorOptions,
): Promise<UserError> {
  const remedy = permissionRemedy(await tracingFacts());
  const remedies: Remedy[] = [];
  if (remedy.command !== undefined) remedies.push(copy('Copy sysctl Command', remedy.command));
  if (remedy.sudo) remedies.push(copy('Copy Command with sudo', sudoCommand(command)));
  return new UserError(
    `${sampler} may not look into ${process}. ${remedy.sentence}`,
    remedies,
    options,
  );
}

function nothingRan({ process, withWaiting }: Attempt): UserError {
  return new UserError(
    `No thread of ${process} ran Python code: send it requests meanwhile, or record waiting threads as well.`,
    withWaiting ? [{ title: 'Record Waiting Threads', run: withWaiting }] : [],
  );
}

function copy(title: string, command: string): Remedy {
  return { title, run: () => env.clipboard.writeText(command) };
}
