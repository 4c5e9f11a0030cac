// What the screens of a plugin may import. It is one module for all of them, with one React and one query cache.
export { api, type Query, type SendOptions } from './api/client.ts';
export { ApiProblem } from './api/problem.ts';
export { refresh } from './api/query-client.ts';
export { type Page as ApiPage, type Read, type ReadPages, useApi, useApiPages } from './api/use-api.ts';
export { type Change, type Edit, editItems, editOf, useChange } from './api/use-change.ts';
export { BarChart, type BarChartProps } from './chart/BarChart.tsx';
export { LineChart, type LineChartProps, type LineSeries } from './chart/LineChart.tsx';
export { Sparkline } from './chart/Sparkline.tsx';
export {
  type Column,
  type Csv,
  DataTable,
  type DataTableProps,
  type Selection,
  type Sort,
} from './data-table/DataTable.tsx';
export { Diff } from './diff/Diff.tsx';
export { TextDiff } from './diff/TextDiff.tsx';
export { Form } from './form/Form.tsx';
export type { JsonSchema, Values, ZodSchema } from './form/schema.ts';
export { useTyped } from './form/use-typed.ts';
export { keyNames, type Shortcut, useShortcut } from './keys/shortcuts.ts';
export { Capture } from './kit/Capture.tsx';
export { confirm, type Question } from './kit/confirm.ts';
export * from './kit/controls.ts';
export { Consequences, Dialog, DialogActions } from './kit/Dialog.tsx';
export { EmptyState, NothingFound } from './kit/EmptyState.tsx';
export { FailedScreen } from './kit/FailedScreen.tsx';
export { FilterBar, FilterMenu, FilterText, FilterToggle } from './kit/Filters.tsx';
export type { Hue } from './kit/hue.ts';
export { Icon, PluginIcon } from './kit/Icon.tsx';
export type { IconName } from './kit/icons.ts';
export { useTelephone } from './kit/media.ts';
export { Notice } from './kit/Notice.tsx';
export { OvertakenNotice } from './kit/OvertakenNotice.tsx';
export { BackLink, Page, Section, useCrumbs } from './kit/Page.tsx';
export { Person, PersonMark } from './kit/Person.tsx';
export { PluginMark } from './kit/PluginMark.tsx';
export { Problem } from './kit/Problem.tsx';
export { SidePanel } from './kit/SidePanel.tsx';
export { SkeletonRows } from './kit/SkeletonRows.tsx';
export { Status, type StatusKind } from './kit/Status.tsx';
export { Timeline, type TimelineItem } from './kit/Timeline.tsx';
export { Track, type TrackCell } from './kit/Track.tsx';
export { Tree, type TreeItem } from './kit/Tree.tsx';
export { toast } from './kit/toast.ts';
export type { Hint } from './live/stream.ts';
export { useLive } from './live/use-live.ts';
export { moneyText } from './money/format.ts';
export { Money } from './money/Money.tsx';
export { type Me, type OrganisationOfMe, useAdministrator, useMe, usePermission } from './person/me.ts';
export { type Member, useMembers } from './person/members.ts';
export { useGoIn } from './person/organisation.ts';
export { usePreference } from './person/preference.ts';
export { Link } from './route/Link.tsx';
export { navigate, setQuery, useParam, usePlace } from './route/location.ts';
export {
  defineScreens,
  type Found,
  type MenuEntry,
  type PaletteAction,
  type PublicPage,
  type ScreenPage,
  type Screens,
  type SettingsPart,
  type Widget,
} from './screens.ts';
export { DateTime, Day } from './time/DateTime.tsx';
export { Duration, RunningClock } from './time/Duration.tsx';
export {
  clockTime,
  dayText,
  dayTitle,
  durationText,
  roughly,
  type TimeStyle,
} from './time/format.ts';
export { useTimeStyle, useToday } from './time/now.ts';
export { type Catalogue, type CatalogueFiles, type Plural, type Translate, translator } from './words/t.ts';
