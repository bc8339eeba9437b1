import { execFileSync } from 'node:child_process';

/** The keyword arguments of a call of `str.format`. */
export type FormatArguments = Readonly<Record<string, string | number>>;

const PROGRAM = `
import json, sys
calls = json.load(sys.stdin)
json.dump([template.format(**arguments) for template, arguments in calls], sys.stdout)
`;

/** What Python itself makes of format strings. */
export function formatWithPython(
  calls: readonly (readonly [template: string, values: FormatArguments])[],
): string[] {
  const output = execFileSync('python3', ['-c', PROGRAM], {
    input: JSON.stringify(calls),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(output) as string[];
}
