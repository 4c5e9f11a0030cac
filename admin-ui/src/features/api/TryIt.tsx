import { Button, confirm, Section, Textarea, TextInput, useMe } from '@task-connect/console';
import { addressOf, useStore } from '@task-connect/console/shell';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './api.module.css';
import type { Operation, Parameter } from './queries.ts';
import { sendTrial, type TrialAnswer } from './send-trial.ts';
import { TryAnswer } from './TryAnswer.tsx';
import { TryAs } from './TryAs.tsx';
import { curlOf, faultsOf, firstTrial, keyOf, requestOf } from './trial.ts';
import { trialToken } from './trial-token.ts';

/** Puts a request together, sends it for real, and shows what came back. */
export function TryIt({ operation }: { operation: Operation }) {
  const { organisation } = useMe();
  const token = useStore(trialToken);
  const [trial, setTrial] = useState(() => firstTrial(operation));
  const [left, setLeft] = useState(false);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<TrialAnswer | { failed: string }>();
  const faults = faultsOf(operation, trial);
  const request = requestOf(operation, trial);
  const isEndless = operation.answers.some(({ stream }) => stream);
  const notHere = isEndless
    ? t('This answer does not end, so it is not shown here. The line below hears it.')
    : operation.takesBytes && t('It takes a file. The line below sends one.');

  async function send(): Promise<void> {
    setLeft(true);
    if (Object.keys(faults).length > 0 || busy) return;
    if (operation.method !== 'GET' && !(await isMeant())) return;
    setBusy(true);
    setAnswer(
      await sendTrial(request, token?.token).catch((error: unknown) => ({
        failed: error instanceof Error ? error.message : String(error),
      })),
    );
    setBusy(false);
  }
  const isMeant = () =>
    confirm({
      title: t('Send {method} {path}?', { method: request.method, path: request.path }),
      consequences: [
        t('It is done for real, as you, in {organisation}.', { organisation: organisation.name }),
        operation.method === 'DELETE' ? t('What it deletes may be gone for good.') : operation.summary,
      ],
      keep: t('Do not send'),
      act: t('Send'),
      danger: operation.method === 'DELETE',
    });

  const faultAt = (key: string) => {
    if (!left || !faults[key]) return undefined;
    return faults[key] === 'needed' ? t('It is needed.') : t('This is not JSON yet.');
  };
  const spare = operation.parameters.filter(isSpare);
  const field = (one: Parameter) => (
    <TextInput
      key={keyOf(one)}
      label={one.name}
      description={t('{type}, in {place}', { type: one.type, place: one.in })}
      required={one.required}
      autoComplete="off"
      value={trial.values[keyOf(one)] ?? ''}
      error={faultAt(keyOf(one))}
      onChange={(event) => setTrial({ ...trial, values: { ...trial.values, [keyOf(one)]: event.currentTarget.value } })}
    />
  );
  const address = new URL(addressOf(request.path), location.href).href;
  return (
    <Section title={t('Try it')} className={css.trial}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send();
        }}
      >
        {operation.permission !== null && <TryAs />}
        {operation.parameters.filter((one) => !isSpare(one)).map(field)}
        {operation.body && (
          <Textarea
            label={t('Body')}
            autosize
            minRows={3}
            maxRows={16}
            spellCheck={false}
            classNames={{ input: css.code! }}
            value={trial.body}
            error={faultAt('body')}
            onChange={(event) => setTrial({ ...trial, body: event.currentTarget.value })}
          />
        )}
        {spare.length > 0 && (
          <details className={css.headers}>
            <summary>{t('More headers')}</summary>
            <div>{spare.map(field)}</div>
          </details>
        )}
        {notHere ? (
          <p className={css.plain}>{notHere}</p>
        ) : (
          <div className={css.send}>
            <Button type="submit" variant="filled" disabled={busy}>
              {operation.method === 'GET' ? t('Send') : t('Send…')}
            </Button>
          </div>
        )}
      </form>
      {answer && <TryAnswer answer={answer} />}
      <Curl text={curlOf(request, address, operation.permission === null ? 'none' : 'token')} />
    </Section>
  );
}

/** Most requests do without these. */
const isSpare = ({ in: where, required }: Parameter) => where === 'header' && !required;

function Curl({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className={css.curl}>
      <div className={css.curlHead}>
        <h3>{t('The same by curl')}</h3>
        <Button
          size="compact-sm"
          onClick={() =>
            void navigator.clipboard.writeText(text).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          {copied ? t('Copied') : t('Copy')}
        </Button>
      </div>
      <pre>
        <code>{text}</code>
      </pre>
    </div>
  );
}
