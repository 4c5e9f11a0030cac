import '../../operator-font.ts';
import { DateTime, Page, Problem, roughly, Section, SkeletonRows } from '@task-connect/console';
import { addressOf } from '@task-connect/console/shell';
import type { ReactNode } from 'react';
import { t } from '../../t.ts';
import css from './about.module.css';
import { Licences } from './Licences.tsx';
import { type AboutPlatform, useAbout } from './queries.ts';

/** What this installation is: versions, what stands behind each port, which processes run, and by whose work. */
export function About() {
  const { data, problem, refresh } = useAbout();
  return (
    <Page
      title={data ? t('Task Connect {version}', { version: data.version }) : t('About')}
      here={t('About')}
      path={[{ title: t('Platform') }]}
      summary={data && summaryOf(data)}
    >
      <Problem problem={problem} retry={refresh} />
      {!data && !problem && <SkeletonRows rows={14} height="var(--table-row)" />}
      {data && (
        <>
          <div className={css.columns}>
            <Section title={t('Versions')}>
              <Facts
                facts={[
                  [t('Task Connect'), data.version],
                  [t('Console'), <code key="build">{data.build}</code>],
                  [t('Node'), data.node],
                  [t('PostgreSQL'), data.postgres],
                  [t('System'), data.system],
                  [t('Installation'), <code key="installation">{data.installation}</code>],
                  [t('Address'), data.publicUrl],
                ]}
              />
            </Section>
            <div>
              <Section title={t('What it stands on')}>
                <Facts
                  facts={data.adapters.map(({ port, adapter, detail }) => [
                    port,
                    <span key={port}>
                      {adapter} {detail && <small>{detail}</small>}
                    </span>,
                  ])}
                />
              </Section>
            </div>
          </div>
          <Processes processes={data.processes} />
          <Documents />
          <Licences />
        </>
      )}
    </Page>
  );
}

function summaryOf({ processes }: AboutPlatform): string {
  const longest = Math.max(0, ...processes.map(({ upSeconds }) => upSeconds));
  return t(
    { one: 'One process, up for {time}.', other: '{count} processes, the first of them up for {time}.' },
    { count: processes.length, time: roughly(longest) },
  );
}

function Facts({ facts }: { facts: readonly [string, ReactNode][] }) {
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Processes({ processes }: Pick<AboutPlatform, 'processes'>) {
  return (
    <Section title={t('Processes')} note={t('those that were seen in the last 15 seconds')}>
      <ul className={css.processes}>
        {processes.map((one) => (
          <li key={one.id}>
            <div>
              <strong>{roles[one.role] ?? one.role}</strong>
              <code>{one.id.slice(0, 8)}</code>
              {one.here && <small>{t('answers you')}</small>}
            </div>
            <span>{one.plugins.length > 0 ? one.plugins.join(', ') : t('no plugin is on in it')}</span>
            <span>{one.internalUrl ?? t('not called by others')}</span>
            <span>{t('version {version}', { version: one.version })}</span>
            <span className={css.since}>{t.rich('since {time}', { time: <DateTime at={one.startedAt} /> })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const roles: Record<string, string> = {
  all: t('Requests and work'),
  web: t('Requests'),
  worker: t('Work'),
};

/** Documents lie with the program; those that the platform serves itself are links. */
const documents: readonly [path: string, about: string][] = [
  ['README.md', t('How to start, and what there is')],
  ['docs/operations.md', t('Backups, upgrades, certificates, what to do when something is away')],
  ['docs/settings.md', t('Every setting')],
  ['docs/plugins.md', t('How to write a plugin')],
  ['docs/errors.md', t('Every problem that the API answers')],
];

function Documents() {
  return (
    <Section title={t('Documents')} note={t('in the folder of the program')}>
      <dl className={css.documents}>
        <div>
          <dt>
            <a href={addressOf('/api/docs')}>/api/docs</a>
          </dt>
          <dd>{t('The API, for who has not signed in')}</dd>
        </div>
        {documents.map(([path, about]) => (
          <div key={path}>
            <dt>
              <code>{path}</code>
            </dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
