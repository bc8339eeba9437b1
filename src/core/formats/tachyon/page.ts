import { startsWithText } from '../encoding/text';

/** How far into a page its title stands. */
const headLength = 4096;

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#x27', "'"],
  ['#39', "'"],
]);

/** The title of an HTML page, `undefined` for another file. */
export function titleOf(bytes: Buffer): string | undefined {
  if (!startsWithText(bytes, '<!doctype html>')) return undefined;
  const head = bytes.toString('utf8', 0, headLength);
  const title = /<title>([^<]*)<\/title>/.exec(head)?.[1];
  return title?.replace(/&([#\w]+);/g, (all, name: string) => entities.get(name) ?? all);
}
