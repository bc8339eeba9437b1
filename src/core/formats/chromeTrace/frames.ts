import type { FrameIndex } from '../../model/profile';
import type { StacksBuilder } from '../../model/stacksBuilder';
import { parseFunctionInFile } from '../encoding/frameText';
import { isObject, type JsonObject } from '../encoding/json';
import { lineNumber } from '../encoding/numbers';

/** Whether an event is by py-spy, whose frames are samples that it merged and no calls. */
export function isPySpy(event: JsonObject): boolean {
  return event['cat'] === 'py-spy';
}

/** The name of an event; it may have none. */
export function nameOf({ name }: JsonObject): string {
  return typeof name === 'string' ? name : '';
}

/**
 * The frame of an event. py-spy tells the file and the executing line in the arguments, VizTracer
 * (category `FEE`) the file and the first line of the function in the name.
 */
export function frameOf(event: JsonObject, builder: StacksBuilder): FrameIndex {
  const label = nameOf(event) || '(unnamed)';
  const { cat: category, args } = event;
  if (isPySpy(event) && isObject(args)) {
    const { filename, line } = args;
    const file = typeof filename === 'string' && filename !== '' ? filename : undefined;
    return builder.frame(label, file, undefined, lineNumber(Number(line)));
  }
  if (typeof category === 'string' && category.toLowerCase() === 'fee') {
    const traced = parseFunctionInFile(label);
    return builder.frame(traced?.name ?? label, traced?.file, traced?.line, undefined);
  }
  return builder.frame(label, undefined, undefined, undefined);
}
