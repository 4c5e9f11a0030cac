import objection from 'objection';

/**
 * The base of Objection's rows. Bind it to the transaction in each query: `TaskRow.query(tx.knex)`.
 * Fields are said with `declare`, because a plain field would overwrite what was read with undefined.
 * It is an export of its own so that files of shapes, which screens share, stay free of Objection.
 */
export class Row extends objection.Model {}

export const { Model } = objection;
