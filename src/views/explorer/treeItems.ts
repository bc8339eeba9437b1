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
import { endpointFacts, endpointTrend } from './endpointFacts';
import { newProfileUri } from './newProfiles';
import { groupRow, pageRange, profileRow, type RowText } from './rowText';
import { tooltipFacts, type TooltipFact } from './tooltipFacts';
import { PAGE, type GroupNode, type MoreNode, type ProfileNode, type TreeNode } from './treeNodes';

/** What is said of a profile's row beside what is known of the profile. */
export interface RowMarks {
  /** Whether it was not opened yet. */
  isNew(path: string): boolean;
  /** What a search found in it. */
  found(path: string): string | undefined;
}

/** The workbench's item for a row. The tooltips of profiles and groups are left to `tooltipOf`. */
export function treeItem(node: TreeNode, marks: RowMarks): TreeItem {
  switch (node.kind) {
    case 'profile':
      return profileItem(node, marks);
    case 'group':
      return groupItem(node);
    case 'more':
      return moreItem(node);
    case 'problem':
      return problemItem(node.sentence, node.id);
  }
}

/** All that is known of a profile or a group. Names come from files, so that all of them are escaped. */
export function tooltipOf(node: ProfileNode | GroupNode): MarkdownString {
  return node.kind === 'profile' ? profileTooltip(node) : groupTooltip(node);
}

function profileTooltip({ entry }: ProfileNode): MarkdownString {
  return factsTooltip(requestTitle(entry), tooltipFacts(entry));
}

function groupTooltip({ group }: GroupNode): MarkdownString {
  const tooltip = factsTooltip(group.key, endpointFacts(group));
  const trend = endpointTrend(group);
  if (trend === undefined) return tooltip;
  return tooltip.appendMarkdown(`\n- **Trend:** \`${trend}\` oldest to newest`);
}

function factsTooltip(heading: string, all: readonly TooltipFact[]): MarkdownString {
  const facts = all.map(({ name, value, source }) => {
    const where = source === undefined ? '' : ` _(${escapeMarkdown(source)})_`;
    return `- **${name}:** ${escapeMarkdown(value)}${where}`;
  });
  const title = `**${escapeMarkdown(heading)}**`;
  return new MarkdownString([title, '', ...facts].join('\n'));
}

/** What a row would show now, to find out whether the workbench has to be told. */
export function appearance(node: TreeNode, marks: RowMarks): string {
  switch (node.kind) {
    case 'profile':
      return JSON.stringify([textOf(node, marks), contextOf(node)]);
    case 'group':
      return JSON.stringify(groupRow(node.group.key, node.group.statistics));
    case 'more':
      return String(node.count);
    case 'problem':
      return node.sentence;
  }
}

function profileItem(node: ProfileNode, marks: RowMarks): TreeItem {
  const item = itemOf(node.id, textOf(node, marks), TreeItemCollapsibleState.None);
  item.resourceUri = newProfileUri(node.entry.path);
  item.contextValue = contextOf(node);
  if (node.entry.state.kind !== 'unreadable') {
    item.command = { command: 'hotline.openProfile', title: 'Open flamegraph' };
  }
  return item;
}

function groupItem({ id, group }: GroupNode): TreeItem {
  const text = groupRow(group.key, group.statistics);
  const item = itemOf(id, text, TreeItemCollapsibleState.Collapsed);
  item.label = workspace.asRelativePath(group.key);
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

function textOf({ entry }: ProfileNode, marks: RowMarks): RowText {
  return profileRow(entry, marks.isNew(entry.path), Date.now(), marks.found(entry.path));
}

function contextOf({ entry }: ProfileNode): string {
  return entry.state.kind === 'unreadable' ? 'broken' : 'profile';
}
