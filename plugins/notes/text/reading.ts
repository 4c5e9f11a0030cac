/** What a Markdown text says, apart from how it looks. */
export type Reading = {
  /** Its words, a line for each block, without marks. */
  plain: string;
  tags: string[];
  items: ChecklistItem[];
  /** Ids of its own attachments that it shows as pictures. */
  pictures: string[];
};

/** `depth` 0 is on top. */
export type ChecklistItem = { text: string; done: boolean; depth: number };

const ownPicture = /^attachment:([0-9a-f-]{36})$/;

/** The attachment that a picture’s address means, if it is one of the note’s own. */
export const attachmentOf = (url: string): string | undefined => ownPicture.exec(url)?.[1];
