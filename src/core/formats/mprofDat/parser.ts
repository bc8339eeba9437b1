import { FunctionTable } from '../../model/builder';
import type { Profile, Series, TimedCall } from '../../model/profile';
import { isCost } from '../encoding/numbers';
import { textLines, type TextLine } from '../encoding/textLines';
import { damaged } from '../failures';
import { commandLine, ofCall, ofChild, ofProcess } from './records';

const mebibyte = 2 ** 20;

/** Times later than this are none; seconds since the epoch, as many as a date can hold. */
const latest = 8.64e12;

const cutOff = 'The last line of the file is cut off: mprof was stopped while it wrote.';

/** What was measured of one process. */
class Measurements {
  readonly times: number[] = [];
  readonly values: number[] = [];
  #last = -Infinity;
  #isAscending = true;

  add(time: number, value: number): void {
    this.#isAscending &&= time >= this.#last;
    this.#last = time;
    this.times.push(time);
    this.values.push(value);
  }

  /** In the order of time, which a clock that was set back disturbs. */
  series(name: string): Series {
    const order = [...this.times.keys()];
    if (!this.#isAscending) order.sort((a, b) => (this.times[a] ?? 0) - (this.times[b] ?? 0));
    return {
      name,
      times: Float64Array.from(order, (index) => this.times[index] ?? 0),
      values: Float64Array.from(order, (index) => this.values[index] ?? 0),
    };
  }
}

/** Reads the file line by line; its lines may stand in any order. */
export class MprofParser {
  readonly #functions = new FunctionTable();
  readonly #process = new Measurements();
  readonly #children = new Map<string, Measurements>();
  readonly #calls: TimedCall[] = [];
  #commandLine = '';
  #peak = 0;
  #isCutOff = false;

  parse(text: string): this {
    for (const line of textLines(text)) {
      if (line.isEnded) this.#read(line);
      else this.#isCutOff = true;
    }
    return this;
  }

  profile(format: string): Profile {
    return {
      format,
      unit: 'bytes',
      total: this.#peak,
      functions: this.#functions.functions,
      data: { kind: 'timeline', series: this.#series(), calls: this.#calls },
      lines: [],
      request: {},
      warnings: this.#isCutOff ? [cutOff] : [],
    };
  }

  #series(): Series[] {
    const own = this.#process.series(this.#commandLine || 'Process');
    const children = [...this.#children].map(([id, child]) => child.series(`Child ${id}`));
    return [own, ...children].filter(({ times }) => times.length > 0);
  }

  #read({ text, number }: TextLine): void {
    const values = (pattern: RegExp): string[] | undefined => pattern.exec(text)?.slice(1);
    const process = values(ofProcess);
    if (process) {
      this.#add(this.#process, process, number);
      return;
    }
    const child = values(ofChild);
    if (child) {
      const [id = '', ...rest] = child;
      this.#add(this.#child(id), rest, number);
      return;
    }
    const call = values(ofCall);
    if (call) {
      this.#addCall(call, number);
      return;
    }
    const [command] = values(commandLine) ?? [];
    if (command !== undefined) this.#commandLine ||= command.trim();
    else if (text.trim() !== '') throw damaged('mprof', `line ${number} is none that mprof writes`);
  }

  #child(id: string): Measurements {
    const known = this.#children.get(id) ?? new Measurements();
    this.#children.set(id, known);
    return known;
  }

  #add(measurements: Measurements, [memory, time]: readonly string[], line: number): void {
    measurements.add(seconds(time, line), this.#bytes(memory, line));
  }

  #addCall([name = '', atStart, start, atEnd, end]: readonly string[], line: number): void {
    // A dot marks the blocks that a program labels itself.
    const label = name.replace(/^\.(?=.)/, '');
    this.#calls.push({
      func: this.#functions.indexOf(label, undefined, undefined),
      start: seconds(start, line),
      end: seconds(end, line),
      valueAtStart: this.#bytes(atStart, line),
      valueAtEnd: this.#bytes(atEnd, line),
    });
  }

  #bytes(mebibytes: string | undefined, line: number): number {
    const bytes = Number(mebibytes) * mebibyte;
    if (!isCost(bytes)) throw damaged('mprof', `line ${line} has an impossible amount of memory`);
    this.#peak = Math.max(this.#peak, bytes);
    return bytes;
  }
}

function seconds(text: string | undefined, line: number): number {
  const time = Number(text);
  if (!(Math.abs(time) <= latest)) throw damaged('mprof', `line ${line} has an impossible time`);
  return time;
}
