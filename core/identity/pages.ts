import { type Faults, field, hidden, problem, submit } from './fields.ts';
import { type Html, html } from './html.ts';
import { type Frame, framePage, greeting, type PageStyle } from './page-frame.ts';
import { shortest } from './password-rules.ts';

// Every page of the provider and of sign-in, as functions of what stands on it. They work by keyboard and without a
// script; each change is a POST.

export type Pages = ReturnType<typeof makePages>;

type Form = { action: string; problem?: string; faults?: Faults };

/** Where the cursor goes: to the first field that is wrong. */
const first = (faults: Faults = {}) => Object.keys(faults)[0] ?? 'name';

export function makePages({ base, now }: { base: string; now: () => Temporal.ZonedDateTime }) {
  const style: PageStyle = { stylesheet: `${base}/oidc/pages.css`, signIn: `${base}/auth/login` };
  const frame = (page: Frame) => framePage(page, style, now());
  const form = (action: string, ...content: Html[]) => html`<form method="post" action="${action}">${content}</form>`;
  const link = (href: string, label: string) => html`<a href="${href}">${label}</a>`;
  const signIn = (label: string) => html`<p class="more">${link(style.signIn, label)}</p>`;
  const newPassword = (label: string, fault: string | undefined, focus = false) =>
    field({
      name: 'password',
      label,
      type: 'password',
      autocomplete: 'new-password',
      help: `At least ${shortest} characters; a few words in a row are good.`,
      fault,
      focus,
    });

  const addressField = (page: Form & { address?: string }, state: { focus?: boolean; fixed?: boolean }) =>
    field({
      name: 'address',
      label: 'Mail address',
      type: 'email',
      autocomplete: 'username',
      value: page.address,
      fault: page.faults?.address,
      ...state,
    });

  return {
    signIn: (page: Form & { address?: string; register?: string; invited: boolean; forgot: string; notice?: string }) =>
      frame({
        title: 'Sign in',
        heading: greeting(now()),
        lead: 'Sign in to Task Connect.',
        content: html`${page.notice && html`<p class="notice">${page.notice}</p>`}${problem(page.problem)}${form(
          page.action,
          addressField(page, { focus: !page.address }),
          field({
            name: 'password',
            label: 'Password',
            type: 'password',
            autocomplete: 'current-password',
            fault: page.faults?.password,
            focus: Boolean(page.address),
          }),
          html`<p class="aside">${link(page.forgot, 'Forgot it?')}</p>`,
          submit('Sign in'),
        )}${
          page.register &&
          html`<p class="more">New here? ${link(page.register, 'Make an account')}${page.invited && ' with the invitation you were sent'}.</p>`
        }`,
      }),

    changePassword: (page: Form & { token: string; address: string }) =>
      frame({
        title: 'Choose a password',
        heading: 'Choose a password',
        lead: 'The one that you signed in with was for this once.',
        content: html`${problem(page.problem)}${form(
          page.action,
          hidden('token', page.token),
          addressField(page, { fixed: true }),
          newPassword('New password', page.faults?.password, true),
          submit('Keep it and go on'),
        )}`,
      }),

    register: (page: Form & { name?: string; address?: string; invitedBy?: string; back: string }) =>
      frame({
        title: 'Make an account',
        heading: 'Make an account',
        lead: page.invitedBy ? html`For “${page.invitedBy}”, which invites you.` : undefined,
        content: html`${problem(page.problem)}${form(
          page.action,
          field({
            name: 'name',
            label: 'Your name',
            type: 'text',
            autocomplete: 'name',
            value: page.name,
            fault: page.faults?.name,
            focus: first(page.faults) === 'name',
          }),
          addressField(page, { focus: first(page.faults) === 'address', fixed: page.invitedBy !== undefined }),
          newPassword('Password', page.faults?.password, first(page.faults) === 'password'),
          submit('Make the account'),
        )}<p class="more">You have one? ${link(page.back, 'Sign in')}.</p>`,
      }),

    forgot: (page: Form & { address?: string }) =>
      frame({
        title: 'Reset the password',
        heading: 'Reset the password',
        lead: 'A link to choose another one comes by mail.',
        content: html`${problem(page.problem)}${form(
          page.action,
          addressField(page, { focus: true }),
          submit('Send the link'),
        )}${signIn('Back to sign in')}`,
      }),

    reset: (page: Form & { token: string; address: string }) =>
      frame({
        title: 'Choose a password',
        heading: 'Choose a password',
        lead: 'You are then signed out everywhere, and sign in with the new one.',
        content: html`${problem(page.problem)}${form(
          page.action,
          hidden('token', page.token),
          addressField(page, { fixed: true }),
          newPassword('New password', page.faults?.password, true),
          submit('Keep it'),
        )}`,
      }),

    verify: (page: Form & { token: string; address: string }) =>
      frame({
        title: 'Confirm the address',
        heading: 'Is this your address?',
        lead: html`An account for ${page.address} is made when you confirm it, with the password that was chosen for it. Did somebody else ask for it? They know that password: do not confirm.`,
        content: form(page.action, hidden('token', page.token), submit('Confirm and make the account')),
      }),

    invitation: (page: Form & { token: string; organisation: string; role: string }) =>
      frame({
        title: 'Invitation',
        heading: `Join “${page.organisation}”?`,
        lead: html`You are invited as ${page.role}. Sign in with the account you have, or make one.`,
        content: form(page.action, hidden('token', page.token), submit('Join…')),
      }),

    signOut: (page: { form: Html }) =>
      frame({
        title: 'Sign out',
        heading: 'Sign out?',
        lead: 'Whoever uses this browser after you then needs to sign in.',
        content: html`${page.form}<button class="primary" type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<button class="quiet" type="submit" form="op.logoutForm">Stay signed in</button>`,
      }),

    /** Says how things stand; one way on. */
    notice: (page: { title: string; lead: string; next?: { href: string; label: string } }) =>
      frame({
        title: page.title,
        heading: page.title,
        lead: page.lead,
        content: html`${page.next ? html`<p class="more">${link(page.next.href, page.next.label)}</p>` : signIn('Sign in')}`,
      }),
  };
}
