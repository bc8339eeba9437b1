import { dirname } from 'node:path';
import { runShortProcess } from './shortProcess';

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
 * The URL patterns of a Django project as django-extensions' `show_urls --format json` lists them,
 * for example `/shop/items/<int:pk>/`; `undefined` when it cannot say.
 */
export async function readUrlTemplates({
  python,
  manageFile,
  environment,
  signal,
}: UrlListQuestion): Promise<string[] | undefined> {
  const argv = [...python, manageFile, 'show_urls', '--format', 'json', '--no-color'];
  const cwd = dirname(manageFile);
  const { code, stdout } = await runShortProcess(argv, { cwd, environment, timeoutMs, signal });
  return code === 0 ? parseUrlTemplates(stdout) : undefined;
}

/** The templates in the output of `show_urls`, each once; lines that a project prints itself are passed over. */
export function parseUrlTemplates(output: string): string[] | undefined {
  const line = output.split(/\r?\n/).findLast((text) => text.startsWith('['));
  if (line === undefined) return undefined;
  try {
    const views: unknown = JSON.parse(line);
    if (!Array.isArray(views)) return undefined;
    return [...new Set(views.flatMap(urlOf))].slice(0, maximumTemplates);
  } catch {
    return undefined;
  }
}

function urlOf(view: unknown): string[] {
  if (typeof view !== 'object' || view === null || !('url' in view)) return [];
  const { url } = view;
  return typeof url === 'string' && url.length <= maximumTemplateLength ? [url] : [];
}
