import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clickedRow } from '../../../src/platform/clickedRow';

describe('the row of a click', () => {
  it('is the selected one', async () => {
    assert.equal(await clickedRow({ selection: ['shop', 'cart'] }), 'shop');
  });

  it('is waited for while the view has no rows', async () => {
    let looks = 0;
    const view = {
      get selection(): string[] {
        looks += 1;
        return looks < 3 ? [] : ['shop'];
      },
    };
    assert.equal(await clickedRow(view), 'shop');
    assert.equal(looks, 3);
  });

  it('is none where no row comes back', async () => {
    const view: { selection: readonly string[] } = { selection: [] };
    assert.equal(await clickedRow(view), undefined);
  });
});
