import { StacksBuilder } from '../model/stacksBuilder';
import { addTree } from './d3FlameGraph/tree';
import { parseJson } from './encoding/json';
import { jsonOutline } from './encoding/jsonOutline';
import type { Format } from './format';

/** All that a node has. */
const nodeKeys = new Set(['name', 'value', 'children']);

/** How much of the beginning and the end of a file is looked at. */
const headLength = 64 * 1024;
const tailLength = 4096;

const count = /"value"\s*:\s*\d/;

/** The answer where there are no samples. */
const emptyRoot = /^\s*\{\s*"name"\s*:\s*"root"\s*,\s*"value"\s*:\s*0\s*\}\s*$/;

/** The end of a root whose children are written before its name and value. */
const rootEnd = /\]\s*,\s*"name"\s*:\s*"[^"\\]*"\s*,\s*"value"\s*:\s*\d[\d.e+]*\s*\}\s*$/;

/**
 * The tree that d3-flame-graph draws, `{name, value, children}` in JSON, where a node's value includes
 * those of its children: what the visualizer of nylas-perftools (commit 2e9f72e) answers for `/data`. It
 * counts samples; nodes are `function(module)`, without files and lines.
 */
export const d3FlameGraph: Format = {
  id: 'd3FlameGraph',
  label: 'd3-flame-graph',
  tools: 'nylas-perftools’ visualizer (`/data`)',
  detect(bytes) {
    const { kind, keys } = jsonOutline(bytes);
    if (kind !== 'object' || [...keys].some((key) => !nodeKeys.has(key))) return false;
    if (!keys.has('children')) return emptyRoot.test(bytes.toString('latin1', 0, tailLength));
    if (keys.has('name') && keys.has('value'))
      return count.test(bytes.toString('latin1', 0, headLength));
    return rootEnd.test(bytes.toString('latin1', bytes.length - tailLength));
  },
  read({ bytes }) {
    const builder = new StacksBuilder();
    addTree(parseJson(bytes, d3FlameGraph.label), builder);
    const stacks = builder.finish('samples');
    return {
      format: d3FlameGraph.id,
      ...stacks,
      lines: [],
      request: {},
      warnings: stacks.total > 0 ? [] : ['The profile is empty: its tree has no samples.'],
    };
  },
};
