import type { Unit } from '../../src/protocol/comparison';
import { create } from '../flamegraph/elements';
import type { ColorScale, ColorStep } from './colorScale';
import { formatChange } from './format';

/** Tells what the colours of the flamegraph stand for: the changes between which each of them lies. */
export class Legend {
  readonly element = create('div', 'legend');

  constructor() {
    this.element.setAttribute('role', 'img');
  }

  show(scale: ColorScale, unit: Unit): void {
    const steps = scale.end === 0 ? [] : scale.steps();
    const end = formatChange(scale.end, unit);
    this.element.setAttribute(
      'aria-label',
      steps.length === 0
        ? 'No frame changed.'
        : `Colours of the change in self cost, from ${formatChange(-scale.end, unit)} (less) to ${end} (more)`,
    );
    const title = create('span', 'legend-title');
    title.textContent =
      steps.length === 0 ? 'No frame changed' : 'Change of a frame’s own cost, a request';
    const bar = create('div', 'legend-steps', ...steps.map((step) => stepElement(step, unit)));
    this.element.replaceChildren(title, bar);
  }
}

/** A colour, with the change from which on it is used. */
function stepElement({ level, from, to }: ColorStep, unit: Unit): HTMLElement {
  const swatch = create('span', 'swatch');
  swatch.dataset['level'] = String(level);
  const label = create('span', 'legend-number');
  label.textContent = boundText({ level, from, to }, unit);
  const element = create('span', 'legend-step', swatch, label);
  element.title = `${formatChange(from, unit)} to ${formatChange(to, unit)}`;
  return element;
}

function boundText({ level, from, to }: ColorStep, unit: Unit): string {
  if (level === 0) return '0';
  return level < 0 ? `≤ ${formatChange(to, unit)}` : `≥ ${formatChange(from, unit)}`;
}
