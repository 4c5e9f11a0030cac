type Said = { action: string; subject: string; plugin?: string | undefined; organisation?: string | undefined };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ofPeople =
  /^(person|profile|password|password-mail|session|sessions|token|member|membership|organisation|invitation)\./;

/**
 * Of which plugin and which organisation a change is, where whoever tells of it does not say: what is done to a plugin,
 * its jobs and its dead letters is that plugin’s, what is done to people is that of `users`, the rest the platform’s own.
 */
export function placeOf({ action, subject, plugin, organisation }: Said): {
  plugin: string;
  organisation: string | null;
} {
  const [first = ''] = subject.split('/');
  const ofOrganisation = /^(member|organisation)\./.test(action) && uuid.test(first) ? first : null;
  return { plugin: plugin ?? pluginOf(action, subject, first), organisation: organisation ?? ofOrganisation };
}

function pluginOf(action: string, subject: string, first: string): string {
  if (ofPeople.test(action)) return 'users';
  if (/^(plugin|job)\./.test(action)) return first;
  if (action === 'dead-letter.replayed') return subject.replace(/-\d+$/, '');
  return 'platform';
}
