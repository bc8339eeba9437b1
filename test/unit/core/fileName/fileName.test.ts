import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import {
  compileTemplate,
  isTemporaryName,
  readFileName,
  TemplateError,
} from '../../../../src/core/fileName';
import { generateTemplates, REQUESTS } from './generatedTemplates';
import { formatWithPython } from './pythonFormat';

const DEFAULT = '{path}.{duration:06d}ms.{time}';

describe('compileTemplate', () => {
  it('reads what Python writes by 300 templates', () => {
    const calls = generateTemplates(300).flatMap((template) =>
      REQUESTS.map((request) => ({ template, request })),
    );
    const names = formatWithPython(
      calls.map(({ template, request }) => [template, request.values] as const),
    );
    for (const [index, { template, request }] of calls.entries()) {
      const name = `${names[index] ?? ''}.prof`;
      const { path, method, status, query, duration, time } = request.values;
      const has = (field: string): boolean => template.includes(`{${field}`);
      const facts = {
        ...(has('path') ? { path: request.path } : {}),
        ...(has('method') ? { method } : {}),
        ...(has('status') ? { status } : {}),
        ...(has('query') ? { query } : {}),
        ...(has('duration') ? { durationMs: duration } : {}),
        ...(has('time') ? { endedMs: time * 1000 } : {}),
      };
      const compiled = compileTemplate(template);
      assert.deepEqual({ ...compiled.read(name) }, facts, `${template} as ${name} of ${path}`);
      assert.equal(compiled.format(facts), name, template);
    }
  });

  it('reads fields without anything between them where only one way is plausible', () => {
    assert.deepEqual(compileTemplate('{path}{duration:06d}').read('shop.items.5000010.prof'), {
      path: 'shop.items.5',
      durationMs: 10,
    });
    assert.deepEqual(compileTemplate('{duration}{time}{status}').read('121795175664200.prof'), {
      durationMs: 12,
      endedMs: 1795175664000,
      status: 200,
    });
    assert.deepEqual(compileTemplate('{method}{path}').read('GETroot.prof'), {
      method: 'GET',
      path: '/',
    });
  });

  it('tells only what is sure where a name can be read in several ways', () => {
    assert.deepEqual(compileTemplate('{status} {path}{duration}').read('200 item512.prof'), {
      status: 200,
    });
    assert.deepEqual(compileTemplate('{duration:0<6} {status}').read('120000 200.prof'), {
      status: 200,
    });
  });

  it('wants the same value where a field occurs twice', () => {
    const template = compileTemplate('{time} {path} {time:x}');
    assert.deepEqual(template.read('1795175664 shop 6b0034f0.prof'), {
      endedMs: 1795175664000,
      path: 'shop',
    });
    assert.equal(template.read('1795175664 shop 6b0034f1.prof'), undefined);
  });

  it('reads nothing from names that it did not make', () => {
    const template = compileTemplate(DEFAULT);
    for (const name of ['', '.prof', 'a.000010ms.1.pro', 'a.10ms.1.prof', 'a.0000010ms.1.prof']) {
      assert.equal(template.read(name), undefined, name);
    }
  });

  it('takes a path with dots and numbers like durations whole', () => {
    assert.deepEqual(compileTemplate(DEFAULT).read('a.000010ms.5.000020ms.1795175664.prof'), {
      path: 'a.000010ms.5',
      durationMs: 20,
      endedMs: 1795175664000,
    });
  });

  it('reads names with the extension of the template or one more', () => {
    const template = compileTemplate('{path}.prof');
    assert.deepEqual(template.read('shop.prof'), { path: 'shop' });
    assert.deepEqual(template.read('shop.prof.prof'), { path: 'shop' });
  });

  it('reads base names of templates with a directory', () => {
    assert.deepEqual(compileTemplate('{status}/{path}').read('shop.prof'), { path: 'shop' });
  });

  it('formats nothing when a fact is missing', () => {
    assert.equal(compileTemplate(DEFAULT).format({ path: '/' }), undefined);
  });

  it('is quick with many fields and no separators', () => {
    const template = compileTemplate('{path}{query}{path}{query}{path}{query}{path}');
    assert.equal(template.read(`${'a'.repeat(250)}.prof`)?.path, undefined);
  });

  const refused: readonly (readonly [template: string, sentence: RegExp])[] = [
    ['{path', /"\{" at character 1 .*not closed/],
    ['a}', /"\}" at character 2 .*closes nothing/],
    ['{duration:{path}}', /character 1 .*another field in it/],
    ['{}', /field \{\} .*not known: use \{path\}/],
    ['{0}', /field \{0\} .*not known/],
    ['{host}', /field \{host\} .*not known/],
    ['{path.attribute}', /not known/],
    ['{path!r}', /conversion "!r"/],
    ['{path!x}', /conversion "!x"/],
    ['{path:d}', /"d" is for numbers/],
    ['{path:=9}', /for numbers/],
    ['{duration:s}', /"s" is for text/],
    ['{duration:c}', /cannot be read/],
    ['{duration:.2}', /no precision/],
    ['{duration:q}', /"q" is not a format specification/],
    ['{duration:999999999}', /no file name is/],
    ['{duration:.999f}', /too much/],
    ['{duration:#.1f}', /"#"/],
    ['{duration:010,}', /grouped digits/],
  ];
  for (const [template, sentence] of refused) {
    it(`refuses ${template} with one sentence`, () => {
      assert.throws(
        () => compileTemplate(template),
        (error: unknown) => {
          assert.ok(error instanceof TemplateError);
          assert.match(error.message, sentence);
          assert.match(error.message, /^[A-Z][^\n]*\.$/);
          return true;
        },
      );
    });
  }
});

