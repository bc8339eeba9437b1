import { notProfiled, type ServerFailure } from './failures';
import type { Profiling } from './serverPlan';
import { withoutColors } from './serverOutput';

/** What the profiler writes to stderr once in every process that will serve requests. */
const sign = /^hotline: profiling requests into /m;

/**
 * A request in the log of Django, Flask, uvicorn or gunicorn: `"GET /shop/ HTTP/1.1" 200`. Static
 * files are left out, which leave no profiles.
 */
const request = /"[A-Z]+ (?!\/static\/|\/media\/|\/favicon\.ico)\S+ HTTP\/[\d.]+" \d{3}/;

/** An application may be loaded by a worker after the port is open. */
const signPatienceMs = 10_000;

/** A profile is written after the request, away from its thread. */
const profilePatienceMs = 10_000;

/** A line that is longer is none of those looked for. */
const maximumLine = 4096;

export interface ArrivalObserver {
  /** Requests do, or would, leave no profile. */
  onMissing(failure: ServerFailure): void;
  /** They do after all. */
  onFound(): void;
}

/** Finds out whether our profiler got into a server, from what the server writes and what it leaves. */
export class ArrivalWatch {
  readonly #profiling: Profiling;
  readonly #profileDirectory: string;
  readonly #observer: ArrivalObserver;
  #line = '';
  #profiled = false;
  #arrived = false;
  #missing = false;
  #signTimer: NodeJS.Timeout | undefined;
  #profileTimer: NodeJS.Timeout | undefined;

  constructor(profiling: Profiling, profileDirectory: string, observer: ArrivalObserver) {
    this.#profiling = profiling;
    this.#profileDirectory = profileDirectory;
    this.#observer = observer;
  }

  /** Takes what the server writes, in whatever pieces. */
  take(output: string): void {
    const lines = (this.#line + output).split('\n');
    this.#line = (lines.pop() ?? '').slice(-maximumLine);
    const whole = withoutColors(lines.join('\n'));
    if (sign.test(whole)) this.#found();
    if (request.test(whole)) this.#requested();
  }

  /** The server accepts connections. */
  answers(): void {
    if (this.#profiled) return;
    const { obstacle } = this.#profiling;
    this.#signTimer ??= setTimeout(
      () => {
        this.#miss(
          obstacle ??
            'the profiler did not get into the server: Python runs with -I, -E or -S, or the server is none that Hotline knows',
        );
      },
      obstacle === undefined ? signPatienceMs : 0,
    );
  }

  /** A profile came into the directory. */
  arrived(): void {
    this.#arrived = true;
    clearTimeout(this.#profileTimer);
    this.#found();
  }

  dispose(): void {
    clearTimeout(this.#signTimer);
    clearTimeout(this.#profileTimer);
  }

  #found(): void {
    this.#profiled = true;
    clearTimeout(this.#signTimer);
    if (this.#missing) this.#observer.onFound();
    this.#missing = false;
  }

  #requested(): void {
    if (this.#arrived || !this.#profiled || this.#profiling.selective) return;
    this.#profileTimer ??= setTimeout(() => {
      this.#miss(
        `requests are answered, but nothing comes into ${this.#profileDirectory}; the terminal may tell why in lines that begin with "hotline:"`,
      );
    }, profilePatienceMs);
  }

  #miss(reason: string): void {
    this.#missing = true;
    this.#observer.onMissing(notProfiled(reason));
  }
}
