import type { ExactLine } from '../model/profile';
import { StacksBuilder } from '../model/stacksBuilder';
import { cpuProfilesOf } from './chromeTrace/cpuProfiles';
import { readEvents } from './chromeTrace/document';
import { addThread } from './chromeTrace/nesting';
import { ThreadNames } from './chromeTrace/names';
import { threadsOf } from './chromeTrace/threads';
import { addCpuProfile } from './cpuprofile/lane';
import type { JsonObject } from './encoding/json';
import { jsonOutline } from './encoding/jsonOutline';
import type { Format } from './format';

/**
 * Chrome's Trace Event Format (the document of that name by Google, phases B, E, X, M and P), as
 * `py-spy record --format chrometrace`, VizTracer and Chrome's performance panel write it. Each
 * thread is a lane. A trace that holds CPU profiles of V8 shows those and nothing else, as they tell
 * the functions behind the events of Chrome itself.
 */
export const chromeTrace: Format = {
  id: 'chromeTrace',
  label: 'Chrome trace',
  tools: '`py-spy record --format chrometrace`, VizTracer, Chrome, Node.js',
  detect(bytes) {
    const { kind, keys } = jsonOutline(bytes);
    if (kind === 'object') return keys.has('traceEvents');
    return kind === 'list' && keys.has('ph') && (keys.has('ts') || keys.has('pid'));
  },
  read({ bytes }) {
    const { events, warnings } = readEvents(bytes);
    const builder = new StacksBuilder();
    const added = addLanes(events, builder);
    const stacks = builder.finish('seconds', builder.costliestLane());
    const isEmpty = stacks.total === 0;
    return {
      format: chromeTrace.id,
      ...stacks,
      lines: added.lines,
      request: {},
      warnings: [
        ...warnings,
        ...added.warnings,
        ...(isEmpty ? ['The trace is empty: it has no events that last.'] : []),
      ],
    };
  },
};

interface Added {
  readonly lines: ExactLine[];
  readonly warnings: string[];
}

function addLanes(events: readonly JsonObject[], builder: StacksBuilder): Added {
  const names = new ThreadNames(events);
  const profiles = cpuProfilesOf(events);
  if (profiles.length === 0) {
    const misfits = threadsOf(events).map((thread) =>
      addThread(thread, names.nameOf(thread), builder),
    );
    return { lines: [], warnings: misfitsWarning(misfits.reduce((sum, each) => sum + each, 0)) };
  }
  const added = profiles.map(({ profile, thread }) =>
    addCpuProfile(profile, names.nameOf(thread), builder),
  );
  return {
    lines: added.flatMap(({ lines }) => lines),
    warnings: added.flatMap(({ warnings }) => warnings),
  };
}

function misfitsWarning(count: number): string[] {
  if (count === 0) return [];
  return [
    `Of the events ${count} begin or end without their counterpart, or outlast the one they began in; times near them are approximate.`,
  ];
}
