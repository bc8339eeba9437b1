import { lineCosts, lineDataOf } from '../derive/lineCosts';
import { inclusiveCosts } from '../model/inclusiveCosts';
import type { FunctionIndex, Profile } from '../model/profile';
import { at } from '../model/typedArrays';
import { divisionLosses } from './callEdges';
import { costEvent } from './callgrind/events';
import {
  functionCosts,
  type CallCost,
  type FunctionCosts,
  type SelfCost,
} from './callgrind/functionCosts';
import { CompressedNames } from './callgrind/names';
import type { ExportSource } from './exportSource';
import { printable } from '../text';
import { fileText, nameLosses, uniqueNames } from './functionNames';
import { commonLosses, functionLosses, isClose, laneLosses, lossIf } from './losses';
import { refuseNegative, rounded, roundingLosses, wholeUnitOf, type WholeUnit } from './units';
import type { Loss, Writer } from './writer';

/**
 * Callgrind's text as valgrind's manual specifies it ("Callgrind Format Specification", 3.19):
 * compressed names, absolute lines, costs in whole nanoseconds (or in what the profile counts). Names
 * are made unique because KCacheGrind takes functions of one name in one file for one.
 */
export const callgrind: Writer = {
  id: 'callgrind',
  label: 'callgrind (KCacheGrind, QCacheGrind)',
  extension: '.callgrind.out',
  losses(source) {
    const { profile, graph } = source;
    const costs = costsOf(source);
    return [
      ...commonLosses(source),
      ...laneLosses(source),
      ...nameLosses(profile),
      ...callLosses(source),
      ...divisionLosses(graph.edges.some(({ total }) => total === undefined)),
      ...roundingLosses(allCosts(costs), wholeUnitOf(profile)),
      ...functionLosses(graph.stats, heldCosts(costs), 'adding up calls'),
      ...lineCostLosses(profile, costs),
    ];
  },
  write(source) {
    return new CallgrindText(source).write();
  },
};

class CallgrindText {
  readonly #source: ExportSource;
  readonly #unit: WholeUnit;
  readonly #names: readonly string[];
  readonly #functionNames = new CompressedNames();
  readonly #files = new CompressedNames();
  readonly #text: string[] = [];

  constructor(source: ExportSource) {
    this.#source = source;
    this.#unit = wholeUnitOf(source.profile);
    this.#names = uniqueNames(source.profile);
  }

  write(): string {
    const costs = costsOf(this.#source);
    const withHits = costs.some(({ lines }) => lines.some(({ hits }) => hits !== undefined));
    const total = costs
      .flatMap(({ lines }) => lines)
      .reduce((sum, { self }) => sum + rounded(self, this.#unit), 0);
    this.#writeHeader(withHits, total);
    for (const [func, { lines, calls }] of costs.entries()) this.#writeFunction(func, lines, calls);
    this.#text.push(`totals: ${total}`, '');
    return this.#text.join('\n');
  }

  #writeHeader(withHits: boolean, total: number): void {
    const { name, longName } = costEvent(this.#source.profile);
    this.#text.push(
      '# callgrind format',
      'version: 1',
      `creator: hotline (${lineDataOf(this.#source.profile) === 'none' ? 'first' : 'executing'} lines)`,
      `cmd: ${printable(this.#source.options.title)}`,
      'part: 1',
      'positions: line',
      `event: ${name} : ${longName}`,
      ...(withHits ? ['event: hits : Hits of the line'] : []),
      `events: ${name}${withHits ? ' hits' : ''}`,
      `summary: ${total}`,
      '',
    );
  }

  #writeFunction(
    func: FunctionIndex,
    lines: readonly SelfCost[],
    calls: readonly CallCost[],
  ): void {
    const ownFile = this.#fileOf(func);
    this.#text.push(`fl=${this.#files.write(ownFile)}`, `fn=${this.#nameOf(func)}`);
    let currentFile = ownFile;
    for (const { file, line, self, hits } of lines) {
      const lineFile = file === undefined ? ownFile : printable(fileText({ file }));
      if (lineFile !== currentFile) {
        this.#text.push(`${lineFile === ownFile ? 'fe' : 'fi'}=${this.#files.write(lineFile)}`);
        currentFile = lineFile;
      }
      const cost = rounded(self, this.#unit);
      this.#text.push(hits === undefined ? `${line} ${cost}` : `${line} ${cost} ${hits}`);
    }
    if (currentFile !== ownFile) this.#text.push(`fe=${this.#files.write(ownFile)}`);
    for (const call of calls) this.#writeCall(call);
    this.#text.push('');
  }

  #writeCall({ line, callee, calls, total }: CallCost): void {
    const firstLine = this.#source.profile.functions[callee]?.line ?? 0;
    this.#text.push(
      `cfi=${this.#files.write(this.#fileOf(callee))}`,
      `cfn=${this.#nameOf(callee)}`,
      // callgrind_annotate takes the cost of 0 calls for the caller's own.
      `calls=${Math.max(1, Math.round(calls))} ${firstLine}`,
      `${line} ${rounded(total, this.#unit)}`,
    );
  }

