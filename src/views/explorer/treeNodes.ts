import type { ProfileEntry } from '../../profiles/profileEntry';
import type { Listing, ProfileGroup } from './listing';

/** Rows of a list that the workbench is given at a time. */
export const PAGE = 200;

/** The row of a profile. One object stands for the same file as long as it is listed. */
export interface ProfileNode {
  readonly kind: 'profile';
  readonly id: string;
  entry: ProfileEntry;
}

/** The row of an endpoint or a directory, with its profiles below it. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  group: ProfileGroup;
}

/** *Show more*: the rows after a page, as its children. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  /** The group whose profiles are continued; `undefined` for the top of the tree. */
  readonly group: GroupNode | undefined;
  /** Position of the first row below it. */
  readonly start: number;
  /** Of all rows of this list. */
  count: number;
}

/** A sentence on a directory or a setting that keeps profiles from being listed. */
export interface ProblemNode {
  readonly kind: 'problem';
  readonly id: string;
  readonly sentence: string;
}

export type TreeNode = ProfileNode | GroupNode | MoreNode | ProblemNode;

/** Makes the rows of listings and keeps their identity from one listing to the next. */
export class TreeNodes {
  #listing: Listing | undefined;
  #problems: readonly string[] = [];
  readonly #nodes = new Map<string, TreeNode>();

  /** Shows another listing. */
  update(listing: Listing, problems: readonly string[]): void {
    this.#listing = listing;
    this.#problems = problems;
  }

  /** Forgets the rows, before all of them are asked for again. */
  forget(): void {
    this.#nodes.clear();
  }

  /** The rows below a row (`undefined`: at the top), at most a page and *Show more*. */
  children(parent: TreeNode | undefined): TreeNode[] {
    if (!this.#listing) return [];
    switch (parent?.kind) {
      case undefined:
        return [...this.#problems.map((sentence) => this.#problem(sentence)), ...this.#top(0)];
      case 'group':
        return this.#profiles(parent, 0);
      case 'more':
        return parent.group ? this.#profiles(parent.group, parent.start) : this.#top(parent.start);
      case 'profile':
      case 'problem':
        return [];
    }
  }

  #top(start: number): TreeNode[] {
    const top = this.#listing?.top;
    if (top?.kind !== 'groups') return this.#profiles(undefined, start);
    const rows = top.groups.slice(start, start + PAGE).map((group) => this.#group(group));
    return [...rows, ...this.#more(undefined, start + PAGE, top.groups.length)];
  }

  #profiles(group: GroupNode | undefined, start: number): TreeNode[] {
    const top = this.#listing?.top;
    const entries = group?.group.entries ?? (top?.kind === 'profiles' ? top.entries : undefined);
    if (!entries) return [];
    const rows = entries.slice(start, start + PAGE).map((entry) => this.#profile(entry));
    return [...rows, ...this.#more(group, start + PAGE, entries.length)];
  }

  #profile(entry: ProfileEntry): ProfileNode {
    const node = this.#node(`profile:${entry.path}`, (id) => ({ kind: 'profile', id, entry }));
    node.entry = entry;
    return node;
  }

  #group(group: ProfileGroup): GroupNode {
    const node = this.#node(`group:${group.key}`, (id) => ({ kind: 'group', id, group }));
    node.group = group;
    return node;
  }

  #more(group: GroupNode | undefined, start: number, count: number): MoreNode[] {
    if (start >= count) return [];
    const node = this.#node(`more:${start}:${group?.group.key ?? ''}`, (id) => ({
      kind: 'more',
      id,
      group,
      start,
      count,
    }));
    node.count = count;
    return [node];
  }

  #problem(sentence: string): ProblemNode {
    return this.#node(`problem:${sentence}`, (id) => ({ kind: 'problem', id, sentence }));
  }

  /** The node of the id; ids begin with the kind, so that one id never means two kinds. */
  #node<N extends TreeNode>(id: string, make: (id: string) => N): N {
    const known = this.#nodes.get(id) as N | undefined;
    if (known) return known;
    const node = make(id);
    this.#nodes.set(id, node);
    return node;
  }
}
