import type { ComparedSide, ComparisonDocument, Unit } from '../../src/protocol/comparison';
import { create } from '../flamegraph/elements';
import { formatCost } from './format';

const SIGNS = { more: '▲', less: '▼', none: '=' } as const;

/** What became of the cost of a request, the two sides, and what makes them hard to compare. */
export class VerdictBar {
  readonly element = create('header', 'verdict-bar');

  show({ verdict, before, after, unit, metric, notes }: ComparisonDocument): void {
    const sign = create('span', `verdict-sign ${verdict.change}`);
    sign.textContent = SIGNS[verdict.change];
    sign.setAttribute('aria-hidden', 'true');
    const text = create('span', 'verdict-text');
    text.textContent = verdict.text;
    const sentence = create('p', 'verdict', sign, text);
    sentence.setAttribute('role', 'status');
    const sides = create(
      'dl',
      'sides',
      ...side('Before', before, unit),
      ...side('After', after, unit),
    );
    const sentences = [...(metric === undefined ? [] : [`Measured: ${metric}.`]), ...notes];
    this.element.replaceChildren(sentence, sides, ...sentences.map(note));
  }
}

function side(
  label: string,
  { name, requests, mean, median, standardDeviation }: ComparedSide,
  unit: Unit,
): HTMLElement[] {
  const term = create('dt', 'side-label');
  term.textContent = label;
  const spread = formatCost(standardDeviation, unit);
  const cost = formatCost(mean, unit);
  const facts =
    requests === 1
      ? [name, cost]
      : [
          name,
          `${requests} requests`,
          `mean ${cost}${spread === '' ? '' : ` ± ${spread}`}`,
          `median ${formatCost(median, unit)}`,
        ];
  const description = create('dd', 'side-facts');
  description.textContent = facts.join(' · ');
  description.title = name;
  return [term, description];
}

function note(sentence: string): HTMLElement {
  const element = create('p', 'note');
  element.textContent = sentence;
  return element;
}
