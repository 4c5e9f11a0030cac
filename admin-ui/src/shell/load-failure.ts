// Browsers say in words of their own that a file of a screen did not come: Chromium, Firefox, Safari, and Vite for styles.
const words = /dynamically imported module|importing a module script failed|unable to preload css|error loading/i;

/** Whether this was thrown because a file did not come, and not by what the file says. */
export const isLoadFailure = (error: unknown): boolean => error instanceof Error && words.test(error.message);
