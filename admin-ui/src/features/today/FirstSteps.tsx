import { Button, Link, Section, Status } from '@task-connect/console';
import { useEffect } from 'react';
import { t } from '../../t.ts';
import css from './first-steps.module.css';
import { useFirstSteps } from './use-first-steps.ts';

/** The list of what is to do on the first day; gone when all is done, or when it is put away. */
export function FirstSteps() {
  const { steps, putAway, finish } = useFirstSteps();
  const done = steps.filter((step) => step.done).length;
  const all = steps.length > 0 && done === steps.length;
  // Once only: a plugin that is switched off a year later begins nothing anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it keeps one word, whenever all became true
  useEffect(() => {
    if (all) finish();
  }, [all]);
  if (steps.length === 0 || all) return null;
  return (
    <div className={css.steps}>
      <Section
        title={t('First steps')}
        note={
          <>
            {t('{done} of {count} done', { done, count: steps.length })}
            <Button size="xs" onClick={putAway}>
              {t('Put away')}
            </Button>
          </>
        }
      >
        <ol>
          {steps.map((step) => (
            <li key={step.title} data-done={step.done || undefined}>
              <Status kind={step.done ? 'ok' : 'off'}>{step.done ? t('Done') : t('To do')}</Status>
              <span>
                <Link to={step.to}>{step.title}</Link>
                <small>{step.why}</small>
              </span>
            </li>
          ))}
        </ol>
      </Section>
    </div>
  );
}
