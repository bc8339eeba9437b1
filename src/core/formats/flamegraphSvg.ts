import { startsWithText, wholeText } from './encoding/text';
import { damaged } from './failures';
import { formatLabel, readBoxes } from './flamegraphSvg/boxes';
import { StacksOfBoxes } from './flamegraphSvg/stacks';
import { unitOf } from './flamegraphSvg/title';
import type { Format } from './format';

/**
 * SVG flame graphs of Brendan Gregg's flamegraph.pl and of its port inferno, which py-spy uses
 * (`py-spy record`, the default format). Every frame is a box whose title tells its label and its
 * cost; where it lies tells what called it. Frames too narrow to be drawn are not in the file, so
 * their cost is their callers'.
 */
export const flamegraphSvg: Format = {
  id: 'flamegraphSvg',
  label: formatLabel,
  tools: '`py-spy record`, flamegraph.pl, inferno',
  detect(bytes) {
    if (!startsWithText(bytes, '<?xml') && !startsWithText(bytes, '<svg')) return false;
    return bytes.includes('<svg') && bytes.includes('<title>all (');
  },
  read({ bytes }) {
    const boxes = readBoxes(wholeText(bytes));
    const [first] = boxes;
    if (!first) throw damaged(formatLabel, 'it shows no frames');
    return {
      format: flamegraphSvg.id,
      ...new StacksOfBoxes(unitOf(first.countName)).read(boxes),
      lines: [],
      request: {},
      warnings: [],
    };
  },
};
