import type { Contract } from '@task-connect/sdk';
import type { PluginView } from '../../kernel/kernel.ts';
import { dependentsOf } from '../../kernel/order.ts';
import type { PluginDetail } from './plugin-view.ts';

// What follows when a plugin is switched on or off now, as sentences with the numbers of this moment. The first ones are
// what stands against it.

type Facts = {
  view: PluginView;
  all: readonly PluginView[];
  queues: PluginDetail['queues'];
  migrations: PluginDetail['migrations'];
  database: PluginDetail['database'];
};

const many = (count: number, one: string, other: string) => (count === 1 ? `One ${one}` : `${count} ${other}`);
const waitingIn = (queues: Facts['queues']) => queues.reduce((sum, queue) => sum + queue.waiting, 0);
const contractsOn = (all: readonly PluginView[]) =>
  all.filter((each) => each.state === 'on').map((each) => each.plugin!.contract);

export const consequencesOf = (facts: Facts): string[] =>
  facts.view.state === 'on' ? ofDisabling(facts) : ofEnabling(facts);

function ofEnabling({ view, all, queues, migrations, database }: Facts): string[] {
  const { contract, parts } = view.plugin!;
  const sentences = missingFor(contract, contractsOn(all));
  const pending = migrations.filter(({ appliedAt }) => appliedAt === null).length;
  const runs = `${many(pending, 'migration runs', 'migrations run')}: see under Database what ${pending === 1 ? 'it does' : 'they do'}.`;
  if (!database) sentences.push(`It gets a database of its own.${pending > 0 ? ` ${runs}` : ''}`);
  else sentences.push(pending > 0 ? runs : 'Its database is as it was left, and no migration runs.');
  const routes = parts.routes?.length ?? 0;
  sentences.push(
    parts.screens
      ? `Its pages and ${many(routes, 'route', 'routes').toLowerCase()} of the API are there within a second, for all organisations.`
      : `${many(routes, 'route', 'routes')} of the API ${routes === 1 ? 'is' : 'are'} there within a second.`,
  );
  const waiting = waitingIn(queues);
  if (waiting > 0)
    sentences.push(`${many(waiting, 'message that waits', 'messages that wait')} in its queues are handled at once.`);
  const jobs = parts.jobs?.length ?? 0;
  if (jobs > 0) sentences.push(`${many(jobs, 'job begins', 'jobs begin')}.`);
  return sentences;
}

function missingFor(contract: Contract, on: readonly Contract[]): string[] {
  const offered = new Set([...on, contract].flatMap((each) => Object.keys(each.offers ?? {})));
  return Object.entries(contract.uses ?? {})
    .filter(([service, use]) => !use.optional && !offered.has(service))
    .map(([service]) => `It needs the service ${service}, which nothing that is on offers: it will not start.`);
}

function ofDisabling({ view, all, queues }: Facts): string[] {
  const { contract, parts } = view.plugin!;
  const sentences: string[] = [];
  const dependents = dependentsOf(contract.id, contractsOn(all));
  if (dependents.length > 0)
    sentences.push(
      `It is needed by ${dependents.join(', ')}: disable ${dependents.length === 1 ? 'that' : 'those'} first.`,
    );
  sentences.push('Its pages and its part of the API are gone within a second; requests under way are finished.');
  const waiting = waitingIn(queues);
  if (queues.length > 0) {
    sentences.push(
      waiting === 0
        ? 'What is published for it from now on waits in its queues until it is on again.'
        : `${many(waiting, 'message waits', 'messages wait')} in its queues until it is on again, and what comes meanwhile with them.`,
    );
  }
  const jobs = parts.jobs?.length ?? 0;
  if (jobs > 0) sentences.push(`${many(jobs, 'job pauses', 'jobs pause')}.`);
  const without = all
    .filter((each) => each.state === 'on' && each.id !== contract.id)
    .filter(({ plugin }) =>
      Object.entries(plugin!.contract.uses ?? {}).some(
        ([service, use]) => use.optional && service in (contract.offers ?? {}),
      ),
    );
  if (without.length > 0)
    sentences.push(`${without.map(({ plugin }) => plugin!.contract.title).join(', ')} go on without it.`);
  sentences.push('Its data and settings stay.');
  return sentences;
}
