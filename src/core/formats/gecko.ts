import type { LaneBuilder } from '../model/stacksBuilder';
import { StacksBuilder } from '../model/stacksBuilder';
import { isObject, jsonChecks, parseJson, type JsonObject } from './encoding/json';
import { jsonOutline } from './encoding/jsonOutline';
import { damaged } from './failures';
import type { Format } from './format';
import { addSamples, weightUnitOf } from './gecko/samples';
import { ThreadTables, type Shared } from './gecko/tables';
import { laneNames } from './gecko/threads';

const { array, object } = jsonChecks('Firefox Profiler');

/**
 * The Firefox Profiler's processed format
 * (https://github.com/firefox-devtools/profiler/blob/main/src/types/profile.ts), as Python 3.15's
 * sampler writes it with `--gecko` (`Lib/profiling/sampling/gecko_collector.py` of 3.15.0rc1), and
 * samply and Firefox itself.
 */
export const gecko: Format = {
  id: 'gecko',
  label: 'Firefox Profiler',
  tools: 'Python 3.15’s `profiling.sampling --gecko`, samply, Firefox',
  detect(bytes) {
    return jsonOutline(bytes).keys.has('meta') && bytes.includes('"preprocessedProfileVersion"');
  },
  read({ bytes }) {
    const document = object(parseJson(bytes, 'Firefox Profiler'));
    const meta = object(document['meta']);
    const threads = array(document['threads']).map(object);
    const builder = new StacksBuilder();
    const lanes = readThreads(threads, meta, {
      tables: isObject(document['shared']) ? document['shared'] : {},
      builder,
      hasDefinitionLines: !String(meta['importedFrom']).startsWith('Tachyon'),
    });
    const active = builder.costliestLane();
    const unit = lanes[active]?.unit;
    if (unit === undefined) throw damaged('Firefox Profiler', 'it holds no thread');
    return {
      format: gecko.id,
      ...builder.finish(unit, active),
      lines: [],
      request: {},
      warnings: [],
    };
  },
};

/** One lane a thread. */
function readThreads(
  threads: readonly JsonObject[],
  { interval }: JsonObject,
  shared: Shared,
): LaneBuilder[] {
  const names = laneNames(threads);
  const known = new Map<JsonObject, Int32Array>();
  return threads.map((thread, index) => {
    const tables = new ThreadTables(thread, shared);
    const nodes = known.get(tables.stackTable) ?? tables.nodes();
    known.set(tables.stackTable, nodes);
    const samples = object(thread['samples']);
    const weightUnit = weightUnitOf(samples, interval);
    const lane = shared.builder.lane({
      name: names[index] ?? '',
      kind: 'sampled',
      unit: weightUnit.unit,
      timeOrdered: true,
    });
    addSamples(samples, nodes, lane, weightUnit);
    return lane;
  });
}
