import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { mailSuite, suiteClock, suiteSender } from './mail.suite.ts';
import { makeSmtpMail } from './smtp-mail.ts';

type Arrived = { from: string; to: string[]; raw: string };

// As much of RFC 5321 as a client needs. Recipients at refuse.test and later.test are answered so; so is the password.
async function startServer(context: TestContext, port = 0) {
  const arrived: Arrived[] = [];
  const logins: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const say = (line: string) => socket.write(`${line}\r\n`);
    let envelope: Arrived = { from: '', to: [], raw: '' };
    let data: string[] | undefined;
    say('220 test ESMTP');
    // crlfDelay: a line ends at CRLF, even when the two come in different packets.
    createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      if (data && line !== '.') return void data.push(line.replace(/^\./, ''));
      if (data) {
        arrived.push({ ...envelope, raw: data.map((text) => `${text}\r\n`).join('') });
        data = undefined;
        return void say('250 taken');
      }
      const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
      const address = /<(.*?)>/.exec(rest)?.[1] ?? '';
      switch (verb.toUpperCase()) {
        case 'EHLO':
          return void socket.write('250-test\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n');
        case 'AUTH':
          logins.push(Buffer.from(rest.split(' ')[1] ?? '', 'base64').toString());
          return void say(logins.at(-1)?.endsWith('\0right') ? '235 welcome' : '535 no');
        case 'MAIL':
          envelope = { from: address, to: [], raw: '' };
          return void say('250 ok');
        case 'RCPT':
          if (address.endsWith('@refuse.test')) return void say('550 no such person');
          if (address.endsWith('@later.test')) return void say('451 later');
          envelope.to.push(address);
          return void say('250 ok');
        case 'DATA':
          data = [];
          return void say('354 go on');
        case 'QUIT':
          return void socket.end('221 bye\r\n');
        default:
          return void say('250 ok');
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((done) => server.close(done));
  };
  context.after(stop);
  return { arrived, logins, stop, port: (server.address() as AddressInfo).port };
}

async function overSmtp(context: TestContext, login = '') {
  const server = await startServer(context);
  const url = `smtp://${login}127.0.0.1:${server.port}`;
  const mail = makeSmtpMail({ url, from: suiteSender, clock: suiteClock });
  context.after(() => mail[Symbol.asyncDispose]());
  return { mail, server, arrived: async () => server.arrived.map(({ raw }) => raw) };
}

const message = { to: { address: 'ada@example.test' }, subject: 'a', text: 'x' };

mailSuite('smtp', overSmtp);

test('the envelope names the sender and the one recipient', async (context) => {
  const { mail, server } = await overSmtp(context);
  await mail.send({ ...message, to: { name: 'x@evil.test, y@evil.test', address: 'ada@example.test' } });
  assert.deepEqual(
    server.arrived.map(({ from, to }) => ({ from, to })),
    [{ from: 'no-reply@tc.test', to: ['ada@example.test'] }],
  );
});

test('a refused recipient is refused for good, one put off is not', async (context) => {
  const { mail } = await overSmtp(context);
  const to = (address: string) => mail.send({ ...message, to: { address } });
  await assert.rejects(to('a@refuse.test'), { name: 'MailError', permanent: true, message: /550 no such person/ });
  await assert.rejects(to('a@later.test'), { name: 'MailError', permanent: false, message: /can be tried again\.$/ });
  await mail.send(message);
});

test('the login of the address is used; a wrong one is no fault of the message and is not shown', async (context) => {
  const good = await overSmtp(context, 'us%40er:right@');
  await good.mail.send(message);
  assert.deepEqual(good.server.logins, ['\0us@er\0right']);
  const bad = await overSmtp(context, 'user:hunter2@');
  await assert.rejects(bad.mail.send(message), (error: Error & { permanent?: boolean }) => {
    assert.equal(error.permanent, false);
    assert.doesNotMatch(error.message, /hunter2/);
    return true;
  });
});

test('a server that went away is said, and used again when it is back', async (context) => {
  const { mail, server } = await overSmtp(context);
  await mail.send(message);
  await server.stop();
  await assert.rejects(mail.send(message), { name: 'MailError', permanent: false });
  const check = await mail.check();
  assert.match(check.ok ? '' : check.reason, /^The mail server 127\.0\.0\.1:\d+ does not answer/);
  const again = await startServer(context, server.port);
  await mail.send(message);
  assert.equal(again.arrived.length, 1);
});
