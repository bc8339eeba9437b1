import type { Metric, Metrics, Unit } from '../../model/profile';
import { damaged } from '../failures';
import type { ProfileMessage } from './profileMessage';

/** One of the values that every sample has. */
export interface SampleType {
  /** Which of the values. */
  readonly index: number;
  readonly metric: Metric;
  /** How many of the file's unit make one of the metric's. */
  readonly perUnit: number;
}

/** Units as writers call them, in lower case. */
const units = new Map<string, { readonly unit: Unit; readonly perUnit: number }>([
  ['nanoseconds', { unit: 'seconds', perUnit: 1e9 }],
  ['ns', { unit: 'seconds', perUnit: 1e9 }],
  ['microseconds', { unit: 'seconds', perUnit: 1e6 }],
  ['us', { unit: 'seconds', perUnit: 1e6 }],
  ['\u00b5s', { unit: 'seconds', perUnit: 1e6 }],
  ['\u03bcs', { unit: 'seconds', perUnit: 1e6 }],
  ['milliseconds', { unit: 'seconds', perUnit: 1e3 }],
  ['ms', { unit: 'seconds', perUnit: 1e3 }],
  ['seconds', { unit: 'seconds', perUnit: 1 }],
  ['s', { unit: 'seconds', perUnit: 1 }],
  ['bytes', { unit: 'bytes', perUnit: 1 }],
  ['kilobytes', { unit: 'bytes', perUnit: 1 / 1024 }],
  ['megabytes', { unit: 'bytes', perUnit: 1 / 1024 ** 2 }],
]);

/** The sample types of a file, in its order. One whose name another one has too carries its unit. */
export function sampleTypesOf({ sampleTypes, strings }: ProfileMessage): SampleType[] {
  const names = sampleTypes.map(({ type }) => strings.at(type));
  return sampleTypes.map(({ unit: unitName }, index) => {
    const name = names[index] ?? '';
    const unitText = strings.at(unitName);
    const isUnique = names.indexOf(name) === names.lastIndexOf(name);
    const id = isUnique ? name : `${name}/${unitText}`;
    const { unit, perUnit } = units.get(unitText.toLowerCase()) ?? counted(name);
    return { index, metric: { id, label: id.replaceAll('_', ' '), unit }, perUnit };
  });
}

/** A count: of samples, or of whatever else the type names. */
function counted(name: string): { unit: Unit; perUnit: number } {
  return { unit: /^samples?$/i.test(name) ? 'samples' : 'events', perUnit: 1 };
}

/** The type to show: the wanted one, else the one that the file names, else the last. */
export function shownType(
  types: readonly SampleType[],
  { sampleTypes, defaultType }: ProfileMessage,
  wanted: string | undefined,
): SampleType {
  const asked = types.find(({ metric }) => metric.id === wanted);
  const named = types.find(
    ({ index }) => defaultType > 0 && sampleTypes[index]?.type === defaultType,
  );
  const shown = asked ?? named ?? types.at(-1);
  if (!shown) throw damaged('pprof', 'it does not say what it counts');
  return shown;
}

/** The types to choose from, where there is a choice. */
export function metricsOf(types: readonly SampleType[], shown: Metric): Metrics | undefined {
  if (types.length < 2) return undefined;
  return { all: types.map(({ metric }) => metric), shown: shown.id };
}
