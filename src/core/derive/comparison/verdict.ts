import type { Unit } from '../../model/profile';
import { amount, signedAmount } from './amounts';
import type { ComparedSide, FunctionDelta, Verdict } from './comparison';
import { changeOf } from './delta';
import { exceedsChance, welchTest } from './significance';

/** What a verdict is about. */
export interface VerdictFacts {
  /** What both sides are requests of; `undefined` where that is not one thing. */
  readonly subject: string | undefined;
  readonly unit: Unit;
  readonly metric: string | undefined;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** The greatest change first. */
  readonly functions: readonly FunctionDelta[];
}

/** From this factor on a change is told as one, below as a percentage. */
const LEAST_FACTOR = 1.5;

/** Functions that are named. */
const MOST_NAMED = 3;

/** Share of the change that functions have together to be most of it. */
const MOST_OF_IT = 0.5;

/** Share from which on others must have changed the other way about as much. */
const MORE_THAN_IT = 1.5;

/** States how the cost of a request changed, whether that is beyond the spread, and where most of it is. */
export function verdictOf(facts: VerdictFacts): Verdict {
  const { before, after } = facts;
  const change = after.mean - before.mean;
  const pValue = welchTest(distributionOf(before), distributionOf(after));
  const isBeyondSpread = pValue === undefined ? undefined : exceedsChance(pValue);
  const sentences =
    change === 0
      ? [equalitySentence(facts)]
      : [changeSentence(facts), spreadSentence(facts, pValue), placesSentence(facts, change)];
  return {
    change: change > 0 ? 'more' : change < 0 ? 'less' : 'none',
    isBeyondSpread,
    pValue,
    text: sentences.filter((sentence) => sentence !== undefined).join(' '),
  };
}

function distributionOf({ requests, mean, standardDeviation = NaN }: ComparedSide) {
  return { requests, mean, variance: standardDeviation ** 2 };
}

function equalitySentence(facts: VerdictFacts): string {
  const { subject, unit, before, after } = facts;
  const cost = `${amount(after.mean, unit)}${perRequest(facts)}`;
  return subject === undefined
    ? `${after.name} costs as much as ${before.name}: ${cost}.`
    : `${subject} costs the same on both sides: ${cost}.`;
}

/** `GET /shop/ is 1.8× slower: 120 ms → 216 ms a request (+96 ms).` */
function changeSentence(facts: VerdictFacts): string {
  const { subject, unit, metric, before, after } = facts;
  const who = subject ?? after.name;
  const thanWhat = subject === undefined ? ` than ${before.name}` : '';
  const what = metric === undefined ? '' : ` in ${metric}`;
  const means = `${amount(before.mean, unit)} → ${amount(after.mean, unit)}${perRequest(facts)}`;
  const change = signedAmount(after.mean - before.mean, unit);
  return `${who} ${comparative(facts)}${thanWhat}${what}: ${means} (${change}).`;
}

function comparative({ unit, before, after }: VerdictFacts): string {
  const isMore = after.mean > before.mean;
  const size = sizeOfChange(before.mean, after.mean);
  if (unit === 'seconds') return `is ${size}${isMore ? 'slower' : 'faster'}`;
  return `costs ${size}${isMore ? 'more' : 'less'}`;
}

/** `1.8× ` or `12 % `; nothing where there is no whole to compare with. */
function sizeOfChange(before: number, after: number): string {
  if (!(before > 0 && after > 0)) return '';
  const factor = Math.max(before, after) / Math.min(before, after);
  if (factor >= LEAST_FACTOR) return `${rounded(factor)}× `;
  return `${rounded((Math.abs(after - before) / before) * 100)} % `;
}

function rounded(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: value < 100 ? 2 : 3 });
}

function perRequest({ before, after }: VerdictFacts): string {
  return before.requests + after.requests > 2 ? ' a request' : '';
}

function spreadSentence({ unit, before, after }: VerdictFacts, pValue: number | undefined): string {
  if (pValue === undefined)
    return before.requests + after.requests === 2
      ? 'One profile a side cannot tell a change from noise.'
      : 'A side of one profile cannot tell a change from noise.';
  const counts = `${before.requests} and ${after.requests} requests`;
  if (exceedsChance(pValue)) {
    const chance = pValue < 0.001 ? 'p < 0.001' : `p = ${Number(pValue.toPrecision(2))}`;
    return `That is more than the requests of either side differ from each other (${counts}, Welch’s t-test, ${chance}).`;
  }
  const deviations = [before, after].map(({ standardDeviation = 0 }) =>
    amount(standardDeviation, unit),
  );
  return `That is within the spread of the requests (${counts}, standard deviations of ${deviations.join(' and ')}).`;
}

/**
 * `Most of it: render (shop/views.py) +70 ms of own time.`; where no few functions are that, the
 * greatest changes, in whichever direction. Nothing where no function stands out.
 */
function placesSentence({ unit, functions }: VerdictFacts, change: number): string | undefined {
  const changes = functions
    .map((func) => ({ func, own: changeOf(func.self) ?? 0 }))
    .filter(({ func, own }) => own !== 0 && func.isBeyondSpread !== false);
  const most = mostOf(change, changes);
  const named = most ?? changes.slice(0, MOST_NAMED);
  if (named.length === 0) return undefined;
  const names = named.map(({ func, own }) => `${nameOf(func)} ${signedAmount(own, unit)}`);
  const what = unit === 'seconds' ? 'own time' : 'its own';
  return `${most ? 'Most of it' : 'The greatest changes'}: ${names.join(', ')} of ${what}.`;
}

/** A function and by how much its own cost changed. */
interface OwnChange {
  readonly func: FunctionDelta;
  readonly own: number;
}

/** The few functions that most of a change is of; `undefined` where there are none. */
function mostOf(change: number, changes: readonly OwnChange[]): OwnChange[] | undefined {
  const most: OwnChange[] = [];
  let share = 0;
  for (const each of changes.filter(({ own }) => own * change > 0).slice(0, MOST_NAMED)) {
    most.push(each);
    share += each.own / change;
    if (share >= MOST_OF_IT) break;
  }
  return share >= MOST_OF_IT && share <= MORE_THAN_IT ? most : undefined;
}

/** `render (shop/views.py)`; the last two names of a path tell enough. */
function nameOf({ name, before, after }: FunctionDelta): string {
  const file = (after ?? before)?.file;
  const end = file?.split(/[\\/]/).slice(-2).join('/');
  return end === undefined ? name : `${name} (${end})`;
}
