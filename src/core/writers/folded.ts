import type { StacksProfile } from '../derive/profileStacks';
import { at } from '../model/typedArrays';
import type { ExportSource } from './exportSource';
import { printable } from '../text';
import { nameLosses, uniqueNames } from './functionNames';
import { commonLosses, lossIf, orderLosses, stackLosses } from './losses';
import { costsByNode, exportedLanes, mergeNodes, sampleCosts } from './stackNodes';
import { refuseNegative, rounded, roundingLosses, wholeUnitOf } from './units';
import { ExportError, type Loss, type Writer } from './writer';

/** The longest text that is written; V8 holds strings of up to half of this. */
const maximumLength = 2 ** 28;

/**
 * Folded stacks, as flamegraph.pl (https://github.com/brendangregg/FlameGraph), inferno and
 * speedscope read them: `root;caller;callee COUNT`, whole numbers. Frames are written as py-spy does,
 * `function (file:line)`, with the line that ran where it is known.
 */
export const folded: Writer = {
  id: 'folded',
  label: 'folded stacks (flamegraph.pl, inferno)',
  extension: '.folded.txt',
  losses(source) {
    const stacks = stacksOf(source);
    return [
      ...commonLosses(source),
      ...stackLosses(source),
      ...orderLosses(source),
      ...nameLosses(stacks),
      ...separatorLosses(stacks),
      ...unitLosses(stacks),
      ...roundingLosses(sampleCosts(stacks), wholeUnitOf(stacks)),
      ...lossIf(source.profile.lines.length > 0, 'lines', 'Costs of lines are left out.'),
    ];
  },
  write(source) {
    const stacks = stacksOf(source);
    const unit = wholeUnitOf(stacks);
    const { nodes, indexOf } = mergeNodes(stacks.data, (frame) => frame);
    const frames = frameTexts(stacks);
    const lines: string[] = [];
    let length = 0;
    const isFlat = nodes.parent.every((above) => above < 0);
    for (const [index, { lane, name }] of exportedLanes(stacks).entries()) {
      const roots = name !== undefined || isFlat ? threadFrame(index + 1, name ?? lane.name) : '';
      const texts: string[] = [];
      for (const [node, frame] of nodes.frame.entries()) {
        const above = at(nodes.parent, node);
        const before = above < 0 ? roots : `${texts[above] ?? ''};`;
        texts.push(before + (frames[frame] ?? ''));
      }
      for (const [node, cost] of costsByNode(lane, indexOf)) {
        const count = rounded(cost, unit);
        if (count === 0) continue;
        const line = `${texts[node] ?? ''} ${count}\n`;
        length += line.length;
        if (length > maximumLength) throw tooLong();
        lines.push(line);
      }
    }
    return lines.join('');
  },
};

function stacksOf(source: ExportSource): StacksProfile {
  if (source.profile.data.kind === 'lineTimings') {
    throw new ExportError(
      'This profile holds times of lines and no calls, so there are no stacks.',
    );
  }
  const { stacks } = source;
  refuseNegative(sampleCosts(stacks));
  if (!(stacks.total > 0))
    throw new ExportError('This profile holds no costs, so there are no stacks.');
  return stacks;
}

function frameTexts(profile: StacksProfile): string[] {
  const names = uniqueNames(profile);
  return profile.data.frames.map(({ func, line }) => {
    const name = names[func] ?? '';
    const file = profile.functions[func]?.file;
    if (file === undefined) return withoutSeparator(name);
    const place = line === undefined ? file : `${file}:${line}`;
    return withoutSeparator(`${name} (${printable(place)})`);
  });
}

/**
 * A thread as py-spy writes it before the frames of the program. One where no frame calls another
 * makes sure that the lines are taken for stacks.
 */
function threadFrame(id: number, name: string): string {
  const text = withoutSeparator(printable(name));
  return text === '' ? `thread (${id});` : `thread (${id}): ${text};`;
}

/** Frames end at a semicolon. */
function withoutSeparator(text: string): string {
  return text.replaceAll(';', ',');
}

function separatorLosses({ functions }: StacksProfile): Loss[] {
  const isChanged = functions.some(({ name, file }) => name.includes(';') || file?.includes(';'));
  return lossIf(isChanged, 'names', 'Semicolons in names become commas.');
}

function unitLosses({ unit }: StacksProfile): Loss[] {
  const counted = unit === 'seconds' ? 'nanoseconds' : unit;
  return lossIf(unit !== 'samples', 'unit', `The target holds plain numbers: they are ${counted}.`);
}

function tooLong(): ExportError {
  return new ExportError('The stacks are so deep that the text would be larger than 256 MB.');
}
