import type { RichTextEditorProps } from '@mantine/tiptap';

/** The same editor: Mantine names it by the types that its CommonJS build has, which TypeScript takes for others. */
export const forMantine = (editor: object | null): RichTextEditorProps['editor'] =>
  editor as RichTextEditorProps['editor'];
