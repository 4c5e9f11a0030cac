/** A refusal of the API as it was sent (RFC 9457), or that nothing could be asked. */
export class ApiProblem extends Error {
  /** A stable name, `tasks/timer-running`; `offline` when no answer came. */
  readonly type: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** The request’s id, to be found again in the log. */
  readonly instance: string | undefined;
  /** All faults of the input at once; `pointer` is a JSON Pointer into it. */
  readonly errors: readonly { pointer: string; detail: string }[];
  /** After how many seconds it may be tried again, where the server says so. */
  readonly retryAfter: number | undefined;
  /** Whatever else the problem says of itself. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(document: Record<string, unknown>) {
    const text = (name: string) => (typeof document[name] === 'string' ? document[name] : undefined);
    super(text('detail') ?? text('title') ?? 'The request was refused.');
    this.name = 'ApiProblem';
    this.type = (text('type') ?? 'about:blank').replace(/^.*\/problems\//, '');
    this.status = typeof document.status === 'number' ? document.status : 0;
    this.title = text('title') ?? 'Refused';
    this.detail = this.message;
    this.instance = text('instance');
    this.errors = Array.isArray(document.errors) ? document.errors : [];
    this.retryAfter = typeof document.retryAfter === 'number' ? document.retryAfter : undefined;
    this.fields = document;
  }

  /** What is wrong with one field of the body, `/settings/quietFrom`. */
  faultAt(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail;
  }
}

/** The problem for an answer that is none: a proxy’s page, or no connection at all. */
export const noAnswer = (status: number, method: string): ApiProblem =>
  new ApiProblem(
    status === 0
      ? {
          type: 'offline',
          status,
          title: 'No connection',
          detail:
            method === 'GET'
              ? 'The server does not answer. What you see may be old; it is asked again by itself.'
              : 'The server does not answer. Do it again when it is back.',
        }
      : {
          type: 'no-answer',
          status,
          title: 'No answer',
          detail: `The server answered ${status} and said nothing more. Try again in a moment.`,
        },
  );

/** Whatever was thrown, as a problem that can be shown. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem({
        type: 'screen-failed',
        status: 0,
        title: 'This did not work',
        detail: `The screen failed: ${error instanceof Error ? error.message : String(error)}. Reload to go on.`,
      });
