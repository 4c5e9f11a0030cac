import { Button, DateTime, Link, Section, SidePanel } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './dead-letter.module.css';
import type { DeadLetter } from './queries.ts';

type DeadLetterPanelProps = { letter: DeadLetter; onReplay(): void; onDiscard(): void; onClose(): void };

/** One dead letter: what it says, and why it was given up. */
export function DeadLetterPanel({ letter, onReplay, onDiscard, onClose }: DeadLetterPanelProps) {
  return (
    <SidePanel
      title={letter.type}
      onClose={onClose}
      actions={
        <>
          <Button size="compact-sm" onClick={onReplay}>
            {t('Replay')}
          </Button>
          <Button size="compact-sm" c="var(--bad)" onClick={onDiscard}>
            {t('Discard…')}
          </Button>
        </>
      }
    >
      <p className={css.fact}>
        {t.rich('{handler} of {plugin} gave it up {when}, after {attempts} tries.', {
          handler: <b>{letter.handler}</b>,
          plugin: <b>{letter.plugin}</b>,
          when: <DateTime at={letter.diedAt} />,
          attempts: letter.attempts,
        })}{' '}
        <Link to={`/platform/events/${letter.eventId}`}>{t('Its whole way')}</Link>
      </p>
      <Section title={t('Error')}>
        <pre className={css.error}>{letter.error}</pre>
      </Section>
      {letter.history.length > 1 && (
        <Section
          title={t('Tries')}
          note={t({ one: '{count} try', other: '{count} tries' }, { count: letter.attempts })}
        >
          <ol className={css.history}>
            {letter.history.map((one) => (
              <li key={one.at}>
                <DateTime at={one.at} /> <span>{one.error}</span>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title={t('Message')} note={<code>{letter.queue}</code>}>
        <pre className={css.data}>{JSON.stringify(letter.data, null, 2)}</pre>
      </Section>
    </SidePanel>
  );
}
