import { ApiProblem, Form, type JsonSchema, type Values } from '@task-connect/console';
import { useState } from 'react';
import { z } from 'zod';
import css from '../page.module.css';

const schema = z
  .object({
    title: z.string().min(3).max(80).describe('What people see in the list'),
    sender: z.email(),
    starts: z.iso.datetime(),
    ends: z.iso.datetime().nullable(),
    due: z.iso.date().nullable(),
    days: z.array(z.enum(['mon', 'tue', 'wed'])),
    notes: z.string().max(2000),
    quiet: z.object({ from: z.iso.time(), hours: z.int().min(1).max(12) }),
    steps: z.array(z.object({ name: z.string().min(1), minutes: z.int().min(5).default(15) })).max(3),
  })
  .refine(({ starts, ends }) => ends === null || ends > starts, {
    path: ['ends'],
    message: 'The end is before the start.',
  });

const key: JsonSchema = { type: 'object', properties: { key: { type: 'string', secret: true } } };

/** A form of every kind of field, and one with a secret; what is saved stands below. */
export function Scene() {
  const [values, setValues] = useState<Values>({
    title: 'Webbing',
    sender: 'yard@example.test',
    starts: '2027-01-12T09:00:00Z',
    ends: null,
    due: null,
    days: ['mon'],
    notes: 'brass tacks',
    quiet: { from: '20:00', hours: 8 },
    steps: [{ name: 'Cut', minutes: 30 }],
  });
  const [problem, setProblem] = useState<ApiProblem>();
  const save = async (given: Values) => {
    if (given.sender === 'taken@example.test') {
      setProblem(
        new ApiProblem({
          status: 422,
          type: 'invalid-input',
          detail: 'The input has faults.',
          errors: [{ pointer: '/sender', detail: 'This address is taken.' }],
        }),
      );
      return undefined;
    }
    setProblem(undefined);
    setValues(given);
    return given;
  };
  return (
    <>
      <h1>A form</h1>
      <Form schema={schema} values={values} onSave={save} problem={problem} note="effective at once" />
      <p role="status" className={css.raw}>
        {JSON.stringify(values)}
      </p>
      <button type="button" onClick={() => setValues({ ...values, notes: 'brass tacks and glue' })}>
        As if Wanda saved
      </button>
      <Form schema={key} values={{}} onSave={async () => true} save="Keep it" name="key" />
    </>
  );
}
