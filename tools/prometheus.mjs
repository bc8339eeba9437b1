/** Prometheus, a program in Go that serves `/debug/pprof`: what is collected from in a test. */
import { installDebianPackages } from './debian.mjs';
import { MissingOnMachine } from './missing.mjs';
import { note } from './note.mjs';
import { findOnPath, RunError } from './run.mjs';

/** Installs it where it is missing and may be; without it one test is skipped, which says so. */
export async function installPrometheus() {
  if (findOnPath(['prometheus'])) return;
  try {
    await installDebianPackages(['prometheus']);
  } catch (error) {
    if (!(error instanceof MissingOnMachine || error instanceof RunError)) throw error;
    note(`There will be no Prometheus to collect from: ${error.message}`);
  }
}
