import { Repetition } from '../../../../src/collector/repetition';
import { Recorder } from '../../../../src/collector/recorder';
import type { Retention } from '../../../../src/collector/api';
import { Database } from '../../../../src/collector/storage/database';
import { Upkeep } from '../../../../src/collector/storage/upkeep';

/** A sample of `stacks`, by folded stack: how often it ran, and how often it waited. */
export type Samples = Readonly<
  Record<string, number | readonly [running: number, waiting: number]>
>;

/** Whose samples they are. */
export interface Sampled {
  readonly host?: string;
  readonly port?: number;
  readonly name?: string;
  readonly pid?: number;
  readonly granularity?: number | undefined;
}

/** A database that holds what a test says was collected. */
export class Collected {
  readonly database: Database;
  readonly #recorder: Recorder;

  constructor(path: string) {
    this.database = Database.open(path);
    this.#recorder = new Recorder(this.database);
  }

  /** Records the samples of a minute. */
  add(minuteMs: number, samples: Samples, of: Sampled = {}): void {
    const { host = 'web-1', port = 16384, name = 'shop', pid = 7, granularity } = of;
    const entries = Object.entries(samples);
    const names = [...new Set(entries.flatMap(([stack]) => stack.split(';')))];
    const stacks = entries.map(([stack, counts]) => {
      const [running, waiting] = typeof counts === 'number' ? [counts, 0] : counts;
      return { frames: stack.split(';').map((frame) => names.indexOf(frame)), running, waiting };
    });
    const frames = names.map((frame) => ({
      name: frame,
      file: `/srv/${frame}.py`,
      definitionLine: 10,
      executingLine: 12,
    }));
    this.#recorder.record(
      { url: `http://${host}:${port}/`, host, port },
      {
        answer: {
          protocol: 'hotline',
          elapsed: 0,
          process: { name, pid, started: 0 },
          stacks: { frames, stacks, granularity },
        },
        askedMs: minuteMs,
        receivedMs: minuteMs,
      },
      new Repetition(),
      60_000,
    );
  }

  /** Runs an upkeep to its end. */
  keepUp(nowMs: number, retention: Partial<Retention> = {}): void {
    const { minutesMs = 24 * 3_600_000, maximumBytes = 1e9 } = retention;
    const steps = new Upkeep(this.database).run({ minutesMs, maximumBytes }, nowMs);
    while (steps.next().done !== true);
  }
}
