import { type NotesOpenContext, notes } from '../contract.ts';
import { hintNote } from '../note/note-events.ts';
import { findNote } from '../note/note-table.ts';
import { fileKey, findAttachment, setThumbnailState, thumbnailKey } from './attachment-table.ts';

const longestSide = 800;
/** A picture that says it is larger is none that a person took. */
const mostPixels = 100_000_000;

/** Makes the small picture of a file, aside of all requests. What cannot be read as a picture has none. */
export const makeThumbnail = notes.outsideHandler({
  event: 'note.file-added',
  name: 'make-thumbnail',
  async handle({ data: { noteId, attachmentId } }, context) {
    const { storage, log, unitOfWork } = context;
    const file = await unitOfWork(({ tx }) => findAttachment(tx, noteId, attachmentId));
    if (file?.thumbnail !== 'waiting') return;
    const whole = await storage.get(fileKey(noteId, attachmentId));
    if (!whole) return;
    try {
      const small = await shrunk(whole.body);
      await storage.put(thumbnailKey(noteId, attachmentId), small, 'image/webp');
    } catch (error) {
      log.info({ err: error, attachmentId }, 'A file that looks like a picture cannot be read as one');
      return finish(context, noteId, attachmentId, 'failed');
    }
    return finish(context, noteId, attachmentId, 'ready');
  },
});

async function shrunk(bytes: Uint8Array): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', animated: false })
    .rotate()
    .resize({ width: longestSide, height: longestSide * 2, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .timeout({ seconds: 20 })
    .toBuffer();
}

const finish = (context: NotesOpenContext, note: string, file: string, state: 'ready' | 'failed') =>
  context.unitOfWork(async (inner) => {
    await setThumbnailState(inner.tx, note, file, state);
    const row = await findNote(inner.tx, note, inner.actor.person);
    if (row) await hintNote(inner, row);
  });
