import {
  pathsOf,
  sourceName,
  type ComparedSource,
  type ProfileSource,
} from '../../core/profileSource';
import { registerCommands } from '../../platform/commands';
import type { DisposableStore } from '../../platform/disposables';
import { UserError } from '../../platform/errors';
import type { ProfileEntry } from '../../profiles/profileEntry';
import type { TreeNode } from '../explorer/treeNodes';
import { chooseMoment } from './chooseMoment';
import {
  BEFORE_AND_AFTER,
  chooseFirst,
  chooseOther,
  chooseRequests,
  type Candidates,
} from './chooseSubject';
import { baselineFirst, splitAt } from './comparedEntries';
import { mergedSubject, profileSubject, rowSubject, withTime, type Subject } from './subject';

/** What choosing sides needs of the rest of the extension. */
export interface CompareParts {
  /** The rows of the explorer that are selected. */
  selection(): readonly TreeNode[];
  /** The profiles that the explorer's filter leaves, and their endpoints. */
  candidates(): Candidates;
  /** What is known of a file, if it is in a profile directory. */
  entryOf(path: string): ProfileEntry | undefined;
  open(source: ComparedSource): Promise<void>;
}

/** The commands that choose what is compared. */
export class CompareCommands {
  readonly #parts: CompareParts;

  constructor(parts: CompareParts) {
    this.#parts = parts;
  }

  register(): DisposableStore {
    return registerCommands({
      compareProfiles: (node?: TreeNode, selected?: TreeNode[]) =>
        this.#compareRows(this.#rows(node, selected)),
      compareBeforeAfter: (node?: TreeNode, selected?: TreeNode[]) =>
        this.#compareRowsInTime(this.#rows(node, selected)),
    });
  }

  /** Compares what a tab shows with something that is asked for. */
  async compareSource(source: ProfileSource): Promise<void> {
    await this.#compareWithOther(this.#subjectOf(source));
  }

  #rows(
    node: TreeNode | undefined,
    selected: readonly TreeNode[] | undefined,
  ): readonly TreeNode[] {
    return selected ?? (node ? [node] : this.#parts.selection());
  }

  /**
   * Compares two rows at once, one with what is asked for, and without any asks for both.
   * @throws UserError where there are more
   */
  async #compareRows(nodes: readonly TreeNode[]): Promise<void> {
    const [one, other, ...more] = nodes.flatMap((node) => rowSubject(node) ?? []);
    if (more.length > 0)
      throw new UserError(
        'Two rows can be compared, and more are selected: select two, or one and choose the other.',
      );
    if (one && other) {
      await this.#compare(one, other);
      return;
    }
    const first = one ?? (await chooseFirst(this.#candidates()));
    if (first) await this.#compareWithOther(first);
  }

  async #compareWithOther(subject: Subject): Promise<void> {
    const other = await chooseOther(subject, this.#candidates());
    if (other === BEFORE_AND_AFTER) await this.#compareInTime(subject.title, subject.entries);
    else if (other) await this.#compare(subject, other);
  }

  async #compare(one: Subject, other: Subject): Promise<void> {
    const told = one.title === other.title ? withTime : (subject: Subject) => subject;
    const [before, after] = baselineFirst(told(one), told(other));
    await this.#parts.open({
      title: `${before.title} ↔ ${after.title}`,
      subject: this.#endpointOf([...before.entries, ...after.entries]),
      before: before.source,
      after: after.source,
    });
  }

  /** Of one profile, all requests of its endpoint are split; of several rows, their own. */
  async #compareRowsInTime(nodes: readonly TreeNode[]): Promise<void> {
    const subjects = nodes.flatMap((node) => rowSubject(node) ?? []);
    const [first] = subjects;
    if (!first) {
      const chosen = await chooseRequests(this.#candidates());
      if (chosen) await this.#compareInTime(chosen.title, chosen.entries);
      return;
    }
    const own = [...new Set(subjects.flatMap(({ entries }) => entries))];
    const entries = own.length === 1 ? this.#sameEndpoint(own) : own;
    const isGroup = first.group !== undefined && subjects.length === 1;
    const name = isGroup ? first.title : (this.#endpointOf(entries) ?? 'Requests');
    await this.#compareInTime(name, entries);
  }

  async #compareInTime(name: string, entries: readonly ProfileEntry[]): Promise<void> {
    const moment = await chooseMoment(entries);
    if (!moment) return;
    const { before, after } = splitAt(entries, moment.ms);
    for (const [side, when] of [
      [before, moment.before],
      [after, moment.after],
    ] as const) {
      if (side.length === 0)
        throw new UserError(
          `No profile of ${name} is of that time (${when}): choose another moment.`,
        );
    }
    await this.#parts.open({
      title: `${name} ${moment.before} ↔ ${moment.after}`,
      subject: this.#endpointOf(entries),
      before: mergedSubject(moment.before, before).source,
      after: mergedSubject(moment.after, after).source,
    });
  }

  /** What a tab shows, as one side. */
  #subjectOf(source: ProfileSource): Subject {
    const entries = pathsOf(source).flatMap((path) => this.#parts.entryOf(path) ?? []);
    const [entry] = entries;
    if (typeof source === 'string' && entry) return profileSubject(entry);
    return { title: sourceName(source), entries, source };
  }

  /** @throws UserError where there are no profiles at all */
  #candidates(): Candidates {
    const candidates = this.#parts.candidates();
    if (candidates.entries.length === 0)
      throw new UserError('There are no profiles to compare: request a page of a profiled server.');
    return candidates;
  }

  #sameEndpoint([entry]: readonly ProfileEntry[]): readonly ProfileEntry[] {
    const { entries, endpoints } = this.#candidates();
    const endpoint = entry && endpoints.get(entry);
    return entries.filter((each) => endpoints.get(each) === endpoint);
  }

  /** The endpoint that all of some profiles are of. */
  #endpointOf(entries: readonly ProfileEntry[]): string | undefined {
    const { endpoints } = this.#parts.candidates();
    const names = new Set(entries.map((entry) => endpoints.get(entry)));
    const [name] = names;
    return names.size === 1 ? name : undefined;
  }
}
