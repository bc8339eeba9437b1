import type { Profile } from '../../../../src/core/model/profile';
import { samplesOf, stacksOf, type FrameWriter } from './stackTexts';

/** `function file:line`, with a blank for what is unknown. */
export const functionFileLine: FrameWriter = ({ name, file = '' }, { line = '' }) =>
  `${name} ${file}:${line}`;

/** Weights of all lanes by stack, from the root: frames joined by semicolons. */
export function weightsByStack(profile: Profile, write = functionFileLine): Map<string, number> {
  const weights = new Map<string, number>();
  for (const lane of stacksOf(profile).lanes) {
    for (const { stack, weight } of samplesOf(profile, lane, write)) {
      weights.set(stack, (weights.get(stack) ?? 0) + weight);
    }
  }
  return weights;
}
