import { Button, confirm, DateTime, navigate, Problem, Section, SkeletonRows, toast } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { type SecretDetail, useDeleteSecret, useRotateSecret, useSecret } from './queries.ts';
import { RevealDialog } from './RevealDialog.tsx';
import { SecretForm } from './SecretForm.tsx';
import { SecretUses, SecretVersions } from './SecretTables.tsx';
import css from './secret.module.css';

/** One secret: what can be done with it, who wrote and who uses it. */
export function SecretPart({ path }: { path: string }) {
  const { data: secret, problem, refresh } = useSecret(path);
  const rotate = useRotateSecret(path);
  const remove = useDeleteSecret(path);
  const [asking, setAsking] = useState(false);
  if (problem) return <Problem problem={problem} retry={refresh} />;
  if (!secret) return <SkeletonRows rows={8} height="var(--table-row)" />;

  const askToRotate = async () => {
    const yes = await confirm({
      title: t('Rotate {secret}?', { secret: secret.title }),
      consequences:
        path === 'certificates/signing-keys'
          ? [t('The next key signs from now on. Who is signed in stays so, and mailed links go on working.')]
          : [t('The database gets another login and password. Open connections go on; no request fails.')],
      keep: t('Leave it so'),
      act: t('Rotate'),
    });
    if (yes && (await rotate.run(undefined))) toast({ text: t('{secret} is rotated', { secret: secret.title }) });
  };
  const askToDelete = async () => {
    const yes = await confirm({
      title: t('Delete {secret}?', { secret: secret.title }),
      consequences: secret.deleting,
      keep: t('Keep it'),
      act: t('Delete'),
      danger: true,
      typeName: path,
    });
    if (yes && (await remove.run(secret.version ?? 0))) navigate('/platform/secrets');
  };
  return (
    <>
      <header className={css.head}>
        <div>
          <h2>{secret.title}</h2>
          <p>
            {secret.about} <code>{path}</code>
          </p>
          <p>
            <Standing secret={secret} />
          </p>
        </div>
        {secret.set && (
          <div className={css.actions}>
            {!secret.sealed && <Button onClick={() => setAsking(true)}>{t('Show…')}</Button>}
            {secret.care === 'own' && (
              <Button disabled={rotate.busy} onClick={() => void askToRotate()}>
                {t('Rotate…')}
              </Button>
            )}
            {secret.care === 'entered' && (
              <Button c="var(--bad)" onClick={() => void askToDelete()}>
                {t('Delete…')}
              </Button>
            )}
          </div>
        )}
      </header>
      <Problem problem={rotate.problem ?? remove.problem} />
      <div className={css.columns}>
        {secret.care === 'entered' ? (
          <SecretForm key={secret.version} secret={secret} />
        ) : (
          <Section title={t('Value')}>
            <p className={css.plain}>{whyNot(secret)}</p>
          </Section>
        )}
        <div>
          <SecretUses secret={secret} />
          <SecretVersions secret={secret} />
        </div>
      </div>
      {asking && <RevealDialog secret={secret} onClose={() => setAsking(false)} />}
    </>
  );
}

function Standing({ secret: { set, version, writtenAt, lastUse } }: { secret: SecretDetail }) {
  if (!set || !writtenAt) return t('Not set. Enter it below, and it is used from the next time on.');
  return (
    <>
      {t.rich('Version {version}, written {when}.', { version, when: <DateTime at={writtenAt} /> })}{' '}
      {lastUse
        ? t.rich('Last used {when} by {who}.', { when: <DateTime at={lastUse.at} />, who: lastUse.usedBy })
        : t('Nobody has used it yet.')}
    </>
  );
}

const whyNot = ({ care, sealed }: SecretDetail): string => {
  if (sealed)
    return t('The platform makes these keys, and nobody is shown them: whoever has them could sign in as anybody.');
  return care === 'own'
    ? t('The platform makes this login itself. Rotate it when somebody may have seen it.')
    : t('The platform makes this itself and keeps it as it is.');
};
