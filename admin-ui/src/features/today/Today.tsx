import {
  Button,
  dayTitle,
  EmptyState,
  navigate,
  Page,
  useAdministrator,
  useMe,
  useTimeStyle,
  useToday,
  type Widget,
} from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { type PluginScreens, pluginScreens } from '../../plugin-screens.ts';
import { FailedPlugin } from '../../shell/FailedPlugin.tsx';
import { ScreenBoundary } from '../../shell/ScreenBoundary.tsx';
import { t } from '../../t.ts';
import css from './today.module.css';

type Placed = { widget: Widget; plugin: PluginScreens };

/** The day: what the plugins have to say of it, in columns. */
export function Today() {
  const { permissions } = useMe();
  const { locale } = useTimeStyle();
  const today = useToday();
  const loaded = useStore(pluginScreens);
  const placed = loaded.flatMap((plugin) =>
    (plugin.screens?.widgets ?? [])
      .filter((widget) => !widget.needs || permissions.includes(widget.needs))
      .map((widget) => ({ widget, plugin })),
  );
  const broken = loaded.filter((plugin) => !plugin.screens);
  const at = (place: Widget['place']) => <Widgets placed={placed.filter(({ widget }) => widget.place === place)} />;
  const hasStart = placed.some(({ widget }) => widget.place === 'start');
  return (
    <Page title={dayTitle(today, locale)} here={t('Today')} summary={<Summaries placed={placed} />}>
      {broken.map((plugin) => (
        <FailedPlugin key={plugin.plugin} plugin={plugin} />
      ))}
      {placed.length === 0 && broken.length === 0 && <NothingYet />}
      <div className={css.head}>{at('head')}</div>
      <div className={css.columns} data-start={hasStart || undefined}>
        {hasStart && <div className={css.column}>{at('start')}</div>}
        <div className={css.column}>{at('main')}</div>
        <div className={css.column}>{at('end')}</div>
      </div>
    </Page>
  );
}

function Widgets({ placed }: { placed: readonly Placed[] }) {
  return placed.map(({ widget, plugin }) => (
    <ScreenBoundary
      key={`${plugin.plugin}/${widget.id}`}
      title={t('“{widget}” of {plugin} could not be shown.', { widget: widget.title, plugin: plugin.title })}
      resetKey={plugin.entry}
    >
      <widget.component />
    </ScreenBoundary>
  ));
}

function Summaries({ placed }: { placed: readonly Placed[] }) {
  return placed.map(
    ({ widget, plugin }) =>
      widget.useSummary && (
        <ScreenBoundary key={`${plugin.plugin}/${widget.id}`} silent title="" resetKey={plugin.entry}>
          <Summary useSummary={widget.useSummary} />
        </ScreenBoundary>
      ),
  );
}

function Summary({ useSummary }: { useSummary(): string | undefined }) {
  const sentence = useSummary();
  return sentence ? `${sentence} ` : null;
}

function NothingYet() {
  const administrator = useAdministrator();
  return (
    <EmptyState
      icon="plug"
      title={t('Nothing is switched on yet')}
      actions={
        administrator && (
          <Button variant="filled" onClick={() => navigate('/platform/plugins')}>
            {t('Choose plugins')}
          </Button>
        )
      }
    >
      {administrator
        ? t(
            'Tasks, notifications and all the rest are plugins. Enable one, and it stands here and in the menu at once.',
          )
        : t('The day fills with what plugins bring. Whoever runs this platform switches them on.')}
    </EmptyState>
  );
}
