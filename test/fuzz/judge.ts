import { annotate } from '../../src/core/derive/annotate';
import { DEFAULT_LIMITS } from '../../src/core/derive/callTree';
import { functionTable } from '../../src/core/derive/functionTable';
import { inspectProfile } from '../../src/core/derive/inspection';
import { lineCosts } from '../../src/core/derive/lineCosts';
import { toSpeedscope } from '../../src/core/derive/speedscopeDocument';
import type { ReadChoice } from '../../src/core/formats/format';
import { readProfile } from '../../src/core/formats/registry';
import { ProfileError } from '../../src/core/model/errors';
import { checkIntegrity } from '../../src/core/model/integrity';
import type { Profile } from '../../src/core/model/profile';

/** What reading a file came to: a profile, a refusal that a person can understand, or a problem. */
export type Reading =
  | { readonly kind: 'read'; readonly profile: Profile }
  | { readonly kind: 'refused' }
  | { readonly kind: 'problem'; readonly problem: string };

/** Reads a file, of which nothing but the bytes is known. */
export function readBytes(bytes: Buffer, choice?: ReadChoice): Reading {
  try {
    return { kind: 'read', profile: readProfile({ bytes, name: '', choice }) };
  } catch (error) {
    if (!(error instanceof ProfileError)) return problem(stackOf(error));
    return isSentence(error.message) ? { kind: 'refused' } : problem(`says: ${error.message}`);
  }
}

function problem(text: string): Reading {
  return { kind: 'problem', problem: text };
}

/** One sentence for a person: short, and with nothing that a terminal or a page would act on. */
function isSentence(message: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^["“A-Z0-9][^\x00-\x1f\x7f]*[.!?]$/s.test(message) && message.length < 500;
}

function stackOf(error: unknown): string {
  return (error instanceof Error && error.stack) || String(error);
}

/**
 * What is wrong with a profile that was read, `undefined` where nothing is: it is sound, so is all
 * that is derived of it, and so is what else the file holds.
 */
export function problemOf(profile: Profile, bytes: Buffer): string | undefined {
  for (const choice of otherChoices(profile)) {
    const reading = readBytes(bytes, choice);
    const other = JSON.stringify(choice);
    if (reading.kind === 'problem') return `${other}: ${reading.problem}`;
    const unsound = reading.kind === 'read' ? problemOfOne(reading.profile) : undefined;
    if (unsound !== undefined) return `${other}: ${unsound}`;
  }
  return problemOfOne(profile);
}

/** The last of the metrics, and the first half of the time. */
function otherChoices({ metrics, period }: Profile): ReadChoice[] {
  const choices: ReadChoice[] = [];
  const last = metrics?.all.at(-1)?.id;
  if (last !== undefined && last !== metrics?.shown) choices.push({ metric: last });
  if (period) {
    const { fromMs, untilMs } = period.recorded;
    choices.push({ period: { fromMs, untilMs: (fromMs + untilMs) / 2 } });
  }
  return choices;
}

function problemOfOne(profile: Profile): string | undefined {
  const unsound = checkIntegrity(profile);
  if (unsound.length > 0) return unsound.slice(0, 3).join(' ');
  try {
    return problemOfDerivations(profile);
  } catch (error) {
    return stackOf(error);
  }
}

function problemOfDerivations(profile: Profile): string | undefined {
  const { document } = toSpeedscope(profile, { title: '', limits: DEFAULT_LIMITS });
  const inspection = inspectProfile(profile, profile.request);
  const derived: readonly (readonly [string, unknown])[] = [
    ['the function table', functionTable(profile)],
    ['the line costs', [...lineCosts(profile)].map(([file, lines]) => [file, [...lines]])],
    ['the annotations', [...annotate(profile).files]],
    ['the flamegraph', document],
    ['the inspection', inspection],
  ];
  for (const [what, value] of derived) {
    const odd = oddNumberIn(value);
    if (odd !== undefined) return `${what} of the profile holds ${odd}`;
  }
  return undefined;
}

/** A number of which JSON makes `null`. */
function oddNumberIn(value: unknown): string | undefined {
  let odd: string | undefined;
  JSON.stringify(value, (key, each: unknown) => {
    if (typeof each === 'number' && !Number.isFinite(each)) odd ??= `${key}: ${each}`;
    return each;
  });
  return odd;
}
