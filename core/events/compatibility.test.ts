import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { faultsOfReading } from './compatibility.ts';

const given = z.object({
  id: z.uuid(),
  title: z.string(),
  due: z.string().nullable(),
  tags: z.array(z.string()),
  note: z.string().optional(),
});

test('less than there is may be read', () => {
  assert.deepEqual(faultsOfReading(given, z.object({ id: z.uuid(), due: z.string().nullable() })), []);
});

test('what is not given, may be missing or has another type is named', () => {
  const faults = faultsOfReading(
    given,
    z.object({ owner: z.string(), note: z.string(), due: z.string(), tags: z.array(z.int()) }),
  );
  assert.deepEqual(faults, [
    'owner is not given',
    'note may be missing',
    'due may be null, and string is read',
    'tags[] may be string, and integer is read',
  ]);
});
