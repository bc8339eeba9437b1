import { FunctionTable } from '../model/builder';
import type { Frame, Profile } from '../model/profile';
import type { RequestRecord } from '../model/requestRecord';
import { parseJson, type JsonObject } from './encoding/json';
import { damaged } from './failures';
import type { Format } from './format';
import { isOwnProfile } from './hotline/detection';
import { readFunctions, readLines } from './hotline/functions';
import {
  readMemoryLines,
  readQueries,
  readSourceHashes,
  readSpans,
  readTemplateLines,
} from './hotline/record';
import { readRequest } from './hotline/request';
import { joinLines } from './hotline/stacks';
import { array, object, text } from './hotline/values';
import { documentOf } from './speedscope/document';
import { readFrame, readFrames } from './speedscope/frames';
import { profileOf } from './speedscope/reading';

/** The version of the object `hotline` that is read here. */
const knownVersion = 1;

/**
 * What Hotline's own profiler writes: a speedscope document of one request with one more object,
 * `hotline` (python/schema/hotline-profile.schema.json). Its frames are functions; the lines that
 * they were at, measured lines, queries, template lines and facts of the request are in the object.
 */
export const hotline: Format = {
  id: 'hotline',
  label: 'Hotline',
  tools: 'Hotline’s own profiler',
  detect: isOwnProfile,
  read({ bytes }) {
    const json = object(parseJson(bytes, 'Hotline'));
    const own = object(json['hotline']);
    return own['version'] === knownVersion ? readKnown(json, own) : readStacks(json);
  },
};

function readKnown(json: JsonObject, own: JsonObject): Profile {
  const document = documentOf(json);
  const [lane, ...others] = document.profiles;
  if (!lane || others.length > 0) throw damaged('Hotline', 'it holds not one profile');
  const table = new FunctionTable();
  const functions = document.frames.map((frame) => functionFrame(frame, table));
  const { frames, samples } = joinLines(lane, functions, own['stackLines']);
  const queries = readQueries(own);
  const record: RequestRecord = {
    functions: readFunctions(own, table),
    queries,
    spans: readSpans(own),
    templateLines: readTemplateLines(own),
    memoryLines: readMemoryLines(own),
    sourceHashes: readSourceHashes(own),
  };
  const lines = readLines(own, table);
  const stacks = profileOf(
    { ...document, profiles: [{ ...lane, samples }] },
    frames,
    table.functions,
  );
  return {
    ...stacks,
    format: hotline.id,
    lines,
    request: readRequest(own, queries),
    record,
    warnings: array(own['warnings'] ?? []).map(text),
  };
}

/** What a speedscope reader sees of it, for a version that is not known here. */
function readStacks(json: JsonObject): Profile {
  const document = documentOf(json);
  const { frames, functions } = readFrames(document);
  return {
    ...profileOf(document, frames, functions),
    format: hotline.id,
    warnings: [
      'A newer version of the profiler wrote this file, so only its stacks are read: update Hotline to see its lines, queries and request.',
    ],
  };
}

function functionFrame(value: unknown, table: FunctionTable): Frame {
  const { name, file, line } = readFrame(value);
  return { func: table.indexOf(name, file, line), line: undefined };
}
