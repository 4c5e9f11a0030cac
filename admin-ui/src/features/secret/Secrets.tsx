import '../../operator-font.ts';
import { BackLink, EmptyState, Problem, SkeletonRows, Tree, useCrumbs, useParam } from '@task-connect/console';
import { t } from '../../t.ts';
import { useSecrets } from './queries.ts';
import { SecretPart } from './SecretPart.tsx';
import css from './secret.module.css';
import { treeOf } from './secret-tree.ts';

/** All secrets as a tree beside the one that is looked at; on a telephone one or the other. */
export function Secrets() {
  const path = useParam('secret')?.replaceAll('.', '/');
  const { data, problem, refresh } = useSecrets();
  const platform = [{ title: t('Platform') }];
  const found = data?.items.find((secret) => secret.path === path);
  useCrumbs(
    path ? (found?.title ?? path) : t('Secrets'),
    path ? [...platform, { title: t('Secrets'), to: '/platform/secrets' }] : platform,
  );
  return (
    <div className={css.split} data-open={path ? true : undefined}>
      <div className={css.list}>
        <h1>{t('Secrets')}</h1>
        {data && <p className={css.store}>{data.store === 'vault' ? inVault : inFile}</p>}
        <Problem problem={problem} retry={refresh} />
        {!data && !problem && <SkeletonRows rows={10} height="32px" />}
        {data && <Tree label={t('Secrets')} items={treeOf(data.items)} selected={path ?? null} />}
      </div>
      <div className={css.detail}>
        <BackLink path={[{ title: t('Secrets'), to: '/platform/secrets' }]} />
        {path ? (
          <SecretPart key={path} path={path} />
        ) : (
          <EmptyState icon="key" title={t('Choose a secret')}>
            {t('You see who wrote it and who uses it. What it is stays hidden, until you give a reason.')}
          </EmptyState>
        )}
      </div>
    </div>
  );
}

const inFile = t('In one encrypted file of the data folder.');
const inVault = t('In Vault, KV version 2.');
