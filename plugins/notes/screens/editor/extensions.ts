import { Image } from '@tiptap/extension-image';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Markdown } from '@tiptap/markdown';
import type { AnyExtension } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';

/** What the editor knows. `picture` is the node for pictures, where they are shown and not only kept. */
export const noteExtensions = (picture: AnyExtension = Image): AnyExtension[] => [
  // Underlining has no Markdown. A link opens by the toolbar, not by a click in the middle of writing.
  StarterKit.configure({ underline: false, link: { openOnClick: false, autolink: true } }),
  TaskList,
  TaskItem.configure({ nested: true }),
  picture.configure({ inline: false }),
  Markdown.configure({ indentation: { style: 'space', size: 4 } }),
];
