import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProfileEntry } from '../../../../src/profiles/profileEntry';
import { listProfiles } from '../../../../src/views/explorer/listing';
import { PAGE, TreeNodes, type TreeNode } from '../../../../src/views/explorer/treeNodes';
import type { ViewState } from '../../../../src/views/explorer/viewState';
import { entry } from './support';

function nodesOf(
  entries: readonly ProfileEntry[],
  groupBy: ViewState['groupBy'] = 'none',
  problems: readonly string[] = [],
): TreeNodes {
  const nodes = new TreeNodes();
  const view = { sortBy: 'duration', descending: true, groupBy } as const;
  nodes.update(listProfiles(entries, { words: [], minimumMs: 0 }, view), problems);
  return nodes;
}

function requests(count: number, path?: string): ProfileEntry[] {
  return Array.from({ length: count }, (_, index) =>
    entry({ path: path ?? `/${index}`, durationMs: index }, { path: `/profiles/${index}` }),
  );
}

const kinds = (nodes: readonly TreeNode[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of nodes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

describe('TreeNodes', () => {
  it('gives 5,000 profiles in pages, each once and in order', () => {
    const nodes = nodesOf(requests(5_000));
    const seen: number[] = [];
    let parent: TreeNode | undefined;
    do {
      const rows = nodes.children(parent);
      assert.ok(rows.length <= PAGE + 1);
      for (const row of rows) {
        if (row.kind === 'profile') seen.push(row.entry.request.facts.durationMs ?? -1);
      }
      parent = rows.find(({ kind }) => kind === 'more');
    } while (parent);
    assert.deepEqual(
      seen,
      Array.from({ length: 5_000 }, (_, index) => 4_999 - index),
    );
  });

  it('does not offer more when a page is all there is', () => {
    assert.deepEqual(kinds(nodesOf(requests(PAGE)).children(undefined)), { profile: PAGE });
  });

  it('pages the groups and the profiles of a group alike', () => {
    const many = nodesOf(requests(PAGE + 1), 'endpoint');
    assert.deepEqual(kinds(many.children(undefined)), { group: PAGE, more: 1 });
    const one = nodesOf(requests(PAGE + 1, '/shop'), 'endpoint');
    const [group] = one.children(undefined);
    assert.equal(group?.kind, 'group');
    assert.deepEqual(kinds(one.children(group)), { profile: PAGE, more: 1 });
    const more = one.children(group).at(-1);
    assert.deepEqual(kinds(one.children(more)), { profile: 1 });
  });

  it('keeps the identity of rows, with what is known of them now', () => {
    const nodes = nodesOf(requests(2));
    const [before] = nodes.children(undefined);
    const changed = requests(2).map((each) => ({ ...each, size: 7 }));
    const view = { sortBy: 'duration', descending: true, groupBy: 'none' } as const;
    nodes.update(listProfiles(changed, { words: [], minimumMs: 0 }, view), []);
    const [after] = nodes.children(undefined);
    assert.equal(after, before);
    assert.ok(after?.kind === 'profile' && after.entry.size === 7);
  });

  it('puts problems first', () => {
    const [problem, profile] = nodesOf(requests(1), 'none', ['No permission.']).children(undefined);
    assert.ok(problem?.kind === 'problem' && problem.sentence === 'No permission.');
    assert.equal(profile?.kind, 'profile');
  });
});
