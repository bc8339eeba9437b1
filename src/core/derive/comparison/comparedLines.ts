import type { FunctionIndex, Profile, Unit } from '../../model/profile';
import { at } from '../../model/typedArrays';
import { lineCosts, lineDataOf, type LineCost } from '../lineCosts';
import { queriesByFile, templateCosts, withQueries } from '../recordedLines';
import type { ComparedFile, ComparedLines, FileSide, FunctionDelta, LineMean } from './comparison';
import type { NumberedSide } from './differentialTree';
import type { FilePairs } from './matchFiles';

/** What a side has of lines. */
interface SideLines {
  readonly unit: Unit;
  readonly data: ComparedLines['data'];
  readonly files: ReadonlyMap<string, readonly LineMean[]>;
}

/** What there is of lines on both sides, file by file; nothing where they did not measure the same. */
export function comparedLines(
  before: NumberedSide,
  after: NumberedSide,
  functions: readonly FunctionDelta[],
  files: FilePairs,
): ComparedLines {
  const ofBefore = linesOf(before);
  const ofAfter = linesOf(after);
  const compared = new FileTable(functions, files);
  for (const path of ofBefore.files.keys()) compared.addBefore(path);
  for (const path of ofAfter.files.keys()) compared.addAfter(path);
  const areAlike = ofBefore.unit === ofAfter.unit && ofBefore.data !== 'none';
  return {
    unit: areAlike ? ofAfter.unit : after.side.profile.unit,
    data: areAlike ? ofAfter.data : 'none',
    files: compared.files().map(({ pathBefore, pathAfter, functions }) => ({
      before: fileSide(before, ofBefore, pathBefore),
      after: fileSide(after, ofAfter, pathAfter),
      functions,
    })),
  };
}

/** A source file by its paths. */
interface FilePaths extends Pick<ComparedFile, 'functions'> {
  readonly pathBefore: string | undefined;
  readonly pathAfter: string | undefined;
}

/** Collects source files, each once, with the functions that are defined in them. */
class FileTable {
  readonly #pairs: FilePairs;
  readonly #before = new Map<string, number[]>();
  readonly #after = new Map<string, number[]>();

  constructor(functions: readonly FunctionDelta[], pairs: FilePairs) {
    this.#pairs = pairs;
    for (const [index, { before, after }] of functions.entries()) {
      if (after?.file !== undefined) this.addAfter(after.file).push(index);
      else if (before?.file !== undefined) this.addBefore(before.file).push(index);
    }
  }

  /** Functions of a file of the side after. */
  addAfter(path: string): number[] {
    return entryOf(this.#after, path);
  }

  /** Functions of a file of the side before; those of the same file after, where there is one. */
  addBefore(path: string): number[] {
    const same = this.#pairs.get(path);
    return same === undefined ? entryOf(this.#before, path) : this.addAfter(same);
  }

  files(): FilePaths[] {
    const pathBefore = new Map([...this.#pairs].map(([before, after]) => [after, before]));
    return [
      ...[...this.#after].map(([path, functions]) => ({
        pathBefore: pathBefore.get(path),
        pathAfter: path,
        functions: Int32Array.from(functions),
      })),
      ...[...this.#before].map(([path, functions]) => ({
        pathBefore: path,
        pathAfter: undefined,
        functions: Int32Array.from(functions),
      })),
    ];
  }
}

function entryOf(map: Map<string, number[]>, path: string): number[] {
  const known = map.get(path) ?? [];
  map.set(path, known);
  return known;
}

function fileSide(
  { side }: NumberedSide,
  { files }: SideLines,
  path: string | undefined,
): FileSide | undefined {
  if (path === undefined) return undefined;
  const sha256 = side.profile.record?.sourceHashes.get(path);
  return { path, sha256, lines: files.get(path) ?? [] };
}

function linesOf(numbered: NumberedSide): SideLines {
  const { profile } = numbered.side;
  if ((profile.record?.memoryLines.length ?? 0) > 0) return memoryLinesOf(numbered);
  const files = filesOf(profile);
  const data = lineDataOf(profile);
  return {
    unit: profile.unit,
    // Lines of templates, or with queries, are lines all the same.
    data: data === 'none' && files.size > 0 ? 'exact' : data,
    files: new Map([...files].map(([path, costs]) => [path, meansOf(costs, numbered)])),
  };
}

/** Costs by file and line, of all requests together. */
function filesOf(profile: Profile): Map<string, ReadonlyMap<number, LineCost>> {
  const files = new Map([...lineCosts(profile), ...templateCosts(profile.record)]);
  for (const [file, queries] of queriesByFile(profile.record))
    files.set(file, withQueries(files.get(file) ?? new Map(), queries));
  return files;
}

function meansOf(
  costs: ReadonlyMap<number, LineCost>,
  { side, functionOf }: NumberedSide,
): LineMean[] {
  const means = [...costs].map(([line, { func, hits, self, time, measured }]): LineMean => {
    // Lines of templates, and of queries, are of all requests.
    const isFollowed = func !== undefined && measured !== 'sampled';
    const requests = isFollowed ? side.requestsWithLines : side.totals.length;
    const mean = (sum: number): number => sum / requests;
    return {
      line,
      func: numberOf(functionOf, func),
      hits: hits === undefined ? undefined : mean(hits),
      self: self === undefined ? undefined : mean(self),
      time: mean(time),
      measured,
    };
  });
  return means.sort((a, b) => a.line - b.line);
}

function numberOf(functionOf: Int32Array, func: FunctionIndex | undefined): number {
  return func === undefined ? -1 : at(functionOf, func);
}

/** Growth by line, in bytes. */
function memoryLinesOf({ side }: NumberedSide): SideLines {
  const files = new Map<string, LineMean[]>();
  const mean = (sum: number): number => sum / side.totals.length;
  for (const memory of side.profile.record?.memoryLines ?? []) {
    const { file, line, growth, allocations, process } = memory;
    const hits = allocations ?? process?.occurrences;
    const lines = files.get(file) ?? [];
    files.set(file, lines);
    lines.push({
      line,
      func: -1,
      hits: hits === undefined ? undefined : mean(hits),
      self: undefined,
      time: mean(growth),
      measured: 'exact',
    });
  }
  for (const lines of files.values()) lines.sort((a, b) => a.line - b.line);
  return { unit: 'bytes', data: 'memory', files };
}
