import { pathToFileURL } from 'node:url';

/** The `file:` URL of an absolute path of any system; any other path (`<string>`, `app.py`) as it is. */
export function fileUrl(path: string): string {
  if (path.startsWith('/')) return pathToFileURL(path, { windows: false }).href;
  if (/^[A-Za-z]:[\\/]/.test(path)) return pathToFileURL(path, { windows: true }).href;
  return path;
}
