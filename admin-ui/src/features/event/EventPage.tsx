import '../../operator-font.ts';
import {
  DateTime,
  Link,
  Page,
  Problem,
  Section,
  SkeletonRows,
  Status,
  Timeline,
  useParam,
} from '@task-connect/console';
import { t } from '../../t.ts';
import css from './events.module.css';
import { type EventWay, useEventWay, type WayStep } from './queries.ts';
import { stepShown } from './step-state.ts';
import { wayItems } from './way-items.ts';

/** The whole way of one event. */
export function EventPage() {
  const { data: way, problem, refresh } = useEventWay(useParam('eventId') ?? '');
  return (
    <Page
      title={way?.type ?? t('Event')}
      path={[{ title: t('Platform') }, { title: t('Events'), to: '/platform/events' }]}
      summary={way && <Origin way={way} />}
      fill
    >
      <Problem problem={problem} retry={refresh} />
      {!way && !problem && <SkeletonRows rows={8} height="44px" />}
      {way && (
        <div className={css.columns}>
          <div>
            <Section title={t('Its way')}>
              <Timeline label={t('Its way')} items={wayItems(way)} />
            </Section>
          </div>
          <div>
            <Section title={t('Handlers')}>
              {way.steps.length === 0 && <p className={css.facts}>{t('Nobody handles events of this type.')}</p>}
              <ul>
                {way.steps.map((step) => (
                  <Step key={step.plugin + step.handler} step={step} />
                ))}
              </ul>
            </Section>
            <Section title={t('Message')}>
              {way.data ? (
                <pre className={css.data}>{JSON.stringify(way.data, null, 2)}</pre>
              ) : (
                <p className={css.facts}>{t('Its data is not kept once every handler is done with it.')}</p>
              )}
              <Names way={way} />
            </Section>
            {way.related.length > 0 && (
              <Section title={t('From the same piece of work')}>
                <ul className={css.related}>
                  {way.related.map(({ id, type, at }) => (
                    <li key={id}>
                      <Link to={`/platform/events/${id}`}>
                        <code>{type}</code>
                      </Link>
                      <DateTime at={at} />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

function Origin({ way }: { way: EventWay }) {
  const parts = {
    plugin: way.publishedBy ?? '?',
    when: <DateTime at={way.publishedAt} />,
    who: way.actor?.name ?? way.actor?.id ?? '',
  };
  return way.actor
    ? t.rich('Published by {plugin} {when}, when {who} changed something.', parts)
    : t.rich('Published by {plugin} {when}.', parts);
}

function Step({ step }: { step: WayStep }) {
  const { kind, word } = stepShown(step.state);
  return (
    <li className={css.step}>
      <div>
        <strong>{step.handler}</strong>
        <p>
          <Link to={`/platform/plugins/${step.plugin}`}>{step.plugin}</Link> <code>{step.queue}</code>
        </p>
        {step.nextAt && <p>{t.rich('The next try is {when}.', { when: <DateTime at={step.nextAt} /> })}</p>}
        {step.state === 'unknown' && (
          <p>{t('It was handled over 30 days ago, came before this handler, or is on the bus.')}</p>
        )}
      </div>
      {step.letterId && <Link to={`/platform/dead-letters?letter=${step.letterId}`}>{t('Dead letter')}</Link>}
      <Status kind={kind}>{word}</Status>
    </li>
  );
}

function Names({ way }: { way: EventWay }) {
  const names = [
    [t('Event'), way.id],
    [t('About'), way.subject],
    [t('Organisation'), way.organisation],
    [t('Trace'), way.traceId],
  ] as const;
  return (
    <dl className={css.names}>
      {names.map(
        ([title, name]) =>
          name && (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                <code>{name}</code>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
