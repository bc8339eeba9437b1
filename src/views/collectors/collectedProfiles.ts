import type { Period } from '../../core/model/profile';
import type { CollectedSource, ComparedSource } from '../../core/profileSource';
import { UserError } from '../../platform/errors';
import { askPeriod, askRestriction } from './askCollected';
import { processesWithin, type CollectedHistory } from './collectedHistory';
import { collectedTitle, periodText, restrictionText } from './collectedTitle';
import type { Restriction } from './timelineDocument';

const LAST_MS = 15 * 60_000;

/** What is needed to open what was collected. */
export interface CollectedProfilesOptions {
  /** File system path. */
  readonly database: string;
  readonly history: CollectedHistory;
  open(source: CollectedSource): Promise<void>;
  compare(source: ComparedSource): Promise<void>;
}

/** Opens what was collected in a part of the time as one profile. */
export class CollectedProfiles {
  readonly #options: CollectedProfilesOptions;

  constructor(options: CollectedProfilesOptions) {
    this.#options = options;
  }

  /** @throws UserError when nothing was collected then; as the others do. */
  async openLastMinutes(restriction: Restriction): Promise<void> {
    const untilMs = Date.now();
    await this.open({ fromMs: untilMs - LAST_MS, untilMs }, restriction);
  }

  /** Asks of when, and of what it is not yet restricted to. */
  async ask(restriction: Restriction): Promise<void> {
    const period = await askPeriod();
    const processes = processesWithin(await this.#options.history.processes(), period);
    await this.open(period, await askRestriction(processes, restriction));
  }

  async open(period: Period, restriction: Restriction): Promise<void> {
    await this.#options.open(await this.#source(period, restriction));
  }

  async compare(before: Period, after: Period, restriction: Restriction): Promise<void> {
    await this.#options.compare({
      title: `${restrictionText(restriction)} · ${periodText(before)} ↔ ${periodText(after)}`,
      subject: `The work of ${restrictionText(restriction).replace(/^All/, 'all')}`,
      before: await this.#source(before, restriction),
      after: await this.#source(after, restriction),
    });
  }

  async #source(period: Period, restriction: Restriction): Promise<CollectedSource> {
    const { database, history } = this.#options;
    const length = period.untilMs - period.fromMs;
    const { counts } = await history.counts({ period, ...restriction }, length);
    if (!counts.some(({ running }) => running > 0))
      throw new UserError(
        `No samples of running threads were collected in ${periodText(period)} (${restrictionText(restriction)}).`,
      );
    return { title: collectedTitle(restriction, period), database, period, ...restriction };
  }
}
