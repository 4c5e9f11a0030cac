import { statement, type Tx } from '@task-connect/sdk';

const note = statement<
  [organisation: string, task: string, person: string, movedOn: string, fromOn: string, toOn: string | null],
  unknown
>(
  'tasks.note-move',
  `insert into task_move (organisation_id, task_id, person_id, moved_on, from_on, to_on) values ($1, $2, $3, $4, $5, $6)`,
);

export type Move = { task: string; person: string; movedOn: string; fromOn: string; toOn: string | null };

/** Notes that a task was put off to a later day, or to none. */
export async function noteMove(tx: Tx, organisation: string, move: Move): Promise<void> {
  await tx.query(note, [organisation, move.task, move.person, move.movedOn, move.fromOn, move.toOn]);
}
