import assert from 'node:assert/strict';
import { it } from 'node:test';
import { History } from '../../../../webview/table/history';

it('a walk goes back and forward, and forgets what lay ahead when it turns off', () => {
  const history = new History();
  assert.equal(history.current, undefined);
  for (const func of [5, 7, 7, 9]) history.visit(func);
  history.back();
  assert.equal(history.current, 7);
  assert.ok(history.canGoForward);
  history.back();
  assert.ok(!history.canGoBack);
  history.back();
  assert.equal(history.current, 5);
  history.forward();
  history.visit(3);
  assert.ok(!history.canGoForward);
  history.back();
  assert.equal(history.current, 7);
});
