import { notFound, z } from '@task-connect/sdk';
import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { Session, sessionsOf } from './session-table.ts';

const listSessions = people.route({
  method: 'GET',
  path: '/me/sessions',
  summary: 'Browsers in which one is signed in',
  permission: 'account:manage',
  returns: z.object({ items: z.array(Session) }),
  handle: async ({ actor }, { tx, clock }) => ({
    items: await tx.query(sessionsOf, [actor.person, clock.now().toString()]),
  }),
});

const endSession = (given: () => PeopleNeeds) =>
  people.route({
    method: 'DELETE',
    path: '/me/sessions/:sessionId',
    summary: 'Sign a browser out',
    permission: 'account:manage',
    async handle({ params }, { tx }) {
      // The database shows one’s own sessions alone.
      const ended = await given().parts.endings.sessions(tx, [params.sessionId]);
      if (ended.length === 0) notFound('session', params.sessionId);
    },
  });

export const sessionRoutes = (given: () => PeopleNeeds) => [listSessions, endSession(given)];
