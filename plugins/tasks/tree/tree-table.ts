import { statement, type Tx } from '@task-connect/sdk';

// Tasks and projects hang in trees by `parent_id`. Nothing hangs below itself, and no tree is deeper than ten.

/** How many levels a tree may have. */
export const deepest = 10;

/** What kept `child` from hanging below `parent`, or undefined when it may. */
export type TreeFault = 'unknown-parent' | 'cycle' | 'too-deep';

export type Tree = {
  /** Until the transaction ends nobody else moves anything in this tree of the organisation. */
  lock(tx: Tx, organisation: string): Promise<void>;
  /** Asks under the lock whether `child` (null: a new one) may hang below `parent`. */
  faultOf(tx: Tx, organisation: string, parent: string, child: string | null): Promise<TreeFault | undefined>;
};

type Found = { above: number | null; inside: boolean | null; below: number | null };

/** The tree of the rows of `table`, which has `organisation_id`, `id` and `parent_id`. */
export function makeTree(table: 'task' | 'project'): Tree {
  const lockTree = statement<[key: string], unknown>(
    `tasks.lock-tree`,
    'select pg_advisory_xact_lock(hashtextextended($1, 0))',
  );
  // The bounds end the walk even where a cycle should have come about in spite of everything.
  const around = statement<[organisation: string, parent: string, child: string | null], Found>(
    `tasks.around-${table}`,
    `with recursive up as (
       select id, parent_id, 1 as depth from ${table} where organisation_id = $1 and id = $2
       union all
       select t.id, t.parent_id, depth + 1 from ${table} t join up on t.id = up.parent_id
       where t.organisation_id = $1 and depth < 100
     ), down as (
       select id, 1 as height from ${table} where organisation_id = $1 and id = $3
       union all
       select t.id, height + 1 from ${table} t join down on t.parent_id = down.id
       where t.organisation_id = $1 and height < 100
     )
     select (select max(depth) from up) as above,
            (select bool_or(id = $3) from up) as inside,
            (select max(height) from down) as below`,
  );

  return {
    async lock(tx, organisation) {
      await tx.query(lockTree, [`${table}:${organisation}`]);
    },

    async faultOf(tx, organisation, parent, child) {
      const [found] = await tx.query(around, [organisation, parent, child]);
      if (found?.above == null) return 'unknown-parent';
      if (found.inside) return 'cycle';
      if (found.above + (found.below ?? 1) > deepest) return 'too-deep';
    },
  };
}

/** The fault as a sentence for whoever sent the parent. */
export function treeFaultDetail(what: 'task' | 'project', fault: TreeFault): string {
  if (fault === 'unknown-parent') return `There is no such ${what} in this organisation.`;
  if (fault === 'cycle') return `It hangs below this ${what} itself; choose another parent.`;
  return `The tree would be more than ${deepest} levels deep; choose a parent further up.`;
}
