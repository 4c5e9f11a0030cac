import { useApi } from '@task-connect/console';

export type Field = { name: string; depth: number; type: string; required: boolean; description: string };
export type Shape = { type: string; fields: Field[] };
export type Parameter = {
  name: string;
  in: string;
  required: boolean;
  type: string;
  description: string;
  example: unknown;
};
export type Operation = {
  id: string;
  plugin: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  permission: string | null;
  parameters: Parameter[];
  body: (Shape & { example: unknown }) | null;
  /** A file as it is, instead of JSON. */
  takesBytes: boolean;
  answers: { status: string; description: string; shape: Shape | null; shared: boolean; stream: boolean }[];
};
export type Reference = {
  version: string;
  description: string;
  plugins: { id: string; title: string }[];
  operations: Operation[];
  problems: { type: string; status: number; title: string }[];
};

/** The API as it is now: routes come and go with their plugins. */
export const useReference = () => useApi<Reference>('/api/reference.json', { live: ['plugins-changed'] });
