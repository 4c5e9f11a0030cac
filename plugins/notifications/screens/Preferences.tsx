import { type Column, DataTable, EmptyState, Page, PluginMark, Problem, Switch } from '@task-connect/console';
import css from './notification.module.css';
import { type Preference, useChoose, usePreferences } from './queries.ts';
import { t } from './t.ts';

type Channel = keyof Preference['channels'];

const channels: readonly { id: Channel; title: string }[] = [
  { id: 'in-app', title: t('Inbox') },
  { id: 'email', title: t('Mail') },
];

/** What one is told of, and where: a line per kind, a column per channel. */
export function Preferences() {
  const { data, problem, refresh } = usePreferences();
  const choose = useChoose();
  const columns: readonly Column<Preference>[] = [
    {
      key: 'title',
      title: t('What'),
      cell: (preference) => (
        <span className={css.kind}>
          <PluginMark plugin={preference.plugin} size={16} />
          {preference.title}
        </span>
      ),
    },
    ...channels.map(
      ({ id, title }): Column<Preference> => ({
        key: id,
        title,
        width: 90,
        cell: (preference) => (
          <Switch
            aria-label={t('“{kind}” by {channel}', { kind: preference.title, channel: title })}
            checked={preference.channels[id]}
            onChange={(event) => {
              const { plugin, kind } = preference;
              const chosen = { ...preference.channels, [id]: event.currentTarget.checked };
              void choose.run({ plugin, kind, channels: chosen });
            }}
          />
        ),
      }),
    ),
  ];
  return (
    <Page
      title={t('What you are told of')}
      here={t('Preferences')}
      path={[{ title: t('Inbox'), to: '/notifications' }]}
      summary={t('Each change is effective at once, and for you alone.')}
    >
      <Problem problem={choose.problem ?? problem} retry={refresh} />
      {!problem && (
        <DataTable<Preference>
          label={t('What you are told of')}
          columns={columns}
          rows={data?.items}
          rowKey={(preference) => `${preference.plugin}/${preference.kind}`}
          empty={
            <EmptyState icon="bell" title={t('Nothing to choose yet')}>
              {t('A kind of notification stands here once somebody was told of it.')}
            </EmptyState>
          }
        />
      )}
    </Page>
  );
}
