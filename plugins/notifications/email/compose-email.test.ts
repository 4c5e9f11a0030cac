import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anEmail } from '../testing.ts';
import { composeEmail } from './compose-email.ts';
import { asLine } from './email-text.ts';

const reader = { zone: 'Europe/Berlin', locale: 'en-GB' };
const address = 'https://connect.example.com/tc';

test('an e-mail says what happened, when in the zone of its reader, and why it comes', () => {
  const { subject, text, html } = composeEmail(anEmail(), reader, address);
  assert.equal(subject, 'Cut webbing');
  for (const part of [
    'Due today at 17:15.',
    'https://connect.example.com/tc/tasks/0190a000-0000-7000-8000-000000000001',
    '25 November 2026 at 11:30 (Europe/Berlin)',
    'You are told of “A task is due” by e-mail.',
  ]) {
    assert.ok(text.includes(part), part);
    assert.ok(html.includes(part), part);
  }
});

test('the time follows the zone and the locale of the reader', () => {
  const { text } = composeEmail(anEmail(), { zone: 'Asia/Kathmandu', locale: 'de-DE' }, address);
  assert.ok(text.includes('25. November 2026 um 16:15 (Asia/Kathmandu)'), text);
});

test('text of a person is escaped in HTML, in elements and in attributes', () => {
  const title = `<img src=x onerror="alert(1)"> & 'more'`;
  const { html } = composeEmail(anEmail({ title, body: title, link: '/tasks?"><script>' }), reader, address);
  assert.ok(!/<img|<script|onerror="/.test(html), html);
  assert.equal(html.match(/&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt; &amp; &#39;more&#39;/g)?.length, 3);
});

test('no title makes a header', () => {
  const { subject } = composeEmail(anEmail({ title: 'Sofa\r\nBcc: x@evil.test\u2028\u0007 today ' }), reader, address);
  assert.equal(subject, 'Sofa Bcc: x@evil.test today');
});

test('a title of nothing but spaces gives way to the name of its kind', () => {
  assert.equal(composeEmail(anEmail({ title: ' \r\n ' }), reader, address).subject, 'A task is due');
});

test('a long title is cut between characters, never inside of one', () => {
  const family = '👩‍👩‍👧';
  const line = asLine(family.repeat(300));
  assert.ok(line.isWellFormed());
  assert.equal(line, `${family.repeat(199)}…`);
  assert.equal(asLine('é'.repeat(200)), 'é'.repeat(200));
});

test('a link leads to the console below its base path and nowhere else', () => {
  const linkOf = (link: string, at = address) =>
    /Open it: (\S+)/.exec(composeEmail(anEmail({ link }), reader, at).text)?.[1];
  assert.equal(linkOf('/tasks?a=b#c'), 'https://connect.example.com/tc/tasks?a=b#c');
  assert.equal(linkOf('/tasks', 'http://localhost:3000'), 'http://localhost:3000/tasks');
  const elsewhere = [
    'https://evil.test',
    '//evil.test/x',
    '/\\evil.test',
    'javascript:alert(1)',
    '.evil.test',
    '@evil.test',
  ];
  for (const link of [...elsewhere, ':81', '/../else', '']) {
    assert.equal(linkOf(link), undefined, link);
    assert.ok(!composeEmail(anEmail({ link }), reader, address).html.includes('<a '), link);
  }
});
