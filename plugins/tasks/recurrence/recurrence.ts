import { z } from 'zod';
import { NewWhen, When } from '../task/when.ts';
import { readRule, ruleText } from './rule.ts';

/** A rule of RFC 5545 without times of day; it is kept in one order, whatever order it came in. */
const RuleText = () =>
  z
    .string()
    .max(500)
    .superRefine((text, context) => {
      const { fault } = readRule(text);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    })
    .overwrite((text) => {
      const { rule } = readRule(text);
      return rule ? ruleText(rule) : text;
    })
    .describe(
      'FREQ=WEEKLY;BYDAY=MO (RFC 5545, and SKIP=OMIT or BACKWARD of RFC 7529); the time is that of the due date',
    );

/** `schedule`: by the calendar. `completion`: counted from the day on which it was done. */
export const RepeatsFrom = z.enum(['schedule', 'completion']);
export type RepeatsFrom = z.infer<typeof RepeatsFrom>;

/** How a task repeats; `series` is the same for all that came of one another. */
export const Recurrence = z.object({ rule: z.string(), from: RepeatsFrom, series: z.uuid() });
export type Recurrence = z.infer<typeof Recurrence>;

/** As written by a client. Sent together with a due date it moves the whole series, a due date alone only this task. */
export const NewRecurrence = z.strictObject({ rule: RuleText(), from: RepeatsFrom.default('schedule') });
export type NewRecurrence = z.infer<typeof NewRecurrence>;

export const PreviewRequest = z.strictObject({
  rule: RuleText(),
  from: RepeatsFrom.default('schedule'),
  due: NewWhen.describe('The first due date, from which the rule counts'),
  count: z.int().min(1).max(50).default(6),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/**
 * What a person should know before saving. `short-months`: some months do not have that day; `choices` are the rules
 * to choose from. `not-in-rule`: the due date itself is none of the rule’s. `ends`: nothing comes after it.
 */
export const RuleWarning = z.object({
  code: z.enum(['short-months', 'not-in-rule', 'ends']),
  detail: z.string(),
  choices: z.array(z.object({ title: z.string(), rule: z.string() })),
});
export type RuleWarning = z.infer<typeof RuleWarning>;

export const Preview = z.object({
  rule: z.string().describe('The rule as it would be kept'),
  dates: z.array(When).describe('The due date and what follows it; from completion: as if each were done on its day'),
  warnings: z.array(RuleWarning),
});
export type Preview = z.infer<typeof Preview>;
