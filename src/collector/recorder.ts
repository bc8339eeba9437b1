import type { Endpoint } from './api';
import type { Answer } from './pull/answer';
import type { LastAnswer, Repetition } from './repetition';
import { samplesOf } from './stacks';
import { numberOf, type Database } from './storage/database';
import { Interner } from './storage/interning';
import { Intervals } from './storage/intervals';
import { minuteOf } from './storage/time';

/** An answer, when it was asked for, and when it came; milliseconds since the epoch. */
export interface ReceivedAnswer {
  readonly answer: Answer;
  readonly askedMs: number;
  readonly receivedMs: number;
}

/** Stores what endpoints answer. */
export class Recorder {
  readonly #database: Database;
  readonly #intervals: Intervals;
  readonly #interner: Interner;

  constructor(database: Database) {
    this.#database = database;
    this.#intervals = new Intervals(database);
    this.#interner = new Interner(database);
  }

  /**
   * Stores an answer in one transaction.
   * @param repetition of the endpoint
   * @param intervalMs from one pull to the next
   * @returns how many samples of it were new
   */
  record(
    endpoint: Endpoint,
    received: ReceivedAnswer,
    repetition: Repetition,
    intervalMs: number,
  ): number {
    const { answer, askedMs } = received;
    return this.#database.transaction(() => {
      const stacks = repetition.newStacks(answer, askedMs, this.#last(endpoint));
      const samples = samplesOf(stacks);
      if (samples > 0) {
        const process = this.#intervals.process({
          host: endpoint.host,
          port: endpoint.port,
          name: answer.process?.name ?? '',
          pid: answer.process?.pid ?? 0,
          granularity: stacks.granularity ?? 0,
          import: 0,
        });
        const minute = minuteOfAnswer(received, intervalMs);
        this.#intervals.addToMinute(process, minute, this.#interner.counts(stacks));
      }
      this.#database
        .prepare('INSERT OR REPLACE INTO endpoints (url, asked_ms, elapsed) VALUES (?, ?, ?)')
        .run(endpoint.url, askedMs, answer.elapsed);
      return samples;
    });
  }

  #last({ url }: Endpoint): LastAnswer | undefined {
    const row = this.#database
      .prepare('SELECT asked_ms, elapsed FROM endpoints WHERE url = ?')
      .get(url);
    return row && { askedMs: numberOf(row, 'asked_ms'), elapsed: numberOf(row, 'elapsed') };
  }
}

/**
 * The minute that most of an answer is from: that of its middle. What had gathered before anybody
 * asked for it counts for the time of one pull, for nobody knows when it was.
 */
function minuteOfAnswer({ answer, receivedMs }: ReceivedAnswer, intervalMs: number): number {
  return minuteOf(receivedMs - Math.min(answer.elapsed * 1000, intervalMs) / 2);
}
