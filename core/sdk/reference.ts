import { z } from 'zod';
import type { Service } from './plugin.ts';

/**
 * The service by which a plugin lets others hang something on its things: it is offered as `<plugin>.reference`. Who
 * keeps a reference keeps plugin, kind and id, and nothing of the thing. Each time it is shown, the plugin is asked for
 * title and path with the rights of the one who looks; what they may not see is left out of the answer.
 * @example offers: { 'tasks.reference': referenceService }
 */
export const referenceService = {
  kind: 'query',
  input: z.object({ kind: z.string(), ids: z.array(z.uuid()).max(100) }),
  output: z.object({ items: z.array(z.object({ id: z.uuid(), title: z.string(), path: z.string() })) }),
} satisfies Service;
