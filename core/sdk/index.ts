export { z } from 'zod';
export * from './context.ts';
export * from './demo.ts';
export * from './notification.ts';
export * from './page.ts';
export * from './plugin.ts';
export * from './problem.ts';
export * from './shapes.ts';
export * from './statement.ts';