  /** Numbers stand for functions, not for names, so that names of one text in two files stay two. */
  #nameOf(func: FunctionIndex): string {
    return this.#functionNames.write(this.#names[func] ?? '', String(func));
  }

  #fileOf(func: FunctionIndex): string {
    return printable(fileText(this.#source.profile.functions[func] ?? { file: undefined }));
  }
}

function costsOf(source: ExportSource): FunctionCosts[] {
  const costs = functionCosts(source);
  refuseNegative(allCosts(costs));
  return costs;
}

function* allCosts(costs: readonly FunctionCosts[]): Iterable<number> {
  for (const { lines, calls } of costs) {
    for (const { self } of lines) yield self;
    for (const { total } of calls) yield total;
  }
}

/** The costs of functions as a reader adds them up: their lines and their calls of others. */
function heldCosts(costs: readonly FunctionCosts[]): { self: number; total: number }[] {
  const self = costs.map(({ lines }) => lines.reduce((sum, line) => sum + line.self, 0));
  const edges = costs.flatMap(({ calls }, caller) => calls.map((call) => ({ ...call, caller })));
  const totals = inclusiveCosts(self, edges);
  return self.map((own, func) => ({ self: own, total: at(totals, func) }));
}

function callLosses({ graph, profile }: ExportSource): Loss[] {
  const isUncounted = graph.edges.some(({ calls }) => calls === undefined);
  const isRecursion = graph.stats.some(
    ({ calls, primitiveCalls }) => primitiveCalls !== undefined && primitiveCalls !== calls,
  );
  const received = new Map<FunctionIndex, number>();
  for (const { callee, calls = 0 } of graph.edges) {
    received.set(callee, (received.get(callee) ?? 0) + calls);
  }
  const isCalledFromOutside = graph.stats.some(
    ({ calls }, func) => calls !== undefined && calls !== received.get(func),
  );
  return [
    ...lossIf(isUncounted, 'calls', 'Calls that were not counted stand as 1.'),
    ...lossIf(isCalledFromOutside, 'calls', 'Calls by no function of the profile are left out.'),
    ...lossIf(isRecursion, 'calls', 'Which calls were recursive is left out.'),
    ...lossIf(
      profile.data.kind === 'lineTimings',
      'selfCosts',
      'The time of a function’s lines includes what they call, and stands as its own.',
    ),
  ];
}

/** Lines whose cost differs, because the profile does not tell at which of them a function was called. */
function lineCostLosses(profile: Profile, costs: readonly FunctionCosts[]): Loss[] {
  if (lineDataOf(profile) === 'none') return [];
  const held = new Map<string, number>();
  for (const [func, { lines, calls }] of costs.entries()) {
    const own = profile.functions[func]?.file ?? '';
    const addAt = (file: string, line: number, cost: number): void => {
      held.set(`${line} ${file}`, (held.get(`${line} ${file}`) ?? 0) + cost);
    };
    for (const { file = own, line, self } of lines) addAt(file, line, self);
    for (const { line, total } of calls) addAt(own, line, total);
  }
  const differs = [...lineCosts(profile)].some(([file, lines]) =>
    [...lines].some(([line, { time }]) => !isClose(time, held.get(`${line} ${file}`) ?? 0)),
  );
  return lossIf(
    differs,
    'lines',
    'Lines have their own costs; that of their calls is known only in part.',
  );
}
