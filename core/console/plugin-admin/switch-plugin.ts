import type { Kernel } from '../../kernel/kernel.ts';
import type { AuditedBy, AuditLog } from '../audit/audit-table.ts';
import { type PluginSummary, toSummary } from './plugin-view.ts';

/**
 * Switches a plugin on or off. Who ordered it is written in the transaction that writes what is wanted, so neither is
 * there without the other; that it failed to start is written by itself, since then nothing is wanted anew.
 */
export async function switchPlugin(
  { kernel, audit }: { kernel: Kernel; audit: AuditLog },
  by: AuditedBy,
  verb: 'enable' | 'disable',
  id: string,
): Promise<PluginSummary> {
  // One that was put there while the platform runs.
  await kernel.discover();
  const { id: subject, state } = kernel.plugin(id);
  const action = `plugin.${verb}d`;
  const before = { state };
  const wanted = verb === 'enable' ? 'on' : 'off';
  const view = await kernel[verb](id, (tx) => audit.add(by, { action, subject, before, after: { state: wanted } }, tx));
  if (view.state === 'failed') {
    const after = { state: view.state, reason: view.reason };
    await audit.add(by, { action: 'plugin.failed', subject, before, after });
  }
  return toSummary(view);
}
