import type { Profile } from '../../../../src/core/model/profile';

/** The stacks of a profile, folded, with their samples. */
export function foldedStacks({ functions, data }: Profile): [string, number][] {
  if (data.kind !== 'stacks') return [];
  const { frames, lanes, nodes } = data;
  return lanes.flatMap(({ samples, counts }) =>
    [...samples].map((leaf, index): [string, number] => {
      const names: string[] = [];
      for (let node = leaf; node >= 0; node = nodes.parent[node] ?? -1)
        names.unshift(functions[frames[nodes.frame[node] ?? 0]?.func ?? 0]?.name ?? '');
      return [names.join(';'), counts?.[index] ?? 0];
    }),
  );
}
