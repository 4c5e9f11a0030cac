import type { ActivePlugin } from '../kernel/registry.ts';
import { type CompiledRoute, ownRoute } from './compile-route.ts';

export function makeReference(_needs: { plugins: () => readonly ActivePlugin[]; version: string; base: string }): {
  routes: CompiledRoute[];
} {
  return { routes: [ownRoute({ path: '/docs', permission: null, answer() {} })] };
}
