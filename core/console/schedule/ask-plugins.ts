import {
  type AgendaItem,
  type AgendaQuestion,
  agendaServiceOf,
  type Contract,
  type Log,
  Problem,
} from '@task-connect/sdk';
import type { ScheduleDay, ScheduleItem } from './schedule.ts';

// Asks every plugin that is on for its part of an agenda, all at once. One that fails or is slow is named, and hurts
// nobody else: what the others said is answered.

export type AskPlugin = (service: string, question: AgendaQuestion) => Promise<{ items: AgendaItem[] }>;

export type Agenda = { items: ScheduleItem[]; missing: ScheduleDay['missing'] };

class TooSlow extends Error {}

export async function askPlugins(needs: {
  contracts: readonly Contract[];
  question: AgendaQuestion;
  ask: AskPlugin;
  log: Log;
  milliseconds: number;
}): Promise<Agenda> {
  const { question, ask, log, milliseconds } = needs;
  const asked = needs.contracts.filter(({ agenda }) => agenda !== undefined);
  const parts = await Promise.all(
    asked.map(async (contract): Promise<Agenda> => {
      try {
        const { items } = await within(milliseconds, ask(agendaServiceOf(contract.id), question));
        return { items: items.map((item) => shown(contract, item)), missing: [] };
      } catch (error) {
        log.warn({ err: error, asked: contract.id }, 'A plugin did not give its part of an agenda');
        const isSlow = error instanceof TooSlow || (error instanceof Problem && error.type === 'service-too-slow');
        const reason = isSlow ? 'slow' : 'failed';
        return { items: [], missing: [{ plugin: contract.id, title: contract.title, reason }] };
      }
    }),
  );
  return { items: parts.flatMap(({ items }) => items), missing: parts.flatMap(({ missing }) => missing) };
}

function shown({ id, title, hue, agenda }: Contract, item: AgendaItem): ScheduleItem {
  const kind = agenda![item.kind];
  return {
    ...item,
    plugin: id,
    pluginTitle: title,
    kindTitle: kind?.title ?? title,
    hue: item.hue ?? kind?.hue ?? hue ?? 'stone',
  };
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow(`No answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
