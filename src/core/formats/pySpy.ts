import type { Profile } from '../model/profile';
import { StacksBuilder } from '../model/stacksBuilder';
import { jsonOutline } from './encoding/jsonOutline';
import type { Format } from './format';
import type { DumpedThread } from './pySpy/dumpedThread';
import { readJsonDump } from './pySpy/jsonDump';
import { isTextDump, readTextDump } from './pySpy/textDump';

/**
 * What `py-spy dump` 0.3 and 0.4 prints, as text and with `--json` (`src/dump.rs`): the stack of
 * every thread at one moment. What `py-spy record` writes is of other formats: folded stacks,
 * speedscope, Chrome trace events, and an SVG flame graph.
 */
export const pySpy: Format = {
  id: 'pySpy',
  label: 'py-spy dump',
  tools: '`py-spy dump`, its text and its JSON',
  detect(bytes) {
    const { kind, keys } = jsonOutline(bytes);
    if (kind === 'other') return isTextDump(bytes);
    return kind === 'list' && ['thread_id', 'frames', 'owns_gil'].every((key) => keys.has(key));
  },
  read({ bytes }) {
    if (jsonOutline(bytes).kind === 'list') return profileOf(readJsonDump(bytes), []);
    const { threads, warnings } = readTextDump(bytes);
    return profileOf(threads, warnings);
  },
};

/** One lane with one sample for each thread. */
function profileOf(threads: readonly DumpedThread[], warnings: readonly string[]): Profile {
  const builder = new StacksBuilder();
  const hasProcesses = new Set(threads.map(({ process }) => process)).size > 1;
  for (const thread of threads) {
    const name = hasProcesses ? `Process ${thread.process}: ${laneName(thread)}` : laneName(thread);
    const lane = builder.lane({ name, kind: 'sampled', unit: 'samples', timeOrdered: true });
    const stack = thread.frames
      .map(({ name, file, line }) => builder.frame(name, file, undefined, line))
      .reverse();
    lane.add(builder.tree.nodeOf(stack), 1);
  }
  return {
    format: pySpy.id,
    ...builder.finish('samples', busiest(threads)),
    lines: [],
    request: {},
    warnings,
  };
}

function laneName({ name, id, status }: DumpedThread): string {
  return name === undefined ? `Thread ${id} (${status})` : `${name} (thread ${id}, ${status})`;
}

/** The thread with the GIL, else the first that runs, else the first. */
function busiest(threads: readonly DumpedThread[]): number {
  const statuses = threads.map(({ status }) => status);
  const candidates = ['active+gil', 'active'].map((status) => statuses.indexOf(status));
  return candidates.find((index) => index >= 0) ?? 0;
}
