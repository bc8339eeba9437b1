import type { Frame, FrameIndex, Profile } from '../../model/profile';
import type { StacksBuilder } from '../../model/stacksBuilder';
import type { ProtobufReader, Unsigned } from '../encoding/protobuf';
import { lineNumber } from '../encoding/numbers';
import { damaged } from '../failures';
import type { ProfileMessage } from './profileMessage';

/** A line of a location: a function, and the line in it that ran. */
interface Line {
  readonly functionId: Unsigned;
  readonly line: number;
}

/** A function of the file. */
interface NamedFunction {
  readonly name: string;
  readonly file: string | undefined;
  readonly firstLine: number | undefined;
}

/** Turns locations into frames, when a sample first has them. */
export class LocationFrames {
  readonly #message: ProfileMessage;
  readonly #builder: StacksBuilder;
  /** By the number of a location: its frames, the innermost first. */
  readonly #ofLocation = new Map<number, readonly FrameIndex[]>();
  /** By the number of a function message. */
  readonly #functions = new Map<number, NamedFunction>();

  constructor(message: ProfileMessage, builder: StacksBuilder) {
    this.#message = message;
    this.#builder = builder;
  }

  /** The frames of a location, the innermost first: several where calls were inlined. */
  framesOf(id: Unsigned): readonly FrameIndex[] {
    const index = this.#message.locations.indexOf(id);
    if (index === undefined) throw damaged('pprof', `location ${id} is missing`);
    let frames = this.#ofLocation.get(index);
    if (!frames) {
      frames = this.#readLocation(index);
      this.#ofLocation.set(index, frames);
    }
    return frames;
  }

  #readLocation(index: number): readonly FrameIndex[] {
    const location = this.#message.locations.list.at(index);
    let mapping: Unsigned = 0;
    let address: Unsigned = 0;
    const lines: Line[] = [];
    while (location.next()) {
      if (location.field === 2) mapping = location.unsigned();
      else if (location.field === 3) address = location.unsigned();
      else if (location.field === 4) lines.push(readLine(location.message()));
      else location.skipField();
    }
    if (lines.length === 0) {
      const name = this.#nameOfCode(address, mapping);
      return [this.#builder.frame(name, undefined, undefined, undefined)];
    }
    return lines.map(({ functionId, line }) => {
      const { name, file, firstLine } = this.#functionOf(functionId);
      return this.#builder.frame(name, file, firstLine, lineNumber(line));
    });
  }

  #functionOf(id: Unsigned): NamedFunction {
    const index = this.#message.functions.indexOf(id);
    if (index === undefined) throw damaged('pprof', `function ${id} is missing`);
    let func = this.#functions.get(index);
    if (func === undefined) {
      func = this.#readFunction(index);
      this.#functions.set(index, func);
    }
    return func;
  }

  #readFunction(index: number): NamedFunction {
    const { functions, strings } = this.#message;
    const reader = functions.list.at(index);
    let [name, systemName, file, firstLine] = ['', '', '', 0];
    while (reader.next()) {
      if (reader.field === 2) name = strings.at(reader.signed());
      else if (reader.field === 3) systemName = strings.at(reader.signed());
      else if (reader.field === 4) file = strings.at(reader.signed());
      else if (reader.field === 5) firstLine = reader.signed();
      else reader.skipField();
    }
    return {
      name: name || systemName || '(unknown)',
      file: file || undefined,
      firstLine: lineNumber(firstLine),
    };
  }

  /** Code without symbols: its address, and what was mapped there. */
  #nameOfCode(address: Unsigned, mappingId: Unsigned): string {
    const mapping = this.#mappedFile(mappingId);
    return `0x${address.toString(16)}${mapping === '' ? '' : ` [${mapping}]`}`;
  }

  /** Base name of the file that was mapped; empty where it is unknown. */
  #mappedFile(id: Unsigned): string {
    const { mappings, strings } = this.#message;
    const index = mappings.indexOf(id);
    if (index === undefined) return '';
    const mapping = mappings.list.at(index);
    let name = '';
    while (mapping.next()) {
      if (mapping.field === 5) name = strings.at(mapping.signed());
      else mapping.skipField();
    }
    return name.slice(name.lastIndexOf('/') + 1);
  }
}

function readLine(reader: ProtobufReader): Line {
  let functionId: Unsigned = 0;
  let line = 0;
  while (reader.next()) {
    if (reader.field === 1) functionId = reader.unsigned();
    else if (reader.field === 2) line = reader.signed();
    else reader.skipField();
  }
  return { functionId, line };
}

/** Stacks without lines where the writer knows nothing but the first lines of functions. */
export function withExecutingLines({
  data,
  functions,
}: Pick<Profile, 'data' | 'functions'>): Profile['data'] {
  if (data.kind !== 'stacks') return data;
  const isFirst = ({ func, line }: Frame): boolean =>
    line === undefined || line === functions[func]?.line;
  if (!data.frames.every(isFirst)) return data;
  return { ...data, frames: data.frames.map(({ func }) => ({ func, line: undefined })) };
}
