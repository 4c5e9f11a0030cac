import type { Api } from './schema.gen.ts';

/** What an operation of the API answers: `Answer<'GET /api/me'>`. */
export type Answer<Operation extends keyof Api> = Api[Operation]['answer'];

/** What it is sent. */
export type Body<Operation extends keyof Api> = Api[Operation]['body'];

/** One of a list that it answers. */
export type ItemOf<Operation extends keyof Api> =
  Answer<Operation> extends { items: readonly (infer Item)[] } ? Item : never;
