import type { Profile } from '../model/profile';
import { truncated } from './failures';
import type { Format } from './format';
import { LogFunctions } from './hotshot/functions';
import { LineCosts } from './hotshot/lineCosts';
import { CallRecorder } from './hotshot/recorder';
import { walkLog } from './hotshot/records';
import { surveyLog, type Survey } from './hotshot/survey';

/** The first record of every log: an info whose key this is. */
const magic = Buffer.from('\x13\x0fhotshot-version', 'latin1');

/**
 * The event logs of hotshot, the profiler of Python 2.2 to 2.7: every call and, where asked for,
 * every line, as Modules/_hotshot.c of Python 2.7.18 writes them.
 */
export const hotshot: Format = {
  id: 'hotshot',
  label: 'hotshot',
  tools: '`hotshot` of Python 2.2 to 2.7; runprofileserver under Python 2',
  detect(bytes) {
    return bytes.subarray(0, magic.length).equals(magic);
  },
  read({ bytes }) {
    const survey = surveyLog(bytes);
    if (!survey.isComplete && survey.calls === 0) throw truncated();
    return profileOf(bytes, survey);
  },
};

function profileOf(bytes: Buffer, survey: Survey): Profile {
  const functions = new LogFunctions(survey.header, bytes.length);
  const lineCosts = survey.hasLines ? new LineCosts(functions.all, bytes.length) : undefined;
  const recorder = new CallRecorder(survey, functions, lineCosts);
  walkLog(bytes, recorder, survey.frameTimes);
  const unit = survey.isTimed ? 'seconds' : 'events';
  const perUnit = survey.isTimed ? ticksPerSecond(survey) : 1;
  return {
    format: hotshot.id,
    unit,
    total: recorder.total / perUnit,
    functions: functions.all,
    data: recorder.toStacks(unit, perUnit),
    lines: lineCosts?.toExactLines(perUnit) ?? [],
    request: recorder.sections.request,
    warnings: warningsOf(survey, recorder),
  };
}

/** Windows counts in ticks of its performance counter, other systems in microseconds. */
function ticksPerSecond({ header }: Survey): number {
  const frequency = Number(header.get('reported-performance-frequency') ?? 1e6);
  return frequency >= 1 && frequency <= 1e12 ? frequency : 1e6;
}

function warningsOf({ isTimed, isComplete }: Survey, { isUnbalanced }: CallRecorder): string[] {
  const warnings: string[] = [];
  if (!isTimed) warnings.push('This log holds no times: it counts how often each line ran.');
  if (!isComplete) {
    warnings.push(
      'The log ends in the middle: it is still being written, or its program was killed. What it holds is shown.',
    );
  } else if (isUnbalanced) {
    warnings.push(
      'Profiling began or ended while functions ran: of those it holds only what they did in between.',
    );
  }
  return warnings;
}
