import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserOf } from './browser-of.ts';

test('a browser is called by its name and system', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
  assert.equal(browserOf(chrome), 'Chrome on Linux');
  assert.equal(
    browserOf(chrome.replace('X11; Linux x86_64', 'Windows NT 10.0').concat(' Edg/126.0')),
    'Edge on Windows',
  );
  const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1';
  assert.equal(browserOf(safari), 'Safari on iPhone');
  assert.equal(browserOf('curl/8.7.1'), 'curl/8.7.1');
  assert.equal(browserOf(''), 'unknown');
});
