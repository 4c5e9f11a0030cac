/**
 * A statement that each connection prepares once under its name. Values are always parameters.
 * @example
 * const findTaskById = statement<[id: string], TaskRow>('tasks.find', 'select * from task where id = $1');
 * const [row] = await tx.query(findTaskById, [id]);
 */
export type Statement<Values extends readonly unknown[], Row> = {
  readonly name: string;
  readonly text: string;
  /** Carries the types alone; there is no value at run time. */
  readonly '~types'?: (values: Values) => Row;
};

export const statement = <Values extends readonly unknown[], Row>(
  name: string,
  text: string,
): Statement<Values, Row> => ({
  name,
  text,
});
