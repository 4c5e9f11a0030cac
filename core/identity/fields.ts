import { type Html, html } from './html.ts';

// Fields of forms: label above, what is wrong below, both told to who cannot see them.

export type Faults = Record<string, string>;

type Field = {
  name: string;
  label: string;
  type: 'email' | 'password' | 'text';
  /** What browsers and password managers fill in (HTML, autofill). */
  autocomplete: string;
  value?: string;
  help?: string;
  fault?: string;
  focus?: boolean;
  fixed?: boolean;
};

export function field({ name, label, type, autocomplete, value, help, fault, focus, fixed }: Field): Html {
  const described = [help && `${name}-help`, fault && `${name}-fault`].filter(Boolean).join(' ');
  return html`<div class="field">
<label for="${name}">${label}</label>
${help && html`<p class="help" id="${name}-help">${help}</p>`}
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required${value !== undefined && html` value="${value}"`}${described !== '' && html` aria-describedby="${described}"`}${fault && html` aria-invalid="true"`}${focus && html` autofocus`}${fixed && html` readonly`}${type === 'email' && html` spellcheck="false" autocapitalize="none"`}>
${fault && html`<p class="fault" id="${name}-fault">${fault}</p>`}
</div>`;
}

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`;

/** What concerns the whole form, said first and aloud. */
export const problem = (text: string | undefined): Html =>
  html`${text !== undefined && html`<p class="problem" role="alert">${text}</p>`}`;

export const submit = (label: string): Html => html`<button class="primary">${label}</button>`;
