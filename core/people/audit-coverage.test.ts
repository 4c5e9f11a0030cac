import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Answer, makeClient } from '../testing/client.ts';
import { startPlatform } from './test-platform.ts';

// Every route of core that changes something leaves a line in the audit log. The registry is walked, so a new route fails
// here until it is done below, or named with the reason why it leaves none, or with the test that looks.

const app = await startPlatform();
after(() => app[Symbol.asyncDispose]());
const admin = app.as('administrator');
const [owner, yard] = [app.as('owner'), `/api/organisations/${app.organisation}`];
const any = `/api/people/organisations/${app.organisation}`;
const password = 'cut webbing at nine';
let addresses = 0;
const anAddress = () => `reader.${++addresses}@quay.example`;

const invited = async () => (await owner.post(`${yard}/invitations`, { address: anAddress() })).body;
const tokenIn = (link: string) => new URL(link).searchParams.get('token');
const newMember = async () => (await app.person('member')).person!;
async function withPassword() {
  const id = await app.platform.identity.createPerson({ name: 'Ines', address: anAddress(), password });
  const organisation = (await admin.get(`/api/people/${id}`)).body.memberships[0].organisation;
  const issued = { person: id, organisation, name: 'x', scopes: ['*'], expiresAt: null };
  const { id: token, token: secret } = await app.platform.identity.issuePersonalToken(issued);
  return { id, token, client: makeClient(app.url, { token: secret }) };
}
const s3 = '/api/platform/secrets/services.s3';
const values = { endpoint: 'https://s3.test', bucket: 'b', accessKeyId: 'a', secretAccessKey: 's' };

/** By route: the action that its line has, and one request. */
const changes: Record<string, readonly [action: string, request: () => Promise<Answer>]> = {
  'PATCH /me': ['profile.changed', async () => app.as('member').patch('/api/me', { weekStart: 7 })],
  'PUT /me/password': [
    'password.changed',
    async () =>
      (await withPassword()).client.put('/api/me/password', { present: password, next: 'chalk on the slipway' }),
  ],
  'POST /me/tokens': ['token.made', () => owner.post('/api/me/tokens', { name: 'x', scopes: ['*'] })],
  'DELETE /me/tokens/:tokenId': [
    'token.revoked',
    async () =>
      owner.delete(`/api/me/tokens/${(await owner.post('/api/me/tokens', { name: 'x', scopes: ['*'] })).body.id}`),
  ],
  'DELETE /me/sessions': ['sessions.ended', () => owner.delete('/api/me/sessions')],
  'POST /organisations': ['organisation.made', () => owner.post('/api/organisations', { name: 'Quay' })],
  'PATCH /organisations/:organisationId': ['organisation.renamed', () => owner.patch(yard, { name: 'Lantern Yard' })],
  'PATCH /organisations/:organisationId/members/:personId': [
    'member.role-changed',
    async () => owner.patch(`${yard}/members/${await newMember()}`, { role: 'guest' }),
  ],
  'DELETE /organisations/:organisationId/members/:personId': [
    'member.removed',
    async () => owner.delete(`${yard}/members/${await newMember()}`),
  ],
  'PUT /organisations/:organisationId/owner': [
    'member.role-changed',
    async () => (await app.person('owner')).put(`${yard}/owner`, { person: await newMember() }),
  ],
  'POST /organisations/:organisationId/invitations': [
    'invitation.made',
    () => owner.post(`${yard}/invitations`, { address: anAddress() }),
  ],
  'POST /organisations/:organisationId/invitations/:invitationId/resend': [
    'invitation.resent',
    async () => owner.post(`${yard}/invitations/${(await invited()).id}/resend`),
  ],
  'DELETE /organisations/:organisationId/invitations/:invitationId': [
    'invitation.withdrawn',
    async () => owner.delete(`${yard}/invitations/${(await invited()).id}`),
  ],
  'POST /invitations/accept': [
    'invitation.accepted',
    async () => app.as('stranger').post('/api/invitations/accept', { token: tokenIn((await invited()).link) }),
  ],
  'POST /people': ['person.made', () => admin.post('/api/people', { name: 'Piet', address: anAddress() })],
  'PATCH /people/:personId': [
    'person.changed',
    async () => admin.patch(`/api/people/${await newMember()}`, { active: false }),
  ],
  'POST /people/:personId/password-mail': [
    'password-mail.sent',
    async () => admin.post(`/api/people/${await newMember()}/password-mail`),
  ],
  'POST /people/:personId/unlock': [
    'person.unlocked',
    async () => admin.post(`/api/people/${await newMember()}/unlock`),
  ],
  'DELETE /people/:personId/sessions': [
    'sessions.ended',
    async () => admin.delete(`/api/people/${await newMember()}/sessions`),
  ],
  'DELETE /people/:personId/tokens/:tokenId': [
    'token.revoked',
    async () => {
      const { id, token } = await withPassword();
      return admin.delete(`/api/people/${id}/tokens/${token}`);
    },
  ],
  'PATCH /people/organisations/:organisationId': [
    'organisation.renamed',
    () => admin.patch(any, { name: 'Lantern Yard' }),
  ],
  'PUT /people/organisations/:organisationId/members/:personId': [
    'member.added',
    async () => admin.put(`${any}/members/${(await withPassword()).id}`, { role: 'guest' }),
  ],
  'DELETE /people/organisations/:organisationId/members/:personId': [
    'member.removed',
    async () => admin.delete(`${any}/members/${await newMember()}`),
  ],
  'POST /people/organisations/:organisationId/invitations/:invitationId/resend': [
    'invitation.resent',
    async () => admin.post(`${any}/invitations/${(await invited()).id}/resend`),
  ],
  'DELETE /people/organisations/:organisationId/invitations/:invitationId': [
    'invitation.withdrawn',
    async () => admin.delete(`${any}/invitations/${(await invited()).id}`),
  ],
  'PUT /platform/secrets/:secret': ['secret.written', () => admin.put(s3, { values })],
  'POST /platform/secrets/:secret/rotate': [
    'secret.rotated',
    () => admin.post('/api/platform/secrets/certificates.signing-keys/rotate'),
  ],
  'DELETE /platform/secrets/:secret': [
    'secret.deleted',
    async () => {
      const { body } = await admin.put(s3, { values });
      return admin.delete(s3, { 'if-match': `"${body.version}"` });
    },
  ],
  'PATCH /platform/settings': [
    'settings.changed',
    () => admin.patch('/api/platform/settings', { values: { logLevel: 'silent' } }),
  ],
  'POST /platform/dead-letters/replay': [
    'dead-letters.replayed',
    () => admin.post('/api/platform/dead-letters/replay', {}),
  ],
  'POST /platform/jobs/:pluginId/:name/run': ['job.asked', () => admin.post('/api/platform/jobs/users/sweep/run')],
  'POST /platform/jobs/:pluginId/:name/pause': ['job.paused', () => admin.post('/api/platform/jobs/users/sweep/pause')],
  'POST /platform/jobs/:pluginId/:name/resume': [
    'job.resumed',
    () => admin.post('/api/platform/jobs/users/sweep/resume'),
  ],
};

