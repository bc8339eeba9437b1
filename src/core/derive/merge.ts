import { ProfileError } from '../model/errors';
import { FrameTable } from '../model/frameTable';
import type { Metrics, Profile, Unit } from '../model/profile';
import type { RequestFacts } from '../model/request';
import { MergedCallGraphs } from './merge/callGraphs';
import { contentOf, misfitSentence, type Misfit } from './merge/fit';
import { MergedLines } from './merge/lines';
import { MergedRecords } from './merge/records';
import { MergedStacks } from './merge/stacks';

/** Facts that a merged profile has where all its profiles agree; times and durations differ anyway. */
const SHARED_FACTS = ['method', 'path', 'route', 'view', 'software', 'mode'] as const;

/** Warnings of the profiles that are kept, each once. */
const MAXIMUM_WARNINGS = 5;

/** What the first profile says all others have to be like. */
interface FirstProfile {
  readonly format: string;
  readonly unit: Unit;
  readonly kind: 'callGraph' | 'stacks' | 'lineTimings';
  readonly content: string;
}

/**
 * Adds profiles up to one, so that no more than one of them and the sum are held at a time. Call
 * graphs are added as `pstats.Stats.add` adds them, stacks in one tree, lines by line.
 */
export class ProfileMerger {
  readonly #frames = new FrameTable();
  readonly #graphs = new MergedCallGraphs();
  readonly #stacks = new MergedStacks(this.#frames);
  readonly #lines = new MergedLines();
  readonly #records = new MergedRecords();
  readonly #warnings = new Set<string>();
  readonly #misfits: Misfit[] = [];
  #first: FirstProfile | undefined;
  #metrics: Metrics | undefined;
  #request: RequestFacts = {};
  #total = 0;
  #count = 0;
  #countWithLines = 0;

  /**
   * Adds a profile.
   * @param name what it is called where it does not fit the others
   * @throws ProfileError where there is nothing in it that can be added up
   */
  add(profile: Profile, name: string): void {
    this.#count += 1;
    const content = contentOf(profile);
    this.#first ??= this.#begin(profile, content);
    if (content === this.#first.content) this.#addFitting(profile);
    else this.#misfits.push({ name, content });
  }

  /**
   * The sum.
   * @throws ProfileError where some profiles hold another kind of data than the first, or count
   *   something else
   */
  finish(): Profile {
    if (!this.#first) throw new ProfileError('There is no profile to merge.', 'broken');
    const { format, unit, kind, content } = this.#first;
    if (this.#misfits.length > 0)
      throw new ProfileError(misfitSentence(this.#misfits, this.#count, content), 'broken');
    return {
      format,
      unit,
      total: this.#total,
      functions: this.#frames.functions.functions,
      data: this.#data(kind, unit),
      lines: this.#lines.finish(),
      metrics: this.#metrics,
      request: this.#request,
      record: this.#records.finish(),
      warnings: this.#allWarnings(),
    };
  }

  #begin({ format, unit, data, metrics, request }: Profile, content: string): FirstProfile {
    const { kind } = data;
    if (kind === 'timeline')
      throw new ProfileError('Values over time cannot be merged: they do not add up.', 'broken');
    this.#metrics = metrics;
    this.#request = request;
    return { format, unit, kind, content };
  }

  #addFitting(profile: Profile): void {
    const { functions, data, lines, record, request, metrics, total, warnings } = profile;
    const indexes = Int32Array.from(functions, ({ name, file, line }) =>
      this.#frames.functions.indexOf(name, file, line),
    );
    if (data.kind === 'callGraph') this.#graphs.add(data, indexes);
    if (data.kind === 'stacks') this.#stacks.add(data, indexes);
    this.#lines.add(lines, indexes);
    if (record) this.#records.add(record, indexes);
    this.#total += total;
    this.#countWithLines += Number(lines.length > 0);
    this.#request = sharedFacts(this.#request, request);
    if (!isSameOffer(this.#metrics, metrics)) this.#metrics = undefined;
    for (const warning of warnings)
      if (this.#warnings.size < MAXIMUM_WARNINGS) this.#warnings.add(warning);
  }

  #data(kind: FirstProfile['kind'], unit: Unit): Profile['data'] {
    switch (kind) {
      case 'callGraph':
        return this.#graphs.finish();
      case 'stacks':
        return this.#stacks.finish(unit);
      case 'lineTimings':
        return { kind };
    }
  }

  #allWarnings(): string[] {
    const withLines = this.#countWithLines;
    return [
      ...(withLines > 0 && withLines < this.#count
        ? [`Lines were measured in ${withLines} of them: their costs are of those only.`]
        : []),
      ...this.#records.warnings(),
      ...this.#warnings,
    ];
  }
}

function sharedFacts(one: RequestFacts, other: RequestFacts): RequestFacts {
  const shared = SHARED_FACTS.filter(
    (fact) => one[fact] !== undefined && one[fact] === other[fact],
  );
  return Object.fromEntries(shared.map((fact) => [fact, one[fact]]));
}

function isSameOffer(one: Metrics | undefined, other: Metrics | undefined): boolean {
  const idsOf = (metrics: Metrics | undefined): string =>
    JSON.stringify(metrics?.all.map(({ id }) => id));
  return idsOf(one) === idsOf(other);
}
