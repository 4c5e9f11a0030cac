import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { MailMessage } from '@task-connect/sdk';
import fc from 'fast-check';
import { type MailCarrier, MailError } from './mail.ts';

/** The clock and the sender that `make` has to use. */
export const suiteClock = { now: () => Temporal.Instant.from('2026-11-25T10:00:00.123Z') };
export const suiteSender = 'Task Connect <no-reply@tc.test>';

type Made = { mail: MailCarrier; arrived: () => Promise<string[]> };

const aMessage = (given: Partial<MailMessage> = {}): MailMessage => ({
  to: { name: 'Ada', address: 'ada@example.test' },
  subject: 'Reminder',
  text: 'Cut webbing is due.',
  ...given,
});

/** What every way of sending mail keeps. `arrived` gives the messages as they came out at the other end. */
export function mailSuite(name: string, make: (context: TestContext) => Promise<Made>): void {
  const one = async ({ mail, arrived }: Made, message: MailMessage) => {
    const before = (await arrived()).length;
    const sent = await mail.send(message);
    const all = await arrived();
    assert.equal(all.length, before + 1);
    const raw = all.find((candidate) => candidate.includes(sent.messageId)) ?? '';
    return { ...sent, headers: headersOf(raw), raw, body: raw.slice(raw.indexOf('\r\n\r\n') + 4) };
  };

  test(`${name}: a message arrives with sender, recipient, subject, date and text`, async (context) => {
    const { headers, body, messageId } = await one(await make(context), aMessage({ messageId: 'n1@tc.test' }));
    assert.equal(messageId, 'n1@tc.test');
    assert.equal(headers.get('message-id'), '<n1@tc.test>');
    assert.equal(headers.get('from'), suiteSender);
    assert.equal(headers.get('to'), 'Ada <ada@example.test>');
    assert.equal(headers.get('subject'), 'Reminder');
    assert.equal(headers.get('date'), 'Wed, 25 Nov 2026 10:00:00 +0000');
    assert.equal(body.trim(), 'Cut webbing is due.');
  });

  test(`${name}: text and HTML arrive as two forms of one message`, async (context) => {
    const { raw } = await one(await make(context), aMessage({ html: '<p>Cut webbing is due.</p>' }));
    assert.match(raw, /multipart\/alternative/);
    assert.match(raw, /text\/plain[\s\S]*text\/html/);
  });

  test(`${name}: a line of one dot and a line that begins with “From ” are only text`, async (context) => {
    const { body } = await one(await make(context), aMessage({ text: 'a\n.\n..b\nFrom c' }));
    assert.equal(body.trimEnd(), 'a\r\n.\r\n..b\r\nFrom c');
  });

  test(`${name}: a line break in name, subject or header makes no header`, async (context) => {
    const made = await make(context);
    const { headers } = await one(made, {
      to: { name: 'Ada\r\nBcc: x@evil.test', address: 'ada@example.test' },
      subject: 'Sofa\r\nBcc: x@evil.test',
      text: 'x',
      headers: { 'List-Unsubscribe': '<https://tc.test/u>\r\nBcc: x@evil.test' },
    });
    assert.equal(headers.has('bcc'), false);
    assert.equal(headers.get('subject'), 'Sofa Bcc: x@evil.test');
    assert.equal(headers.get('list-unsubscribe'), '<https://tc.test/u> Bcc: x@evil.test');
  });

  test(`${name}: a name with comma, quotes and umlaut stays one name`, async (context) => {
    const to = { name: 'Müller, Hans "Hansi"', address: 'hans@example.test' };
    const { headers, raw } = await one(await make(context), aMessage({ to }));
    assert.doesNotMatch(raw, /^To:.*[^\x20-\x7e\r\n]/m);
    assert.equal(decoded(headers.get('to') ?? ''), 'Müller, Hans "Hansi" <hans@example.test>');
  });

  test(`${name}: a long subject is folded into encoded words that cut no character`, async (context) => {
    const subject = `Größenänderung ${'🪡é'.repeat(60)} ende`;
    const { headers, raw } = await one(await make(context), aMessage({ subject }));
    assert.equal(decoded(headers.get('subject') ?? ''), subject);
    for (const line of raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n')) assert.ok(line.length <= 76, line);
  });

  test(`${name}: what cannot be meant is refused for good`, async (context) => {
    const { mail, arrived } = await make(context);
    const wrong: Partial<MailMessage>[] = [
      { to: { address: 'ada@example.test\r\nBcc: x@evil.test' } },
      { to: { address: 'ada@example.test, x@evil.test' } },
      { to: { address: 'Ada <ada@example.test>' } },
      { to: { address: '' } },
      { messageId: 'a@b>\r\nBcc: x@evil.test' },
      { headers: { 'X-A\r\nBcc': 'x@evil.test' } },
      { headers: { Bcc: 'x@evil.test' } },
      { headers: { 'Message-ID': '<x@y>' } },
    ];
    for (const given of wrong) {
      await assert.rejects(
        mail.send(aMessage(given)),
        (error) => error instanceof MailError && error.permanent,
        JSON.stringify(given),
      );
    }
    assert.deepEqual(await arrived(), []);
  });

  test(`${name}: any name and subject come out as they went in, with no header more`, async (context) => {
    const made = await make(context);
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    const shown = (given: string) =>
      given
        .toWellFormed()
        .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
        .trim();
    const same = (a: string, b: string) => assert.equal(a.replace(/\s+/g, ' ').trim(), b.replace(/\s+/g, ' ').trim());
    await fc.assert(
      fc.asyncProperty(text, text, async (name, subject) => {
        const { headers } = await one(made, aMessage({ to: { name, address: 'ada@example.test' }, subject }));
        same(decoded(headers.get('subject') ?? ''), shown(subject));
        assert.ok(headers.get('to')?.includes('ada@example.test'));
        const expected = ['from', 'to', 'subject', 'message-id', 'date', 'mime-version', 'content-type'];
        const more = [...headers.keys()].filter((header) => !expected.includes(header));
        assert.deepEqual(
          more.filter((header) => header !== 'content-transfer-encoding'),
          [],
        );
      }),
      { numRuns: 60 },
    );
  });

  test(`${name}: mail that can be sent says so`, async (context) => {
    assert.deepEqual(await (await make(context)).mail.check(), { ok: true });
  });
}

function headersOf(raw: string): Map<string, string> {
  const unfolded = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n(?=[ \t])/g, '');
  const headers = new Map<string, string>();
  for (const line of unfolded.split('\r\n')) {
    const [, header = '', value = ''] = /^([A-Za-z0-9-]+):\s*(.*)$/.exec(line) ?? assert.fail(`no header: ${line}`);
    assert.equal(headers.has(header.toLowerCase()), false, `${header} twice`);
    headers.set(header.toLowerCase(), value);
  }
  return headers;
}

// RFC 2047: white space between two encoded words is not part of the text; each word is whole UTF-8 by itself.
const decoded = (value: string): string =>
  value.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, content: string) => {
    const bytes =
      kind.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64')
        : Buffer.from(
            content
              .replaceAll('_', ' ')
              .replace(/=([0-9A-F]{2})/gi, (_hex, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          );
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  });
