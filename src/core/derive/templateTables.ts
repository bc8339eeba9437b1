import type { Profile } from '../model/profile';
import type { LineTable } from './lineTables';
import { templateCosts } from './recordedLines';

/** The lines of each template, without what stands within their tags: that has lines of its own. */
export function templateTables({ record }: Profile): LineTable[] {
  return [...templateCosts(record)].map(([file, lines]) => ({
    name: undefined,
    file,
    firstLine: 1,
    rows: [...lines]
      .map(([line, { hits, self, time, measured }]) => ({
        ...{ line, hits, time: self ?? time, measured },
      }))
      .sort((a, b) => a.line - b.line),
  }));
}
