import { isObject, jsonChecks, type JsonObject } from '../encoding/json';
import { SampledLines } from './sampledLines';

const { array, number, object, text } = jsonChecks('Tachyon');

/** A line of a function, as a record defines it. */
interface FrameDefinition {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** Collects the records of a JSON Lines file. */
export class JsonlRecords {
  readonly lines = new SampledLines();
  /** Microseconds. */
  interval: unknown;
  samples = 0;
  hasEnded = false;
  readonly #strings = new Map<unknown, string>();
  readonly #frames = new Map<unknown, FrameDefinition>();

  /** @throws ProfileError where it lacks what its type has; records of other types are left out */
  add(record: JsonObject): void {
    switch (record['type']) {
      case 'meta':
        this.interval = record['sample_interval_usec'];
        break;
      case 'string_table':
      case 'str_def':
        this.#addStrings(array(record['defs'] ?? record['strings']));
        break;
      case 'frame_table':
      case 'frame_def':
        this.#addFrames(array(record['defs'] ?? record['frames']));
        break;
      case 'agg':
        if (record['kind'] !== 'frame') break;
        this.samples = number(record['samples_total']);
        this.#addCounts(array(record['entries']));
        break;
      case 'end':
        this.hasEnded = true;
        break;
    }
  }

  #addStrings(strings: readonly unknown[]): void {
    for (const each of strings.map(object)) this.#strings.set(each['str_id'], text(each['value']));
  }

  #addFrames(frames: readonly unknown[]): void {
    for (const each of frames.map(object)) {
      this.#frames.set(each['frame_id'], {
        name: text(this.#strings.get(each['func_str_id'])),
        file: text(this.#strings.get(each['path_str_id'])),
        line: each['synthetic'] === true ? 0 : number(each['line']),
      });
    }
  }

  #addCounts(entries: readonly unknown[]): void {
    for (const entry of entries.map(object)) {
      const { name, file, line } = this.#frames.get(entry['frame_id']) ?? unknownFrame;
      this.lines.add({
        name,
        file: file === '~' || file === '' ? undefined : file,
        line,
        self: number(entry['self']),
        cumulative: number(entry['cumulative']),
      });
    }
  }
}

const unknownFrame: FrameDefinition = { name: '(unknown)', file: '', line: 0 };

/** The record of a line, `undefined` where it is none. */
export function recordOf(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
