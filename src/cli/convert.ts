import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { DEFAULT_LIMITS } from '../core/derive/callTree';
import { ExportSource } from '../core/writers/exportSource';
import { writerOf, writers } from '../core/writers/registry';
import { ExportError, type Writer } from '../core/writers/writer';
import type { Command } from './arguments';
import { FileError, UsageError } from './failures';
import { printFile, writeOutput } from './output';
import { readCommandFile } from './reading';

/** Writes a profile in another format, and says on the standard error what that cannot hold. */
export function convert(command: Command): void {
  const { file, output, force } = command;
  const writer = chosenWriter(command);
  const profile = readCommandFile(command);
  const source = new ExportSource(profile, { title: basename(file), limits: DEFAULT_LIMITS });
  const { losses, content } = exported(file, writer, source);
  if (output === undefined) printFile(content);
  else if (isSameFile(file, output)) throw new UsageError('The output would replace the profile.');
  else writeOutput(output, content, force);
  for (const { sentence } of losses) process.stderr.write(`${sentence}\n`);
}

function chosenWriter({ to }: Command): Writer {
  const writer = to === undefined ? undefined : writerOf(to);
  if (writer) return writer;
  const known = writers.map(({ id }) => id).join(', ');
  throw new UsageError(`Say what to convert to: --to with one of ${known}.`);
}

function exported(file: string, writer: Writer, source: ExportSource) {
  try {
    return { losses: writer.losses(source), content: writer.write(source) };
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    throw new FileError(`${file}: ${error.message}`, { cause: error });
  }
}

function isSameFile(file: string, output: string): boolean {
  try {
    return realpathSync(file) === realpathSync(output);
  } catch {
    return false;
  }
}
