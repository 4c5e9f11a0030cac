/**
 * What screens of plugins import without bundling it: the browser finds each in the page's import map, so that console
 * and plugins have one React, one query cache and one kit. A subpath counts for itself.
 */
export const shared = [
  'react',
  'react/jsx-runtime',
  'react-dom',
  'react-dom/client',
  '@mantine/core',
  '@mantine/hooks',
  '@tanstack/react-query',
  '@task-connect/console',
  'zod',
] as const;

/** Those that are CommonJS: the names that they export are known only by loading them. */
export const sharedCommonJs: readonly string[] = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'];

/** The prefix of the modules that stand in for them in the build of the shell. */
export const sharedPrefix = 'virtual:task-connect/shared/';
