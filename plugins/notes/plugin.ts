import { addAttachment, getAttachment, getPublicAttachment, removeAttachment } from './attachment/attachment-routes.ts';
import { makeThumbnail } from './attachment/make-thumbnail.ts';
import { notes } from './contract.ts';
import { listLabels, renameLabel } from './label/label-routes.ts';
import { changeNote, createNote, getNote, listNotes, markOwn } from './note/note-routes.ts';
import { makeLink, readPublicNote, removeLink } from './sharing/link-routes.ts';
import { shareNote, unshareNote } from './sharing/sharing-routes.ts';
import { eraseJob } from './trash/erase.ts';
import { eraseNote, restoreNote, trashNote } from './trash/trash-routes.ts';
import { getVersion, listVersions, restoreVersion } from './version/version-routes.ts';

export default notes.plugin({
  migrations: new URL('./migrations/', import.meta.url),
  routes: [
    ...[listNotes, createNote, listLabels, renameLabel, getNote, changeNote, markOwn],
    ...[listVersions, getVersion, restoreVersion],
    ...[shareNote, unshareNote, makeLink, removeLink, readPublicNote],
    ...[addAttachment, getAttachment, removeAttachment, getPublicAttachment],
    ...[trashNote, restoreNote, eraseNote],
  ],
  handlers: [makeThumbnail],
  oneOffs: [eraseJob],
  demo: new URL('./demo.ts', import.meta.url),
  screens: new URL('./screens/index.tsx', import.meta.url),
});
