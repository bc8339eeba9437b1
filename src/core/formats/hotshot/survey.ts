import { walkLog, type FrameTimes, type LogVisitor } from './records';

/** What is known of a log before its calls are recorded. */
export interface Survey {
  /** The first value of each key that the profiler writes at the start. */
  readonly header: ReadonlyMap<string, string>;
  /** Number of calls. */
  readonly calls: number;
  /** Number of events that cost something: time, or a line where no times are logged. */
  readonly charges: number;
  readonly hasLines: boolean;
  readonly isTimed: boolean;
  /** False where the log ends within a record. */
  readonly isComplete: boolean;
  readonly frameTimes: FrameTimes;
}

/** Keys of what the profiler itself writes; all others are by the program, through `addinfo`. */
const headerKeys = new Set([
  'hotshot-version',
  'requested-frame-timings',
  'requested-line-events',
  'requested-line-timings',
  'platform',
  'executable',
  'executable-version',
  'observed-interval-getrusage',
  'observed-interval-gettimeofday',
  'reported-performance-frequency',
  'current-directory',
  'sys-path-entry',
]);

export function isHeaderKey(key: string): boolean {
  return headerKeys.has(key);
}

/**
 * Counts what a log holds. `_hotshot.coverage` says that it logs times and no lines when it does the
 * reverse, and its log reads without an error as what it is not: so where lines follow a header that
 * denies them, there are no times.
 */
export function surveyLog(bytes: Buffer): Survey {
  const survey = surveyAs(bytes, 'asTold');
  const isCoverage = survey.hasLines && survey.header.get('requested-line-events') === 'no';
  return isCoverage ? surveyAs(bytes, 'none') : survey;
}

function surveyAs(bytes: Buffer, frameTimes: FrameTimes): Survey {
  const counter = new Counter();
  const isComplete = walkLog(bytes, counter, frameTimes);
  const { header, calls, lines, timedEvents, costlyEvents } = counter;
  const isTimed = timedEvents > 0 || lines === 0;
  return {
    header,
    calls,
    charges: isTimed ? costlyEvents : lines,
    hasLines: lines > 0,
    isTimed,
    isComplete,
    frameTimes,
  };
}

class Counter implements LogVisitor {
  readonly header = new Map<string, string>();
  calls = 0;
  lines = 0;
  timedEvents = 0;
  costlyEvents = 0;

  enter(_fileNumber: number, _firstLine: number, ticks: number | undefined): void {
    this.calls++;
    this.#count(ticks);
  }

  exit(ticks: number | undefined): void {
    this.#count(ticks);
  }

  line(_line: number, ticks: number | undefined): void {
    this.lines++;
    this.#count(ticks);
  }

  addInfo(key: string, value: string): void {
    if (isHeaderKey(key) && !this.header.has(key)) this.header.set(key, value);
  }

  defineFile(): void {
    // Names cost nothing.
  }

  defineFunction(): void {
    // Names cost nothing.
  }

  #count(ticks: number | undefined): void {
    if (ticks === undefined) return;
    this.timedEvents++;
    if (ticks > 0) this.costlyEvents++;
  }
}
