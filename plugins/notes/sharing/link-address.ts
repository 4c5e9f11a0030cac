/** Where anybody with the token reads a note. */
export const linkTo = (publicUrl: string, token: string): string => `${publicUrl}/public/notes/${token}`;
