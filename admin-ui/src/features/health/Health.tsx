import { Page, Problem, Section, SkeletonRows, Status, type StatusKind } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './health.module.css';
import { type HealthPart, type PartState, useHealth } from './queries.ts';
import { partTitle, verdictOf } from './verdict.ts';

const kinds: Record<PartState, StatusKind> = { ok: 'ok', degraded: 'warn', failed: 'bad' };
const words: Record<PartState, string> = { ok: t('well'), degraded: t('degraded'), failed: t('failed') };
const worst: PartState[] = ['failed', 'degraded', 'ok'];

/** How the platform is: the verdict as the title, then every part. */
export function Health() {
  const { health, problem, refresh } = useHealth();
  const unwell = health?.parts.filter((part) => part.state !== 'ok' && part.detail) ?? [];
  return (
    <Page
      title={health ? verdictOf(health) : t('Health')}
      here={t('Health')}
      path={[{ title: t('Platform') }]}
      summary={
        unwell.length > 0
          ? unwell.map((part) => `${partTitle(part.name)}: ${part.detail}`).join(' · ')
          : health && t('Version {version}. Asked again every half a minute.', { version: health.version })
      }
    >
      <Problem problem={problem} retry={refresh} />
      <Section title={t('Parts')} note={t('latency now')}>
        {health ? (
          <ul className={css.parts}>
            {[...health.parts]
              .sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state))
              .map((part) => (
                <Part key={part.name} part={part} />
              ))}
          </ul>
        ) : (
          !problem && <SkeletonRows rows={7} height="var(--table-row)" />
        )}
      </Section>
    </Page>
  );
}

function Part({ part }: { part: HealthPart }) {
  return (
    <li data-state={part.state}>
      <span role="img" aria-label={words[part.state]}>
        <Status kind={kinds[part.state]} />
      </span>
      <strong>{partTitle(part.name)}</strong>
      <span className={css.detail}>{part.detail}</span>
      <span className={css.latency}>
        {part.latencyMs !== null && (
          <>
            {part.latencyMs < 10 ? Math.round(part.latencyMs * 10) / 10 : Math.round(part.latencyMs)} <small>ms</small>
          </>
        )}
      </span>
    </li>
  );
}
