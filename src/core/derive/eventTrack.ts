import type { SpeedscopeEvent } from './speedscopeFile';

/**
 * Writes the events of an evented speedscope profile. All times come from one running sum, so that
 * they ascend and nest exactly, whatever rounding does to the costs.
 */
export class EventTrack {
  readonly events: SpeedscopeEvent[] = [];
  #now = 0;

  /** Sum of all costs so far. */
  get end(): number {
    return this.#now;
  }

  open(frame: number): void {
    this.events.push({ type: 'O', at: this.#now, frame });
  }

  close(frame: number): void {
    this.events.push({ type: 'C', at: this.#now, frame });
  }

  /** Lets a cost, not below 0, pass in the innermost open frame. */
  pass(cost: number): void {
    this.#now += cost;
  }
}
