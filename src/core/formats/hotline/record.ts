import type { MemoryLine, Query, Span, TemplateLine } from '../../model/requestRecord';
import type { JsonObject } from '../encoding/json';
import {
  isEstimated,
  objects,
  optionalNumber,
  optionalPlace,
  optionalText,
  place,
  requiredCount,
  requiredSeconds,
  requiredNumber,
  requiredText,
} from './values';

export function readQueries(hotline: JsonObject): Query[] {
  return objects(hotline, 'queries').map((each) => ({
    statement: requiredText(each, 'statement'),
    duration: requiredSeconds(each, 'duration'),
    start: requiredNumber(each, 'start'),
    rows: optionalNumber(each, 'rows'),
    database: optionalText(each, 'database'),
    parameters: optionalText(each, 'parameters'),
    many: optionalNumber(each, 'many'),
    place: optionalPlace(each),
  }));
}

export function readSpans(hotline: JsonObject): Span[] {
  return objects(hotline, 'spans').map((each) => ({
    kind: requiredText(each, 'kind'),
    name: requiredText(each, 'name'),
    start: requiredNumber(each, 'start'),
    duration: requiredSeconds(each, 'duration'),
    place: optionalPlace(each),
  }));
}

export function readTemplateLines(hotline: JsonObject): TemplateLine[] {
  return objects(hotline, 'templates').map((each) => ({
    ...place(each),
    hits: requiredCount(each, 'hits'),
    total: requiredSeconds(each, 'time'),
    self: optionalNumber(each, 'self'),
    isEstimated: isEstimated(each),
  }));
}

export function readMemoryLines(hotline: JsonObject): MemoryLine[] {
  return objects(hotline, 'memory').map((each) => ({
    ...place(each),
    growth: requiredNumber(each, 'growth'),
    peak: optionalNumber(each, 'peak'),
    allocations: requiredNumber(each, 'allocations'),
  }));
}

export function readSourceHashes(hotline: JsonObject): Map<string, string> {
  return new Map(
    objects(hotline, 'sources').map((each) => [
      requiredText(each, 'file'),
      requiredText(each, 'sha256'),
    ]),
  );
}
