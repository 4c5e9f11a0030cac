import {
  Button,
  confirm,
  DateTime,
  Notice,
  navigate,
  PluginIcon,
  Problem,
  SkeletonRows,
  Tabs,
} from '@task-connect/console';
import { t } from '../../t.ts';
import { PluginDatabase } from './PluginDatabase.tsx';
import { PluginJobs } from './PluginJobs.tsx';
import { PluginLog } from './PluginLog.tsx';
import { PluginOverview } from './PluginOverview.tsx';
import { PluginPermissions } from './PluginPermissions.tsx';
import { PluginRoutes } from './PluginRoutes.tsx';
import css from './plugins.module.css';
import { type PluginDetail, type PluginSummary, usePlugin, useSwitchPlugin } from './queries.ts';
import { sizeText } from './size-text.ts';

/** All about one plugin, and its switch. */
export function PluginDetails({ summary }: { summary: PluginSummary }) {
  const { data, problem, refresh } = usePlugin(summary.id);
  const change = useSwitchPlugin();
  const plugin = data ?? summary;
  const dead = data?.queues.reduce((sum, queue) => sum + queue.dead, 0) ?? 0;
  const turnOn = () => void change.run({ id: plugin.id, to: 'enable' });
  const enable = async () => {
    const yes = await confirm({
      title: t('Enable {plugin}?', { plugin: plugin.title }),
      consequences: data?.consequences ?? [],
      note: t('When it cannot start, everything is as before.'),
      keep: t('Leave it off'),
      act: t('Enable'),
    });
    if (yes) turnOn();
  };
  const disable = async () => {
    const yes = await confirm({
      title: t('Disable {plugin}?', { plugin: plugin.title }),
      consequences: data?.consequences ?? [],
      note: t('You can enable it again at any time.'),
      keep: t('Keep it on'),
      act: t('Disable'),
      danger: true,
    });
    if (yes) await change.run({ id: plugin.id, to: 'disable' });
  };
  return (
    <>
      <header className={css.head}>
        <PluginIcon icon={plugin.icon} hue={plugin.hue} size={30} />
        <div>
          <h2>{plugin.title}</h2>
          <p>
            {sentence(plugin.description)} {t('Version {version}', { version: plugin.version })}
            <Since plugin={plugin} />
          </p>
        </div>
        <Switch plugin={plugin} ready={data !== undefined} enable={enable} disable={disable} />
      </header>
      {plugin.state === 'failed' && (
        <Notice
          kind="bad"
          title={t('{plugin} could not be started. Everything else goes on.', { plugin: plugin.title })}
          actions={<Button onClick={turnOn}>{t('Try again')}</Button>}
        >
          <p>{plugin.reason ?? t('It gave no reason; the log has more.')}</p>
        </Notice>
      )}
      {dead > 0 && (
        <Notice
          kind="warn"
          title={t(
            {
              one: '{count} message could not be handled by {plugin}.',
              other: '{count} messages could not be handled by {plugin}.',
            },
            { count: dead, plugin: plugin.title },
          )}
          actions={
            <Button onClick={() => navigate(`/platform/dead-letters?plugin=${plugin.id}`)}>{t('Look at them')}</Button>
          }
        >
          <p>{t('They are kept with their errors. Mend the cause, then replay them.')}</p>
        </Notice>
      )}
      <Problem problem={change.problem ?? problem} retry={change.problem ? change.reset : refresh} />
      {data ? <Parts plugin={data} /> : !problem && <SkeletonRows rows={6} height="var(--table-row)" />}
    </>
  );
}

// Descriptions are npm’s, which end in no full stop.
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

function Since({ plugin }: { plugin: PluginSummary }) {
  if (!plugin.since || (plugin.state !== 'on' && plugin.state !== 'off')) return '.';
  const when = <DateTime at={plugin.since} />;
  return plugin.state === 'on' ? t.rich(', on since {when}.', { when }) : t.rich(', off since {when}.', { when });
}

type SwitchProps = { plugin: PluginSummary; ready: boolean; enable(): Promise<void>; disable(): Promise<void> };

function Switch({ plugin, ready, enable, disable }: SwitchProps) {
  if (plugin.builtIn) return null;
  if (plugin.state === 'on') {
    return (
      <Button c="var(--bad)" disabled={!ready} onClick={() => void disable()}>
        {t('Disable…')}
      </Button>
    );
  }
  const busy = plugin.state === 'enabling' || plugin.state === 'disabling';
  return plugin.state === 'failed' ? null : (
    <Button variant="filled" disabled={busy || !ready} onClick={() => void enable()}>
      {busy ? (plugin.state === 'enabling' ? t('Enabling') : t('Disabling')) : t('Enable…')}
    </Button>
  );
}

function Parts({ plugin }: { plugin: PluginDetail }) {
  const tabs = [
    { value: 'overview', title: t('Overview'), shown: <PluginOverview plugin={plugin} /> },
    {
      value: 'database',
      title: t('Database'),
      count: plugin.database ? sizeText(plugin.database.sizeBytes) : undefined,
      shown: <PluginDatabase plugin={plugin} />,
    },
    { value: 'routes', title: t('Routes'), count: plugin.routes.length, shown: <PluginRoutes plugin={plugin} /> },
    {
      value: 'permissions',
      title: t('Permissions'),
      count: plugin.permissions.length,
      shown: <PluginPermissions plugin={plugin} />,
    },
    { value: 'jobs', title: t('Jobs'), count: plugin.jobs.length, shown: <PluginJobs plugin={plugin} /> },
    { value: 'log', title: t('Log'), shown: <PluginLog plugin={plugin} /> },
  ];
  return (
    <Tabs defaultValue="overview" keepMounted={false}>
      <Tabs.List>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.title} {tab.count !== undefined && <small>{tab.count}</small>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value}>
          {tab.shown}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
