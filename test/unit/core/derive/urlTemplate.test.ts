import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UrlTemplates, type UrlRules } from '../../../../src/core/derive/urlTemplate';

const NOTHING: UrlRules = { patterns: [], routes: [] };

function fold(paths: readonly string[], rules: Partial<UrlRules> = {}): string[] {
  return new UrlTemplates({ ...NOTHING, ...rules }).of(paths.map((path) => ({ path })));
}

function many(count: number, prefix: string, suffix: string): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}${suffix}`);
}

describe('the template of a URL', () => {
  const cases: readonly (readonly [path: string, template: string])[] = [
    ['/', '/'],
    ['/shop/items/5/', '/shop/items/{id}/'],
    ['/shop/items/5', '/shop/items/{id}'],
    ['shop.items.5', 'shop.items.{id}'],
    ['/orders/3f2504e0-4f89-11d3-9a0c-0305e82c3301', '/orders/{uuid}'],
    ['/reports/2026-11-20/pdf/', '/reports/{date}/pdf/'],
    ['/commits/9a3f6e0c1b2d4e5f', '/commits/{hash}'],
    ['/api/v2/decade/', '/api/v2/decade/'],
    ['/media/../{id}', '/media/../{id}'],
  ];
  for (const [path, template] of cases) {
    it(`folds what looks like a value: ${path}`, () => {
      assert.deepEqual(fold([path]), [template]);
    });
  }

  it('folds slugs where many stand in one place, and leaves the words beside them', () => {
    const paths = [...many(5, '/shop/blue-mug-', '/'), '/shop/checkout/'];
    const templates = fold(paths);
    assert.deepEqual(new Set(templates.slice(0, 5)), new Set(['/shop/{slug}/']));
    assert.equal(templates[5], '/shop/checkout/');
  });

  it('leaves a few pages as they are, and the parts of an application', () => {
    const pages = ['/shop/add-item/', '/shop/remove-item/', '/about-us/', '/terms-of-service/'];
    assert.deepEqual(fold(pages), pages);
  });

  it('folds many words in one place, whatever they look like', () => {
    const words = Array.from('abcdefghijklmno', (letter) => `/users/${letter.repeat(4)}`);
    assert.deepEqual(new Set(fold(words)), new Set(['/users/{slug}']));
  });

  it('folds slugs below slugs', () => {
    const paths = many(5, '/shop/kind-', '').flatMap((kind) => many(5, `${kind}/mug-`, '/'));
    assert.deepEqual(new Set(fold(paths)), new Set(['/shop/{slug}/{slug}/']));
  });

  it('takes the pattern of the setting before anything else', () => {
    const patterns = ['/shop/new/', '/shop/{product}/', '/items/{id}/edit'];
    assert.deepEqual(fold(['/shop/mug/', '/shop/mug', 'shop.mug', '/shop/new/'], { patterns }), [
      '/shop/{product}/',
      '/shop/{product}/',
      '/shop/{product}/',
      '/shop/new/',
    ]);
    assert.deepEqual(fold(['items.5.edit', '/shop/mug/reviews/'], { patterns }), [
      '/items/{id}/edit',
      '/shop/mug/reviews/',
    ]);
    const [withRoute] = new UrlTemplates({ patterns, routes: [] }).of([
      { path: '/shop/mug/', route: 'shop/<slug:slug>/' },
    ]);
    assert.equal(withRoute, '/shop/{product}/');
  });

  const routes: readonly (readonly [route: string, template: string])[] = [
    ['shop/<int:pk>/', '/shop/{pk}/'],
    ['/shop/<pk>', '/shop/{pk}'],
    ['/shop/<any(a, b):kind>/', '/shop/{kind}/'],
    ['/files/{name:path}', '/files/{name}'],
    ['^shop/(?P<slug>[-\\w()]+)/$', '/shop/{slug}/'],
    ['^shop/(?P<year>(19|20)\\d\\d)/(?P<pk>[0-9]+)/\\Z', '/shop/{year}/{pk}/'],
    ['', '/'],
  ];
  for (const [route, template] of routes) {
    it(`is the framework's route where the profile tells it: ${route}`, () => {
      assert.deepEqual(new UrlTemplates(NOTHING).of([{ path: '/x/5/', route }]), [template]);
    });
  }

  it('is the route of the list of a server, the first that fits', () => {
    const list = ['/shop/new/', '/shop/<slug:slug>/', '/files/<path:name>', '/^x/(?P<pk>.*)/$'];
    assert.deepEqual(fold(['/shop/new/', '/shop/mug/', '/files/a/b'], { routes: list }), [
      '/shop/new/',
      '/shop/{slug}/',
      '/files/a/b',
    ]);
  });
});
