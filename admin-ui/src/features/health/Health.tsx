import '../../operator-font.ts';
import {
  Link,
  Page,
  Problem,
  Section,
  SegmentedControl,
  SkeletonRows,
  setQuery,
  usePlace,
} from '@task-connect/console';
import { t } from '../../t.ts';
import { Connections } from './Connections.tsx';
import { HealthCharts } from './HealthCharts.tsx';
import css from './health.module.css';
import { mendingOf } from './mending.ts';
import { PartList } from './PartList.tsx';
import { Queues } from './Queues.tsx';
import { type Health as Report, ranges, useHealth, useHealthNow, useHistory } from './queries.ts';
import { partTitle, verdictOf } from './verdict.ts';

/** How the platform is: the verdict as the title, the numbers as its proof, then every part. */
export function Health() {
  const asked = usePlace().query.get('range');
  const range = ranges.find((one) => one === asked) ?? '1h';
  const now = useHealthNow();
  const history = useHistory(range);
  // With the database away nobody is known to be an administrator; /health still says which part it is.
  const { health, problem, refresh } = useHealth();
  const report: Report | undefined = now.problem ? health : now.data;
  return (
    <Page
      title={report ? verdictOf(report) : t('Health')}
      here={t('Health')}
      path={[{ title: t('Platform') }]}
      summary={report && <Summary report={report} />}
      actions={
        <SegmentedControl
          aria-label={t('How far back')}
          value={range}
          data={[
            { value: '1h', label: t('1 h') },
            { value: '6h', label: t('6 h') },
            { value: '24h', label: t('24 h') },
            { value: '7d', label: t('7 d') },
          ]}
          onChange={(value) => setQuery({ range: value === '1h' ? null : value })}
        />
      }
    >
      <Problem problem={now.problem && (problem ?? now.problem)} retry={refresh} />
      <HealthCharts history={history.data} problem={history.problem} retry={history.refresh} />
      <div className={css.columns}>
        <Section title={t('Parts')} note={t('24 h, latency now')}>
          {report ? (
            <PartList report={report} now={now.problem ? undefined : now.data} />
          ) : (
            !now.problem && <SkeletonRows rows={8} height="var(--table-row)" />
          )}
        </Section>
        <div>
          <Section title={t('Queues')} note={<Link to="/platform/events">{t('The map of events')}</Link>}>
            {now.data ? <Queues queues={now.data.queues} /> : <SkeletonRows rows={4} height="var(--table-row)" />}
          </Section>
          <Section title={t('Connections')} note={t('of this process, to each database')}>
            {now.data ? <Connections pools={now.data.pools} /> : <SkeletonRows rows={4} height="var(--table-row)" />}
          </Section>
        </div>
      </div>
    </Page>
  );
}

/** What is not well and where to mend it; which version, when all is. */
function Summary({ report }: { report: Report }) {
  const unwell = report.parts.filter((part) => part.state !== 'ok');
  if (unwell.length === 0) return t('Version {version}. Looked at every 15 seconds.', { version: report.version });
  return unwell.map(({ name, detail }) => {
    const mending = mendingOf(name);
    return (
      <span key={name} className={css.unwell}>
        {partTitle(name)}: {detail ?? t('it did not say why.')} <Link to={mending.to}>{mending.title}</Link>
      </span>
    );
  });
}
