import { Image } from '@tiptap/extension-image';
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react';
import { type Note, useNote } from '../queries.ts';
import { sizeText } from '../size-text.ts';
import { t } from '../t.ts';
import { useFile } from '../use-file.ts';
import css from './rich-text.module.css';

type Shown = Pick<Note, 'id' | 'attachments'>;

/** Pictures of a note. Those of other sites are named and not fetched: the page’s policy would refuse them. */
export const notePicture = (note: Shown) =>
  Image.extend({
    // As an <img> the browser would ask for an address that only we understand, and the page’s policy would complain.
    renderHTML: ({ node }) => ['span', { 'data-picture': node.attrs.src, 'data-alt': node.attrs.alt }],
    parseHTML: () => [
      {
        tag: 'span[data-picture]',
        getAttrs: (span) => ({ src: span.getAttribute('data-picture'), alt: span.getAttribute('data-alt') }),
      },
    ],
    addNodeView() {
      return ReactNodeViewRenderer((props: NodeViewProps) => <Picture {...props} note={note} />);
    },
  });

function Picture({ node, selected, note: opened }: NodeViewProps & { note: Shown }) {
  // The editor was made with the note as it was then; files have come since.
  const note: Shown = useNote(opened.id).data ?? opened;
  const { src, alt } = node.attrs as { src: string | null; alt: string | null };
  const id = /^attachment:(.+)$/.exec(src ?? '')?.[1] ?? null;
  const file = note.attachments.find((one) => one.id === id);
  const own = usePictureAddress(note, id, file?.thumbnail);
  const address = id ? own : src?.startsWith('data:image/') ? src : null;
  return (
    <NodeViewWrapper as="figure" className={css.picture} data-selected={selected || undefined}>
      {address ? (
        <img src={address} alt={alt ?? ''} draggable={false} />
      ) : (
        <div className={css.noPicture}>{address === undefined ? '' : t('This picture cannot be shown here.')}</div>
      )}
      {(alt || file) && (
        <figcaption>
          {alt || file?.name} {file && <small>{sizeText(file.size)}</small>}
        </figcaption>
      )}
    </NodeViewWrapper>
  );
}

/** Where a picture is read: by its bytes, or straight from a public link. Its thumbnail comes a moment after it. */
function usePictureAddress(note: Shown, id: string | null, state: string | undefined): string | null | undefined {
  const tried = useFile(note.id, id, state === 'ready');
  if (state === 'failed' || (state === undefined && id === null)) return null;
  return tried;
}
