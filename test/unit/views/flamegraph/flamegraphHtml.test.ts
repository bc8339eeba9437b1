import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { flamegraphHtml } from '../../../../src/views/flamegraph/flamegraphHtml';

const resources = {
  cspSource: 'https://files.example',
  script: 'https://files.example/flamegraph.js',
  style: 'https://files.example/flamegraph.css',
  speedscopeScript: 'https://files.example/speedscope.js',
  speedscopeStyle: 'https://files.example/speedscope.css',
};

describe("the flamegraph's page", () => {
  const html = flamegraphHtml(resources, 'n0nce');
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

  it('allows nothing that it does not name', () => {
    assert.match(policy, /^default-src 'none';/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*|data:|blob:/);
    assert.doesNotMatch(policy, /connect-src|frame-src|worker-src/);
  });

  it('allows only scripts with the nonce, and WebAssembly that they bring', () => {
    assert.match(policy, /script-src 'nonce-n0nce' 'wasm-unsafe-eval'(;|$)/);
  });

  it('gives the nonce to every script and style element, and has none inline', () => {
    const elements = html.match(/<(script|style)\b[^>]*>/g) ?? [];
    assert.equal(elements.length, 3);
    for (const element of elements) assert.match(element, /nonce="n0nce"/);
    assert.doesNotMatch(html, /<script\b[^>]*>[^<]/);
    assert.doesNotMatch(html, /<style\b[^>]*>[^<]/);
    assert.doesNotMatch(html, /\s(style|on\w+)=/);
  });

  it('runs our script before speedscope, so that the theme is known to it', () => {
    assert.ok(html.indexOf(resources.script) < html.indexOf(resources.speedscopeScript));
  });
});
