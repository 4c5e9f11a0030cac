import { Form, Page, Section, toast, useMe } from '@task-connect/console';
import { t } from '../../t.ts';
import { OwnHistory } from '../audit/History.tsx';
import { Appearance } from './Appearance.tsx';
import { Password } from './Password.tsx';
import css from './profile.module.css';
import { profileSchema } from './profile-schema.ts';
import { useSaveMe } from './queries.ts';
import { Sessions } from './Sessions.tsx';
import { Tokens } from './Tokens.tsx';

/** One’s own profile, how the console looks, and what opens one’s account. */
export function Profile() {
  const me = useMe();
  const save = useSaveMe();
  return (
    <Page title={me.name} here={t('Your profile')} summary={me.address}>
      <div className={css.columns}>
        <div>
          <Section title={t('Profile')}>
            <Form
              schema={profileSchema(me)}
              values={{ name: me.name, zone: me.zone, locale: me.locale, weekStart: String(me.weekStart) }}
              problem={save.problem}
              busy={save.busy}
              onSave={async (values) => {
                const saved = await save.run({
                  name: String(values.name),
                  zone: String(values.zone),
                  locale: String(values.locale),
                  weekStart: Number(values.weekStart),
                });
                if (saved) toast({ text: t('Your profile is saved') });
                return saved;
              }}
            />
          </Section>
          <Password />
          <Appearance />
        </div>
        <div>
          <Tokens />
          <Sessions />
          <Section title={t('History')} note={t('what you changed, and what was changed of your account')}>
            <OwnHistory />
          </Section>
        </div>
      </div>
    </Page>
  );
}
