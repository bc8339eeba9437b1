import { EventEmitter, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import type { Listing } from './listing';
import { appearance, tooltipOf, treeItem, type RowMarks } from './treeItems';
import { TreeNodes, type TreeNode } from './treeNodes';

/** The rows that the workbench was given below one row. */
interface Given {
  readonly parent: TreeNode | undefined;
  readonly rows: readonly TreeNode[];
  readonly looks: readonly string[];
}

/** Feeds the tree view in pages, and tells it of a change only what really changed. */
export class ProfileTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly #marks: RowMarks;
  readonly #nodes = new TreeNodes();
  readonly #given = new Map<string, Given>();
  readonly #changes = new EventEmitter<TreeNode[] | undefined>();
  readonly #rowsGiven = new EventEmitter<void>();

  readonly onDidChangeTreeData = this.#changes.event;

  /** Fires when the workbench has been given other rows. */
  readonly onDidGiveRows = this.#rowsGiven.event;

  constructor(marks: RowMarks) {
    this.#marks = marks;
  }

  /** Shows another listing; of rows that stay where they are, only those that look different are sent. */
  update(listing: Listing, problems: readonly string[]): void {
    this.#nodes.update(listing, problems);
    const stale = [...this.#given.values()].flatMap(
      (given) => this.#staleRows(given) ?? [undefined],
    );
    if (stale.includes(undefined)) {
      this.#given.clear();
      this.#nodes.forget();
      this.#changes.fire(undefined);
    } else if (stale.length > 0) this.#changes.fire(stale.filter((node) => node !== undefined));
  }

  /** Paths of the profiles whose rows the workbench has. */
  pathsGiven(): string[] {
    return [...this.#given.values()].flatMap(({ rows }) =>
      rows.flatMap((node) => (node.kind === 'profile' ? [node.entry.path] : [])),
    );
  }

  getChildren(parent?: TreeNode): TreeNode[] {
    const rows = this.#nodes.children(parent);
    const looks = rows.map((node) => appearance(node, this.#marks));
    this.#given.set(parent?.id ?? '', { parent, rows, looks });
    this.#rowsGiven.fire();
    return rows;
  }

  getTreeItem(node: TreeNode): TreeItem {
    return treeItem(node, this.#marks);
  }

  resolveTreeItem(item: TreeItem, node: TreeNode): TreeItem {
    if (node.kind === 'profile' || node.kind === 'group') item.tooltip = tooltipOf(node);
    return item;
  }

  dispose(): void {
    this.#changes.dispose();
    this.#rowsGiven.dispose();
  }

  /** Rows that look different now; `undefined` when there are others, or in another order. */
  #staleRows(given: Given): TreeNode[] | undefined {
    const rows = this.#nodes.children(given.parent);
    const same =
      rows.length === given.rows.length && rows.every((node, index) => node === given.rows[index]);
    if (!same) return undefined;
    const looks = rows.map((node) => appearance(node, this.#marks));
    this.#given.set(given.parent?.id ?? '', { ...given, looks });
    return rows.filter((_node, index) => looks[index] !== given.looks[index]);
  }
}
