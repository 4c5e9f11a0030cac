import { z } from '@task-connect/sdk';

export const pluginId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { error: 'A plugin’s id has small letters, digits and hyphens.' })
  .max(60);
