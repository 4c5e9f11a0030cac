import '../../operator-font.ts';
import { FilterText, Link, Problem, SkeletonRows, useCrumbs, useParam } from '@task-connect/console';
import { addressOf } from '@task-connect/console/shell';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './api.module.css';
import { findOperations } from './find-operations.ts';
import { OperationDetails } from './OperationDetails.tsx';
import { type Operation, type Reference, useReference } from './queries.ts';

/** Every route that is on, by plugin, beside the one that is looked at; on a telephone one or the other. */
export function ApiReference() {
  const chosen = useParam('operationId');
  const [text, setText] = useState('');
  const { data, problem, refresh } = useReference();
  const found = data && findOperations(data.operations, text);
  const shown = data?.operations.find(({ id }) => id === chosen) ?? (chosen ? undefined : found?.[0]);
  const platform = [{ title: t('Platform') }];
  useCrumbs(
    chosen ? (shown?.summary ?? chosen) : t('API'),
    chosen ? [...platform, { title: t('API'), to: '/platform/api' }] : platform,
  );
  return (
    <div className={css.split} data-open={chosen ? true : undefined}>
      <div className={css.list}>
        <h1>{t('API')}</h1>
        <div className={css.search}>
          <FilterText value={text} onChange={setText} hint={t('Search routes')} />
          {data && found && (
            <span role="status">{t('{count} of {all}', { count: found.length, all: data.operations.length })}</span>
          )}
        </div>
        <Problem problem={problem} retry={refresh} />
        {!data && !problem && <SkeletonRows rows={12} height="44px" />}
        {data && found && <OperationList reference={data} operations={found} here={shown} />}
        {found?.length === 0 && <p className={css.none}>{t('No route has these words. Search for less.')}</p>}
        {data && (
          <p className={css.none}>
            {t.rich('Version {version}. {page} shows the same to who has not signed in; {document} is for programs.', {
              version: data.version,
              page: <a href={addressOf('/api/docs')}>/api/docs</a>,
              document: <a href={addressOf('/api/openapi.json')}>openapi.json</a>,
            })}
          </p>
        )}
      </div>
      <div className={css.detail}>
        {shown && <OperationDetails key={shown.id} operation={shown} />}
        {data && chosen && !shown && (
          <p>{t('There is no such route now. Its plugin may be switched off, or it has another name.')}</p>
        )}
      </div>
    </div>
  );
}

type OperationListProps = { reference: Reference; operations: readonly Operation[]; here: Operation | undefined };

function OperationList({ reference, operations, here }: OperationListProps) {
  return reference.plugins.map(({ id, title }) => {
    const own = operations.filter(({ plugin }) => plugin === id);
    if (own.length === 0) return null;
    return (
      <section key={id} aria-labelledby={`api-${id}`}>
        <h2 id={`api-${id}`}>{title}</h2>
        <ul>
          {own.map((operation) => (
            <li key={operation.id}>
              <Link
                className={css.entry}
                to={`/platform/api/${operation.id}`}
                {...(operation.id === here?.id ? { 'aria-current': 'true' as const } : {})}
              >
                <span className={css.method}>{operation.method}</span>
                <span>
                  <strong>{operation.summary}</strong>
                  <code>{operation.path.replace(/^\/api/, '')}</code>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
