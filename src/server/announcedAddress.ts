import type { Address } from './address';

const url = String.raw`http://(?:\[(?<v6>[\da-f:]+)\]|(?<host>[\w.-]+)):(?<port>\d+)`;

/**
 * The lines on which servers tell where they listen: Django's runserver, runprofileserver, daphne in
 * runserver, Flask (werkzeug), uvicorn, hypercorn, gunicorn, waitress, http.server and wsgiref.
 */
const announcements = [
  String.raw`^Starting .*development server at ${url}`,
  String.raw`^Development server is running at ${url}`,
  String.raw`^ \* Running on ${url}`,
  String.raw`\bUvicorn running on ${url}`,
  String.raw`\bRunning on ${url} \(CTRL`,
  String.raw`\bListening at: ${url}`,
  String.raw`\bServing on ${url}`,
  String.raw`^Serving HTTP on .* \(${url}`,
].map((source) => new RegExp(source, 'm'));

/** Where a server says that it listens; `undefined` where it does not, or not yet. */
export function announcedAddress(output: string): Address | undefined {
  for (const announcement of announcements) {
    const { v6, host, port } = announcement.exec(output)?.groups ?? {};
    const name = v6 ?? host;
    if (name !== undefined && port !== undefined) return { host: name, port: Number(port) };
  }
  return undefined;
}
