import { notFound, z } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { Session, sessionsOf } from './session-table.ts';

const OwnSession = Session.extend({ here: z.boolean().describe('Whether it is the one that asks') });

const listSessions = people.route({
  method: 'GET',
  path: '/me/sessions',
  summary: 'Browsers in which one is signed in',
  permission: 'account:manage',
  returns: z.object({ items: z.array(OwnSession) }),
  async handle({ actor, credential }, { tx, clock }) {
    const here = credential.kind === 'session' ? credential.sessionId : undefined;
    const sessions = await tx.query(sessionsOf, [actor.person, clock.now().toString()]);
    return { items: sessions.map((session) => ({ ...session, here: session.id === here })) };
  },
});

const endSession = (given: () => PeopleNeeds) =>
  people.route({
    method: 'DELETE',
    path: '/me/sessions/:sessionId',
    summary: 'Sign a browser out',
    permission: 'account:manage',
    async handle({ params, actor, address, requestId }, { tx, publish }) {
      // The database shows one’s own sessions alone.
      const ended = await given().parts.endings.sessions(tx, [params.sessionId]);
      if (ended.length === 0) notFound('session', params.sessionId);
      const change = { action: 'session.ended', subject: `${actor.person}/${params.sessionId}` };
      await audited({ actor, address, requestId }, publish, change);
    },
  });

const endOtherSessions = (given: () => PeopleNeeds) =>
  people.route({
    method: 'DELETE',
    path: '/me/sessions',
    summary: 'Sign all other browsers out',
    description: 'By a token: all of them.',
    permission: 'account:manage',
    async handle({ actor, credential, address, requestId }, { tx, publish, clock }) {
      const here = credential.kind === 'session' ? credential.sessionId : undefined;
      const sessions = await tx.query(sessionsOf, [actor.person, clock.now().toString()]);
      const others = sessions.map(({ id }) => id).filter((id) => id !== here);
      await given().parts.endings.sessions(tx, others);
      const change = { action: 'sessions.ended', subject: actor.person, before: { sessions: others.length } };
      await audited({ actor, address, requestId }, publish, change);
    },
  });

export const sessionRoutes = (given: () => PeopleNeeds) => [listSessions, endSession(given), endOtherSessions(given)];
