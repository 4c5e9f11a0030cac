import { z } from 'zod';

/** What a client reads when a request was refused (RFC 9457, `application/problem+json`). */
export const ProblemDocument = z.object({
  type: z.string().describe('A stable name of this kind of problem, relative to the API’s address'),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional().describe('What happened here and what to do'),
  instance: z.string().optional().describe('The request’s id, to be found again in the log'),
  errors: z
    .array(z.object({ pointer: z.string(), detail: z.string() }))
    .optional()
    .describe('All faults of the input at once; `pointer` is a JSON Pointer (RFC 6901) into it'),
});
export type ProblemDocument = z.infer<typeof ProblemDocument>;

export type ProblemFields = Record<string, unknown>;

/** A refusal that the caller can mend. Thrown anywhere, answered once, at the edge. */
export class Problem extends Error {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly fields: ProblemFields;
  readonly headers: Record<string, string>;

  constructor(given: {
    type: string;
    status: number;
    title: string;
    detail: string;
    fields?: ProblemFields;
    headers?: Record<string, string>;
  }) {
    super(given.detail);
    this.name = 'Problem';
    this.type = given.type;
    this.status = given.status;
    this.title = given.title;
    this.fields = given.fields ?? {};
    this.headers = given.headers ?? {};
  }
}

export type DeclaredProblem<Fields extends ProblemFields> = {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  new (fields: Fields): Problem;
};

const declared = new Map<string, { type: string; status: number; title: string }>();

/**
 * Declares one kind of refusal beside the feature that throws it.
 * @example
 * export const TimerRunning = declareProblem({ type: 'tasks/timer-running', status: 409, title: 'A timer runs',
 *   detail: (f: { taskTitle: string }) => `Stop the timer on “${f.taskTitle}” first.` });
 * throw new TimerRunning({ taskTitle });
 */
export function declareProblem<Fields extends ProblemFields = Record<never, never>>(kind: {
  type: string;
  status: number;
  title: string;
  detail: (fields: Fields) => string;
  headers?: (fields: Fields) => Record<string, string>;
}): DeclaredProblem<Fields> {
  declared.set(kind.type, { type: kind.type, status: kind.status, title: kind.title });
  return class extends Problem {
    static readonly type = kind.type;
    static readonly status = kind.status;
    static readonly title = kind.title;
    constructor(fields: Fields) {
      super({
        type: kind.type,
        status: kind.status,
        title: kind.title,
        detail: kind.detail(fields),
        fields,
        headers: kind.headers?.(fields),
      });
    }
  };
}

/** Every problem that has been declared so far, for the generated docs/errors.md. */
export const declaredProblems = (): readonly { type: string; status: number; title: string }[] => [
  ...declared.values(),
];

export const NotFound = declareProblem({
  type: 'not-found',
  status: 404,
  title: 'Not found',
  detail: (f: { what: string; id?: string }) =>
    `There is no ${f.what}${f.id ? ` ${f.id}` : ''} here, or it is not yours to see. Check the address and the organisation.`,
});

export const Forbidden = declareProblem({
  type: 'forbidden',
  status: 403,
  title: 'Not allowed',
  detail: (f: { permission: string }) =>
    `This needs the permission “${f.permission}”. Ask an owner of the organisation, or use a token with that scope.`,
});

export const Conflict = declareProblem({
  type: 'conflict',
  status: 409,
  title: 'Conflict',
  detail: (f: { detail: string }) => f.detail,
});

export const PreconditionFailed = declareProblem({
  type: 'changed-meanwhile',
  status: 412,
  title: 'Changed meanwhile',
  detail: (f: { what: string; version: number }) =>
    `The ${f.what} was changed after you read it; it is at version ${f.version} now. Read it again, then send your change with the new ETag.`,
});

export const InvalidInput = declareProblem({
  type: 'invalid-input',
  status: 422,
  title: 'The input has faults',
  detail: (f: { errors: { pointer: string; detail: string }[] }) =>
    f.errors.length === 1
      ? `Mend ${f.errors[0]!.pointer || 'the input'}: ${f.errors[0]!.detail}`
      : `Mend the ${f.errors.length} faults listed under “errors”. Nothing was changed.`,
});

export const Unavailable = declareProblem({
  type: 'unavailable',
  status: 503,
  title: 'Not available now',
  detail: (f: { detail: string; retryAfter: number }) => f.detail,
  headers: (f) => ({ 'Retry-After': String(f.retryAfter) }),
});

/** For expected absence: `const task = (await findTask(tx, id)) ?? notFound('task', id)`. */
export function notFound(what: string, id?: string): never {
  throw new NotFound({ what, id });
}

/** Compares the version a client read (If-Match, RFC 9110 §13.1.1) with the row's; a difference is a 412. */
export function checkVersion(what: string, read: number | undefined, now: number): void {
  if (read !== undefined && read !== now) throw new PreconditionFailed({ what, version: now });
}
