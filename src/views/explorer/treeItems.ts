import {
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  workspace,
} from 'vscode';
import { escapeMarkdown } from '../../platform/markdown';
import { requestTitle } from '../../profiles/requestTitle';
import { newProfileUri } from './newProfiles';
import { groupRow, pageRange, profileRow, type RowText } from './rowText';
import { tooltipFacts } from './tooltipFacts';
import { PAGE, type GroupNode, type MoreNode, type ProfileNode, type TreeNode } from './treeNodes';

/** The workbench's item for a row. The tooltip of a profile is left to `tooltipOf`. */
export function treeItem(node: TreeNode, isNew: (path: string) => boolean): TreeItem {
  switch (node.kind) {
    case 'profile':
      return profileItem(node, isNew(node.entry.path));
    case 'group':
      return groupItem(node);
    case 'more':
      return moreItem(node);
    case 'problem':
      return problemItem(node.sentence, node.id);
  }
}

/** All that is known of a profile. Names come from files, so that all of them are escaped. */
export function tooltipOf({ entry }: ProfileNode): MarkdownString {
  const facts = tooltipFacts(entry).map(({ name, value, source }) => {
    const where = source === undefined ? '' : ` _(${escapeMarkdown(source)})_`;
    return `- **${name}:** ${escapeMarkdown(value)}${where}`;
  });
  const title = `**${escapeMarkdown(requestTitle(entry))}**`;
  return new MarkdownString([title, '', ...facts].join('\n'));
}

/** What a row would show now, to find out whether the workbench has to be told. */
export function appearance(node: TreeNode, isNew: (path: string) => boolean): string {
  switch (node.kind) {
    case 'profile':
      return JSON.stringify([textOf(node, isNew(node.entry.path)), contextOf(node)]);
    case 'group':
      return JSON.stringify(groupRow(node.group.key, node.group.statistics));
    case 'more':
      return String(node.count);
    case 'problem':
      return node.sentence;
  }
}

function profileItem(node: ProfileNode, isNew: boolean): TreeItem {
  const item = itemOf(node.id, textOf(node, isNew), TreeItemCollapsibleState.None);
  item.resourceUri = newProfileUri(node.entry.path);
  item.contextValue = contextOf(node);
  if (node.entry.state.kind !== 'unreadable') {
    item.command = { command: 'hotline.openProfile', title: 'Open flamegraph', arguments: [node] };
  }
  return item;
}

function groupItem({ id, group }: GroupNode): TreeItem {
  const text = groupRow(group.key, group.statistics);
  const item = itemOf(id, text, TreeItemCollapsibleState.Collapsed);
  item.label = workspace.asRelativePath(group.key);
  item.tooltip = `${group.key}\n${text.description}`;
  item.contextValue = 'group';
  return item;
}

function moreItem({ id, start, count }: MoreNode): TreeItem {
  const item = new TreeItem('Show more', TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = pageRange(start, PAGE, count);
  item.tooltip = `Show profiles ${item.description}`;
  item.contextValue = 'more';
  return item;
}

function problemItem(sentence: string, id: string): TreeItem {
  const item = new TreeItem(sentence, TreeItemCollapsibleState.None);
  item.id = id;
  item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  item.tooltip = sentence;
  item.contextValue = 'problem';
  return item;
}

function itemOf(id: string, text: RowText, collapsible: TreeItemCollapsibleState): TreeItem {
  const item = new TreeItem(text.label, collapsible);
  item.id = id;
  item.description = text.description;
  const color = text.color === undefined ? undefined : new ThemeColor(text.color);
  item.iconPath = new ThemeIcon(text.icon, color);
  item.accessibilityInformation = { label: text.spoken };
  return item;
}

function textOf({ entry }: ProfileNode, isNew: boolean): RowText {
  return profileRow(entry, isNew, Date.now());
}

function contextOf({ entry }: ProfileNode): string {
  return entry.state.kind === 'unreadable' ? 'broken' : 'profile';
}