/** Routes that need more than a request, and which test looks for their line; or why they leave none. */
const elsewhere: Record<string, string> = {
  'DELETE /me/sessions/:sessionId': 'core/people/session/session-routes.test.ts: it needs a browser that is signed in',
  'DELETE /people/:personId/sessions/:sessionId': 'core/people/session/session-routes.test.ts',
  'POST /platform/secrets/:secret/reveal': 'core/console/secret-admin/secret-routes.test.ts',
  'POST /platform/plugins/:pluginId/enable': 'core/e2e/plugin-admin.test.ts: it needs a plugin',
  'POST /platform/plugins/:pluginId/disable': 'core/e2e/plugin-admin.test.ts',
  'PUT /platform/plugins/:pluginId/settings': 'core/e2e/plugin-admin.test.ts',
  'POST /platform/dead-letters/:letterId/replay': 'core/e2e/event-admin.test.ts: it needs a letter',
  'POST /platform/dead-letters/discard': 'core/e2e/event-admin.test.ts',
  'POST /platform/one-offs/again': 'core/e2e/plugin-admin.test.ts: it needs work that was given up',
  'POST /platform/one-offs/discard': 'core/e2e/plugin-admin.test.ts',
};

const routes = app.platform.kernel
  .plugins()
  .filter((view) => view.builtIn)
  .flatMap((view) => view.plugin!.parts.routes ?? [])
  .filter(({ method }) => method !== 'GET')
  .map(({ method, path }) => `${method} ${path}`);

test('every route that changes something is looked at here, or it is said where', () => {
  assert.ok(routes.length >= 40);
  const known = [...Object.keys(changes), ...Object.keys(elsewhere)];
  assert.deepEqual(
    routes.filter((route) => !known.includes(route)),
    [],
    'Add these to audit-coverage.test.ts',
  );
  assert.deepEqual(
    known.filter((route) => !routes.includes(route)),
    [],
    'These are gone',
  );
});

test('and leaves its line', async () => {
  const newest = async () =>
    (await admin.get('/api/platform/audit?limit=200')).body.items as { id: number; action: string }[];
  for (const [route, [action, request]] of Object.entries(changes)) {
    await app.settled();
    const before = (await newest())[0]?.id ?? 0;
    const answer = await request();
    assert.ok(answer.status < 300, `${route} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    await app.settled();
    const lines = (await newest()).filter(({ id }) => id > before).map((line) => line.action);
    assert.ok(lines.includes(action), `${route} left ${lines.join(', ') || 'nothing'}`);
  }
});
