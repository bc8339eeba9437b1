import { basename } from 'node:path';
import { annotate } from '../core/derive/annotate';
import type { Annotations } from '../core/derive/annotations';
import { DEFAULT_LIMITS, type TreeLimits } from '../core/derive/callTree';
import { toSpeedscope } from '../core/derive/speedscopeDocument';
import { formatLabel, readProfile } from '../core/formats/registry';
import type { Profile } from '../core/model/profile';
import type { FlamegraphDocument, ImporterApi, ProfileSummary } from './importerApi';
import { readStamped, stampOf, type FileStamp } from './profileFile';
import { syntheticStats } from './syntheticStats';

/** Enough for V8 to see which code is hot, in less than a tenth of a second. */
const WARM_UP_FUNCTIONS = 300;

interface Kept extends FileStamp {
  readonly profile: Profile;
}

/** Answers the importer's questions by reading files, and keeps the last few profiles it parsed. */
export class ProfileReader implements ImporterApi {
  readonly #kept = new Map<string, Kept>();
  readonly #capacity: number;

  /** @param capacity how many parsed profiles are kept. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  summary(path: string): ProfileSummary {
    const { format, unit, total, functions, request, warnings } = this.#profile(path);
    return {
      format,
      formatLabel: formatLabel(format),
      unit,
      total,
      functionCount: functions.length,
      request,
      warnings,
    };
  }

  flamegraph(path: string, title: string, limits: TreeLimits): FlamegraphDocument {
    return flamegraphOf(this.#profile(path), title, limits);
  }

  annotations(path: string): Annotations {
    return annotate(this.#profile(path));
  }

  warmUp(): void {
    const bytes = syntheticStats(WARM_UP_FUNCTIONS);
    flamegraphOf(readProfile({ bytes, name: '' }), '', DEFAULT_LIMITS);
  }

  #profile(path: string): Profile {
    const stamp = stampOf(path);
    const kept = this.#kept.get(path);
    this.#kept.delete(path);
    const current =
      kept?.size === stamp.size && kept.modifiedMs === stamp.modifiedMs
        ? kept
        : {
            ...stamp,
            profile: readProfile({ bytes: readStamped(path, stamp), name: basename(path) }),
          };
    this.#keep(path, current);
    return current.profile;
  }

  /** Makes the profile the youngest of the kept ones: a map iterates in the order of insertion. */
  #keep(path: string, kept: Kept): void {
    this.#kept.set(path, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#capacity) break;
      this.#kept.delete(oldest);
    }
  }
}

function flamegraphOf(profile: Profile, title: string, limits: TreeLimits): FlamegraphDocument {
  const { document, note } = toSpeedscope(profile, { title, limits });
  return { speedscope: new TextEncoder().encode(JSON.stringify(document)), note };
}
