import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { mailSuite, suiteClock, suiteSender } from './mail.suite.ts';
import { makeSmtpMail } from './smtp-mail.ts';

// Mail through a real server: Mailpit, one of its own for each test, since some of them end it. MAILPIT names the program.

const program =
  process.env.MAILPIT ?? `${process.env.SERVICES_HOME ?? '/var/tmp/tc-services'}/mailpit/program/bin/mailpit`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

type Kept = { ID: string };

/** Without the two lines that a server that takes a message puts above it (RFC 5321, 4.4). */
const withoutTrace = (raw: string) =>
  raw.replace(/^Return-Path:.*\r\n/, '').replace(/^Received:.*\r\n([ \t].*\r\n)*/, '');

async function mailpit(context: TestContext, words: readonly string[] = []) {
  const smtp = await freePort();
  const http = await freePort();
  const api = `http://127.0.0.1:${http}/api/v1`;
  let child: ReturnType<typeof spawn> | undefined;
  async function start() {
    const own = ['--smtp', `127.0.0.1:${smtp}`, '--listen', `127.0.0.1:${http}`, '--disable-version-check'];
    const started = spawn(program, [...own, ...words], { stdio: 'ignore' });
    started.once('error', (error) => assert.fail(`${program}: ${error.message}`));
    child = started;
    for (let tries = 0; ; tries += 1) {
      const answers = await fetch(`${api}/info`).then(
        (response) => response.ok,
        () => false,
      );
      if (answers) return;
      assert.ok(tries < 400 && started.exitCode === null, 'Mailpit answers within 10 s');
      await pause(25);
    }
  }
  async function stop() {
    const ended = child!;
    if (ended.exitCode !== null || ended.signalCode !== null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    ended.kill('SIGKILL');
    await gone;
  }
  await start();
  context.after(stop);
  const kept = async () => ((await (await fetch(`${api}/messages?limit=500`)).json()) as { messages: Kept[] }).messages;
  return {
    smtp,
    start,
    stop,
    kept,
    arrived: async () =>
      Promise.all(
        (await kept()).map(async ({ ID }) => withoutTrace(await (await fetch(`${api}/message/${ID}/raw`)).text())),
      ),
    message: async (id: string) => (await (await fetch(`${api}/message/${id}`)).json()) as Record<string, never>,
  };
}

function mailTo(context: TestContext, url: string) {
  const mail = makeSmtpMail({ url, from: suiteSender, clock: suiteClock });
  context.after(() => mail[Symbol.asyncDispose]());
  return mail;
}

const message = { to: { address: 'ada@example.test' }, subject: 'a', text: 'x' };

mailSuite('mailpit', async (context) => {
  const server = await mailpit(context);
  return { mail: mailTo(context, `smtp://127.0.0.1:${server.smtp}`), arrived: server.arrived };
});

test('names, subjects and texts in any script are read by the server as they were meant', async (context) => {
  const server = await mailpit(context);
  const mail = mailTo(context, `smtp://127.0.0.1:${server.smtp}`);
  const subject = 'Žádost o schůzku – 明日の会議 🗓️ с понедельника';
  const text = 'Grüße aus Zürich.\n.\n..\nمرحبا بالعالم\n';
  await mail.send({ to: { name: 'Zoë “Quay” Łukasiewicz, 株式会社', address: 'zoe@example.test' }, subject, text });
  const [one, ...others] = await server.kept();
  assert.equal(others.length, 0);
  const read = await server.message(one!.ID);
  assert.equal(read.Subject, subject);
  assert.deepEqual(read.To, [{ Name: 'Zoë “Quay” Łukasiewicz, 株式会社', Address: 'zoe@example.test' }]);
  assert.equal(String(read.Text).replaceAll('\r\n', '\n').trim(), text.trim());
});

test('the login is asked for and used; a wrong one is said and may be tried again once it is mended', async (context) => {
  const server = await mailpit(context, ['--smtp-auth-allow-insecure']);
  assert.ok(server);
  const folder = mkdtempSync(join(tmpdir(), 'tc-mail-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('sh', ['-c', `printf 'post:right\\n' > "${folder}/logins"`]);
  const guarded = await mailpit(context, ['--smtp-auth-allow-insecure', '--smtp-auth-file', join(folder, 'logins')]);
  await mailTo(context, `smtp://post:right@127.0.0.1:${guarded.smtp}`).send(message);
  assert.equal((await guarded.kept()).length, 1);
  for (const login of ['post:hunter2@', '']) {
    await assert.rejects(mailTo(context, `smtp://${login}127.0.0.1:${guarded.smtp}`).send(message), (error: Error) => {
      assert.equal(error.name, 'MailError');
      assert.equal((error as Error & { permanent: boolean }).permanent, false);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  }
  assert.equal((await guarded.kept()).length, 1);
});

test('TLS is spoken with a server whose certificate is known, by STARTTLS and from the start; another is refused', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'tc-mail-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, '-keyout', key, '-out', cert],
    {
      stdio: 'pipe',
    },
  );
  for (const [scheme, word] of [
    ['smtp', '--smtp-require-starttls'],
    ['smtps', '--smtp-require-tls'],
  ] as const) {
    const server = await mailpit(context, ['--smtp-tls-cert', cert, '--smtp-tls-key', key, word]);
    const url = `${scheme}://localhost:${server.smtp}`;
    await assert.rejects(mailTo(context, url).send(message), {
      name: 'MailError',
      permanent: false,
      message: /self-signed/,
    });
    assert.equal((await server.kept()).length, 0);
    // Trust is the process's: NODE_EXTRA_CA_CERTS names the authority.
    const sent = execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', sender(url)],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: cert }, encoding: 'utf8' },
    );
    assert.match(sent, /@tc\.test/);
    assert.equal((await server.kept()).length, 1);
  }
});

const sender = (url: string) => `
  const { makeSmtpMail } = await import(${JSON.stringify(new URL('./smtp-mail.ts', import.meta.url).href)});
  const mail = makeSmtpMail({ url: ${JSON.stringify(url)}, from: ${JSON.stringify(suiteSender)}, clock: { now: () => Temporal.Now.instant() } });
  console.log((await mail.send(${JSON.stringify(message)})).messageId);
  await mail[Symbol.asyncDispose]();
`;

test('a server that was killed is an error that passes, and the next message goes through once it is back', async (context) => {
  const server = await mailpit(context);
  const mail = mailTo(context, `smtp://127.0.0.1:${server.smtp}`);
  await mail.send(message);
  assert.deepEqual(await mail.check(), { ok: true });
  await server.stop();
  await assert.rejects(mail.send(message), { name: 'MailError', permanent: false, message: /can be tried again\.$/ });
  const check = await mail.check();
  assert.match(check.ok ? '' : check.reason, /^The mail server 127\.0\.0\.1:\d+ does not answer/);
  await server.start();
  await mail.send(message);
  assert.deepEqual(await mail.check(), { ok: true });
  assert.equal((await server.kept()).length, 1);
});
