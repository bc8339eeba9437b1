import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseUrlTemplates } from '../../../src/server/urlList';

describe('parseUrlTemplates', () => {
  it('reads what show_urls of django-extensions 4.1 prints, each pattern once', () => {
    const printed =
      '[{"url": "/admin/", "module": "django.contrib.admin.sites.index", "name": "admin:index", "decorators": ""}, {"url": "/items/<int:pk>/", "module": "shop.urls.<lambda>", "name": "", "decorators": ""}, {"url": "/admin/", "module": "x", "name": "", "decorators": ""}]\n';
    assert.deepEqual(parseUrlTemplates(printed), ['/admin/', '/items/<int:pk>/']);
  });

  it('passes over what the project prints itself', () => {
    assert.deepEqual(parseUrlTemplates('[debug] settings loaded\r\n[{"url": "/"}]\r\n'), ['/']);
  });

  it('gives nothing where nothing can be read', () => {
    assert.equal(parseUrlTemplates(''), undefined);
    assert.equal(parseUrlTemplates('[not json'), undefined);
    assert.deepEqual(parseUrlTemplates('[null, 1, {"url": 5}, {}]'), []);
  });
});
