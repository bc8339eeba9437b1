import { dirname } from 'node:path';
import { list, readAnswer, text } from './probeAnswer';
import { runShortProcess } from './shortProcess';
import { urlListScript } from './urlListScript';

/** The project is loaded anew for the list, which may take as long as the start of the server. */
const timeoutMs = 60_000;

/** Beyond these a list is no longer one of a site that people click around. */
const maximumTemplates = 20_000;
const maximumTemplateLength = 1000;

export interface UrlListQuestion {
  readonly python: readonly string[];
  readonly manageFile: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * The URL patterns of a Django project, for example `/shop/items/<int:pk>/`; `undefined` when it
 * cannot say.
 */
export async function readUrlTemplates({
  python,
  manageFile,
  environment,
  signal,
}: UrlListQuestion): Promise<string[] | undefined> {
  const argv = [...python, '-c', urlListScript, manageFile];
  const cwd = dirname(manageFile);
  const { stdout } = await runShortProcess(argv, { cwd, environment, timeoutMs, signal });
  return parseUrlTemplates(stdout);
}

/** The templates in the output of the list's program, each once. */
export function parseUrlTemplates(output: string): string[] | undefined {
  const answer = readAnswer(output);
  if (!answer) return undefined;
  const urls = list(answer.get('urls')).flatMap((url) => text(url) ?? []);
  const short = urls.filter((url) => url.length <= maximumTemplateLength);
  return [...new Set(short)].slice(0, maximumTemplates);
}
