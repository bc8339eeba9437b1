import type { FlameBox, FlameTree } from './flameTree';

/**
 * The node that a key leads to from the selected one: up to its caller, down to its largest callee,
 * to either side in its row. From none, or one that is not drawn, all lead to the outermost.
 *
 * @param rows what is drawn, by depth
 * @returns `undefined` where the key leads nowhere
 */
export function nodeAfter(
  key: string,
  selected: number,
  rows: readonly (readonly FlameBox[])[],
  tree: Pick<FlameTree, 'parentOf'>,
): number | undefined {
  if (!KEYS.has(key)) return undefined;
  const depth = rows.findIndex((boxes) => boxes.some(({ node }) => node === selected));
  const row = rows[depth];
  if (!row || key === 'Home') return rows[0]?.[0]?.node;
  const at = row.findIndex(({ node }) => node === selected);
  switch (key) {
    case 'ArrowUp':
      return rows[depth - 1]?.find(({ node }) => node === tree.parentOf(selected))?.node;
    case 'ArrowDown':
      return rows[depth + 1]?.find(({ node }) => tree.parentOf(node) === selected)?.node;
    case 'ArrowLeft':
      return row[at - 1]?.node;
    default:
      return row[at + 1]?.node;
  }
}

const KEYS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home']);
