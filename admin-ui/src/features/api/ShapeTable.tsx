import { t } from '../../t.ts';
import css from './api.module.css';
import { Prose } from './Prose.tsx';
import type { Field } from './queries.ts';

type ShapeTableProps = {
  label: string;
  /** Said where it has no fields: `list of string`. */
  type?: string;
  /** `note` stands behind the type: where a parameter is. */
  fields: readonly (Field & { note?: string })[];
};

/** The fields of a body or an answer, those within others set in. */
export function ShapeTable({ label, type, fields }: ShapeTableProps) {
  if (fields.length === 0) return <p className={css.plain}>{type}</p>;
  return (
    <section className={css.scroll} aria-label={label} tabIndex={-1}>
      <table className={css.shape}>
        <thead>
          <tr>
            <th scope="col">{t('Name')}</th>
            <th scope="col">{t('What it is')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, depth, type: own, required, description, note }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a field’s name may come again in another object, and rows do not move
            <tr key={at}>
              <th scope="row" data-depth={Math.min(depth, 4)}>
                <code>{name}</code>
              </th>
              <td>
                {own}
                {note && <small> {t('in {place}', { place: note })}</small>}
                {!required && <small> {t('optional')}</small>}
                {description && (
                  <p>
                    <Prose text={description} />
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
