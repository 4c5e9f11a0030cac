declare module '*.module.css' {
  const classes: Record<string, string>;
  export default classes;
}

declare module '*.css';

interface ImportMeta {
  /** Vite’s: a loader for each file that fits the pattern. */
  glob<Module>(pattern: string): Record<string, () => Promise<Module>>;
  /** There while screens are written, `npm run dev`; the build takes away what hangs on it. */
  readonly hot?: unknown;
}
