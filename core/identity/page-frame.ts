import { type Html, html } from './html.ts';

// The sheet with the form at the left, the day's ruled page at the right (look.md). The time is the server's: a page
// without a script is not told the reader's.

export type PageStyle = { stylesheet: string; signIn: string };

export type Frame = { title: string; heading: string; lead?: Html | string; content: Html };

export function framePage(
  { title, heading, lead, content }: Frame,
  style: PageStyle,
  now: Temporal.ZonedDateTime,
): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} · Task Connect</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="${style.stylesheet}">
</head>
<body>
<div class="sheet">
<header>${mark}<strong>Task Connect</strong></header>
<main>
<h1>${heading}</h1>
${lead !== undefined && html`<p class="lead">${lead}</p>`}
${content}
</main>
</div>
${dayPage(now)}
</body>
</html>
`.text;
}

const mark = html`<svg width="26" height="26" viewBox="0 0 22 22" fill="none" aria-hidden="true"><path class="posts" d="M3 4v14M19 4v14"/><path class="line" d="M6.5 11h9"/><circle class="dot" cx="11" cy="11" r="2.6"/></svg>`;

const rows = 14;

/** For the eye alone: what it shows says nothing about the form. */
function dayPage(now: Temporal.ZonedDateTime): Html {
  // The hour that is now stands third, where the day allows it.
  const first = Math.min(Math.max(now.hour - 2, 0), 24 - rows);
  const usual = now.hour >= 6 && now.hour < 6 + rows ? 6 : first;
  const hours = Array.from({ length: rows }, (_, at) => usual + at);
  const weekday = now.toLocaleString('en-GB', { weekday: 'long' });
  const date = `${weekday}, ${now.toLocaleString('en-GB', { day: 'numeric', month: 'long' })}`;
  return html`<div class="day" aria-hidden="true">
${hours.map((hour) =>
  hour === now.hour
    ? html`<div class="hour current"><b>${hour}</b><span class="now at-${Math.min(55, Math.round(now.minute / 5) * 5)}">${hour}:${String(now.minute).padStart(2, '0')}</span></div>`
    : html`<div class="hour"><b>${hour}</b></div>`,
)}
<span class="date">${date}</span>
</div>`;
}

export function greeting(now: Temporal.ZonedDateTime): string {
  if (now.hour >= 5 && now.hour < 12) return 'Good morning.';
  return now.hour >= 12 && now.hour < 18 ? 'Good afternoon.' : 'Good evening.';
}
