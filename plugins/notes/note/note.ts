import { line, PageQuery, pageOf, text } from '@task-connect/sdk';
import { z } from 'zod';
import { Attachment } from '../attachment/attachment.ts';
import { labelForm, longestLabel, mostLabels } from '../text/tags.ts';
import { colours } from './colours.ts';

export const Colour = z.enum(colours).nullable();
export type Colour = z.infer<typeof Colour>;

export const Access = z.enum(['owner', 'edit', 'view']);
export type Access = z.infer<typeof Access>;

export const Grant = z.object({
  kind: z.enum(['person', 'organisation']),
  id: z.uuid(),
  access: z.enum(['view', 'edit']),
});
export type Grant = z.infer<typeof Grant>;

/** What a note is attached to: a thing of another plugin. Its title is null for those who may not see it. */
export const AttachedTo = z.object({
  plugin: z.string(),
  kind: z.string(),
  id: z.uuid(),
  title: z.string().nullable(),
  path: z.string().nullable(),
});

const ChecklistItem = z.object({ text: z.string(), done: z.boolean(), depth: z.int() });

/** What a card of the wall shows. */
export const Preview = z.object({
  text: z.string(),
  items: z.array(ChecklistItem),
  itemsTotal: z.int(),
  itemsDone: z.int(),
  picture: z.uuid().nullable(),
});
export type Preview = z.infer<typeof Preview>;

const common = {
  id: z.uuid(),
  title: z.string(),
  labels: z.array(z.string()).describe('Those that were given and the #tags of the text'),
  tags: z.array(z.string()).describe('Those of them that stand in the text'),
  owner: z.uuid(),
  access: Access,
  colour: Colour.describe('Each person’s own'),
  pinned: z.boolean().describe('Each person’s own'),
  archived: z.boolean().describe('Each person’s own'),
  createdAt: z.string(),
  updatedAt: z.string(),
  updatedBy: z.uuid(),
  trashedAt: z.string().nullable(),
  version: z.int(),
};

export const Note = z.object({
  ...common,
  text: z.string(),
  sharedWith: z.array(Grant),
  publicLink: z.string().nullable().describe('Shown to its owner alone'),
  attachments: z.array(Attachment),
  attachedTo: AttachedTo.nullable(),
});
export type Note = z.infer<typeof Note>;

export const NoteCard = z.object({
  ...common,
  preview: Preview,
  sharedWith: z.array(Grant),
  attachments: z.int(),
  found: z
    .array(z.object({ text: z.string(), found: z.boolean() }))
    .nullable()
    .describe('With a search: words around the first place, in pieces'),
});
export type NoteCard = z.infer<typeof NoteCard>;

/** 2 MiB of text and a picture pasted as text fit. */
export const mostText = 4_000_000;
export const mostNoteBytes = 6 * 1024 * 1024;

const title = () =>
  text(500)
    .trim()
    .refine((value) => !/[\r\n]/.test(value), { error: 'This is one line: leave out the line breaks.' });
export const label = () =>
  line(longestLabel)
    .overwrite((value) => labelForm(value.replace(/^#+/, '')))
    .refine((value) => value !== '' && !/[\s"]/.test(value), { error: 'A label is one word, without quotes.' });
const labels = () =>
  z
    .array(label())
    .max(mostLabels)
    .overwrite((values) => [...new Set(values)]);

const NewReference = z.strictObject({
  plugin: z.string().max(40),
  kind: z.string().max(40),
  id: z.uuid().overwrite((id) => id.toLowerCase()),
});
export type NewReference = z.infer<typeof NewReference>;

export const NewNote = z.strictObject({
  title: title().default(''),
  text: text(mostText).default('').describe('Markdown'),
  labels: labels().default([]),
  colour: Colour.default(null),
  pinned: z.boolean().default(false),
  attachedTo: NewReference.nullable().default(null),
});
export type NewNote = z.infer<typeof NewNote>;

export const NotePatch = z.strictObject({
  title: title().optional(),
  text: text(mostText).optional(),
  labels: labels().optional().describe('Those besides the #tags of the text'),
  attachedTo: NewReference.nullable().optional(),
});
export type NotePatch = z.infer<typeof NotePatch>;

export const MarkPatch = z.strictObject({
  pinned: z.boolean().optional(),
  archived: z.boolean().optional(),
  colour: Colour.optional(),
});
export type MarkPatch = z.infer<typeof MarkPatch>;

export const NoteQuery = PageQuery.extend({
  in: z
    .enum(['notes', 'archive', 'shared', 'trash', 'all'])
    .optional()
    .describe('Notes on the wall; with a search, the archive too. `shared`: with others or by others'),
  text: text(500).optional().describe('A search: words, "a phrase", -without, label:x, has:attachment'),
  label: text(longestLabel).optional(),
  pinned: z.stringbool().optional(),
  attachedTo: text(130).optional().describe('plugin:kind:id'),
});
export type NoteQuery = z.infer<typeof NoteQuery>;

export const NotePage = pageOf(NoteCard);
