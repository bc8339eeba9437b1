import { isObject, type JsonObject } from '../encoding/json';
import { checkThreads } from '../encoding/threads';
import { threadOf, type ThreadId } from './threads';
import { array, number, object } from './values';

/** A CPU profile of V8 and the thread that it is of. */
export interface TracedProfile {
  readonly thread: ThreadId;
  /** As a `.cpuprofile` file has it. */
  readonly profile: JsonObject;
}

/**
 * The CPU profiles in a trace: each is an event `Profile` with its start and any number of events
 * `ProfileChunk` of the same id with the nodes and samples since the last one, or all of it in one
 * event `CpuProfile`.
 */
export function cpuProfilesOf(events: readonly JsonObject[]): TracedProfile[] {
  const chunked = new Map<string, ChunkedProfile>();
  const profiles: TracedProfile[] = [];
  for (const event of events) {
    const { name } = event;
    if (name !== 'Profile' && name !== 'ProfileChunk' && name !== 'CpuProfile') continue;
    const data = dataOf(event);
    if (data === undefined) continue;
    checkThreads(profiles.length + chunked.size);
    const thread = threadOf(event);
    if (name === 'CpuProfile') {
      profiles.push({ thread, profile: object(data['cpuProfile']) });
      continue;
    }
    const key = `${thread.pid}\0${String(event['id'])}`;
    let profile = chunked.get(key);
    if (!profile) chunked.set(key, (profile = new ChunkedProfile(thread)));
    profile.add(data);
  }
  return [...profiles, ...[...chunked.values()].map((profile) => profile.joined())];
}

function dataOf({ args }: JsonObject): JsonObject | undefined {
  const data = isObject(args) ? args['data'] : undefined;
  return isObject(data) ? data : undefined;
}

class ChunkedProfile {
  /** That of the first event: Chrome sends the others from another thread. */
  readonly #thread: ThreadId;
  readonly #nodes: unknown[] = [];
  readonly #samples: unknown[] = [];
  readonly #timeDeltas: unknown[] = [];
  /** The line that ran in each sample, where Chrome tells it; 0 where it is not known. */
  readonly #lines: unknown[] = [];
  readonly #times = new Map<string, number>();

  constructor(thread: ThreadId) {
    this.#thread = thread;
  }

  add(data: JsonObject): void {
    for (const name of ['startTime', 'endTime']) {
      if (data[name] !== undefined) this.#times.set(name, number(data[name]));
    }
    const profile = object(data['cpuProfile'] ?? {});
    append(this.#nodes, profile['nodes']);
    append(this.#samples, profile['samples']);
    append(this.#timeDeltas, data['timeDeltas'] ?? profile['timeDeltas']);
    append(this.#lines, data['lines']);
  }

  joined(): TracedProfile {
    return {
      thread: this.#thread,
      profile: {
        nodes: withTicks(this.#nodes, this.#samples, this.#lines),
        samples: this.#samples,
        timeDeltas: this.#timeDeltas,
        ...Object.fromEntries(this.#times),
      },
    };
  }
}

/** Nodes with the `positionTicks` that a `.cpuprofile` file has for them. */
function withTicks(
  nodes: readonly unknown[],
  samples: readonly unknown[],
  lines: readonly unknown[],
): unknown[] {
  const ticks = new Map<unknown, Map<unknown, number>>();
  for (const [index, line] of lines.entries()) {
    if (line === 0) continue;
    const sample = samples[index];
    let ofNode = ticks.get(sample);
    if (!ofNode) ticks.set(sample, (ofNode = new Map<unknown, number>()));
    ofNode.set(line, (ofNode.get(line) ?? 0) + 1);
  }
  return nodes.map(object).map((node) => {
    const ofNode = ticks.get(node['id']);
    if (!ofNode) return node;
    return {
      ...node,
      positionTicks: Array.from(ofNode, ([line, count]) => ({ line, ticks: count })),
    };
  });
}

function append(list: unknown[], more: unknown): void {
  if (more === undefined) return;
  for (const each of array(more)) list.push(each);
}
