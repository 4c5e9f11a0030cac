import type { JsonSchema } from '@task-connect/console';

/** A form of one name. */
export const nameSchema = (title: string): JsonSchema => ({
  type: 'object',
  required: ['name'],
  properties: { name: { title, type: 'string', minLength: 1, maxLength: 120 } },
});
