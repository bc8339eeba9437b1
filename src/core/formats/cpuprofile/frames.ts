import type { FrameIndex } from '../../model/profile';
import type { StacksBuilder } from '../../model/stacksBuilder';
import { parseFileFunctionLine } from '../encoding/frameText';
import { lineNumber } from '../encoding/numbers';
import type { ProfileNode } from './nodes';
import { text } from './values';

/** Names of roots that are no functions: V8's, and py2devtools'. */
const roots = new Set(['(root)', 'head']);

/** Name of the node of samples in which nothing ran. */
const idle = '(idle)';

/** The frame of a node, `undefined` where nothing runs. */
export function frameOf(
  { callFrame, firstLine, parent }: ProfileNode,
  isPyflame: boolean,
  builder: StacksBuilder,
): FrameIndex | undefined {
  const name = text(callFrame['functionName']);
  if (name === idle || (parent === undefined && roots.has(name))) return undefined;
  if (isPyflame) {
    const label = parseFileFunctionLine(name);
    return builder.frame(label?.name ?? name, label?.file, undefined, label?.line);
  }
  const file = fileOf(callFrame['url']);
  const line = file === undefined ? undefined : lineNumber(firstLine ?? 0);
  return builder.frame(name || '(anonymous)', file, line, undefined);
}

/** The path of a `file:` URL; any other URL as it is. */
function fileOf(url: unknown): string | undefined {
  if (typeof url !== 'string' || url === '') return undefined;
  const path = /^file:\/\/(?:\/(?=[A-Za-z]:))?(.+)$/s.exec(url)?.[1];
  if (path === undefined) return url;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
