import { damaged } from '../failures';
import { isCost } from '../encoding/numbers';
import { parseTitle, type Title } from './title';

/** A frame as it is drawn; lengths in whatever unit the file has. */
export interface Box extends Title {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** What people call the format. */
export const formatLabel = 'SVG flame graph';

/** A title and the rectangle that follows it. */
const titledRectangle = /<title>([^<]*)<\/title>\s*<rect([^>]*)>/g;
/** A name begins where none goes on, or a long one would be tried from each of its letters. */
const attribute = /(?<![\w:])([\w:]+)="([^"]*)"/g;

/** All boxes, in the order of the file. */
export function readBoxes(svg: string): Box[] {
  const boxes: Box[] = [];
  for (const [, escapedTitle = '', rectangle = ''] of svg.matchAll(titledRectangle)) {
    const title = parseTitle(escapedTitle);
    if (!title) continue;
    if (!isCost(title.count)) throw damaged(formatLabel, 'a count is no number');
    boxes.push({ ...title, ...readPlace(rectangle) });
  }
  return boxes;
}

/** inferno gives the exact place, in samples, beside the drawn one, which is rounded. */
function readPlace(rectangle: string): Pick<Box, 'left' | 'right' | 'top'> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of rectangle.matchAll(attribute))
    attributes.set(name, value);
  const left = length(attributes.get('fg:x') ?? attributes.get('x'));
  const width = length(attributes.get('fg:w') ?? attributes.get('width'));
  return { left, right: left + width, top: length(attributes.get('y')) };
}

/** A number of pixels, samples or percent. */
function length(text: string | undefined): number {
  const value = Number(text?.replace(/%$/, '') || NaN);
  if (!isCost(value)) throw damaged(formatLabel, 'a box has no place');
  return value;
}
