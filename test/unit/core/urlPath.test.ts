import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { resolveDottedPath } from '../../../src/core/urlPath';

const urls = [
  '/',
  '/shop/',
  '/shop/items/<int:pk>/',
  '/shop/items/<slug:name>/edit/',
  '/files/<str:name>',
  '/pages/<path:page>/',
  '/old/<year>/',
  '/sitemap.xml',
];

describe('resolveDottedPath', () => {
  const cases: readonly (readonly [dotted: string, path: string | undefined])[] = [
    ['root', '/'],
    ['shop', '/shop/'],
    ['shop.items.5', '/shop/items/5/'],
    ['shop.items.red-shoe.edit', '/shop/items/red-shoe/edit/'],
    ['shop.items.red', undefined],
    ['sitemap.xml', '/sitemap.xml'],
    ['files.report.pdf', '/files/report.pdf'],
    ['pages.about', '/pages/about/'],
    ['old.1999', '/old/1999/'],
    ['unknown', undefined],
    ['', undefined],
  ];
  for (const [dotted, path] of cases) {
    it(`takes ${dotted || 'nothing'} for ${path ?? 'nothing'}`, () => {
      assert.equal(resolveDottedPath(dotted, urls), path);
    });
  }

  it('does not guess which dots of a value are slashes', () => {
    assert.equal(resolveDottedPath('pages.about.us', urls), undefined);
    assert.equal(resolveDottedPath('old.19.99', urls), undefined);
    assert.equal(resolveDottedPath('a.b.c', ['/<str:x>/<str:y>/']), undefined);
  });

  it('does not guess between two URLs', () => {
    assert.equal(resolveDottedPath('a.b', ['/a/b/', '/a.b']), undefined);
    assert.equal(resolveDottedPath('a.b', ['/a/b/', '/a/b/']), '/a/b/');
  });

  it('does not guess where a URL that may fit is a regular expression', () => {
    assert.equal(resolveDottedPath('shop.x', ['/shop/x/', '^shop/(?P<name>.*)$']), undefined);
    assert.equal(resolveDottedPath('blog.x', ['/blog/x/', '^shop/(?P<name>.*)$']), '/blog/x/');
  });

  it('takes special characters in a URL for themselves', () => {
    assert.equal(resolveDottedPath('axb', ['/a.b/']), undefined);
    assert.equal(resolveDottedPath('a.b', ['/a.b/']), '/a.b/');
  });
});
