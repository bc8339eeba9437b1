import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timelineHtml } from '../../../../src/views/collectors/timelineHtml';

const resources = {
  cspSource: 'https://files.example',
  script: 'https://files.example/timeline.js',
  style: 'https://files.example/timeline.css',
};

describe("the timeline's page", () => {
  const html = timelineHtml(resources, 'n0nce');
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

  it('allows nothing that it does not name', () => {
    assert.match(policy, /^default-src 'none';/);
    assert.match(policy, /script-src 'nonce-n0nce'(;|$)/);
    assert.doesNotMatch(policy, /unsafe|\*|data:|blob:|connect-src|frame-src|worker-src/);
  });

  it('has scripts with the nonce only, and none inline', () => {
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    assert.equal(scripts.length, 1);
    for (const script of scripts) assert.match(script, /nonce="n0nce" src=/);
    assert.doesNotMatch(html, /<script\b[^>]*>[^<]/);
    assert.doesNotMatch(html, /<style\b|\s(style|on\w+)=/);
  });
});
