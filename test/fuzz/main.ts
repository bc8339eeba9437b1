/** Fuzzes the readers from a shell: `npm run fuzz`. Exit code 1 where anything was found. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { examineFile, formatIds, fuzz, type Report } from './fuzzer';

const usage = `Usage:
  npm run fuzz -- [--seconds N] [--format ID]... [--seed S]
      gives each reader broken files for N seconds (60 by default)
  npm run fuzz -- FILE...
      examines files, such as those that were found
`;

interface Command {
  readonly seconds: number;
  readonly seed: number;
  readonly formats: readonly string[];
  readonly files: readonly string[];
}

function commandOf(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      format: { type: 'string', multiple: true, default: formatIds() },
    },
  });
  const unknown = values.format.find((id) => !formatIds().includes(id));
  if (unknown !== undefined) {
    throw new Error(`There is no format ${unknown}, only ${formatIds().join(', ')}.`);
  }
  return {
    seconds: wholeNumber('--seconds', values.seconds),
    seed: wholeNumber('--seed', values.seed),
    formats: values.format,
    files: positionals,
  };
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} takes a whole number, not ${text}.`);
  return Number(text);
}

async function fuzzAll({ formats, seconds, seed }: Command): Promise<boolean> {
  console.log(`seed ${seed}, ${seconds} seconds for each reader`);
  let isSound = true;
  for (const format of formats) {
    const end = performance.now() + seconds * 1000;
    const report = await fuzz(format, seed, () => performance.now() >= end);
    print(report);
    isSound &&= report.findings.length === 0;
  }
  return isSound;
}

function print({ format, runs, read, findings }: Report): void {
  console.log(`${format}: ${runs} runs, ${read} of them read, ${findings.length} findings`);
  for (const { problem, made, path } of findings) {
    console.log(`  ${relative(process.cwd(), path)}: ${made}\n    ${printable(problem)}`);
  }
}

/** A problem may quote the file. */
function printable(problem: string): string {
  const lines = problem.split('\n', 8).map((line) => line.replace(/\p{Cc}/gu, '\ufffd'));
  return lines.map((line) => line.slice(0, 200)).join('\n    ');
}

async function examineAll(files: readonly string[]): Promise<boolean> {
  let isSound = true;
  for (const file of files) {
    const problem = await examineFile(readFileSync(file));
    console.log(`${file}: ${problem === undefined ? 'no finding' : printable(problem)}`);
    isSound &&= problem === undefined;
  }
  return isSound;
}

async function main(): Promise<void> {
  const command = commandOf(process.argv.slice(2));
  const isSound =
    command.files.length > 0 ? await examineAll(command.files) : await fuzzAll(command);
  process.exitCode = isSound ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n\n${usage}`);
  process.exitCode = 2;
});
