import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type Disposable,
  type TreeDataProvider,
} from 'vscode';
import type { EndpointStatus } from '../../collector/api';
import { escapeMarkdown } from '../../platform/markdown';
import type { CollectorEntry } from './collectorEntries';
import {
  endpointFacts,
  endpointRow,
  groupRow,
  memberRow,
  refusedRow,
  type CollectorRow,
} from './collectorRows';

/** A row of the *Collectors* view. */
export type CollectorNode =
  /** What was added as one, with the states of its endpoints where it is collected from. */
  | {
      readonly kind: 'entry';
      readonly entry: CollectorEntry;
      readonly members: readonly EndpointStatus[];
    }
  /** One of several endpoints that were added as one. */
  | { readonly kind: 'member'; readonly entry: CollectorEntry; readonly status: EndpointStatus };

/** Feeds the *Collectors* view. */
export class CollectorsTree implements TreeDataProvider<CollectorNode>, Disposable {
  readonly #changes = new EventEmitter<void>();
  #nodes: readonly CollectorNode[] = [];
  /** By the addresses of their endpoints. */
  #statuses: ReadonlyMap<string, EndpointStatus> = new Map();
  /** What the rows showed when the workbench was last told of them. */
  #appearance = '';

  readonly onDidChangeTreeData = this.#changes.event;

  /** Draws the rows anew where they look different now: that takes away what hovers over one. */
  show(entries: readonly CollectorEntry[], statuses: readonly EndpointStatus[]): void {
    const byUrl = new Map(statuses.map((status) => [status.endpoint.url, status]));
    this.#statuses = byUrl;
    this.#nodes = entries.map((entry) => {
      const members = entry.endpoints.flatMap(({ url }) => byUrl.get(url) ?? []);
      return { kind: 'entry', entry, members: entry.isAllowed ? members : [] };
    });
    const appearance = JSON.stringify(this.#nodes.map((node) => this.#appearanceOf(node)));
    if (appearance === this.#appearance) return;
    this.#appearance = appearance;
    this.#changes.fire();
  }

  getChildren(parent?: CollectorNode): CollectorNode[] {
    if (!parent) return [...this.#nodes];
    if (parent.kind === 'member' || parent.members.length < 2) return [];
    const { entry, members } = parent;
    return members.map((status) => ({ kind: 'member', entry, status }));
  }

  getTreeItem(node: CollectorNode): TreeItem {
    const [only, ...others] = node.kind === 'member' ? [node.status] : node.members;
    const { entry } = node;
    if (!only) return refusedItem(entry);
    if (others.length > 0) {
      const item = itemOf(entry.text, groupRow(entry.text, [only, ...others]));
      item.collapsibleState = TreeItemCollapsibleState.Expanded;
      item.contextValue = 'entry group';
      return item;
    }
    const row = node.kind === 'member' ? memberRow : endpointRow;
    const item = itemOf(`${entry.text}\n${only.endpoint.url}`, row(only, Date.now()));
    const running = only.state === 'paused' ? 'paused' : 'running';
    item.contextValue = `${node.kind} endpoint ${running}`;
    return item;
  }

  /** The tooltip is made when somebody asks for it, of what is known by then. */
  resolveTreeItem(item: TreeItem, node: CollectorNode): TreeItem {
    const [only, ...others] = node.kind === 'member' ? [node.status] : node.members;
    if (!only || others.length > 0) return item;
    item.tooltip = tooltipOf(this.#statuses.get(only.endpoint.url) ?? only, Date.now());
    return item;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #appearanceOf(node: CollectorNode): unknown {
    const { label, description, iconPath, contextValue } = this.getTreeItem(node);
    const children = this.getChildren(node).map((child) => this.#appearanceOf(child));
    return [label, description, iconPath, contextValue, children];
  }
}

function refusedItem(entry: CollectorEntry): TreeItem {
  const row = refusedRow(entry);
  // VS Code would keep a row of this id without children once it is collected from.
  const item = itemOf(`refused ${entry.text}`, row);
  item.tooltip = row.spoken;
  item.contextValue = entry.problem === undefined ? 'entry asked' : 'entry broken';
  if (entry.problem === undefined)
    item.command = { command: 'hotline.allowEndpoint', title: 'Collect from this endpoint' };
  return item;
}

function itemOf(
  id: string,
  { label, description, icon, isWarning, spoken }: CollectorRow,
): TreeItem {
  const item = new TreeItem(label);
  item.id = id;
  item.description = description;
  const color = isWarning ? new ThemeColor('list.warningForeground') : undefined;
  item.iconPath = new ThemeIcon(icon, color);
  item.accessibilityInformation = { label: spoken };
  return item;
}

/** What endpoints tell of themselves is text, never markup. */
function tooltipOf(status: EndpointStatus, nowMs: number): MarkdownString {
  const facts = endpointFacts(status, nowMs).map(
    ({ name, value }) => `- **${name}:** ${escapeMarkdown(value)}`,
  );
  const title = `**${escapeMarkdown(status.endpoint.url)}**`;
  return new MarkdownString([title, '', ...facts].join('\n'));
}
