import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { definitionLine } from '../../../../src/views/gutter/definitionLine';

function found(profiled: number, ...text: string[]): number {
  return definitionLine(profiled, text);
}

describe('the line of a def', () => {
  it('is below its decorators, however long they are', () => {
    assert.equal(found(0, '@cache', '@route(', '    "/shop",', ')', 'async def shop(request):'), 4);
  });

  it('is the profiled line where there is no decorator', () => {
    assert.equal(found(1, 'def a():', 'x = [lambda: 1]', 'def b():'), 1);
  });

  it('is the profiled line where no def follows', () => {
    assert.equal(found(0, '@cache', 'x = 1'), 0);
  });
});
