import type { Mode } from './recording';

const modes = new Map<string, Mode>([
  ['wall', 'wall'],
  ['cpu', 'cpu'],
  ['memory', 'memory'],
  ['full', 'full'],
]);

/** What austin 3 and later tell of a recording, at its beginning and at its end. */
export class Metadata {
  readonly #values = new Map<string, string>();

  set(key: string, value: string): void {
    this.#values.set(key, value);
  }

  /** Whether the version is told, as since 3.0. */
  get hasHeader(): boolean {
    return this.#values.has('austin');
  }

  /** `undefined` where it is not told. */
  get mode(): Mode | undefined {
    return modes.get(this.#values.get('mode') ?? '');
  }

  /** A sentence where the end is missing. */
  warnings(): string[] {
    if (!this.hasHeader || this.#values.has('duration')) return [];
    return [
      'The recording has no end: austin was stopped before it wrote it, or is still recording.',
    ];
  }
}
