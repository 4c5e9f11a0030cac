import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeFileMail } from './file-mail.ts';
import { mailSuite, suiteClock, suiteSender } from './mail.suite.ts';

async function inFolder(context: TestContext) {
  const parent = await mkdtemp(join(tmpdir(), 'tc-mail-'));
  context.after(() => rm(parent, { recursive: true }));
  const folder = join(parent, 'mail');
  const mail = makeFileMail({ folder, from: suiteSender, clock: suiteClock });
  context.after(() => mail[Symbol.asyncDispose]());
  const names = () => readdir(folder).catch(() => []);
  const arrived = async () => Promise.all((await names()).map((name) => readFile(join(folder, name), 'utf8')));
  return { mail, arrived, names, folder };
}

mailSuite('file', inFolder);

test('the same message again is the same file, another is another', async (context) => {
  const { mail, names, arrived } = await inFolder(context);
  const message = { to: { address: 'ada@example.test' }, subject: 'a', text: 'x', messageId: 'digest-1@tc.test' };
  await mail.send(message);
  await mail.send({ ...message, subject: 'b' });
  assert.equal((await names()).length, 1);
  assert.match((await names())[0] ?? '', /^2026-11-25T10-00-00-123Z-digest-1-[0-9a-f]{16}\.eml$/);
  assert.match((await arrived())[0] ?? '', /^Subject: b\r$/m);
  await mail.send({ ...message, messageId: 'digest-2@tc.test' });
  assert.equal((await names()).length, 2);
});

test('an id that looks like a path stays in the folder', async (context) => {
  const { mail, names } = await inFolder(context);
  await mail.send({ to: { address: 'a@b.test' }, subject: 'a', text: 'x', messageId: '../../etc/x@tc.test' });
  assert.equal((await names()).length, 1);
});

test('a folder that cannot be written is said, and may be tried again', async (context) => {
  const { mail, folder } = await inFolder(context);
  await writeFile(folder, 'a file in its place');
  const check = await mail.check();
  assert.match(check.ok ? '' : check.reason, /^Mail cannot be written to .*mail \(E/);
  const message = { to: { address: 'a@b.test' }, subject: 'a', text: 'x' };
  await assert.rejects(mail.send(message), { name: 'MailError', permanent: false });
});
