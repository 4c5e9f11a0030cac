// Everything works below a base path (`/tc/`), which the server writes into the page’s <base>. Paths in the console
// are given without it: `/tasks/board`.

const basePath = (): string => new URL(document.baseURI).pathname;

/** The address of a path of the console or of the API, base path included. */
export const addressOf = (path: string): string => basePath() + path.replace(/^\/+/, '');

/** The path of the console that an address shows, without base path; query and hash left out. */
export const pathOf = (pathname: string): string =>
  pathname.startsWith(basePath()) ? `/${pathname.slice(basePath().length)}` : '/';
