import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type Disposable,
  type TreeDataProvider,
} from 'vscode';
import type { RequestRow, RequestSection } from './requestRows';

export type RequestNode =
  | { readonly kind: 'section'; readonly section: RequestSection }
  | { readonly kind: 'row'; readonly row: RequestRow };

/** Feeds the *Request* panel. Labels and tooltips are plain text: names come from profiles. */
export class RequestTree implements TreeDataProvider<RequestNode>, Disposable {
  readonly #changes = new EventEmitter<void>();
  #sections: readonly RequestNode[] = [];

  readonly onDidChangeTreeData = this.#changes.event;

  show(sections: readonly RequestSection[]): void {
    this.#sections = sections.map((section) => ({ kind: 'section', section }));
    this.#changes.fire();
  }

  getChildren(parent?: RequestNode): RequestNode[] {
    if (!parent) return [...this.#sections];
    return parent.kind === 'section'
      ? parent.section.rows.map((row) => ({ kind: 'row', row }))
      : [];
  }

  getTreeItem(node: RequestNode): TreeItem {
    return node.kind === 'section' ? sectionItem(node.section) : rowItem(node);
  }

  dispose(): void {
    this.#changes.dispose();
  }
}

function sectionItem({ label, description, expanded, rows }: RequestSection): TreeItem {
  const open = expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(label, rows.length > 0 ? open : TreeItemCollapsibleState.None);
  item.id = label;
  item.description = description === '' && !expanded ? String(rows.length) : description;
  item.contextValue = 'section';
  return item;
}

function rowItem(node: RequestNode & { kind: 'row' }): TreeItem {
  const { label, description, tooltip = `${label}: ${description}`, icon, frame } = node.row;
  const item = new TreeItem(label);
  item.description = description;
  item.tooltip = tooltip;
  const color = icon === 'warning' ? new ThemeColor('list.warningForeground') : undefined;
  item.iconPath = new ThemeIcon(icon, color);
  item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', ') };
  item.contextValue = frame ? 'function' : 'fact';
  item.command = { command: 'hotline.openRequestLink', title: 'Open' };
  return item;
}
