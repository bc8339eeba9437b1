import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseUrlTemplates } from '../../../src/server/urlList';

describe('parseUrlTemplates', () => {
  it('reads the answer, each pattern once, and passes over what the project prints itself', () => {
    const printed =
      '[debug] settings loaded\r\n\nhotline-probe {"urls": ["/", "/items/<int:pk>/", "/"]}\n';
    assert.deepEqual(parseUrlTemplates(printed), ['/', '/items/<int:pk>/']);
  });

  it('gives nothing where nothing can be read', () => {
    assert.equal(parseUrlTemplates(''), undefined);
    assert.equal(parseUrlTemplates('hotline-probe [not json'), undefined);
    assert.deepEqual(parseUrlTemplates('hotline-probe {"urls": [null, 5, {}]}'), []);
    assert.deepEqual(parseUrlTemplates('hotline-probe {}'), []);
  });
});
