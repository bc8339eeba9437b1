import type { ShownFrame } from '../../src/protocol/flamegraph';
import type { CallColumns, TableDocument, TableSort } from '../../src/protocol/table';

/** What has numbers in it, per function. */
export type NumberSort = Exclude<TableSort, 'name' | 'place'>;

/** What comes after the functions. */
export interface LaterKnown {
  readonly calls?: CallColumns;
  readonly libraries?: Uint8Array;
}

/** The functions of a table, one by one. */
export class Functions {
  readonly document: TableDocument;
  readonly #libraries: Uint8Array;

  /** @param libraries per file of the document: 1 where it is none of the workspace's own */
  constructor(document: TableDocument, libraries: Uint8Array) {
    this.document = document;
    this.#libraries = libraries;
  }

  /** The same with what was not known of them. */
  with({ calls = this.document.calls, libraries = this.#libraries }: LaterKnown): Functions {
    return new Functions({ ...this.document, calls }, libraries);
  }

  get count(): number {
    return this.document.names.length;
  }

  name(func: number): string {
    return this.document.names[func] ?? '';
  }

  /** `undefined` for built-ins. */
  file(func: number): string | undefined {
    return this.document.files[this.document.file[func] ?? -1];
  }

  /** Of the definition; 0 where it is unknown. */
  line(func: number): number {
    return this.document.line[func] ?? 0;
  }

  /** Whether it is none of the workspace's own; built-ins are not. */
  isLibrary(func: number): boolean {
    return this.#libraries[this.document.file[func] ?? -1] !== 0;
  }

  /** Where a filter looks: as pstats names the function, which is what its restrictions are matched with. */
  searchText(func: number): string {
    return `${this.file(func) ?? ''}:${this.line(func)}(${this.name(func)})`;
  }

  /** As the flamegraph and the source know it. */
  frame(func: number): ShownFrame {
    return {
      name: this.name(func),
      file: this.file(func),
      line: this.line(func) || undefined,
    };
  }

  /** The function of a frame, in this profile or another one; -1 where there is none. */
  indexOf(frame: ShownFrame): number {
    return this.document.names.findIndex(
      (name, func) =>
        name === frame.name &&
        this.file(func) === frame.file &&
        (this.line(func) || undefined) === frame.line,
    );
  }

  /** A number of a function; NaN where it is unknown. */
  value(func: number, sort: NumberSort): number {
    const { costs, samples } = this.document;
    switch (sort) {
      case 'calls':
        return costs.calls[func] ?? NaN;
      case 'samples':
        return samples?.[func] ?? NaN;
      case 'self':
        return costs.self[func] ?? NaN;
      case 'total':
        return costs.total[func] ?? NaN;
      case 'selfPerCall':
        return perCall(costs.self[func], costs.calls[func]);
      case 'totalPerCall':
        return perCall(costs.total[func], costs.primitiveCalls[func]);
    }
  }
}

function perCall(cost = NaN, calls = NaN): number {
  return calls > 0 ? cost / calls : NaN;
}
