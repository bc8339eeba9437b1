import { StacksBuilder } from '../model/stacksBuilder';
import type { ExactLine } from '../model/profile';
import type { RequestFacts } from '../model/request';
import { isObject, parseJson, parseJsonText, type JsonObject } from './encoding/json';
import { jsonOutline } from './encoding/jsonOutline';
import type { Format } from './format';
import { sessionInPage } from './pyinstrument/page';
import { readRecords } from './pyinstrument/records';
import { framesOfPage, framesOfRenderer, readFrameTree } from './pyinstrument/frameTree';
import { array, object } from './pyinstrument/values';

/**
 * What pyinstrument 4 and 5 writes (`pyinstrument/session.py`, `renderers/{jsonrenderer,html}.py`):
 * a session (`-r session`, `.pyisession`), the JSON renderer's tree (with and without `--timeline`)
 * and the HTML page, which holds either that tree or one with the time of every line.
 */
export const pyinstrument: Format = {
  id: 'pyinstrument',
  label: 'pyinstrument',
  tools: 'pyinstrument 4 and 5: sessions, JSON, HTML',
  detect(bytes) {
    const { kind, keys } = jsonOutline(bytes);
    if (kind === 'other') return sessionInPage(bytes) !== undefined;
    if (kind === 'list') return false;
    const has = (key: string): boolean => keys.has(key);
    return (
      has('frame_records') || (has('start_time') && (has('start_call_stack') || has('root_frame')))
    );
  },
  read({ bytes }) {
    const page = sessionInPage(bytes);
    const document = object(
      page === undefined
        ? parseJson(bytes, pyinstrument.label)
        : parseJsonText(page, pyinstrument.label),
    );
    const builder = new StacksBuilder();
    const lines = readStacks(document, builder);
    const stacks = builder.finish('seconds');
    return {
      format: pyinstrument.id,
      ...stacks,
      lines,
      request: readFacts(isObject(document['session']) ? document['session'] : document),
      warnings: stacks.total > 0 ? [] : ['The profile is empty: pyinstrument took no sample.'],
    };
  },
};

/** @returns the lines that were measured */
function readStacks(document: JsonObject, builder: StacksBuilder): ExactLine[] {
  if (document['frame_records'] !== undefined) {
    readRecords(array(document['frame_records']), builder);
    return [];
  }
  return document['frame_tree'] === undefined
    ? readFrameTree(document['root_frame'], framesOfRenderer, builder)
    : readFrameTree(document['frame_tree'], framesOfPage, builder);
}

/** Times of the whole session, which are seconds in the file. */
function readFacts(session: JsonObject): RequestFacts {
  const [started, duration, cpu] = ['start_time', 'duration', 'cpu_time'].map((name) =>
    milliseconds(session[name]),
  );
  return {
    ...(started === undefined ? {} : { startedMs: started }),
    ...(duration === undefined ? {} : { durationMs: duration }),
    ...(cpu === undefined ? {} : { cpuMs: cpu }),
  };
}

/** To a microsecond. */
function milliseconds(seconds: unknown): number | undefined {
  const isKnown = typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds * 1e6);
  return isKnown ? Math.round(seconds * 1e6) / 1e3 : undefined;
}
