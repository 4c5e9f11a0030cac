import { translator } from '../words/t.ts';
import css from './diff.module.css';
import { differencesOf, titleOfField } from './differences.ts';

const t = translator('console');

type DiffProps = {
  /** What it was; null when there was none. */
  before: object | null | undefined;
  after: object | null | undefined;
  /** What fields are called; those that are not here keep the name that a machine gave. */
  names?: Readonly<Record<string, string>>;
};

/** What changed, field by field: the old struck, the new beside it. */
export function Diff({ before, after, names = {} }: DiffProps) {
  const differences = differencesOf(before, after);
  if (differences.length === 0) return <p className={css.none}>{t('Nothing differs.')}</p>;
  return (
    <dl className={css.diff}>
      {differences.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field === '' ? t('value') : titleOfField(field, names)}</dt>
          <dd dir="auto">
            {before === undefined ? <span className={css.none}>{t('nothing')}</span> : <del>{before}</del>}{' '}
            {after === undefined ? <span className={css.none}>{t('nothing')}</span> : <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
