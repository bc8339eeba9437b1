import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LineInput } from '../../../src/server/lineInput';

/** All that the program is given for these key presses. */
function sent(...keys: readonly string[]): string {
  const input = new LineInput();
  return keys.map((key) => input.type(key).lines).join('');
}

describe('LineInput', () => {
  it('sends a line when Enter is pressed, not before', () => {
    assert.equal(sent('n', 'e'), '');
    assert.equal(sent('n', 'e', '\r'), 'ne\n');
  });

  it('takes back with Backspace, and no further than the beginning', () => {
    assert.equal(sent('a', 'é', '\u007f', '\u007f', '\u007f', 'b', '\r'), 'b\n');
    assert.equal(new LineInput().type('\u007f').echo, '');
  });

  it('sends every line of a paste', () => {
    assert.equal(sent('x = 1\rp x\r'), 'x = 1\np x\n');
  });

  it('shows what is typed, arrows not', () => {
    const input = new LineInput();
    assert.equal(input.type('p').echo, 'p');
    assert.equal(input.type('\u001b[A').echo, '');
    assert.equal(input.type('\r').echo, '\r\n');
  });

  it('tells Ctrl+C and forgets the line', () => {
    const input = new LineInput();
    input.type('half');
    assert.equal(input.type('\u0003').interrupted, true);
    assert.equal(input.type('\r').lines, '\n');
  });
});
