import assert from 'node:assert/strict';
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { allCommands } from './all-commands.ts';
import { newPlace, taskConnect } from './cli-process.ts';

// What the command line says without a platform.

const timeout = 60_000;
const oneLine = (text: string) => assert.match(text, /^[^\n]+\n$/);

test('every command says what it does and takes', { timeout }, async () => {
  const place = await newPlace();
  const all = await taskConnect(place, ['--help']);
  assert.equal(all.code, 0);
  assert.ok(allCommands.length >= 15);
  for (const { name, summary } of allCommands) {
    assert.ok(all.stdout.includes(`  ${name}`) && all.stdout.includes(summary), name);
  }
  for (const { name } of allCommands.filter((_, index) => index % 6 === 0)) {
    const { code, stdout } = await taskConnect(place, [...name.split(' '), '--help']);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^Usage: task-connect ${name}`));
    assert.match(stdout, /--json/);
  }
});

test('what is not known is named in one line, with exit code 2', { timeout }, async () => {
  const place = await newPlace();
  const calls: [string[], RegExp][] = [
    [['plugn', 'list'], /no command “plugn”/],
    [['plugin', 'enabel'], /Did you mean “plugin enable”/],
    [['start', '--prot'], /no option --prot/],
    [['plugin', 'enable'], /NAME is missing\. Usage: task-connect plugin enable NAME/],
    [['health', 'now'], /“now” is one word too many/],
    [['token', 'create', '--name'], /--name takes a value/],
  ];
  for (const [words, told] of calls) {
    const { code, stdout, stderr } = await taskConnect(place, words);
    assert.equal(code, 2, words.join(' '));
    assert.equal(stdout, '');
    oneLine(stderr);
    assert.match(stderr, told);
  }
});

test('a wrong setting stops the start with one line, and a stack only when it is asked for', { timeout }, async () => {
  const wrong = await taskConnect({ env: { TC_PORT: 'many' } }, ['start']);
  assert.equal(wrong.code, 1);
  assert.equal(wrong.stdout, '');
  assert.equal(wrong.stderr, 'TC_PORT is "many"; it takes a whole number from 1 to 65535.\n');
  const debug = await taskConnect({ env: { TC_PORT: 'many', TC_LOG_LEVEL: 'debug' } }, ['start']);
  assert.match(debug.stderr, /\n {4}at /);
});

test('the settings are printed with where they come from, and secrets are masked', { timeout }, async () => {
  const env = { TC_PORT: '8181', TC_SMTP_URL: 'smtp://me:hush@mail.example' };
  const { stdout } = await taskConnect({ env }, ['config']);
  assert.match(stdout, /^TC_PORT +8181 +environment$/m);
  assert.match(stdout, /^TC_SMTP_URL +\*+ +environment$/m);
  assert.match(stdout, /^TC_RATE_LIMIT +1200 +default$/m);
  assert.ok(!stdout.includes('hush'));
  const { settings } = JSON.parse((await taskConnect({ env }, ['config', '--json'])).stdout);
  assert.equal(settings.find(({ key }: { key: string }) => key === 'port').value, '8181');
  assert.match((await taskConnect({ env }, ['config', '--markdown'])).stdout, /^\| Variable \| Default \|/);
});

test('a data folder that cannot be used is one line', { timeout }, async () => {
  const newer = await newPlace();
  mkdirSync(newer.data);
  writeFileSync(join(newer.data, 'task-connect.json'), '{"format": 999}');
  const { code, stderr } = await taskConnect(newer, ['start']);
  assert.equal(code, 1);
  oneLine(stderr);
  assert.match(stderr, /written by a newer version/);

  const place = await newPlace();
  writeFileSync(place.data, '');
  const file = await taskConnect(place, ['start']);
  assert.equal(file.code, 1);
  oneLine(file.stderr);
  assert.match(file.stderr, /cannot be used .* TC_DATA/);
});

test('root leaves the folder of another user alone', { timeout }, async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root can give a folder away');
  const place = await newPlace();
  mkdirSync(place.data);
  const mark = join(place.data, 'task-connect.json');
  writeFileSync(mark, '{"format": 1}');
  chownSync(mark, 65_534, 65_534);
  const { code, stderr } = await taskConnect(place, ['secret', 'list']);
  assert.equal(code, 1);
  oneLine(stderr);
  assert.match(stderr, /belongs to the user 65534, and you are 0/);
});

test('a command that only looks makes no data folder', { timeout }, async () => {
  const place = await newPlace();
  const { code, stderr } = await taskConnect(place, ['health']);
  assert.equal(code, 1);
  assert.match(stderr, /^There is no [^\n]+\n$/);
  assert.equal(existsSync(place.data), false);
});
