import type { CallEdge, CallGraph, Func, FunctionStats } from '../model/profile';
import { divisionLosses, edgesByCallee, isCountOnly, type CostedEdge } from './callEdges';
import { MarshalWriter } from './encoding/marshal';
import type { ExportSource } from './exportSource';
import { fileText } from './functionNames';
import { commonLosses, laneLosses, lineLosses, lossIf } from './losses';
import { timeOnlyLosses } from './units';
import type { Loss, Writer } from './writer';

/** What pyinstrument and the `pstats` module that shows it have for calls that nobody counted. */
const uncounted = -1;

/**
 * The stats that `pstats.Stats` of Python 2.5 to 3.15 loads: a marshalled dict
 * `{(file, line, name): (cc, nc, tt, ct, {caller: (nc, cc, tt, ct)})}` as Lib/cProfile.py writes it.
 */
export const pstats: Writer = {
  id: 'pstats',
  label: 'pstats (Python’s own, SnakeViz, gprof2dot)',
  extension: '.pstats',
  losses(source) {
    const { graph, profile } = source;
    return [
      ...commonLosses(source),
      ...timeOnlyLosses(profile, 'seconds'),
      ...laneLosses(source),
      ...lineLosses(source),
      ...countLosses(graph),
      ...divisionLosses(graph.edges.some((edge) => !isCountOnly(edge) && isIncomplete(edge))),
      ...sharedCostLosses(source),
    ];
  },
  write({ graph, profile }) {
    const marshal = new MarshalWriter();
    const callers = edgesByCallee(graph);
    marshal.beginDict();
    for (const [func, stats] of graph.stats.entries()) {
      writeKey(marshal, profile.functions[func]);
      writeRow(marshal, stats, callers[func] ?? [], profile.functions);
    }
    marshal.endDict();
    return marshal.toBytes();
  },
};

function writeKey(marshal: MarshalWriter, func: Func = unknown): void {
  marshal.beginTuple(3);
  marshal.text(fileText(func));
  marshal.int(func.line ?? 0);
  marshal.text(func.name);
}

const unknown: Func = { name: '?', file: undefined, line: undefined };

function writeRow(
  marshal: MarshalWriter,
  { calls = uncounted, primitiveCalls = calls, self, total }: FunctionStats,
  callers: readonly CostedEdge[],
  functions: readonly Func[],
): void {
  marshal.beginTuple(5);
  marshal.int(Math.round(primitiveCalls));
  marshal.int(Math.round(calls));
  marshal.float(self);
  marshal.float(total);
  marshal.beginDict();
  for (const edge of callers) {
    writeKey(marshal, functions[edge.caller]);
    writeCaller(marshal, edge);
  }
  marshal.endDict();
}

/** The counts stand the other way round than in a row; a count without costs stands alone. */
function writeCaller(
  marshal: MarshalWriter,
  { calls = uncounted, primitiveCalls = calls, self, total, countsOnly }: CostedEdge,
): void {
  if (countsOnly) {
    marshal.int(Math.round(calls));
    return;
  }
  marshal.beginTuple(4);
  marshal.int(Math.round(calls));
  marshal.int(Math.round(primitiveCalls));
  marshal.float(self);
  marshal.float(total);
}

function isIncomplete({ self, total }: CallEdge): boolean {
  return self === undefined || total === undefined;
}

function countLosses({ stats }: CallGraph): Loss[] {
  const isUncounted = stats.some(({ calls }) => calls === undefined);
  const isPrimitiveUnknown = stats.some(
    ({ calls, primitiveCalls }) => calls !== undefined && primitiveCalls === undefined,
  );
  return [
    ...lossIf(isUncounted, 'calls', 'Calls that were not counted stand as -1.'),
    ...lossIf(
      isPrimitiveUnknown,
      'calls',
      'Which calls were recursive is unknown: all count as primitive.',
    ),
  ];
}

function sharedCostLosses({ profile: { data } }: ExportSource): Loss[] {
  return lossIf(
    data.kind === 'lineTimings',
    'selfCosts',
    'The time of a function’s lines includes what they call, and stands as its own.',
  );
}
