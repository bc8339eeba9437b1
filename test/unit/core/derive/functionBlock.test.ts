import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastLineOfFunction } from '../../../../src/core/derive/functionBlock';

/** The last line, 1-based, of the function that begins on the first one. */
function last(text: string, least = 1): number {
  return lastLineOfFunction(text.split('\n'), 0, least - 1) + 1;
}

describe('the lines of a function', () => {
  it('end where something is indented no further than its def', () => {
    assert.equal(last('def a():\n    x = 1\n\n    return x\n\n\ndef b():'), 4);
    assert.equal(last('    def a(self):\n        return 1\n    x = 2'), 2);
  });

  it('begin with its decorators', () => {
    assert.equal(last('@cache(\n    size=1,\n)\nasync def a():\n    return 1\nx = 2'), 5);
  });

  it('hold a signature whose end stands below the def', () => {
    assert.equal(last('def a(\n    x: str = ")",  # (\n) -> int:\n    return 1\ny = 2'), 4);
  });

  it('hold what was measured, whatever its indentation', () => {
    assert.equal(last('def a():\n    x = """\nfree\n"""\n    return x\nb = 1', 5), 5);
  });

  it('are those that were measured where there is no def', () => {
    assert.equal(last('x = [1]\ny = 2\nz = 3', 2), 2);
  });
});
