import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formats } from '../../src/core/formats/registry';
import { casesOf, type Case } from './cases';
import { Examiner } from './examiner';
import { buildReader } from './readerProcess';

/** Where files that were found stay, to be read again. */
const folder = join(import.meta.dirname, '../../.cache/fuzz');

/** A reader with so many different findings is broken enough. */
const mostFindings = 20;

/** A file with which a reader does what it must not. */
export interface Finding {
  readonly problem: string;
  readonly made: string;
  /** The file, to be read again. */
  readonly path: string;
}

/** What fuzzing one reader came to. */
export interface Report {
  readonly format: string;
  readonly runs: number;
  /** How many of the runs gave a profile. The others were refused, but for the findings. */
  readonly read: number;
  readonly findings: readonly Finding[];
}

/** All formats that can be fuzzed. */
export function formatIds(): string[] {
  return formats.map(({ id }) => id);
}

/**
 * Gives a reader broken files and watches what comes of them: anything but a sound profile or a
 * `ProfileError` is a finding, and so is what takes too long or too much memory. Findings that differ
 * in numbers only count as one.
 *
 * @param enough whether to stop after so many runs
 */
export async function fuzz(
  format: string,
  seed: number,
  enough: (runs: number) => boolean,
): Promise<Report> {
  const examiner = new Examiner(buildReader());
  const findings = new Map<string, Finding>();
  let runs = 0;
  let read = 0;
  try {
    for (const each of casesOf(format, seed)) {
      if (enough(runs) || findings.size >= mostFindings) break;
      const { outcome, problem } = await examiner.examine(each.bytes);
      runs++;
      if (outcome === 'read') read++;
      const kind = problem?.split('\n', 2).join(' ').replace(/\d+/g, '#');
      if (problem === undefined || kind === undefined || findings.has(kind)) continue;
      findings.set(kind, { problem, made: each.made, path: save(format, each) });
    }
  } finally {
    examiner.stop();
  }
  return { format, runs, read, findings: [...findings.values()] };
}

/** Examines one file, as a finding is saved. */
export async function examineFile(bytes: Buffer): Promise<string | undefined> {
  const examiner = new Examiner(buildReader());
  try {
    return (await examiner.examine(bytes)).problem;
  } finally {
    examiner.stop();
  }
}

function save(format: string, { bytes }: Case): string {
  mkdirSync(folder, { recursive: true });
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const path = join(folder, `${format}-${digest}`);
  writeFileSync(path, bytes);
  return path;
}
