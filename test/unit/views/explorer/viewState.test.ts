import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadViewState, saveViewState } from '../../../../src/views/explorer/viewState';

class FakeMemento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, fallback?: T): T | undefined {
    return this.#values.has(key) ? (this.#values.get(key) as T) : fallback;
  }

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
}

const DEFAULT = {
  sortBy: 'duration',
  descending: true,
  groupBy: 'none',
  filter: '',
  following: false,
} as const;

describe('the view state', () => {
  it('is longest first in a new workspace', () => {
    assert.deepEqual(loadViewState(new FakeMemento()), DEFAULT);
  });

  it('is found as it was left', async () => {
    const memento = new FakeMemento();
    const state = {
      sortBy: 'time',
      descending: false,
      groupBy: 'endpoint',
      filter: 'items >1s',
      following: true,
    } as const;
    await saveViewState(memento, state);
    assert.deepEqual(loadViewState(memento), state);
  });

  it('survives what it does not understand', async () => {
    const memento = new FakeMemento();
    const [key] = await saveViewState(memento, DEFAULT).then(() => memento.keys());
    await memento.update(key ?? '', { sortBy: 7, groupBy: 'colour', filter: null, following: 'x' });
    assert.deepEqual(loadViewState(memento), DEFAULT);
  });
});