describe('readFileName', () => {
  const cases: readonly (readonly [string, string, object])[] = [
    [
      'runprofileserver',
      'root.000025ms.1795175664.prof',
      { path: '/', durationMs: 25, endedMs: 1795175664000 },
    ],
    [
      'line_profiler files beside those of runprofileserver',
      'checkout.000412ms.1795175664.lprof',
      { path: 'checkout', durationMs: 412, endedMs: 1795175664000 },
    ],
    [
      'werkzeug',
      'POST.shop.items.12ms.1795175664.prof',
      { method: 'POST', path: 'shop.items', durationMs: 12, endedMs: 1795175664000 },
    ],
    [
      'pyinstrument',
      '0.123s _shop_items_?page=2 1795175664.speedscope.json',
      { path: '_shop_items_?page=2', durationMs: 123, endedMs: 1795175664000 },
    ],
    ['django-silk', 'shop_items_0a1b2c3d-0a1b-4a1b-8a1b-0a1b2c3d4e5f.prof', { path: 'shop_items' }],
    ['django-silk without a path', '0a1b2c3d-0a1b-4a1b-8a1b-0a1b2c3d4e5f.prof', {}],
    [
      'a request that runs',
      'shop.items.5.1795175664.prof',
      { path: 'shop.items.5', startedMs: 1795175664000 },
    ],
    [
      "Hotline's own profiler",
      'shop.items.000012ms.1795175664.speedscope.json',
      { path: 'shop.items', durationMs: 12, endedMs: 1795175664000 },
    ],
    [
      'the third of a name',
      'shop.items.000012ms.1795175664.3.speedscope.json',
      { path: 'shop.items', durationMs: 12, endedMs: 1795175664000 },
    ],
    [
      'a profile that a response has told of',
      'shop.items.000012ms.1795175664.0a1b2c3d4e5f.speedscope.json',
      { path: 'shop.items', durationMs: 12, endedMs: 1795175664000 },
    ],
    ['anything else', 'profile.prof', {}],
  ];
  for (const [what, name, facts] of cases) {
    it(`knows the names of ${what}`, () => {
      assert.deepEqual({ ...readFileName(name, '{status} {path}').facts }, facts);
    });
  }

  it('reads who sent the request', () => {
    for (const [written, remoteAddress] of [
      ['192.0.2.1', '192.0.2.1'],
      ['2001_db8__1', '2001:db8::1'],
    ] as const) {
      const name = `shop.000012ms.${written}.speedscope.json`;
      const template = '{path}.{duration:06d}ms.{remote}';
      const facts = { path: 'shop', durationMs: 12, remoteAddress };
      assert.deepEqual({ ...readFileName(name, template).facts }, facts);
    }
  });

  it('tries the template first and names it as the source of each fact', () => {
    const template = '{method}.{path}.{duration}ms.{time}';
    const { facts, sources } = readFileName('GET.shop.7ms.1795175664.prof', template);
    assert.equal(facts.method, 'GET');
    assert.deepEqual(sources.durationMs, { from: 'name', template });
    assert.deepEqual(Object.keys(sources), Object.keys(facts));
  });

  it('keeps a path that is no UTF-8 as it is', () => {
    const { facts } = readFileName('caf\u00e9.000010ms.1795175664.prof', DEFAULT);
    assert.equal(facts.path, 'caf\u00e9');
  });

  it('survives hostile names', () => {
    for (const name of [
      '\0',
      '__proto__.prof',
      '1.'.repeat(5000),
      '1.'.repeat(120),
      '\ud800.prof',
    ]) {
      assert.doesNotThrow(() => readFileName(name, DEFAULT));
    }
  });

  it('says what is wrong with the template', () => {
    assert.throws(() => readFileName('a.prof', '{path'), TemplateError);
  });
});

describe('isTemporaryName', () => {
  it('tells a request that still runs from one that has ended', () => {
    assert.equal(isTemporaryName('root.1795175664.prof'), true);
    assert.equal(isTemporaryName('root.000025ms.1795175664.prof'), false);
    assert.equal(isTemporaryName('GET.root.25ms.1795175664.prof'), false);
    assert.equal(isTemporaryName('report.2024.prof'), false);
  });
});
