import type { MailMessage } from '@task-connect/sdk';

// The mails of sign-in, as text. Each says why it came and what to do when it was not asked for.

type To = { name?: string; address: string };

const letter = (to: To, subject: string, lines: readonly string[]): MailMessage => ({
  to,
  subject,
  text: `${lines.join('\n\n')}\n`,
  headers: { 'Auto-Submitted': 'auto-generated' },
});

export const confirmAddress = (to: To, link: string): MailMessage =>
  letter(to, 'Confirm your address', [
    'An account at Task Connect was asked for with this address. Open the link to confirm it and make the account:',
    link,
    'It is good for a day. If you did not ask for it, do nothing: there is no account then.',
  ]);

export const accountExists = (to: To, signIn: string, forgot: string): MailMessage =>
  letter(to, 'You have an account already', [
    'Somebody, most likely you, asked for an account at Task Connect with this address. There is one already; sign in:',
    signIn,
    'If you do not remember the password, choose another one:',
    forgot,
  ]);

export const resetPassword = (to: To, link: string): MailMessage =>
  letter(to, 'Choose a new password', [
    'A new password was asked for your account at Task Connect. Open the link to choose it:',
    link,
    'It is good for an hour and works once. If you did not ask for it, do nothing: your password stays as it is.',
  ]);

export const passwordChanged = (to: To, forgot: string): MailMessage =>
  letter(to, 'Your password was changed', [
    'The password of your account at Task Connect was changed, and all other sessions were ended.',
    'If that was not you, choose another one now:',
    forgot,
  ]);
