import { workspace } from 'vscode';
import type { MergedSource } from '../../core/profileSource';
import { UserError } from '../../platform/errors';
import type { ProfileEntry } from '../../profiles/profileEntry';
import { askTimeRange } from './askTimeRange';
import { mergedSource } from './mergedSource';
import { entriesWithin } from './timeRange';
import type { TreeNode } from './treeNodes';

/** What the aggregation needs of the explorer. */
export interface AggregationParts {
  /** The rows that are selected. */
  selection(): readonly TreeNode[];
  /** The profiles that the filter leaves. */
  shown(): readonly ProfileEntry[];
  /** The endpoint of each profile of the explorer. */
  endpoints(): ReadonlyMap<ProfileEntry, string>;
  open(source: MergedSource): Promise<void>;
}

/** The commands that open several profiles as one. */
export class Aggregation {
  readonly #parts: AggregationParts;

  constructor(parts: AggregationParts) {
    this.#parts = parts;
  }

  /**
   * Opens the profiles of the menu's row, else of the selected rows, as one; of a group all of its.
   * @throws UserError where fewer than two profiles are chosen
   */
  async rows(node: TreeNode | undefined, selected: readonly TreeNode[] | undefined): Promise<void> {
    const nodes = selected ?? (node ? [node] : this.#parts.selection());
    const entries = entriesOf(nodes);
    if (entries.length < 2 && !nodes.some(({ kind }) => kind === 'group'))
      throw new UserError(
        'Select several profiles, or a group of them, in the Hotline view first.',
      );
    const [only] = nodes;
    const name =
      only?.kind === 'group' && nodes.length === 1
        ? workspace.asRelativePath(only.group.key)
        : this.#endpointOf(entries);
    await this.#parts.open(mergedSource(entries, name));
  }

  /** Asks for a part of the time, and opens what the filter leaves of its profiles as one. */
  async timeRange(): Promise<void> {
    const shown = this.#parts.shown();
    const range = await askTimeRange(shown);
    if (!range) return;
    const entries = entriesWithin(shown, range.period);
    if (entries.length === 0)
      throw new UserError(`No profile of the list is of that time (${range.name}).`);
    await this.#parts.open(mergedSource(entries, range.name));
  }

  /** All profiles of the endpoint that one of them is of, as one. */
  endpointOf(entry: ProfileEntry): MergedSource | undefined {
    const endpoints = this.#parts.endpoints();
    const name = endpoints.get(entry);
    if (name === undefined) return undefined;
    const entries = [...endpoints.keys()].filter((each) => endpoints.get(each) === name);
    return mergedSource(entries, name);
  }

  /** The endpoint that all of some profiles are of. */
  #endpointOf(entries: readonly ProfileEntry[]): string | undefined {
    const endpoints = this.#parts.endpoints();
    const names = new Set(entries.map((entry) => endpoints.get(entry)));
    const [name] = names;
    return names.size === 1 ? name : undefined;
  }
}

/** The profiles of some rows, each once. */
function entriesOf(nodes: readonly TreeNode[]): ProfileEntry[] {
  const entries = nodes.flatMap((node) => {
    if (node.kind === 'profile') return [node.entry];
    return node.kind === 'group' ? node.group.entries.slice(0, node.group.entries.length) : [];
  });
  return [...new Set(entries)];
}
