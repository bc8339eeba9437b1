import { annotate } from '../core/derive/annotate';
import type { Annotations } from '../core/derive/annotations';
import { DEFAULT_LIMITS, type TreeLimits } from '../core/derive/callTree';
import { toPlot } from '../core/derive/plot';
import { toSpeedscope } from '../core/derive/speedscopeDocument';
import type { ReadChoice } from '../core/formats/format';
import { formatLabel, readProfile } from '../core/formats/registry';
import type { Profile } from '../core/model/profile';
import type { ProfileSource } from '../core/profileSource';
import type { ExportOptions } from '../core/writers/writer';
import { exportedFile, exportTargets } from './exports';
import type {
  ExportedFile,
  ExportTarget,
  FlamegraphDocument,
  ImporterApi,
  ProfileSummary,
} from './importerApi';
import { readSource, stampOfSource } from './sourceReading';
import { syntheticStats } from './syntheticStats';
import type { ReadProgress } from './workerProtocol';

/** Enough for V8 to see which code is hot, in less than a tenth of a second. */
const WARM_UP_FUNCTIONS = 300;

interface Kept {
  /** Of the files that it was read from, as they were then. */
  readonly stamp: string;
  readonly profile: Profile;
}

/** Answers the importer's questions by reading files, and keeps the last few profiles it parsed. */
export class ProfileReader implements ImporterApi {
  readonly #kept = new Map<string, Kept>();
  readonly #capacity: number;
  readonly #report: (progress: ReadProgress) => void;

  /**
   * @param capacity how many parsed profiles are kept
   * @param report is told now and then how far the merging of several files has come
   */
  constructor(capacity: number, report: (progress: ReadProgress) => void = () => undefined) {
    this.#capacity = capacity;
    this.#report = report;
  }

  summary(path: string): ProfileSummary {
    const { format, unit, total, data, functions, request, warnings } = this.#profile(path);
    return {
      format,
      formatLabel: formatLabel(format),
      unit,
      total,
      dataKind: data.kind,
      functionCount: functions.length,
      request,
      warnings,
    };
  }

  flamegraph(
    source: ProfileSource,
    title: string,
    limits: TreeLimits,
    choice?: ReadChoice,
  ): FlamegraphDocument {
    return flamegraphOf(this.#profile(source, choice), title, limits, typeof source === 'object');
  }

  annotations(source: ProfileSource, choice?: ReadChoice): Annotations {
    return annotate(this.#profile(source, choice));
  }

  exportTargets(
    source: ProfileSource,
    options: ExportOptions,
    choice?: ReadChoice,
  ): ExportTarget[] {
    return exportTargets(this.#profile(source, choice), options);
  }

  exported(
    source: ProfileSource,
    id: string,
    options: ExportOptions,
    choice?: ReadChoice,
  ): ExportedFile {
    return { bytes: exportedFile(this.#profile(source, choice), id, options) };
  }

  warmUp(): void {
    const bytes = syntheticStats(WARM_UP_FUNCTIONS);
    flamegraphOf(readProfile({ bytes, name: '' }), '', DEFAULT_LIMITS);
  }

  #profile(source: ProfileSource, choice: ReadChoice = {}): Profile {
    const key = keyOf(source, choice);
    const stamp = stampOfSource(source);
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    const current =
      kept?.stamp === stamp ? kept : { stamp, profile: readSource(source, choice, this.#report) };
    this.#keep(key, current);
    return current.profile;
  }

  /** Makes the profile the youngest of the kept ones: a map iterates in the order of insertion. */
  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#capacity) break;
      this.#kept.delete(oldest);
    }
  }
}

/** What tells a profile from every other one of the same or another source. */
function keyOf(source: ProfileSource, { metric, period }: ReadChoice): string {
  return JSON.stringify([source, metric, period?.fromMs, period?.untilMs]);
}

function flamegraphOf(profile: Profile, title: string, limits: TreeLimits): FlamegraphDocument {
  const { data, metrics, period } = profile;
  const offered = { metrics, period };
  if (data.kind === 'timeline') {
    const { document, note } = toPlot(profile, data);
    return { kind: 'plot', plot: document, note, offered };
  }
  const { document, note } = toSpeedscope(profile, { title, limits });
  const speedscope = new TextEncoder().encode(JSON.stringify(document));
  return { kind: 'graph', speedscope, note, offered };
}
