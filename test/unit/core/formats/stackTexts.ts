import type { Frame, Func, Lane, Profile, Stacks } from '../../../../src/core/model/profile';

export function stacksOf({ data }: Profile): Stacks {
  if (data.kind !== 'stacks') throw new Error('the profile has no stacks');
  return data;
}

/** A frame as a tool writes it. */
export type FrameWriter = (func: Func, frame: Frame) => string;

/** `file:function:line`, without what is unknown. */
export const fileFunctionLine: FrameWriter = ({ name, file }, { line }) =>
  [file, name, line].filter((part) => part !== undefined).join(':');

/** `function (file:line)`, without what is unknown. */
export const functionInFile: FrameWriter = ({ name, file, line: definition }, { line }) => {
  const shown = line ?? definition;
  if (file === undefined) return name;
  return shown === undefined ? `${name} (${file})` : `${name} (${file}:${shown})`;
};

/** The frames of every sample of a lane from the root, joined by semicolons, and its weight. */
export function samplesOf(
  profile: Profile,
  lane: Lane,
  write: FrameWriter,
): { stack: string; weight: number }[] {
  const { nodes, frames } = stacksOf(profile);
  return Array.from(lane.samples, (leaf, sample) => {
    const texts: string[] = [];
    for (let node = leaf; node >= 0; node = nodes.parent[node] ?? -1) {
      const frame = frames[nodes.frame[node] ?? -1];
      const func = frame && profile.functions[frame.func];
      if (func) texts.unshift(write(func, frame));
    }
    return { stack: texts.join(';'), weight: lane.weights[sample] ?? NaN };
  });
}
