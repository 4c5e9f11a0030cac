import type { Contact } from '@task-connect/sdk';
import { asLine, escapeHtml } from './email-text.ts';

/** What an e-mail is made of. */
export type Told = {
  kind_title: string;
  title: string;
  body: string | null;
  link: string | null;
  created_at: string;
};

export type Composed = { subject: string; text: string; html: string };

/** The e-mail of a notification, its time in the zone and the words of the reader’s locale. */
export function composeEmail(told: Told, reader: Pick<Contact, 'zone' | 'locale'>, publicUrl: string): Composed {
  const subject = asLine(told.title) || asLine(told.kind_title);
  const link = absolute(told.link, publicUrl);
  const at = Temporal.Instant.from(told.created_at).toLocaleString(reader.locale, {
    timeZone: reader.zone,
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const when = `${at} (${reader.zone})`;
  const why = `You are told of “${asLine(told.kind_title)}” by e-mail. Change that in Task Connect, Notifications, Preferences.`;
  return {
    subject,
    text: [subject, told.body, link && `Open it: ${link}`, when, why].filter(Boolean).join('\n\n'),
    html: htmlOf({ subject, body: told.body, link, when, why }),
  };
}

/** A path of the console as an address; undefined when it would lead elsewhere. */
function absolute(link: string | null, publicUrl: string): string | undefined {
  if (!link || !/^\/(?![/\\])/.test(link)) return undefined;
  const { href } = new URL(publicUrl + link);
  return href.startsWith(`${publicUrl}/`) ? href : undefined;
}

type Parts = { subject: string; body: string | null; link: string | undefined; when: string; why: string };

const htmlOf = ({ subject, body, link, when, why }: Parts): string =>
  `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;color:#1a1f1c;max-width:34em">
<h1 dir="auto" style="font-size:20px;font-weight:600">${escapeHtml(subject)}</h1>
${body ? `<p dir="auto" style="white-space:pre-line">${escapeHtml(body)}</p>\n` : ''}${
  link ? `<p><a href="${escapeHtml(link)}" style="color:#0a5f4e">Open it in Task Connect</a></p>\n` : ''
}<p style="color:#5f6861;font-size:13px">${escapeHtml(when)}<br>${escapeHtml(why)}</p>
</body>
</html>
`;
